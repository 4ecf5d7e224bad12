import { spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { beforeAll, describe, expect, test } from 'vitest';
import { folderWith, read } from '../files.js';
import { InstalledRedocly, newest } from '../hosts/redocly/installed-redocly.js';
import { run } from '../packed.js';
import { keptDescription, type Loopback, serving, servingRightBut, type Wrong } from './loopback.js';
import { runBeside } from './run-beside.js';

/** What the page says of recording: the options, for the server and the file that it names. */
const [, options = ''] =
  /`npx @redocly\/cli@2 proxy (--target http:\/\/127\.0\.0\.1:8080 --har traffic\.har)`/.exec(
    read('examples/observe/README.md'),
  ) ?? [];

/** A client, which sends requests to the URL of `/a`. */
type Client = (url: string, folder: string) => Promise<unknown>;

/** Sends each condition that there is, as a program with a cache of its own would. */
const fetching: Client = async (url) => {
  const first = await fetch(url);
  const [tag = '', date = ''] = ['etag', 'last-modified'].map((name) => first.headers.get(name) ?? '');
  await first.text();
  const conditions: Record<string, string>[] = [
    { 'If-None-Match': tag },
    { 'If-None-Match': `W/${tag}, "another"` },
    { 'If-None-Match': '"another"' },
    { 'If-None-Match': '*' },
    { 'If-Modified-Since': date },
    { 'If-None-Match': '"another"', 'If-Modified-Since': date },
    { 'If-None-Match': tag, 'Accept-Encoding': 'gzip' },
  ];
  for (const headers of conditions) await (await fetch(url, { headers })).text();
  await fetch(url, { method: 'HEAD' });
};

/** Keeps the entity-tag in a file, and compares it the next times; then asks by the date of the file. */
const curl: Client = async (url, folder) => {
  const kept = (option: string) => ['-s', '-o', join(folder, 'a'), option, join(folder, 'tag'), url];
  await run('curl', kept('--etag-save'));
  for (let time = 0; time < 3; time++) await run('curl', kept('--etag-compare'));
  await run('curl', ['-s', '--compressed', '-o', join(folder, 'a'), '-z', join(folder, 'a'), url]);
};

/** Leaves Cache-Control out of its 304s. */
const forgetful: Wrong = {
  fields: (fields, status) => {
    if (status === 304) delete fields['Cache-Control'];
  },
};

describe('a HAR file that `redocly proxy` recorded', () => {
  let redocly: InstalledRedocly | string = '';
  beforeAll(async () => {
    redocly = await InstalledRedocly.install(newest);
  });
  const hasCurl = run('curl', ['--version']).then(
    () => true,
    () => false,
  );

  /** Records what a client sends to a server, and returns the folder with the recording. */
  async function recorded(server: Loopback, client: Client): Promise<string> {
    const folder = folderWith({ 'openapi.yaml': keptDescription });
    const { folder: installed } = redocly as InstalledRedocly;
    const args = options.replace('http://127.0.0.1:8080', server.url.href).split(' ');
    const program = join(installed, 'node_modules/.bin/redocly');
    const proxy = spawn(process.execPath, [program, 'proxy', ...args, '--port', '0'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, REDOCLY_TELEMETRY: 'off' },
    });
    const ended = once(proxy, 'close');
    try {
      await client(`${await addressOf(proxy.stderr)}/a`, folder);
    } finally {
      proxy.kill('SIGINT');
      await ended;
      server.close();
    }
    return folder;
  }

  async function observed(server: Loopback, folder: string) {
    const args = ['--traffic', 'traffic.har', '--server', server.url.href, '--save', 'seen.json', '-f', 'json'];
    const { out, err, status } = await runBeside(folder, 'observe', 'openapi.yaml', ...args);
    const saved = readFileSync(join(folder, 'seen.json'), 'utf8');
    return { out, err, status, saved };
  }
  const codesIn = (out: string) => (JSON.parse(out) as { code: string }[]).map(({ code }) => code);

  test.for([
    ['fetch', 'right', {}, [], 9, 5],
    ['fetch', 'wrong', forgetful, ['observed-not-modified-repeats-fields'], 9, 5],
    ['curl', 'right', {}, [], 5, 4],
    ['curl', 'wrong', forgetful, ['observed-not-modified-repeats-fields'], 5, 4],
  ] as const)('by %s from a server that is %s', async ([name, , wrong, faults, exchanges, notModified], { skip }) => {
    if (typeof redocly === 'string') skip(redocly);
    if (name === 'curl' && !(await hasCurl)) skip('curl is not here');
    const server = await servingRightBut(wrong);
    const folder = await recorded(server, name === 'curl' ? curl : fetching);
    const first = await observed(server, folder);
    expect([codesIn(first.out), first.status]).toEqual([faults, faults.length]);
    expect(first.err).toContain(`Read ${exchanges} exchanges, ${exchanges} of them with 1 of 1 operation.`);
    expect(JSON.parse(first.saved).operations[0].responses['304'].count).toBe(notModified);
    expect(await observed(server, folder)).toEqual(first);
  });

  test('has a replacement character for octets that are no text, which may be other ones each time', async ({
    skip,
  }) => {
    if (typeof redocly === 'string') skip(redocly);
    let turn = 0;
    const server = await serving((_, response) => {
      const content = Buffer.from(['caf\u00e9', 'caf\u00e8'][turn++] ?? '', 'latin1');
      const fields = { 'Last-Modified': 'Mon, 02 Mar 2026 10:00:00 GMT', 'Cache-Control': 'no-cache', Vary: 'Accept' };
      response
        .writeHead(200, { ...fields, ETag: `"${turn}"`, 'Content-Type': 'text/plain; charset=iso-8859-1' })
        .end(content);
    });
    const folder = await recorded(server, async (url) => {
      for (let time = 0; time < 2; time++) await (await fetch(url)).arrayBuffer();
    });
    const { out, err } = await observed(server, folder);
    expect(err).toContain('Read 2 exchanges');
    expect(codesIn(out)).toEqual([]);
  });
});

/** The address that the proxy says that it listens on. */
async function addressOf(output: Readable): Promise<string> {
  let said = '';
  for await (const [part] of on(output, 'data', { close: ['end'] })) {
    said += String(part);
    const [, address] = /listening on (\S+)/.exec(said) ?? [];
    // What it says later must be taken too, or it does not end.
    output.resume();
    if (address !== undefined) return address;
  }
  throw new Error(`the proxy did not start: ${said}`);
}
