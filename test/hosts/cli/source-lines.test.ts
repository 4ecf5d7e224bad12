import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TextFile } from '../../../src/files/text-file.js';
import { sourceLines } from '../../../src/hosts/cli/source-lines.js';
import { fc } from '../../fast-check.js';
import { folderWith } from '../../files.js';

const folder = folderWith({});
const file = join(folder, 'a.yaml');

test('the lines of a file are those of its text, whatever characters are in it', () => {
  const line = fc.string({ unit: fc.constantFrom('a', ' ', 'é', '€', '😀', '\u2028', '\r', '\uFEFF') });
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.array(fc.nat(9)), (lines, lineBreak, numbers) => {
      const text = `a: |\n${lines.map((one) => `  ${one}`).join(lineBreak)}`;
      writeFileSync(file, text);
      const [whole, lineOf] = [new TextFile(file, text), sourceLines(new Map())];
      for (const number of numbers) expect(lineOf(file, number)).toBe(whole.lineAt(number));
    }),
  );
});

test('a file that is gone, or no longer a text, has empty lines', () => {
  writeFileSync(file, Buffer.from([0x61, 0xff, 0x0a]));
  const lineOf = sourceLines(new Map());
  expect(lineOf(file, 0)).toBe('');
  rmSync(file);
  expect(sourceLines(new Map())(file, 0)).toBe('');
});
