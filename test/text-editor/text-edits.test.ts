import { expect, test } from 'vitest';
import { fc } from '../fast-check.js';
import { composed, spliced, type TextEdit } from '../../src/text-editor/text-edits.js';

/** Edits of a text, none of which overlap. */
function editsOf(text: string): fc.Arbitrary<TextEdit[]> {
  const offsets = fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 8 });
  return fc
    .tuple(offsets, fc.array(fc.string({ maxLength: 4 }), { minLength: 4, maxLength: 4 }))
    .map(([all, texts]) => {
      const sorted = all.toSorted((one, other) => one - other);
      return texts.flatMap((added, index) => {
        const [start, end] = [sorted[2 * index], sorted[2 * index + 1]];
        return start === undefined || end === undefined ? [] : [{ start, end, text: added }];
      });
    });
}

test('composed edits change a text as the two sets do one after the other', () => {
  const pairs = fc
    .string({ maxLength: 30 })
    .chain((text) => fc.tuple(fc.constant(text), editsOf(text)))
    .chain(([text, first]) => fc.tuple(fc.constant(text), fc.constant(first), editsOf(spliced(text, first))));
  fc.assert(
    fc.property(pairs, ([text, first, next]) => {
      expect(spliced(text, composed(text.length, first, next))).toBe(spliced(spliced(text, first), next));
    }),
    { numRuns: 2000 },
  );
});

test('composed edits leave out unchanged text', () => {
  const first = [{ start: 2, end: 3, text: 'X' }];
  expect(composed(10, first, [{ start: 8, end: 8, text: 'Y' }])).toEqual([
    { start: 2, end: 3, text: 'X' },
    { start: 8, end: 8, text: 'Y' },
  ]);
});

test('overlapping edits are an error', () => {
  const overlapping = [
    { start: 0, end: 3, text: '' },
    { start: 2, end: 4, text: '' },
  ];
  expect(() => spliced('abcdef', overlapping)).toThrow('edits overlap at offset 2');
});
