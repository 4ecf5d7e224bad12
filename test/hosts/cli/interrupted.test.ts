import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { folderWith, read } from '../../files.js';
import { cli, run } from './run.js';

const count = 100;
const before = read('examples/orders.yaml');

function folderOfMany(): string {
  return folderWith(Object.fromEntries(Array.from({ length: count }, (_, index) => [`apis/${index}.yaml`, before])));
}

const textsIn = (folder: string) =>
  Array.from({ length: count }, (_, index) => readFileSync(join(folder, `apis/${index}.yaml`), 'utf8'));

test('after fix is killed at any time, every file has either its old or its new text', async () => {
  const reference = folderOfMany();
  const started = performance.now();
  run(reference, 'fix', 'apis');
  const duration = performance.now() - started;
  const [after = ''] = textsIn(reference);
  expect(after).not.toBe(before);
  const outcomes = new Set<string>();
  const attempts = 16;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const folder = folderOfMany();
    const child = spawn(process.execPath, [cli, 'fix', 'apis'], { cwd: folder, stdio: 'ignore' });
    const ended = once(child, 'exit');
    // The files are written at the end, so most runs are killed there.
    if (attempt <= 4) await wait((duration * attempt) / 5);
    else {
      const stopAfter = Math.floor((count * (attempt - 5)) / (attempts - 4));
      while (replacedIn(folder) <= stopAfter && child.exitCode === null) await wait(0);
    }
    child.kill('SIGKILL');
    await ended;
    const texts = textsIn(folder);
    for (const text of texts) expect(text === before || text === after).toBe(true);
    const replaced = texts.filter((text) => text === after).length;
    outcomes.add(replaced === 0 ? 'none' : replaced === count ? 'all' : 'some');
    if (attempt % 4 === 0) expectTidiedUp(folder, after);
  }
  expect(outcomes).toContain('none');
  expect(outcomes).toContain('some');
}, 400_000);

/** Expects that after the next run, the killed run has left only the old texts of files that it had replaced, and that messages name them. */
function expectTidiedUp(folder: string, after: string): void {
  const { status, err } = run(folder, 'fix', 'apis');
  expect(status).toBe(0);
  for (const text of textsIn(folder)) expect(text).toBe(after);
  const left = readdirSync(join(folder, 'apis')).filter((name) => name.startsWith('.'));
  const named = [...err.matchAll(/^apis\/(\.\S+\.old): holds apis\/\d+\.yaml as it was before a run/gm)];
  expect(named.map(([, name]) => name).toSorted()).toEqual(left.toSorted());
  for (const name of left) expect(readFileSync(join(folder, 'apis', name), 'utf8')).toBe(before);
}

/** The number of files replaced so far, counted from the new files that still wait. */
function replacedIn(folder: string): number {
  const waiting = readdirSync(join(folder, 'apis')).filter((name) => name.endsWith('.new')).length;
  const hasBegun = readFileSync(join(folder, 'apis/0.yaml'), 'utf8') !== before;
  return hasBegun ? count - waiting : 0;
}
