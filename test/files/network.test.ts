import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, createGzip, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Network } from '../../src/files/network.js';
import { TextFile } from '../../src/files/text-file.js';
import { folderWith } from '../files.js';
import { cli } from '../hosts/cli/run.js';

const zeros = Buffer.alloc(1 << 16);

/** Large texts that compress well. They are compressed before any timeout starts. */
const packed = { br: brotliCompressSync(Buffer.alloc(32e6)), deflate: deflateSync(Buffer.alloc(32e6)) };

/** A text that is long enough to be cut in its middle. */
const long = Array.from({ length: 500 }, (_, index) => `key${index}: ${index * 7919}`).join('\n');

/** Writes until the reader stops. */
function writeForEver(stream: NodeJS.WritableStream, chunk: Buffer): void {
  const more = () => {
    while (stream.write(chunk));
  };
  stream.on('drain', more);
  more();
}

/** Responses by their paths, most of them misbehaving. */
const pages: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>> = {
  '/good': (response) => void response.end('a: 1'),
  '/gzip': (response) => void response.setHeader('content-encoding', 'gzip').end(gzipSync('a: 1')),
  '/br': (response) => void response.setHeader('content-encoding', 'br').end(brotliCompressSync('a: 1')),
  '/deflate': (response) => void response.setHeader('content-encoding', 'deflate').end(deflateSync('a: 1')),
  '/endless': (response) => writeForEver(response, zeros),
  '/announced': (response) => void response.setHeader('content-length', 6e9).write('a: 1'),
  '/gzip-bomb': (response) => {
    const packer = createGzip();
    packer.pipe(response.setHeader('content-encoding', 'gzip'));
    writeForEver(packer, zeros);
  },
  '/br-bomb': (response) => void response.setHeader('content-encoding', 'br').end(packed.br),
  '/deflate-bomb': (response) => void response.setHeader('content-encoding', 'deflate').end(packed.deflate),
  '/no-gzip': (response) => void response.setHeader('content-encoding', 'gzip').end('a: 1'),
  '/silent': () => {},
  '/drip': (response) => {
    const drip = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(drip));
  },
  '/empty-members': (response) => writeForEver(response.setHeader('content-encoding', 'gzip'), gzipSync('')),
  '/broken-off': (response) => {
    response.setHeader('content-length', 100).write('a: 1');
    setTimeout(() => response.destroy(), 20);
  },
  '/gzip-cut': (response) => void response.setHeader('content-encoding', 'gzip').end(gzipSync(long).subarray(0, -20)),
  '/br-cut': (response) =>
    void response.setHeader('content-encoding', 'br').end(brotliCompressSync(long).subarray(0, -5)),
  '/deflate-cut': (response) =>
    void response.setHeader('content-encoding', 'deflate').end(deflateSync(long).subarray(0, -20)),
  '/gzip-cut-to-nothing': (response) =>
    void response.setHeader('content-encoding', 'gzip').end(gzipSync(long).subarray(0, 10)),
  '/chunks-cut': (response) => {
    response.write('a: 1');
    setTimeout(() => response.destroy(), 20);
  },
  '/twice': (response) =>
    void response.setHeader('content-encoding', 'deflate, GZip').end(gzipSync(deflateSync('a: 1'))),
  '/zstd': (response) => void response.setHeader('content-encoding', 'zstd').end('a: 1'),
  '/many-codings': (response) =>
    void response.setHeader('content-encoding', Array(50).fill('gzip').join()).end(gzipSync('a: 1')),
  '/to-password': (response) => void response.writeHead(302, { location: 'http://me:secret@127.0.0.1/good' }).end(),
  '/loop': (response) => void response.writeHead(302, { location: '/loop' }).end(),
  '/to-file': (response) => void response.writeHead(302, { location: 'file:///etc/hostname' }).end(),
  '/to-data': (response) => void response.writeHead(302, { location: 'data:text/yaml,a: 1' }).end(),
  '/to-good': (response) => void response.writeHead(301, { location: '/good' }).end(),
  '/latin1': (response) => void response.end(Buffer.from('a: ä', 'latin1')),
  '/missing': (response) => void response.writeHead(404).end(),
};

let asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.on('error', () => {});
  pages[request.url ?? '']?.(response, request);
});
let base = '';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const limits = { patience: 1500, patienceForAll: 60_000, bytes: 5e6, atOnce: 6 };

/** The data of each page, or the reason why it was not read. */
async function outcomes(network: Network, ...paths: string[]): Promise<Record<string, unknown>> {
  const documents = await network.fetchAll(paths.map((path) => base + path));
  return Object.fromEntries(
    paths.map((path) => {
      const document = documents.get(base + path);
      return [path, document instanceof TextFile ? document.data : document?.message];
    }),
  );
}

describe('a document on the network', () => {
  test.each(['/good', '/gzip', '/br', '/deflate', '/twice', '/to-good'])('is read: %s', async (path) => {
    expect(await outcomes(new Network(limits), path)).toEqual({ [path]: { a: 1 } });
  });

  const tooLarge = 'is too large: 5 MB may be fetched for all documents together';
  const tooLate = 'did not arrive within 2 seconds';
  test.each([
    ['/endless', tooLarge],
    ['/announced', tooLarge],
    ['/gzip-bomb', tooLarge],
    ['/br-bomb', tooLarge],
    ['/deflate-bomb', tooLarge],
    ['/silent', tooLate],
    ['/drip', tooLate],
    ['/gzip-cut', 'the compressed text is cut short'],
    ['/br-cut', 'the compressed text is cut short'],
    ['/deflate-cut', 'the compressed text is cut short'],
    ['/gzip-cut-to-nothing', 'the compressed text is cut short'],
    ['/chunks-cut', 'the connection ended before the whole text had arrived'],
    ['/zstd', 'is compressed as zstd, which is not supported'],
    ['/many-codings', 'it is compressed too many times'],
    ['/to-password', 'the server redirects to a URL with a user name or a password'],
    ['/loop', 'the server redirects more than 20 times'],
    ['/to-file', 'the server redirects to file:, which is not on the network'],
    ['/to-data', 'the server redirects to data:, which is not on the network'],
    ['/no-gzip', 'incorrect header check'],
    ['/broken-off', 'the connection ended before the whole text had arrived'],
    ['/latin1', 'is not encoded in UTF-8'],
    ['/missing', 'the server answers 404'],
  ])('is rejected: %s', async (path, reason) => {
    expect(await outcomes(new Network(limits), path)).toEqual({ [path]: reason });
  });

  test('shares the limits of time and size with the other documents', async () => {
    const network = new Network({ ...limits, bytes: 50 });
    expect(await outcomes(network, '/good')).toEqual({ '/good': { a: 1 } });
    expect(await outcomes(network, '/gzip', '/silent')).toEqual({ '/gzip': { a: 1 }, '/silent': tooLate });
    expect(await outcomes(network, '/endless')).toEqual({
      '/endless': 'is too large: 0.00005 MB may be fetched for all documents together',
    });
  });

  test('counts what arrives even if nothing comes out of it', async () => {
    const network = new Network({ ...limits, bytes: 1e4 });
    expect(await outcomes(network, '/empty-members')).toEqual({
      '/empty-members': 'is too large: 0.01 MB may be fetched for all documents together',
    });
  });

  test('is not requested once the others have used up the time', async () => {
    const network = new Network({ ...limits, patienceForAll: 300, atOnce: 1 });
    asked = [];
    expect(await outcomes(network, '/silent', '/good')).toEqual({
      '/silent': 'did not arrive within 1 seconds',
      '/good': 'was not fetched: the other documents took too long',
    });
    expect(asked).toEqual(['/silent']);
  });
});

describe('lint --allow-remote', () => {
  async function lint(reference: string, ...args: string[]) {
    const folder = folderWith({ 'openapi.yaml': `openapi: 3.0.3\npaths: {/a: {$ref: '${reference}'}}\n` });
    const child = spawn(process.execPath, [cli, 'lint', '--allow-remote', ...args], { cwd: folder });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    const [status] = await once(child, 'close');
    return { status, out, err };
  }

  test.each(['/endless', '/gzip-bomb', '/no-gzip', '/loop', '/to-file', '/broken-off', '/gzip-cut'])(
    'exits with 2 and one line if the document cannot be fetched: %s',
    async (path) => {
      const { status, err } = await lint(base + path, '-q');
      expect(status).toBe(2);
      expect(err).toMatch(new RegExp(`^${base}${path}: [^\\n]+\\n$`));
    },
    60_000,
  );

  test.each(['json', 'sarif', 'stylish', 'html'])('shows no password of a `$ref` in the format %s', async (format) => {
    asked = [];
    const address = `${base.replace('://', '://somebody:secret@')}/good`;
    const { status, out, err } = await lint(address, '-f', format);
    expect(status).toBe(2);
    expect(out + err).not.toMatch(/secret|somebody/);
    expect(err).toContain(`${base.replace('://', '://…@')}/good: contains a user name or a password`);
    expect(asked).toEqual([]);
  });

  test('shows no password of a URL given as a file or a ruleset', async () => {
    for (const args of [
      ['-r', 'https://somebody:secret@example.com/r.yaml'],
      ['https://somebody:secret@example.com/o.yaml'],
    ]) {
      const { status, err } = await lint('a.yaml', ...args);
      expect(status).toBe(2);
      expect(err).toContain('https://…@example.com/');
      expect(err).not.toMatch(/secret|somebody/);
    }
  });
});
