import { describe, expect, test } from 'vitest';
import { fc } from '../fast-check.js';
import { entityTagGrammar, entityTagListGrammar, isWeak } from '../../src/grammar/entity-tag.js';

const one = entityTagGrammar(false);
const list = entityTagListGrammar(false);

const tags = ['"xyzzy"', 'W/"xyzzy"', '""', 'W/""', '"a,b"', '"!"', '"\\"', '"ü"', '"日本"', '"it\'s"'];
const notTags = [
  'xyzzy',
  '5',
  5,
  'w/"a"',
  '"a b"',
  '"a',
  'a"',
  '"a"b"',
  'W/ "a"',
  'W/',
  '',
  '"a"\n',
  '"\x7f"',
  true,
  {},
  [],
  null,
];

describe('an entity-tag', () => {
  test.each(tags)('is %s', (value) => {
    expect(one.accepts(value)).toBe(true);
    expect(list.accepts(value)).toBe(true);
  });

  test.each(notTags)('is not %s', (value) => {
    expect(one.accepts(value)).toBe(false);
  });

  test('is any opaque text in quotation marks', () => {
    // RFC 9110 §8.8.3: etagc = %x21 / %x23-7E / obs-text.
    const etagc = fc.integer({ min: 0x21, max: 0x2fff }).filter((code) => code !== 0x22 && code !== 0x7f);
    fc.assert(
      fc.property(fc.boolean(), fc.array(etagc), (weak, codes) => {
        const tag = `${weak ? 'W/' : ''}"${String.fromCodePoint(...codes)}"`;
        expect(one.accepts(tag)).toBe(true);
        expect(list.accepts(`${tag} ,\t${tag}`)).toBe(true);
      }),
    );
  });

  test('is nothing with a space, a control or a quotation mark in it', () => {
    const bad = fc.constantFrom('"', ' ', '\t', '\n', '\0', '\x7f');
    fc.assert(
      fc.property(fc.string(), bad, fc.string(), (before, character, after) => {
        expect(one.accepts(`"${before}${character}${after}"`)).toBe(false);
      }),
    );
  });

  test('may be percent-encoded in versions of OpenAPI that can be read so', () => {
    const lenient = entityTagGrammar(true);
    expect(lenient.accepts('%22xyzzy%22')).toBe(true);
    expect(lenient.accepts('W/%22xyzzy%22')).toBe(true);
    expect(lenient.accepts('"xyzzy"')).toBe(true);
    expect(lenient.accepts('xyzzy')).toBe(false);
    expect(one.accepts('%22xyzzy%22')).toBe(false);
  });
});

describe('a list of entity-tags', () => {
  test.each(['*', '"a", "b"', 'W/"a","b"', '"a,b", W/"c"'])('is %s', (value) => {
    expect(list.accepts(value)).toBe(true);
  });

  test.each(['"a", *', '*, *', '"a" "b"', '"a",', ',"a"', '"a",, "b"', '', 'a, b'])('is not %s', (value) => {
    expect(list.accepts(value)).toBe(false);
  });
});

describe('the suggested entity-tag', () => {
  test.each([
    ['33a6', '"33a6"'],
    ['W/33a6', 'W/"33a6"'],
    ['w/33a6', 'W/"33a6"'],
    ['w/"33a6"', 'W/"33a6"'],
    [5, '"5"'],
    ['2024-01-26T18:25:43.511Z', '"2024-01-26T18:25:43.511Z"'],
    ['=abc', undefined],
    ['a b', undefined],
    ["'33a6'", undefined],
    ['"33a6', undefined],
    ['a, b', undefined],
    ['a,b', undefined],
    ['aw/b', '"aw/b"'],
    [['33a6'], undefined],
    ['W/', undefined],
    ['', undefined],
    [1.5, undefined],
    [true, undefined],
    [{ tag: 1 }, undefined],
  ])('for %s is %s', (value, meant) => {
    expect(one.repair(value)).toBe(meant);
    expect(list.repair(value)).toBe(meant);
  });

  test('is valid, whatever the given value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.jsonValue()), (value) => {
        const repaired = one.repair(value);
        expect(repaired === undefined || one.accepts(repaired)).toBe(true);
      }),
    );
  });
});

test.each([
  ['33a6', 0],
  ['"33a6', 5],
  ['W/"33a6', 7],
  ['"a b"', 2],
  ['"a"b"', 3],
  ['"a", "b", c', 10],
  ['"a", W/"b', 9],
  ['%2233a6', 0],
])('%s has its first error at %i', (text, fault) => {
  expect(list.faultIn?.(text)).toBe(fault);
});

test('a long text is read in linear time', () => {
  const long = 100_000;
  for (const text of [
    '"'.repeat(long),
    '"a", '.repeat(long),
    'W/'.repeat(long),
    '"a"'.repeat(long),
    'a'.repeat(long),
    'W/"a" , '.repeat(long),
  ]) {
    expect(list.accepts(text)).toBe(false);
    list.repair(text);
    list.faultIn?.(text);
    expect(isWeak(text, true)).toBe(false);
  }
});
