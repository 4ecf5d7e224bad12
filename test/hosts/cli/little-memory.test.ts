import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../../files.js';
import { cli, found, without304 } from './run.js';

describe('lint with too little memory', () => {
  const reason =
    /it needs more memory than the \d+ MiB that Node may use: allow more, such as NODE_OPTIONS=--max-old-space-size=\d+/;
  const big = `${without304}${Array.from({ length: 250_000 }, (_, n) => `x-${n}: {a: [1, 2, 3, 4, 5, 6], b: text}\n`).join('')}`;
  // With these, V8 ends the process before it can end a thread.
  const huge = `${without304}# ${'x'.repeat(40e6)}\n`;
  const unicode = `${without304}# ${'é'.repeat(10e6)}😀\n`;
  const folder = folderWith({ 'a.yaml': without304, 'b.yaml': big, 'c.yaml': without304 });
  const other = folderWith({ 'big.yaml': big, 'huge.yaml': huge, 'unicode.yaml': unicode, 'small.yaml': without304 });
  const inLittle = (cwd: string, args: readonly string[], input?: string) =>
    spawnSync(process.execPath, [cli, ...args], {
      cwd,
      env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=40' },
      encoding: 'utf8',
      input,
    });

  test('names the file that does not fit, and lints the others', () => {
    const { stderr, stdout, status } = inLittle(folder, ['lint', '-f', 'json']);
    expect(stderr).toMatch(new RegExp(`^b\\.yaml: cannot be linted: ${reason.source}\\n$`));
    expect(status).toBe(2);
    expect(found({ status, out: stdout, err: stderr }, folder)).toEqual([
      'a.yaml:3 not-modified-documented',
      'c.yaml:3 not-modified-documented',
    ]);
  });

  test.each(['big.yaml', 'huge.yaml', 'unicode.yaml'])('names the file even if it is the only one: %s', (name) => {
    const pattern = name.replace('.', '\\.');
    const linted = inLittle(other, ['lint', name]);
    expect(linted.stderr).toMatch(new RegExp(`^${pattern}: cannot be linted: ${reason.source}\\n$`));
    expect(linted.status).toBe(2);
    const before = readFileSync(join(other, name), 'utf8');
    for (const options of [[], ['--check'], ['--dry-run', '--suggested']]) {
      const { stderr, stdout, status } = inLittle(other, ['fix', ...options, name]);
      expect(stderr).toMatch(
        new RegExp(`^${pattern}: cannot be fixed: ${reason.source}\\. No file was changed\\.\\n$`),
      );
      expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    }
    expect(readFileSync(join(other, name), 'utf8') === before).toBe(true);
  });

  test('runs commands that need little memory as usual', () => {
    expect(inLittle(other, ['lint', '-'], without304).stdout).toContain('not-modified-documented');
    expect(inLittle(other, ['fix', '-r', 'none.yaml', 'small.yaml'])).toMatchObject({
      status: 2,
      stderr: `${join(other, 'none.yaml')}: no such file\n`,
    });
    expect(inLittle(other, ['fix', '--suggested', 'small.yaml'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('fixed'),
      stderr: '',
    });
    expect(readFileSync(join(other, 'small.yaml'), 'utf8')).toContain('304');
  });
});
