import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderWith, read, root } from '../files.js';
import { cli } from '../hosts/cli/run.js';

const page = read('examples/observe/README.md');
const shown = [...page.matchAll(/```sh\n(.*?)```\n\n```text\n(.*?)```/gs)].map(([, command = '', output = '']) => {
  return { command, output };
});

/** The text with every run of spaces made one, so that columns need not be as wide as the longest path makes them. */
function folded(text: string): string {
  return text.replace(/ +/g, ' ').trim();
}

let server: ChildProcess;
let address = '';
beforeAll(async () => {
  const env = { ...process.env, PORT: '0' };
  server = spawn(process.execPath, [join(root, 'examples/observe/server.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(server.stdout ?? server, 'data');
  address = String(line).trim();
});
afterAll(() => server.kill());

/** The address of the server in the page, which may be taken on this machine. */
const shownAddress = 'http://127.0.0.1:8080';

test('examples/observe/README.md shows what its commands print, one after the other', () => {
  const files = ['openapi.yaml', 'traffic.har'].map((name) => [name, read(`examples/observe/${name}`)]);
  const folder = folderWith(Object.fromEntries(files));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  // What npx runs where the package is installed.
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift\nexec ${process.execPath} ${cli} "$@"\n`);
  chmodSync(join(bin, 'npx'), 0o755);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` };
  expect(shown.length).toBeGreaterThan(2);
  for (const { command, output } of shown) {
    // Both streams go to one, as in a terminal.
    const { stdout } = spawnSync('sh', ['-c', `{ ${command.replaceAll(shownAddress, address)} } 2>&1`], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    const printed = stdout
      .replaceAll(`${folder}/`, '')
      .replaceAll(address, shownAddress)
      .replaceAll(/\."(?=Read|Sent)/g, '."\n');
    expect([command, folded(printed)]).toEqual([command, folded(output)]);
  }
});
