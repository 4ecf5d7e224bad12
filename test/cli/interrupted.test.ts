import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Failure } from '../../src/cli/failure.js';
import { replaceFiles } from '../../src/cli/replace-files.js';
import { folderWith, read } from '../files.js';
import { cli, run } from './run.js';

const count = 200;
const before = read('examples/orders.yaml');

function folderOfMany(): string {
  return folderWith(Object.fromEntries(Array.from({ length: count }, (_, index) => [`apis/${index}.yaml`, before])));
}

const textsIn = (folder: string) =>
  Array.from({ length: count }, (_, index) => readFileSync(join(folder, `apis/${index}.yaml`), 'utf8'));

test('however a run over many files is killed, every file is whole: the old one or the new one', async () => {
  const reference = folderOfMany();
  const started = performance.now();
  run(reference, 'fix', 'apis');
  const duration = performance.now() - started;
  const [after = ''] = textsIn(reference);
  expect(after).not.toBe(before);
  const outcomes = new Set<string>();
  const attempts = 24;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const folder = folderOfMany();
    const child = spawn(process.execPath, [cli, 'fix', 'apis'], { cwd: folder, stdio: 'ignore' });
    const ended = once(child, 'exit');
    // The files are written at the end: most of the attempts are made there.
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
  }
  expect(outcomes).toContain('none');
  expect(outcomes).toContain('some');
}, 400_000);

/** How many files have been replaced so far, told by what still waits to take their places. */
function replacedIn(folder: string): number {
  const waiting = readdirSync(join(folder, 'apis')).filter((name) => name.endsWith('.tmp')).length;
  const hasBegun = readFileSync(join(folder, 'apis/0.yaml'), 'utf8') !== before;
  return hasBegun ? count - waiting : 0;
}

test('when one file cannot be replaced, the others are as they were, and nothing is left lying about', () => {
  const folder = folderWith({ 'one.yaml': 'old', 'two.yaml': 'old', 'three.yaml': 'old' });
  const files = ['one.yaml', 'two.yaml', 'three.yaml'].map((name) => join(folder, name));
  const replacements = files.map((file) => ({ file, before: 'old', after: 'new' }));
  writeFileSync(files[2] ?? '', 'changed');
  expect(() => replaceFiles(replacements)).toThrow(Failure);
  expect(() => replaceFiles(replacements)).toThrow(/three\.yaml: was changed by somebody else meanwhile/);
  expect(() =>
    replaceFiles([...replacements.slice(0, 2), { file: join(folder, 'four.yaml'), before: '', after: '' }]),
  ).toThrow(/four\.yaml: there is no such file\. No file was changed\./);
  expect(readdirSync(folder).toSorted()).toEqual(['one.yaml', 'three.yaml', 'two.yaml']);
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(['old', 'old', 'changed']);
});
