import http from 'node:http';
import https from 'node:https';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { withoutPasswords } from './address.js';
import { decoded } from './reading.js';
import { TextFile, UnreadableFile } from './text-file.js';

/** Limits on what is fetched. */
export interface NetworkLimits {
  /** The longest time for one document, redirects included, in milliseconds. */
  readonly patience: number;
  /** The longest time for all documents together, in milliseconds. */
  readonly patienceForAll: number;
  /** The most bytes for all documents together, after decompression. */
  readonly bytes: number;
  /** How many documents are fetched at a time. */
  readonly atOnce: number;
}

const usualLimits: NetworkLimits = { patience: 30_000, patienceForAll: 300_000, bytes: 200e6, atOnce: 6 };

/** Fetches documents within limits, because the servers may be hostile. */
export class Network {
  readonly #limits: NetworkLimits;
  #bytesLeft: number;
  #end: number | undefined;

  constructor(limits: NetworkLimits = usualLimits) {
    this.#limits = limits;
    this.#bytesLeft = limits.bytes;
  }

  /** Fetches documents. @returns for each address the document, or why it cannot be fetched */
  async fetchAll(addresses: readonly string[]): Promise<Map<string, TextFile | UnreadableFile>> {
    this.#end ??= performance.now() + this.#limits.patienceForAll;
    const documents = new Map<string, TextFile | UnreadableFile>();
    const queue = [...addresses];
    const work = async () => {
      for (let address = queue.shift(); address !== undefined; address = queue.shift())
        documents.set(address, await this.#fetched(address));
    };
    await Promise.all(Array.from({ length: this.#limits.atOnce }, work));
    return documents;
  }

  async #fetched(address: string): Promise<TextFile | UnreadableFile> {
    const { username, password } = new URL(address);
    if (username !== '' || password !== '')
      return new UnreadableFile(address, 'contains a user name or a password: only public documents are fetched');
    const patience = Math.min(this.#limits.patience, (this.#end ?? 0) - performance.now());
    if (patience < 1) return new UnreadableFile(address, 'was not fetched: the other documents took too long');
    try {
      return new TextFile(address, decoded(address, await this.#bytesAt(address, patience)));
    } catch (error) {
      if (error instanceof UnreadableFile) return error;
      return new UnreadableFile(address, whyNotFetched(error as NodeJS.ErrnoException));
    }
  }

  /** @param patience in milliseconds */
  async #bytesAt(address: string, patience: number): Promise<Buffer> {
    const controller = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    // The timer keeps the process alive even if the connection is lost, and ends without its help.
    const expired = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new UnreadableFile(address, `did not arrive within ${Math.ceil(patience / 1000)} seconds`));
      }, Math.ceil(patience));
    });
    try {
      return await Promise.race([this.#read(address, controller.signal), expired]);
    } finally {
      clearTimeout(timer);
      controller.abort();
    }
  }

  async #read(address: string, signal: AbortSignal): Promise<Buffer> {
    const response = await responseOf(address, signal);
    const { statusCode = 0, headers } = response;
    if (statusCode < 200 || statusCode > 299) throw new UnreadableFile(address, `the server answers ${statusCode}`);
    this.#checkSize(address, Number(headers['content-length'] ?? 0));
    const decoders = decodersFor(headers['content-encoding'] ?? '', address);
    const chunks: Buffer[] = [];
    // What arrives counts as well as what it is unpacked to: empty compressed parts arrive without end and unpack to nothing.
    const counted = () => this.#counting(address);
    await pipeline([response, ...decoders.flatMap((decoder) => [counted(), decoder]), counted(), collecting(chunks)]);
    return Buffer.concat(chunks);
  }

  /** A stream that passes everything on, within the limit of bytes. */
  #counting(address: string): Transform {
    return new Transform({
      transform: (chunk: Buffer, _, pass) => {
        try {
          this.#checkSize(address, chunk.length);
        } catch (error) {
          pass(error as Error);
          return;
        }
        this.#bytesLeft -= chunk.length;
        pass(null, chunk);
      },
    });
  }

  #checkSize(address: string, bytes: number): void {
    if (bytes <= this.#bytesLeft) return;
    const most = this.#limits.bytes / 1e6;
    throw new UnreadableFile(address, `is too large: ${most} MB may be fetched for all documents together`);
  }
}

/** Messages by the error codes of Node. */
const reasons: Readonly<Record<string, string>> = {
  Z_BUF_ERROR: 'the compressed text is cut short',
  ECONNRESET: 'the connection ended before the whole text had arrived',
};

function whyNotFetched({ code = '', message }: NodeJS.ErrnoException): string {
  return reasons[code] ?? withoutPasswords(message === '' ? code : message);
}

/** How many redirects are followed. */
const mostRedirects = 20;

/** The response at an address, redirects followed. Its text is neither read nor unpacked yet. */
async function responseOf(address: string, signal: AbortSignal): Promise<http.IncomingMessage> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    if (!['http:', 'https:'].includes(url.protocol))
      throw new UnreadableFile(address, `the server redirects to ${url.protocol}, which is not on the network`);
    const response = await responseAt(url, signal);
    const { statusCode = 0, headers } = response;
    const { location } = headers;
    if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return response;
    response.destroy();
    if (!URL.canParse(location, url.href))
      throw new UnreadableFile(address, 'the server redirects to something that is not a URL');
    url = new URL(location, url);
    if (url.username !== '' || url.password !== '')
      throw new UnreadableFile(address, 'the server redirects to a URL with a user name or a password');
  }
  throw new UnreadableFile(address, `the server redirects more than ${mostRedirects} times`);
}

function responseAt(url: URL, signal: AbortSignal): Promise<http.IncomingMessage> {
  const headers = { accept: '*/*', 'accept-encoding': 'gzip, deflate, br' };
  const options = { signal, headers, agent: false };
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? https.get(url, options, resolve) : http.get(url, options, resolve);
    request.on('error', reject);
  });
}

/**
 * The streams that decode a text, the last coding first (RFC 9110 §8.4). They fail if the text is cut short.
 *
 * @throws UnreadableFile if one is unknown
 */
function decodersFor(contentEncoding: string, address: string): Transform[] {
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > mostCodings) throw new UnreadableFile(address, 'it is compressed too many times');
  return codings.toReversed().map((coding) => {
    if (coding === 'gzip' || coding === 'x-gzip') return zlib.createGunzip();
    if (coding === 'deflate') return zlib.createInflate();
    if (coding === 'br') return zlib.createBrotliDecompress();
    throw new UnreadableFile(address, `is compressed as ${coding}, which is not supported`);
  });
}

/** How many codings of one text are undone. Servers use one. */
const mostCodings = 3;

function collecting(chunks: Buffer[]): Writable {
  return new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk);
      done();
    },
  });
}
