import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { folderWith, root } from '../files.js';
import { cli } from '../hosts/cli/run.js';
import { serving } from './loopback.js';

const peak = join(root, 'test/bench/peak.cjs');

/** Runs the command line, and returns what it prints and the most memory that it took, in bytes. */
async function measured(cwd: string, args: readonly string[]) {
  const noted = join(folderWith({}), 'peak');
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--require', peak, cli, ...args], {
    cwd,
    env: { ...process.env, PEAK: noted },
    maxBuffer: 1e8,
  }).catch((failure) => failure);
  return { out: String(stdout), err: String(stderr), memory: Number(readFileSync(noted, 'utf8')) * 1024 };
}

const description = `openapi: 3.1.2
info: {title: T, version: '1'}
paths:
  /things/{id}: {get: {responses: {'200': {description: ok}}}}
`;

describe('a HAR file of 500 MB', () => {
  test('is read in one pass, in less than 300 MB of memory', async () => {
    const folder = folderWith({ 'openapi.yaml': description });
    const file = createWriteStream(join(folder, 'large.har'));
    const text = 'text '.repeat(10_000);
    const entries = 10_000;
    file.write('{"log":{"version":"1.2","creator":{"name":"a proxy","version":"1"},"entries":[');
    for (let index = 0; index < entries; index++) {
      const entry = {
        request: { method: 'GET', url: `https://example.com/things/${index}?n=${index}`, headers: [] },
        response: { status: 200, headers: [{ name: 'ETag', value: `"${index}"` }], content: { text } },
      };
      if (!file.write(`${index === 0 ? '' : ','}${JSON.stringify(entry)}`)) await once(file, 'drain');
    }
    file.end(']}}');
    await once(file, 'finish');
    expect(statSync(join(folder, 'large.har')).size).toBeGreaterThan(500e6);
    const args = ['observe', 'openapi.yaml', '--traffic', 'large.har', '-f', 'json'];
    const { out, err, memory } = await measured(folder, args);
    expect((JSON.parse(out) as { code: string }[]).map(({ code }) => code)).toEqual([
      'observed-validator-undocumented',
    ]);
    expect(err).toContain(`Read ${entries} exchanges, ${entries} of them with 1 of 1 operation.`);
    expect(memory).toBeGreaterThan(1e6);
    expect(memory).toBeLessThan(300e6);
  });
});

describe('1,000 operations at a server that takes 5 ms', () => {
  const operations = Array.from({ length: 1000 }, (_, index) => index);
  const paths = operations.map((index) => `  /a${index}: {get: {responses: {'200': {description: ok}}}}`).join('\n');

  test('are asked in bounded memory, no more at a time than allowed', async () => {
    let [requests, open, most] = [0, 0, 0];
    const asked = new Set<string | undefined>();
    const server = await serving(async ({ url, headers }, response) => {
      requests++;
      asked.add(url);
      most = Math.max(most, ++open);
      await sleep(5);
      open--;
      const isFalse = headers['if-none-match']?.includes('"1"') === true || headers['if-none-match'] === '*';
      response.writeHead(isFalse ? 304 : 200, { ETag: '"1"' }).end(isFalse ? undefined : 'text');
    });
    const folder = folderWith({ 'openapi.yaml': `openapi: 3.1.2\npaths:\n${paths}\n` });
    const args = ['--server', server.url.href, '--rate', '100000', '--max-requests', '100000', '--save', 'seen.json'];
    const { err, memory } = await measured(folder, ['observe', 'openapi.yaml', ...args, '-f', 'json']);
    server.close();
    expect(asked.size).toBe(1000);
    expect(err).toContain(`Sent ${requests} requests.`);
    expect(requests).toBe(10_000);
    expect(most).toBeLessThanOrEqual(8);
    expect(memory).toBeLessThan(300e6);
    const { operations: seen } = JSON.parse(readFileSync(join(folder, 'seen.json'), 'utf8'));
    expect(seen).toHaveLength(1000);
    expect(seen.every(({ faults }: { faults: unknown[] }) => faults.length === 0)).toBe(true);
  });
});
