import { isDeepStrictEqual } from 'node:util';
import { commentExceptionsIn } from '../../src/files/ignore-comments.js';
import { beginsAsJson } from '../../src/files/json-error.js';
import { TextFile } from '../../src/files/text-file.js';
import { YamlReader } from '../../src/files/yaml-reader.js';
import { parseJson, type Path } from '../../src/json.js';
import { LineIndex } from '../../src/text-editor/line-index.js';
import { fc } from '../fast-check.js';

/** The paths of all values in a document, those that aliases repeat once. */
function pathsIn(document: unknown): Path[] {
  const paths: Path[] = [];
  const seen = new Set<unknown>();
  const visit = (value: unknown, path: Path) => {
    if (seen.has(value)) return;
    paths.push(path);
    if (typeof value !== 'object' || value === null) return;
    seen.add(value);
    for (const [key, member] of Object.entries(value)) visit(member, [...path, key]);
  };
  visit(document, []);
  return paths;
}

/**
 * Whether two values are the same data to the last bit: the kinds of numbers, the order of members, and which objects are one object
 * because of an alias.
 */
function isIdentical(one: unknown, other: unknown): boolean {
  const pairs = new Map<object, object>();
  const back = new Map<object, object>();
  const left: [unknown, unknown][] = [[one, other]];
  for (let pair = left.pop(); pair !== undefined; pair = left.pop()) {
    const [here, there] = pair;
    if (typeof here !== 'object' || here === null || typeof there !== 'object' || there === null) {
      if (!Object.is(here, there)) return false;
      continue;
    }
    if (pairs.has(here) || back.has(there)) {
      if (pairs.get(here) !== there || back.get(there) !== here) return false;
      continue;
    }
    pairs.set(here, there);
    back.set(there, here);
    const keys = Object.keys(here);
    if (Array.isArray(here) !== Array.isArray(there) || !isDeepStrictEqual(keys, Object.keys(there))) return false;
    if (Object.getPrototypeOf(here) !== Object.getPrototypeOf(there)) return false;
    for (const key of keys) left.push([Reflect.get(here, key), Reflect.get(there, key)]);
  }
  return true;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** How far two numbers choose among some things. */
function chosen<T>(all: readonly T[], where: number): T | undefined {
  return all[Math.abs(where) % Math.max(all.length, 1)];
}

/** How many values of a text are looked up at most at once. */
const mostPaths = 1000;

/**
 * What a file says of a YAML text, and what the parser of Spectral says: data, errors, ranges, names and comments.
 *
 * @param numbers they choose the places that are looked up
 */
export function readings(text: string, numbers: readonly number[]): { ours?: object; theirs?: object } {
  if (parseJson(text) !== undefined) return {};
  const shown = text.replace(/^\uFEFF/, '');
  const file = attempt(() => new TextFile('/a.yaml', text));
  const reader = attempt(() => new YamlReader(shown));
  if (file === undefined || reader === undefined) return { ...(file && { ours: {} }), ...(reader && { theirs: {} }) };
  const lines = new LineIndex(shown);
  const paths = pathsIn(reader.data);
  const few = numbers.map((where) => chosen(paths, where) as Path);
  const wanted = [few, ...few.map((path) => [path]), ...(paths.length < mostPaths ? [paths] : [])];
  const offsets = numbers.map((where) => where % (shown.length + 1));
  const problems = beginsAsJson(shown) ? [] : reader.faults;
  return {
    ours: {
      isIdentical: isIdentical(file.data, reader.data),
      isBroken: file.isBroken,
      problems: beginsAsJson(shown) ? [] : file.problems.map(({ message, path, range }) => ({ message, path, range })),
      // A new file has nothing left from earlier questions.
      ranges: wanted.map((some) => new TextFile('/a.yaml', text).rangesOf(some)),
      places: offsets.map((at) => file.keyOrScalarAt(lines.positionAt(at))),
      exceptions: file.commentExceptions,
    },
    theirs: {
      isIdentical: true,
      isBroken: reader.faults.some(({ isDuplicate }) => isDuplicate !== true),
      problems: problems
        .toSorted((one, other) => one.span.start - other.span.start)
        .map(({ message, path, span }) => ({ message, path, range: lines.rangeOf(span) })),
      ranges: wanted.map((some) => reader.spansOf(some).map((span) => lines.rangeOf(span))),
      places: offsets.map((at) => reader.keyOrScalarAt(at)),
      exceptions: commentExceptionsIn(shown, () => reader.scalars),
    },
  };
}

/** Numbers that choose the places to look up. */
export const numbers = fc.array(fc.nat(), { minLength: 3, maxLength: 3 });

/** Words and signs of YAML that mean something special somewhere, between bars. */
const words = String.raw`
a|b|type|description|get|/a/{b}|$ref|x-a|200|304|2XX|a b|ok|é|😀
"a"|'a'|"a b"|'it''s'|"a\n\"b\u00e9\/"|"|'|"a|'a|"\x41\q"|"a"b|"\ud83d\ude00"|"\U0001F600"|"a\
null|Null|~|true|False|yes|no|on|y|0|-0|007|0o17|0x1F|0b1|1_000|1:30
12345678901234567890|9007199254740993|1.5|1.|.5|-.5|1e3|+1|+|.|.inf|-.Inf|.nan
2020-01-01|2020-01-01T00:00:00Z|__proto__|constructor|<<|=|-|--|---|...|?|:|::
>|>-|>+|>1-|[]|{}|[ ]|[a]|[a, b]|[a, ]|[,]|[a b]
{a: 1}|{a: 1, b: "c"}|{a}|{a:}|{a: }|{"a":1}|{a:1}|{a: {b: [c]}}|[a: b]|[{a: b}, [c]]
[|]|{|}|,|, |#| #|# c| # c|#c|&a|*a|&a |!|!!str |!!binary |!a |%|@
 |  |: |: |: |:| : |- |- |? |a: |b: |a:|"a": |'b': |\|<<: *a|<<: `;

/** Signs and words to put texts together from. */
export const pieces = words
  .split(/[|\n]/)
  .concat('|', '|-', '|+', '|2', '| # c', '|a', '`', '\t', ':\t', '-\t', '\r', '\0', '\u0007', '\u007F', '\uD800')
  .concat('\uFFFE', '\u0085', '\u2028', '\uFEFF', '\u00A0');

/** Something done to a text at a place in it. */
export const damages = fc.tuple(
  fc.nat(),
  fc.nat({ max: 12 }),
  fc.oneof(fc.constantFrom(...pieces), fc.constantFrom('\n', '\n  ', '\n    ', '\r\n', '')),
);

/** A text after some damages. */
export function damaged(text: string, all: readonly (readonly [number, number, string])[]): string {
  return all.reduce((before, [where, length, piece]) => {
    const at = where % (before.length + 1);
    return before.slice(0, at) + piece + before.slice(at + length);
  }, text);
}
