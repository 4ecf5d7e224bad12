import { describe, expect, test } from 'vitest';
import { add, editedText, remove, rename, replace } from './patches.js';

/** A text in which `;` stands for a carriage return with a line feed, `|` for a line feed, `^` for a carriage return. */
function text(marked: string): string {
  return marked
    .replaceAll('\n', '')
    .replaceAll(/[;|^]/g, (mark) => ({ ';': '\r\n', '|': '\n', '^': '\r' })[mark] ?? '');
}

describe('with several kinds of line breaks in a text, each old line keeps its own, and a new line gets that of its neighbour', () => {
  test.each([
    ['if a member is added after the last line', 'a: 1|b: 2;c: 3|', add('/z', 1), 'a: 1|b: 2;c: 3|z: 1|'],
    [
      'if a member is added after a last line without a line break',
      'a: 1|b: 2;c: 3',
      add('/z', 1),
      'a: 1|b: 2;c: 3;z: 1',
    ],
    [
      'if an array is added to an object',
      'a: 1|b:;  c: 3|  d: 1|',
      add('/b/e', [1]),
      'a: 1|b:;  c: 3|  d: 1|  e:|    - 1|',
    ],
    [
      'if a member is added in the middle',
      'a:|  c: 3;  d: {}|e: 1;',
      add('/a/d/x', { z: 1 }),
      'a:|  c: 3;  d:|    x:|      z: 1|e: 1;',
    ],
    ['if a member is removed in the middle', 'a: 1;b: 2|c: 3|', remove('/b'), 'a: 1;c: 3|'],
    ['if the last member is removed', 'a: 1;b: 2|c: 3|', remove('/c'), 'a: 1;b: 2|'],
    ['if a member of several lines is removed', 'a: 1;b:|  c: 3|  d: 4|e: 1|', remove('/b'), 'a: 1;e: 1|'],
    ['if the first member is removed', 'a: 1;b: 2|c: 3|', remove('/a'), 'b: 2|c: 3|'],
    [
      'if a block is replaced with empty brackets',
      'a: 1;b:;  c: 3|  d: 4|e: 1;',
      replace('/b', {}),
      'a: 1;b: {};e: 1;',
    ],
    ['if a value is replaced with a block', 'a: 1;b: 2|c: 3;', replace('/b', { d: 1 }), 'a: 1;b:|  d: 1|c: 3;'],
    ['if a member is renamed', 'a: 1;b: 2|c: 3;', rename('/b', 'd'), 'a: 1;d: 2|c: 3;'],
    ['if a member between empty lines is removed', 'a: 1;;b: 2||c: 3|', remove('/b'), 'a: 1;|c: 3|'],
    ['if a member is added in brackets', '{;  "a": 1,|  "b": 2;}|', add('/c', 1), '{;  "a": 1,|  "b": 2,;  "c": 1;}|'],
    [
      'if a member is added in empty brackets',
      '{;  "a": {},|  "b": 2;}|',
      add('/a/c', [1]),
      '{;  "a": {|    "c": [|      1|    ]|  },|  "b": 2;}|',
    ],
    ['if a member in brackets is removed', '{;  "a": 1,|  "b": 2;}|', remove('/b'), '{;  "a": 1|}|'],
    ['if carriage returns are among them', 'a: 1^b:^  c: 3^d: 4|', add('/b/e', 5), 'a: 1^b:^  c: 3^  e: 5^d: 4|'],
    ['if all are carriage returns', 'a: 1^b: 2^', add('/c', 'x'), 'a: 1^b: 2^c: x^'],
    ['if a comment ends with a carriage return', 'a: 1 # x^b: 2;c: 3|', remove('/b'), 'a: 1 # x^c: 3|'],
    ['if a string contains a carriage return', 'a: "x^  y";b: 2|', add('/c', 1), 'a: "x^  y";b: 2|c: 1|'],
  ])('%s', (_, before, change, after) => {
    expect(editedText(text(before), change)).toBe(text(after));
  });

  test('if one member is removed and another added', () => {
    const before = text('a: 1;b:;  c: 3;  d: 4|e: 1|');
    expect(editedText(before, remove('/b/d'), add('/f', 5))).toBe(text('a: 1;b:;  c: 3;e: 1|f: 5|'));
    expect(editedText(text('b:;  c: 3;  d: 4|'), remove('/b/d'), add('/f', 5))).toBe(text('b:;  c: 3;f: 5|'));
  });
});
