import { describe, expect, test } from 'vitest';
import { spansIn } from '../../src/files/json-positions.js';
import type { Path } from '../../src/json.js';
import { fc } from '../fast-check.js';

/** The texts at some paths, each looked for by itself. */
function foundIn(text: string, ...paths: Path[]): string[] {
  const data: unknown = JSON.parse(text);
  return paths.flatMap((path) => spansIn(text, data, [path]).map(({ start, end }) => text.slice(start, end)));
}

describe('indentation that misleads', () => {
  test('a member whose name is also in the member before it, in a list', () => {
    const text = '[\n{\n"schema": {\n"x": {\n},\n"in": {\n}\n},\n"in": "header"\n}\n]';
    expect(foundIn(text, ['0', 'in'])).toEqual(['"header"']);
  });

  test('a member whose name is also in the next object', () => {
    const text = '{"g": {\n"p": {\n"a": {\n"q": 1},\n"b": 5},\n"r": {\n"x": {\n},\n"b": 6}}}';
    expect(foundIn(text, ['g', 'p', 'b'], ['g', 'r', 'b'])).toEqual(['5', '6']);
  });

  test('a list where a name is expected', () => {
    const text = '{\n"p": {\n"a": {\n"l": [{\n"x": {\n},\n"b": 1\n}, "s", "t:"]\n},\n"b": 2\n},\n"z": 3\n}';
    expect(foundIn(text, ['p', 'b'], ['z'])).toEqual(['2', '3']);
  });
});

/** JSON of few names, in which every number is another one. It is written with line breaks, and mostly without indentation. */
const written = fc
  .tuple(
    fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constant(0),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c', '1'), tie('value'), { maxKeys: 3 }),
      ),
    })).value,
    fc.array(fc.constantFrom('', '\n', '\n', '\n', '\r\n', '\n '), { minLength: 7, maxLength: 30 }),
  )
  .map(([value, spaces]) => {
    let [numbers, gaps] = [0, 0];
    const space = () => spaces[gaps++ % spaces.length] ?? '';
    const write = (part: unknown): string => {
      if (typeof part !== 'object' || part === null) return String(numbers++);
      const isList = Array.isArray(part);
      const members = Object.entries(part).map(
        ([name, member]) => `${space()}${isList ? '' : `"${name}": `}${write(member)}${gaps % 5 === 0 ? space() : ''}`,
      );
      return `${isList ? '[' : '{'}${members.join(',')}${space()}${isList ? ']' : '}'}`;
    };
    return write(value);
  });

/** The paths of all numbers, in the order of the text but for names that are numbers. */
function numbersIn(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, member]) => numbersIn(member, [...path, key]));
}

test('finds every number, however lines are broken and indented', () => {
  fc.assert(
    fc.property(written, (text) => {
      const numbers = numbersIn(JSON.parse(text));
      expect(foundIn(text, ...numbers.map(({ path }) => path))).toEqual(numbers.map(({ value }) => String(value)));
    }),
    { numRuns: 2000 },
  );
});
