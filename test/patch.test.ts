import { describe, expect, test } from 'vitest';
import { isSame } from '../src/json.js';
import { applyPatch, canApply } from '../src/patch.js';
import { add, remove, rename, replace } from './text-editor/patches.js';

describe('a patch operation', () => {
  test('is applied if its path exists', () => {
    const document = { a: { b: 1, c: 2 }, list: [1, 2] };
    const patch = [add('/a/d', 3), remove('/a/b'), replace('/a/c', 4), remove('/list/0'), add('/list/1', 5)];
    expect(applyPatch(document, [...patch, rename('/a/c', 'e')])).toEqual({ a: { e: 4, d: 3 }, list: [2, 5] });
    expect(Object.keys(document.a)).toEqual(['e', 'd']);
    expect(applyPatch(document, [{ op: 'replace', path: [], value: 'all' }])).toBe('all');
  });

  test.each([
    ['add', add('/a', 1)],
    ['add', add('/list/0', 1)],
    ['add', add('/missing/b', 1)],
    ['add', add('/text/b', 1)],
    ['add', { op: 'add', path: [], value: 1 } as const],
    ['remove', remove('/missing')],
    ['remove', { op: 'remove', path: [] } as const],
    ['replace', replace('/missing', 1)],
    ['move', rename('/a', 'list')],
    ['move', rename('/missing', 'b')],
    ['move', { op: 'move', from: ['a'], path: ['list', '2'] } as const],
  ])('is an error if its path does not exist: %s, %j', (op, change) => {
    const document = { a: {}, list: [1], text: 'x' };
    expect(canApply(document, change)).toBe(false);
    expect(() => applyPatch(document, [change])).toThrow(`cannot ${op} /`);
    expect(document).toEqual({ a: {}, list: [1], text: 'x' });
  });
});

describe('documents', () => {
  const circle = () => {
    const value: Record<string, unknown> = {};
    value['self'] = [value];
    return value;
  };

  test.each([
    [
      { a: 1, b: [null] },
      { b: [null], a: 1 },
    ],
    [NaN, NaN],
    [circle(), circle()],
  ])('are equal: %o', (one, other) => {
    expect(isSame(one, other)).toBe(true);
  });

  test.each([
    [1, '1'],
    [null, {}],
    [{}, []],
    [[], {}],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: undefined }, { b: undefined }],
    [[1], [2]],
    [{ a: {} }, { a: [] }],
    [JSON.parse('{"__proto__": 1}'), { a: 1 }],
    [circle(), { self: [{ self: [1] }] }],
  ])('are different: %o, %o', (one, other) => {
    expect(isSame(one, other)).toBe(false);
  });
});
