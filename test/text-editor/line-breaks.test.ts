import { describe, expect, test } from 'vitest';
import { add, editedText, remove, rename, replace } from './patches.js';

/** A text in which `;` stands for a carriage return with a line feed, `|` for a line feed, `^` for a carriage return. */
function text(marked: string): string {
  return marked
    .replaceAll('\n', '')
    .replaceAll(/[;|^]/g, (mark) => ({ ';': '\r\n', '|': '\n', '^': '\r' })[mark] ?? '');
}

describe('in a text with several kinds of line breaks, a new line has that of its neighbour, and each old line keeps its own', () => {
  test.each([
    ['behind a line', 'a: 1|b: 2;c: 3|', add('/z', 1), 'a: 1|b: 2;c: 3|z: 1|'],
    ['behind a last line without one', 'a: 1|b: 2;c: 3', add('/z', 1), 'a: 1|b: 2;c: 3;z: 1'],
    ['below a name', 'a: 1|b:;  c: 3|  d: 1|', add('/b/e', [1]), 'a: 1|b:;  c: 3|  d: 1|  e:|    - 1|'],
    ['in the middle', 'a:|  c: 3;  d: {}|e: 1;', add('/a/d/x', { z: 1 }), 'a:|  c: 3;  d:|    x:|      z: 1|e: 1;'],
    ['of a removal in the middle', 'a: 1;b: 2|c: 3|', remove('/b'), 'a: 1;c: 3|'],
    ['of a removal at the end', 'a: 1;b: 2|c: 3|', remove('/c'), 'a: 1;b: 2|'],
    ['of a removal before another line break', 'a: 1;b:|  c: 3|  d: 4|e: 1|', remove('/b'), 'a: 1;e: 1|'],
    ['of a removal of the first', 'a: 1;b: 2|c: 3|', remove('/a'), 'b: 2|c: 3|'],
    ['of all that is in a block', 'a: 1;b:;  c: 3|  d: 4|e: 1;', replace('/b', {}), 'a: 1;b: {};e: 1;'],
    ['of a value', 'a: 1;b: 2|c: 3;', replace('/b', { d: 1 }), 'a: 1;b:|  d: 1|c: 3;'],
    ['of a name', 'a: 1;b: 2|c: 3;', rename('/b', 'd'), 'a: 1;d: 2|c: 3;'],
    ['between empty lines', 'a: 1;;b: 2||c: 3|', remove('/b'), 'a: 1;|c: 3|'],
    ['between brackets', '{;  "a": 1,|  "b": 2;}|', add('/c', 1), '{;  "a": 1,|  "b": 2,;  "c": 1;}|'],
    [
      'in brackets that were empty',
      '{;  "a": {},|  "b": 2;}|',
      add('/a/c', [1]),
      '{;  "a": {|    "c": [|      1|    ]|  },|  "b": 2;}|',
    ],
    ['of a removal between brackets', '{;  "a": 1,|  "b": 2;}|', remove('/b'), '{;  "a": 1|}|'],
    ['of carriage returns', 'a: 1^b:^  c: 3^d: 4|', add('/b/e', 5), 'a: 1^b:^  c: 3^  e: 5^d: 4|'],
    ['of carriage returns alone', 'a: 1^b: 2^', add('/c', 'x'), 'a: 1^b: 2^c: x^'],
    ['of a comment at a carriage return', 'a: 1 # x^b: 2;c: 3|', remove('/b'), 'a: 1 # x^c: 3|'],
    ['of a line feed behind a carriage return', 'a: "x^  y";b: 2|', add('/c', 1), 'a: "x^  y";b: 2|c: 1|'],
  ])('%s', (_, before, change, after) => {
    expect(editedText(text(before), change)).toBe(text(after));
  });

  test('when one member is removed and another added', () => {
    const before = text('a: 1;b:;  c: 3;  d: 4|e: 1|');
    expect(editedText(before, remove('/b/d'), add('/f', 5))).toBe(text('a: 1;b:;  c: 3;e: 1|f: 5|'));
    expect(editedText(text('b:;  c: 3;  d: 4|'), remove('/b/d'), add('/f', 5))).toBe(text('b:;  c: 3;f: 5|'));
  });
});
