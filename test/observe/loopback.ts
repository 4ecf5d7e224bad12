import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { askServer, planOf } from '../../src/asking/ask-server.js';
import { Description } from '../../src/model/description.js';
import { type Observed, Observer } from '../../src/observe/observer.js';
import { sourcesInMemory } from '../sources-in-memory.js';

/** A server on the loopback interface. */
export interface Loopback {
  readonly url: URL;
  close(): void;
}

async function listening(server: Server): Promise<Loopback> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client may go away at any time.
    socket.on('error', () => {});
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Serves with Node's server. */
export function serving(listener: RequestListener): Promise<Loopback> {
  return listening(createHttpServer(listener));
}

/** Answers each request with raw octets, of which no server would send some. */
export function servingRaw(answer: (head: string, socket: Socket) => void): Promise<Loopback> {
  return listening(
    createServer((socket) => {
      let head = '';
      socket.on('data', (chunk) => {
        head += chunk.toString('latin1');
        if (head.includes('\r\n\r\n')) answer(head, socket);
      });
    }),
  );
}

/** What a server does wrong. Each is one fault of an otherwise right server. */
export interface Wrong {
  /** The ETag of an answer, in the turn of the request; the right one is always the same. */
  readonly tag?: (turn: number, isPacked: boolean) => string;
  /** Which If-None-Match it takes for its tag. */
  readonly matches?: (condition: string, tag: string) => boolean;
  /** Whether the representation has changed since a date, by If-Modified-Since. */
  readonly isUnmodified?: (since: Date, modified: Date) => boolean;
  /** Whether it answers 304, by whether each condition is false; `undefined` for a condition that is not there. */
  readonly decides?: (byTag: boolean | undefined, byDate: boolean | undefined) => boolean;
  /** Changes the fields of an answer. */
  readonly fields?: (fields: Record<string, string>, status: number, request: IncomingMessage) => void;
  /** The status code of a false condition. */
  readonly status?: number;
}

const modified = new Date('2026-03-02T10:00:00Z');
const content = JSON.stringify({ text: 'text '.repeat(100) });

/** A server that does everything right, but for one thing. */
export function servingRightBut(wrong: Wrong): Promise<Loopback> {
  let turn = 0;
  return serving((request, response) => {
    const isPacked = request.headers['accept-encoding'] === 'gzip';
    const tag = wrong.tag?.(turn++, isPacked) ?? (isPacked ? '"1-gzip"' : '"1"');
    const condition = request.headers['if-none-match'];
    const since = request.headers['if-modified-since'];
    const byTag = condition === undefined ? undefined : (wrong.matches ?? isNamed)(condition, tag);
    const isUnmodified = wrong.isUnmodified ?? ((date, last) => last <= date);
    const byDate = since === undefined ? undefined : isUnmodified(new Date(since), modified);
    const isFalse = (wrong.decides ?? ((one, other) => one ?? other ?? false))(byTag, byDate);
    const status = isFalse ? (wrong.status ?? 304) : 200;
    const fields: Record<string, string> = {
      ETag: tag,
      'Last-Modified': modified.toUTCString(),
      'Cache-Control': 'no-cache',
      Vary: 'Accept-Encoding',
    };
    const body = isPacked ? gzipSync(content) : Buffer.from(content);
    if (status === 200) {
      Object.assign(fields, { 'Content-Type': 'application/json', 'Content-Length': String(body.length) });
      if (isPacked) fields['Content-Encoding'] = 'gzip';
    }
    wrong.fields?.(fields, status, request);
    response.writeHead(status, fields);
    response.end(status === 200 ? body : undefined);
  });
}

/** Whether a condition names an entity-tag, by the weak comparison. */
export function isNamed(condition: string, tag: string): boolean {
  const opaque = (text: string) => text.trim().replace(/^W\//, '');
  return condition === '*' || condition.split(',').some((one) => opaque(one) === opaque(tag));
}

/** The description that {@link servingRightBut} keeps. */
export const keptDescription = `openapi: 3.1.2
info: {title: T, version: '1'}
paths:
  /a:
    get:
      parameters: [{name: If-None-Match, in: header, schema: {type: string}}]
      responses:
        '200': {description: ok, content: {application/json: {}}, headers: {ETag: {}, Last-Modified: {}, Cache-Control: {}, Vary: {}}}
        '304': {description: same, headers: {ETag: {}, Last-Modified: {}, Cache-Control: {}, Vary: {}}}
`;

/** How a server is asked. */
export interface Asking {
  readonly description?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly fields?: readonly (readonly [string, string])[];
  readonly patience?: number;
  readonly mostRequests?: number;
}

/** Asks a server about a description. */
export async function asked(server: URL, asking: Asking = {}): Promise<Observed & { readonly sent: number }> {
  const { root, reader } = sourcesInMemory(parse(asking.description ?? keptDescription));
  const description = new Description(root, reader, 'all');
  const options = {
    server,
    parameters: new Map(Object.entries(asking.parameters ?? {})),
    fields: asking.fields ?? [],
    rate: 1e6,
    mostRequests: asking.mostRequests ?? 1000,
    patience: asking.patience ?? 60_000,
  };
  const observer = new Observer(description.operations);
  const sent = await askServer(planOf(description, options), observer, options);
  return { ...observer.observed, sent };
}
