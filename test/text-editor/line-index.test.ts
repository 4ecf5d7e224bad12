import { expect, test } from 'vitest';
import { fc } from '../fast-check.js';
import { LineIndex } from '../../src/text-editor/line-index.js';

test('the position of an offset leads back to the same offset', () => {
  const texts = fc
    .array(fc.string({ maxLength: 3 }), { maxLength: 1200, size: 'max' })
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(texts, fc.nat(), (text, random) => {
      const lines = new LineIndex(text);
      const offset = random % (text.length + 1);
      const before = text.slice(0, offset).split('\n');
      const position = { line: before.length - 1, character: before.at(-1)?.length };
      expect(lines.positionAt(offset)).toEqual(position);
      expect(lines.offsetAt(lines.positionAt(offset))).toBe(offset);
    }),
  );
  expect(new LineIndex('a\nb').offsetAt({ line: 9, character: 0 })).toBe(3);
});
