import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { JSONParser } from '@streamparser/json';
import type { Creator, Entry } from 'har-format';
import { reasonOf } from '../files/reading.js';
import { isObject } from '../json.js';
import { type Exchange, Fields, revalidates } from '../observe/exchange.js';

/** A HAR file that cannot be used, with the place and the remedy. */
export class UnusableTraffic extends Error {
  override readonly name = 'UnusableTraffic';
}

/** What an entry of a HAR file holds: an exchange; or why there is none, if the request got no final response. */
export type TrafficEntry = { readonly exchange: Exchange } | { readonly exchange: undefined; readonly why: string };

/** How much of a file is read at a time, in bytes. */
const chunkSize = 1 << 18;

/**
 * The programs that record what a page got, their own cache included. All others, such as proxies, record what was on the wire.
 */
const browsers = /webinspector|firefox|chrom|safari|webkit|edge|playwright|puppeteer|cypress|opera|brave|devtools/i;

/**
 * Reads a file in HTTP Archive format 1.2, one entry after the other, in memory for one entry.
 *
 * @param file its absolute path
 * @throws UnusableTraffic if it is missing, not JSON, not a HAR file, or cut short
 */
export async function* entriesIn(file: string): AsyncGenerator<TrafficEntry> {
  const parser = new JSONParser({
    paths: ['$.log.entries.*', '$.log.creator', '$.log.browser', '$.log.version'],
    keepStack: false,
    stringBufferSize: 1 << 16,
  });
  const queue: unknown[] = [];
  let creator = '';
  let isBrowser = false;
  let isHar = false;
  parser.onValue = ({ value, key, stack }) => {
    isHar = true;
    if (stack.length === 3) queue.push(value);
    else if (key === 'browser') isBrowser = true;
    else if (key === 'creator' && isObject(value)) creator = String((value as Partial<Creator>).name);
  };
  let count = 0;
  for await (const { chunk, position } of chunksOf(file)) {
    if (position.offset === 0) checkBeginning(chunk);
    write(parser, chunk, position);
    // Until the file has named the program that wrote it, an entry may come from a browser.
    const isWire = creator !== '' && !isBrowser && !browsers.test(creator);
    for (const value of queue.splice(0)) yield entryFrom(value, ++count, isWire);
  }
  if (!parser.isEnded)
    throw new UnusableTraffic(
      `it ends in the middle, after ${count} whole entries: record it again, and wait until the file is complete`,
    );
  if (!isHar)
    throw new UnusableTraffic('it is not a HAR file: it has no `log` with `entries`. Export the traffic as HAR 1.2');
}

/** The place of a chunk in its file. */
interface ChunkPosition {
  /** How many bytes come before it. */
  readonly offset: number;
  /** How many line breaks come before it. */
  readonly lines: number;
}

async function* chunksOf(file: string): AsyncGenerator<{ readonly chunk: Buffer; readonly position: ChunkPosition }> {
  let [offset, lines] = [0, 0];
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: chunkSize }) as AsyncIterable<Buffer>) {
      yield { chunk, position: { offset, lines } };
      offset += chunk.length;
      lines += lineBreaksIn(chunk);
    }
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? new UnusableTraffic(reasonOf(error)) : error;
  }
}

function lineBreaksIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

/** @throws UnusableTraffic if a file does not begin as a JSON object does, so that the rest need not be read */
function checkBeginning(chunk: Buffer): void {
  if (chunk[0] === 0x1f && chunk[1] === 0x8b)
    throw new UnusableTraffic('it is compressed: unpack it with gunzip first');
  if (chunk.subarray(0, 2).toString('latin1') === 'PK')
    throw new UnusableTraffic('it is a ZIP archive: unpack it first');
  const text = chunk
    .toString()
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (text !== '' && !text.startsWith('{'))
    throw new UnusableTraffic('it is not a HAR file, which is a JSON object. Export the traffic as HAR 1.2');
}

function write(parser: JSONParser, chunk: Buffer, { offset, lines }: ChunkPosition): void {
  try {
    parser.write(chunk);
  } catch (error) {
    const [, position] = /absolute position "(\d+)"/.exec((error as Error).message) ?? [];
    const before = chunk.subarray(0, Math.max(0, Number(position ?? offset) - offset));
    throw new UnusableTraffic(`line ${lines + lineBreaksIn(before) + 1} is not JSON: export the traffic again`);
  }
}

/**
 * @param number of the entry, counted from 1
 * @throws UnusableTraffic if it is not an entry as HAR 1.2 defines it
 */
function entryFrom(value: unknown, number: number, isWire: boolean): TrafficEntry {
  const fault = (what: string) =>
    new UnusableTraffic(`entry ${number} ${what}: it is not HAR 1.2. Export the traffic again, or mend that entry`);
  const { request, response } = (isObject(value) ? value : {}) as Partial<Entry>;
  if (!isObject(request) || !isObject(response)) throw fault('has no request or no response');
  const { method, url } = request;
  const { status } = response;
  if (typeof method !== 'string' || typeof url !== 'string') throw fault('has a request without method or URL');
  if (typeof status !== 'number') throw fault('has a response without status');
  const [requestFields, responseFields] = [request.headers, response.headers].map(linesIn);
  if (requestFields === undefined || responseFields === undefined)
    throw fault('has headers that are not a list of names and values');
  if (!URL.canParse(url)) throw fault('has a request whose URL is malformed');
  const target = new URL(url);
  if (!['http:', 'https:'].includes(target.protocol)) return { exchange: undefined, why: 'not sent over HTTP' };
  if (status < 200) return { exchange: undefined, why: 'not answered' };
  if ('_fromCache' in (value as object) || response.statusText === 'Service Worker Fallback Required')
    return { exchange: undefined, why: 'answered by a cache' };
  target.hash = '';
  const [requested, responded] = [new Fields(requestFields), new Fields(responseFields)];
  // Playwright shows what the page got from the browser's cache: the status and the content that were stored, under the header of the 304.
  const isRevalidated = !isWire && status === 200 && revalidates({ request: requested }) && cameFromCache(response);
  return {
    exchange: {
      method,
      url: target,
      request: requested,
      status: isRevalidated ? 304 : status,
      response: responded,
      // What a program shows as the content of a 304 comes from a cache: no parser of HTTP hands any out.
      content:
        status === 304 || isRevalidated || method === 'HEAD'
          ? undefined
          : contentOf(response.content, responded.has('Content-Encoding')),
      isWire,
    },
  };
}

/** Whether there was content, none of which was transferred. */
function cameFromCache({ bodySize, content }: Partial<Entry['response']>): boolean {
  return bodySize === 0 && isObject(content) && Number(content.size) > 0;
}

/** The lines of a header, without the pseudo-header fields of HTTP/2; `undefined` if they are broken. */
function linesIn(headers: unknown): [name: string, value: string][] | undefined {
  if (!Array.isArray(headers)) return undefined;
  const lines = headers.map((header): unknown[] => (isObject(header) ? [header['name'], header['value']] : []));
  if (
    !lines.every(
      (line): line is [string, string] => line.length === 2 && line.every((part) => typeof part === 'string'),
    )
  )
    return undefined;
  return lines.filter(([name]) => !name.startsWith(':'));
}

/**
 * The content, if the file holds it. It is compared, and not kept. HAR has it without content codings, and text as Unicode: it has the length
 * that was transferred only if there was no coding, and if the text has as many octets in UTF-8 as were counted.
 */
function contentOf(content: unknown, isCoded: boolean): Exchange['content'] {
  const { text, encoding, size } = (isObject(content) ? content : {}) as Record<string, unknown>;
  // Octets that are not the text that the program took them for: different ones have the same replacement.
  if (typeof text !== 'string' || text.includes('\uFFFD')) return undefined;
  const bytes = encoding === 'base64' ? Buffer.from(text, 'base64') : Buffer.from(text);
  const length = !isCoded && size === bytes.length ? bytes.length : undefined;
  return { length, digest: createHash('sha256').update(bytes).digest('base64') };
}
