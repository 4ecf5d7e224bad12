import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../../files.js';
import { run } from './run.js';

const description = '{"openapi":"3.1.1","info":{"title":"T","version":"1"},"paths":{}}\n';

describe.each([
  ['lint', ['lint', '--format', 'json']],
  ['report', ['report']],
])('the output of %s', (_, command) => {
  test.each([
    ['a description', 'a.json', description],
    ['a description under another name', 'link.json', description],
    ['a named file that is no description', 'a.json', '{"a": 1}\n'],
    ['a named file that is broken', 'a.json', '{"openapi": "3.1.1", \n'],
  ])('does not overwrite %s', (__, output, text) => {
    const folder = folderWith({ 'a.json': text, 'b.json': description });
    symlinkSync(join(folder, 'a.json'), join(folder, 'link.json'));
    const { status, err } = run(folder, ...command, 'a.json', 'b.json', '--output', output);
    expect(status).toBe(2);
    expect(err).toContain(`${output}: is one of the descriptions, and was not overwritten: name another --output\n`);
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe(text);
  });

  test('replaces that of the last run, also in a folder that is searched', () => {
    const folder = folderWith({ 'a.json': description, 'out.json': 'old' });
    expect(run(folder, ...command, '.', '--output', 'out.json').status).toBe(0);
    const first = readFileSync(join(folder, 'out.json'), 'utf8');
    expect(run(folder, ...command, '.', '--output', 'out.json').status).toBe(0);
    expect(readFileSync(join(folder, 'out.json'), 'utf8')).toBe(first);
  });
});
