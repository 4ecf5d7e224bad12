import { expect, test } from 'vitest';
import { fc } from '../fast-check.js';
import { LineIndex } from '../../src/text-editor/line-index.js';

test('the position of an offset leads back to the same offset', () => {
  const texts = fc
    .array(fc.string({ maxLength: 3 }), { maxLength: 1200, size: 'max' })
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(texts, fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), (text, numbers) => {
      const [positions, offsets] = [new LineIndex(text), new LineIndex(text)];
      for (const number of numbers) {
        const offset = number % (text.length + 1);
        const before = text.slice(0, offset).split('\n');
        const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
        expect(positions.positionAt(offset)).toEqual(position);
        expect(offsets.offsetAt(position)).toBe(offset);
      }
    }),
  );
  expect(new LineIndex('a\nb').offsetAt({ line: 9, character: 0 })).toBe(3);
});
