import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { markInCommonYaml } from '../../src/files/common-yaml-marks.js';
import { TextFile } from '../../src/files/text-file.js';
import { YamlReader } from '../../src/files/yaml-reader.js';
import { YamlText } from '../../src/files/yaml-text.js';
import { type Path, valueAt } from '../../src/json.js';
import type { Range } from '../../src/text-editor/line-index.js';
import type { Span } from '../../src/text-editor/parsed-document.js';
import { fc } from '../fast-check.js';
import { read } from '../files.js';
import { documents } from '../text-editor/documents.js';
import { printJson, printYaml } from '../text-editor/printer.js';
import { anyStyle } from '../text-editor/styles.js';

/** The text in a range of a text, as editors count it: without a byte order mark. */
function textIn(text: string, { start, end }: Range): string {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  if (start.line === end.line) return (lines[start.line] ?? '').slice(start.character, end.character);
  const between = lines.slice(start.line + 1, end.line);
  return [lines[start.line]?.slice(start.character), ...between, lines[end.line]?.slice(0, end.character)].join('\n');
}

/** What is underlined of the value at a path. */
function underlined(text: string, path: Path): string {
  const file = new TextFile('/openapi', text);
  const [mark] = file.marksOf([path], file.rangesOf([path]));
  return textIn(text, mark as Range);
}

const block = `openapi: 3.0.3
paths:
  "/a b":
    get:
      parameters:
        - name: If-None-Match
          in: header
        - [x, y]
        - {}
        - $ref: '#/x'
      responses:
        '304' :
          description: Not Modified
        default: {description: ok, headers: {ETag: {example: '33a6'}}}
        ? '412'
        : description: failed
        "\\u0034\\u0032\\u0038": &required
          description: required
        '429': *required
        500:
`;
const json = `{
  "paths": {
    "/a \\"b\\"": { "get" : {
      "parameters": [ {"name": "If-None-Match"}, [1], {}, { } ],
      "responses":{"304":{"description":"Not Modified"}, "\\u0034": [ "x", {"b": true}], "tags": ["a"]}
    } }
  }
}`;
const get = (...path: readonly string[]) => ['paths', '/a b', 'get', ...path];
const jsonGet = (...path: readonly string[]) => ['paths', '/a "b"', 'get', ...path];

describe.each([
  ['', (text: string) => text],
  [', with a byte order mark and CRLF', (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`],
])('an editor underlines%s', (_, written) => {
  test.each([
    ['the name of an object', ['paths'], 'paths'],
    ['a name in quotation marks', ['paths', '/a b'], '"/a b"'],
    ['the name of an array', get('parameters'), 'parameters'],
    ['the first name of an object in an array', get('parameters', '0'), 'name'],
    ['the first item of an array in an array', get('parameters', '1'), 'x'],
    ['an empty object in an array', get('parameters', '2'), '{}'],
    ['the name of a reference in an array', get('parameters', '3'), '$ref'],
    ['a name before a space', get('responses', '304'), "'304'"],
    ['a name before brackets', get('responses', 'default'), 'default'],
    ['a name within brackets', get('responses', 'default', 'headers', 'ETag'), 'ETag'],
    ['a scalar', get('responses', 'default', 'headers', 'ETag', 'example'), "'33a6'"],
    ['a name after a question mark', get('responses', '412'), "'412'"],
    ['a name with escapes', get('responses', '428'), '"\\u0034\\u0032\\u0038"'],
    ['the name of an alias', get('responses', '429'), "'429'"],
    ['the name of an absent value', get('responses', '500'), '500'],
    ['the first name of the document', [], 'openapi'],
  ])('in YAML %s', (__, path, mark) => {
    expect(underlined(written(block), path)).toBe(mark);
  });

  test.each([
    ['the name of an object', ['paths'], '"paths"'],
    ['a name with escapes', ['paths', '/a "b"'], '"/a \\"b\\""'],
    ['a name before a space', jsonGet(), '"get"'],
    ['the name of an array', jsonGet('parameters'), '"parameters"'],
    ['the first name of an object in an array', jsonGet('parameters', '0'), '"name"'],
    ['the bracket of an array in an array', jsonGet('parameters', '1'), '['],
    ['the bracket of an empty object', jsonGet('parameters', '3'), '{'],
    ['a name without space around it', jsonGet('responses', '304'), '"304"'],
    ['a scalar without space around it', jsonGet('responses', '304', 'description'), '"Not Modified"'],
    ['the first name of an object behind a text', jsonGet('responses', '4', '1'), '"b"'],
    ['another scalar', jsonGet('responses', '4', '1', 'b'), 'true'],
    ['the first name of the document', [], '"paths"'],
  ])('in JSON %s', (__, path, mark) => {
    expect(underlined(written(json), path)).toBe(mark);
  });
});

/** The paths of the members of objects that are objects or arrays. */
function namedBranchesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([key, member]) => namedBranchesIn(member, [...path, key]));
  return Array.isArray(value) ? below : [...(path.length > 0 ? [path] : []), ...below];
}

test('what is underlined of a member of an object that is an object itself is its name, in every text', () => {
  let count = 0;
  fc.assert(
    fc.property(documents, anyStyle, fc.boolean(), (document, style, isJson) => {
      // Behind an alias, what is underlined is the name of the alias.
      const plain = { ...style, anchors: 0, merges: 0 };
      const text = isJson ? printJson(document, style) : printYaml(document, plain);
      const file = new TextFile('/openapi', text);
      const paths = namedBranchesIn(file.data).filter((path) => !path.some((key) => ['<<', '__proto__'].includes(key)));
      const isInArray = (path: Path) =>
        Array.isArray(path.slice(0, -1).reduce((value: never, key) => value[key as never], file.data as never));
      const named = paths.filter((path) => !isInArray(path));
      const marks = file.marksOf(named, file.rangesOf(named));
      for (const [index, path] of named.entries()) {
        const name = parse(textIn(text, marks[index] as Range), { schema: 'failsafe' });
        expect(String(name)).toBe(path.at(-1));
      }
      count += named.length;
    }),
  );
  expect(count).toBeGreaterThan(100);
});

/** The paths of all values in a document. */
function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...members.flatMap(([key, member]) => pathsIn(member, [...path, key]))];
}

test('what is underlined in common YAML is what Spectral’s parser says, and rarely needs that parser', () => {
  let [known, all] = [0, 0];
  const check = (text: string) => {
    const common = new YamlText(text);
    if (!common.isCommon) return;
    const reader = new YamlReader(text);
    const paths = pathsIn(common.data);
    const spans = reader.spansOf(paths);
    for (const [index, path] of paths.entries()) {
      const mark = markInCommonYaml(text, valueAt(common.data, path), path.at(-1), spans[index] as Span);
      const bySpectral = reader.markOf(path);
      expect({ path, mark: mark ?? bySpectral }).toEqual({ path, mark: bySpectral });
      all++;
      if (mark !== undefined) known++;
    }
  };
  fc.assert(fc.property(documents, anyStyle, (document, style) => check(printYaml(document, style))));
  check(read('examples/orders.yaml'));
  for (const member of [
    '004: {b: 1}',
    '10: {b: 1}',
    "- 7: {x: y}\n  - '5': [0, {1: 2}, [3]]",
    'a b : {c: d}',
    '"it\'s": {e: f}',
  ])
    check(`a:\n  ${member}\n`);
  expect(known / all).toBeGreaterThan(0.8);
  expect(all).toBeGreaterThan(200);
});
