import { expect, test } from 'vitest';
import { scalarText } from '../../src/json.js';
import { Place } from '../../src/model/place.js';
import { sourcesInMemory } from '../sources-in-memory.js';

function rootOf(entry: unknown, others: Readonly<Record<string, unknown>> = {}): Place {
  const { root, reader } = sourcesInMemory(entry, others);
  return Place.root(root, reader);
}

test('a `$ref` is followed through two files, and the place knows its logical and its physical path', () => {
  const root = rootOf(
    { responses: { 304: { $ref: 'parts/a.yaml#/NotModified' } } },
    { 'parts/a.yaml': { NotModified: { $ref: 'b.yaml' } }, 'b.yaml': { description: 'unchanged' } },
  );
  const description = root.child('responses').child('304').child('description');
  expect(description.value).toBe('unchanged');
  expect(description.logical).toEqual(['responses', '304', 'description']);
  expect(root.logical).toEqual([]);
  expect([description.source.uri, description.path]).toEqual(['b.yaml', ['description']]);
});

test('a JSON Pointer in a `$ref` is percent-decoded, and then its own escapes are decoded', () => {
  const root = rootOf({ paths: { '/a~b/{id}': { get: 1 } }, entry: { $ref: '#/paths/~1a~0b~1%7Bid%7D' } });
  expect(root.child('entry').child('get').value).toBe(1);
});

test('a JSON Pointer may lead through other `$ref`s', () => {
  const root = rootOf({
    direct: { inner: { leaf: 'here' } },
    alias: { $ref: '#/direct' },
    entry: { $ref: '#/alias/inner' },
  });
  expect(root.child('entry').child('leaf').path).toEqual(['direct', 'inner', 'leaf']);
});

test.each([
  ['a missing member', '#/nowhere'],
  ['a missing file', 'missing.yaml#/a'],
  ['an anchor', '#anchor'],
  ['an anchor that looks like a JSON Pointer', '#.there'],
  ['a broken escape', '#/%E0%A4%A'],
  ['the `$ref` itself', '#/entry'],
  ['a place inside the `$ref` itself', '#/entry/below'],
  ['a cycle of two `$ref`s', '#/first'],
  ['a member that every JavaScript object inherits', '#/constructor'],
])('a `$ref` to %s is not resolved', (_, reference) => {
  const root = rootOf({
    entry: { $ref: reference },
    first: { $ref: '#/second' },
    second: { $ref: '#/first' },
    there: 1,
  });
  const { target } = root.child('entry');
  expect([target.lost, target.exists, target.path]).toEqual([true, false, ['entry']]);
  expect(root.child('entry').child('anything').lost).toBe(true);
  expect(root.child('entry').entries()).toEqual([]);
});

test('each `$ref` of a cycle is recognised as part of a cycle', () => {
  const root = rootOf({ first: { $ref: '#/second/x' }, second: { $ref: '#/first/x' } });
  expect([root.child('first').target.lost, root.child('second').target.lost]).toEqual([true, true]);
});

test('`$ref`s that multiply through each other are resolved in bounded time', () => {
  const links = Array.from({ length: 40 }, (_, n) => [`l${n}`, { x: { $ref: `#/l${n + 1}/x/x/x` } }]);
  const root = rootOf({ ...Object.fromEntries(links), l40: { x: { x: { x: 'end' } } } });
  expect(root.child('l0').child('x').target.lost).toBe(true);
});

test.each([
  [1, false],
  [50, false],
  [51, true],
  [10_000, true],
])('a chain of %i `$ref`s is too long: %s', (length, isLost) => {
  const straight = Array.from({ length }, (_, n) => [`l${n}`, { $ref: `#/l${n + 1}` }]);
  const end = { self: { $ref: `#/l${length}` } };
  const root = rootOf({ ...Object.fromEntries(straight), [`l${length}`]: end });
  expect(root.child('l0').target.lost).toBe(isLost);
});

test('of a chain that is too long, the `$ref` at its beginning is reported, and no other', () => {
  const straight = Array.from({ length: 60 }, (_, n) => [`l${n}`, { $ref: `#/l${n + 1}` }]);
  const responses = { 200: { $ref: '#/l0' }, 201: { $ref: '#/l30' } };
  const root = rootOf({
    ...Object.fromEntries(straight),
    l60: {},
    openapi: '3.1.0',
    paths: { '/a': { get: { responses } } },
  });
  const place = ['paths', '/a', 'get', 'responses'].reduce((above, key) => above.child(key), root);
  expect([place.child('200').target.lost, place.child('201').target.lost]).toEqual([true, true]);
  expect(root.invalidReferences.map(({ path, fault }) => [path.at(-2), fault.kind])).toEqual([['200', 'no end']]);
});

test('a chain of ten thousand JSON Pointers, each through the next, is not resolved', () => {
  const length = 10_000;
  const links = Array.from({ length }, (_, n) => [`l${n}`, { $ref: `#/l${n + 1}/self` }]);
  const root = rootOf({ ...Object.fromEntries(links), [`l${length}`]: { self: { $ref: `#/l${length}` } } });
  expect(root.child('l0').target.lost).toBe(true);
});

test('a `$ref` that is not a string is an ordinary member', () => {
  const entry = rootOf({ entry: { $ref: 5 } }).child('entry');
  expect([entry.isReference, entry.child('$ref').value]).toEqual([false, 5]);
});

test.each([
  ['3.1.0', '3.1.0'],
  [3.1, '3.1'],
  [null, ''],
  [true, ''],
  [{ toString: 1 }, ''],
])('the value %j is "%s" as text', (value, text) => {
  expect(scalarText(value)).toBe(text);
});

test('a place may have no value, and an inherited property is not a value', () => {
  const root = rootOf({ a: null, b: [] });
  expect(root.child('a').value).toBeNull();
  expect(root.child('a').child('b').exists).toBe(false);
  expect(root.child('toString').exists).toBe(false);
  expect(root.child('b').child('length').exists).toBe(false);
});

test('the targets of the `$ref`s followed so far are known, without those that lead nowhere', () => {
  const root = rootOf({ a: { $ref: '#/b' }, b: 'here', c: { $ref: '#/nowhere' }, d: { $ref: '#/a' } });
  for (const key of ['a', 'c']) root.child(key).follow();
  expect(root.referenceTargets.map(({ value }) => value)).toEqual(['here']);
});

test('one place is within another only in the same document', () => {
  const root = rootOf({ a: { b: { $ref: 'other.yaml' } }, ab: 1 }, { 'other.yaml': { a: 1 } });
  const a = root.child('a');
  expect(a.child('b').isWithin(a)).toBe(true);
  expect(root.child('ab').isWithin(a)).toBe(false);
  expect(a.isWithin(a.child('b'))).toBe(false);
  expect(a.child('b').child('a').isWithin(a)).toBe(false);
});
