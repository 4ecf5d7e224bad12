import { describe, expect, test } from 'vitest';
import type { Grammar } from '../src/grammar/grammar.js';
import type { Json } from '../src/json.js';
import { Place } from '../src/model/place.js';
import { absent, discharge, holds, matches, present } from '../src/obligation.js';
import { applyPatch } from '../src/patch.js';
import { sourcesInMemory } from './sources-in-memory.js';

const wording = { noun: 'x', because: 'y' };

const even: Grammar = {
  noun: 'even number',
  accepts: (value) => Number(value) % 2 === 0,
  repair: (value) => (typeof value === 'number' ? value + 1 : undefined),
};

function rootOf(entry: unknown): Place {
  const { root, reader } = sourcesInMemory(entry);
  return Place.root(root, reader);
}

function at(root: Place, path: string): Place {
  return path.split('/').reduce((place, key) => place.child(key), root);
}

describe('an obligation holds or not', () => {
  const root = rootOf({ null: null, even: 2, odd: 3, lost: { $ref: '#/nowhere' } });

  test.each([
    ['null', true, false, true],
    ['even', true, false, true],
    ['odd', true, false, false],
    ['missing', false, true, true],
    ['lost/member', true, true, true],
  ])('at the place of a value that is %s', (path, isPresent, isAbsent, isEven) => {
    const place = at(root, path);
    expect(holds(present(place, () => null, wording))).toBe(isPresent);
    expect(holds(absent(place, wording))).toBe(isAbsent);
    expect(holds(matches(place, even, wording))).toBe(isEven);
  });
});

test.each([
  ['even', true],
  ['missing', false],
])('the obligation of two members of which one stands there holds if the other, %s, does', (path, isPresent) => {
  const root = rootOf({ even: 2, odd: 3 });
  const beside = [{ place: at(root, path), value: () => null }];
  expect(holds({ ...present(at(root, 'odd'), () => null, wording), beside })).toBe(isPresent);
});

describe('the patch for a missing value', () => {
  const after = (entry: Json, path: string): unknown => {
    return applyPatch(structuredClone(entry), discharge(present(at(rootOf(entry), path), () => 'new', wording)));
  };

  test.each<[string, Json, string, unknown]>([
    ['is added', { a: { b: 1 } }, 'a/c', { a: { b: 1, c: 'new' } }],
    ['is added together with the missing objects around it', { a: {} }, 'a/b/c/d', { a: { b: { c: { d: 'new' } } } }],
    ['replaces null on the way with an object', { a: null }, 'a/b/c', { a: { b: { c: 'new' } } }],
    ['is added behind a reference', { a: { $ref: '#/b' }, b: {} }, 'a/c', { a: { $ref: '#/b' }, b: { c: 'new' } }],
    ['is added at the end of a list', { a: [1] }, 'a/1', { a: [1, 'new'] }],
    ['is not added beyond the end of a list', { a: [1] }, 'a/2', { a: [1] }],
    ['is not added to a text', { a: 'text' }, 'a/b', { a: 'text' }],
    ['is not added if the document is null', null, 'a', null],
  ])('%s', (_, entry, path, expected) => {
    expect(after(entry, path)).toEqual(expected);
  });
});

describe('the patch for a wrong value', () => {
  const root = rootOf({ a: { b: 3, c: 'x' } });
  const source = root.source;

  test('removes it, or moves it to the right place', () => {
    const place = at(root, 'a/b');
    expect(discharge(absent(place, wording))).toEqual([{ op: 'remove', source, path: ['a', 'b'] }]);
    expect(discharge(absent(place, { ...wording, renamedTo: at(root, 'a/d') }))).toEqual([
      { op: 'move', source, from: ['a', 'b'], path: ['a', 'd'] },
    ]);
  });

  test('replaces it, if the right value is known', () => {
    expect(discharge(matches(at(root, 'a/b'), even, wording))).toEqual([
      { op: 'replace', source, path: ['a', 'b'], value: 4 },
    ]);
    expect(discharge(matches(at(root, 'a/c'), even, wording))).toEqual([]);
  });

  test('is empty if only the author knows the right value', () => {
    expect(discharge(present(at(root, 'a/d'), undefined, wording))).toEqual([]);
  });

  test('is empty in a shared part, which may be right for its other users', () => {
    const shared = { ...wording, pointsAt: root };
    expect(discharge(absent(at(root, 'a/b'), shared))).toEqual([]);
    expect(discharge(matches(at(root, 'a/b'), even, shared))).toEqual([]);
    expect(discharge(present(at(root, 'a/d'), () => 1, shared))).toEqual([]);
  });
});
