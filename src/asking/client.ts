import { createHash } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { type Content, type Exchange, Fields } from '../observe/exchange.js';

/** Limits on one request and its answer. */
export interface ClientLimits {
  /** The longest time for one answer, in milliseconds. */
  readonly patience: number;
  /** The most octets of content that are read of one answer. */
  readonly bytes: number;
}

/** How many octets of content are kept, to find values for other requests in it. */
const longestText = 1_000_000;

/** Content, and its text if it is short. */
type ReadContent = Content & { readonly text: string };

/** How long to wait, in milliseconds, for what a server sends after an answer that ends with its header. Most close at once. */
const linger = 200;

/** An answer, or why there is none. */
export type Answer =
  | { readonly exchange: Exchange; /** The content, if it is short. */ readonly text: string }
  | { readonly exchange: undefined; readonly why: string };

/**
 * Sends single requests to one server, each over a connection of its own: octets that follow an answer by mistake cannot be taken for the
 * next one. Follows no redirect, undoes no content coding, and has no cache.
 */
export class Client {
  readonly #origin: string;
  readonly #fields: readonly (readonly [name: string, value: string])[];
  readonly #limits: ClientLimits;

  /**
   * @param server only its origin is asked
   * @param fields for each request, such as credentials
   */
  constructor(server: URL, fields: readonly (readonly [name: string, value: string])[], limits: ClientLimits) {
    this.#origin = server.origin;
    this.#fields = fields;
    this.#limits = limits;
  }

  /**
   * Asks once.
   *
   * @param own fields of this request
   * @throws RangeError if the URL is on another server
   */
  async ask(method: 'GET' | 'HEAD', url: URL, own: Readonly<Record<string, string>>): Promise<Answer> {
    if (url.origin !== this.#origin) throw new RangeError('only the server that was named is asked');
    const lines = [...Object.entries(own), ...this.#fields];
    const fields = new Fields(
      lines.filter(([name], index) => lines.findIndex((one) => isSame(one[0], name)) === index),
    );
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), this.#limits.patience);
    try {
      return await this.#answer(method, url, fields, controller.signal);
    } catch (error) {
      const patience = Math.ceil(this.#limits.patience / 1000);
      const why = controller.signal.aborted
        ? `it did not answer within ${patience} s`
        : whyNot(error as NodeJS.ErrnoException);
      return { exchange: undefined, why };
    } finally {
      clearTimeout(timer);
      controller.abort();
    }
  }

  async #answer(method: 'GET' | 'HEAD', url: URL, request: Fields, signal: AbortSignal): Promise<Answer> {
    const { request: sent, wire } = this.#send(method, url, request, signal);
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      sent.on('response', resolve);
      // After an answer, an error only says that octets followed it, which are counted.
      sent.on('error', reject);
    });
    const { statusCode: status = 0, rawHeaders } = response;
    const lines = Array.from({ length: rawHeaders.length / 2 }, (_, index): [string, string] => [
      rawHeaders[2 * index] ?? '',
      rawHeaders[2 * index + 1] ?? '',
    ]);
    const endsWithHeader = method === 'HEAD' || status === 304 || status === 204;
    const { text, ...content } = endsWithHeader ? await contentAfter(response, wire) : await this.#contentOf(response);
    response.destroy();
    const exchange = { method, url, request, status, response: new Fields(lines), content, isWire: true };
    return { exchange, text };
  }

  #send(method: 'GET' | 'HEAD', url: URL, fields: Fields, signal: AbortSignal) {
    const headers = { ...Object.fromEntries(fields.entries), Connection: 'close' };
    const options = { method, headers, signal, agent: false };
    const request = url.protocol === 'https:' ? https.request(url, options) : http.request(url, options);
    const wire = new Wire();
    request.on('socket', (socket: Socket) => socket.prependListener('data', (chunk: Buffer) => wire.note(chunk)));
    request.end();
    return { request, wire };
  }

  /** Reads the content to its end, or as far as the limit. */
  async #contentOf(response: http.IncomingMessage): Promise<ReadContent> {
    const hash = createHash('sha256');
    let length = 0;
    const beginning: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) {
      hash.update(chunk);
      length += chunk.length;
      if (length <= longestText) beginning.push(chunk);
      if (length > this.#limits.bytes) return { length, digest: undefined, text: '' };
    }
    const text = length <= longestText ? Buffer.concat(beginning).toString() : '';
    return { length, digest: hash.digest('base64'), text };
  }
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Counts the octets of a connection, since a parser of HTTP hides those that must not be there. */
class Wire {
  #head = '';
  #after: number | undefined;

  /** How many octets have come after the header section of the final response. */
  get after(): number {
    return this.#after ?? 0;
  }

  note(chunk: Buffer): void {
    if (this.#after !== undefined) {
      this.#after += chunk.length;
      return;
    }
    this.#head += chunk.toString('latin1');
    // Interim responses (1xx) have header sections of their own (RFC 9110 §15.2).
    const interim = /^(?:HTTP\/\d\.\d 1\d\d[^]*?\r\n\r\n)*/.exec(this.#head)?.[0].length ?? 0;
    const end = this.#head.indexOf('\r\n\r\n', interim);
    if (end < 0) return;
    this.#after = this.#head.length - end - 4;
    this.#head = '';
  }
}

/** What follows an answer that ends with its header: nothing, if the server is right. */
async function contentAfter({ socket }: http.IncomingMessage, wire: Wire): Promise<ReadContent> {
  if (!socket.destroyed) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, linger);
      socket.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      socket.once('end', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
  return { length: wire.after, digest: undefined, text: '' };
}

/** Reasons by Node's error codes. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at that address',
  ECONNRESET: 'it closed the connection before the answer had ended',
  ENOTFOUND: 'there is no host with that name',
  EAI_AGAIN: 'the name of the host could not be looked up',
  HPE_HEADER_OVERFLOW: 'the header of its answer is too large',
};

/** Why there is no answer. The text of an error may repeat what was sent, so only its code is told. */
function whyNot({ code = '' }: NodeJS.ErrnoException): string {
  if (code.startsWith('HPE_')) return reasons[code] ?? 'its answer is not HTTP';
  return reasons[code] ?? `the connection failed${code === '' ? '' : ` (${code})`}`;
}
