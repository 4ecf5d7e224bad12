import { getLocationForJsonPath, parseWithPointers } from '@stoplight/yaml';
import { describe, expect, test } from 'vitest';
import { documentCount, fc } from '../fast-check.js';
import { decoded } from '../../src/files/reading.js';
import { TextFile } from '../../src/files/text-file.js';
import { severities } from '../../src/guidelines/citation.js';
import { TextEditor } from '../../src/text-editor/editor.js';
import type { Position } from '../../src/text-editor/line-index.js';
import { documents } from '../text-editor/documents.js';
import { printJson, printYaml } from '../text-editor/printer.js';
import { anyStyle } from '../text-editor/styles.js';

/** Parses a text with Spectral's parser. */
function bySpectral(text: string) {
  const parsed = parseWithPointers(text.replace(/^\uFEFF/, ''), { mergeKeys: true });
  const startOf = (path: readonly string[]) => getLocationForJsonPath(parsed, [...path], true)?.range.start;
  return { data: parsed.data, startOf };
}

/** The paths of all values in a document. */
function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...members.flatMap(([key, member]) => pathsIn(member, [...path, key]))];
}

/** Keys that Spectral cannot look up: those that it loses or merges when it makes an object, and those that look like numbers. */
const isOdd = (key: string) => key === '__proto__' || key === '<<' || /^[-+.]?\d/.test(key);

/** The positions at which values begin, for `TextFile` and for Spectral. Values at the beginning of a line are left out: there, Spectral is off by one. */
function placesIn(file: TextFile, startOf: (path: readonly string[]) => Position | undefined) {
  const paths = pathsIn(file.data).filter((path) => !path.some(isOdd));
  const starts = file.rangesOf(paths).map(({ start }) => start);
  const isInLine = (_: unknown, index: number) => (starts[index]?.character ?? 0) > 0;
  return { ours: starts.filter(isInLine), theirs: paths.map(startOf).filter(isInLine) };
}

describe('every text is decoded from UTF-8 as it is, byte order mark included', () => {
  test.each([
    ['short', 1],
    ['long', 200_000],
  ])('%s', (_, times) => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 4 }), (part) => {
        const text = `\uFEFF${part.repeat(times)}é\u{1F600}\uFFFD`;
        expect(decoded('/a.yaml', Buffer.from(text)) === text).toBe(true);
        expect(decoded('/a.yaml', Buffer.from('x'.repeat(times))) === 'x'.repeat(times)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    ['a byte of Latin-1', [0xe9]],
    ['half a character', [0xc3]],
    ['half of a pair of surrogates', [0xed, 0xa0, 0xbd]],
  ])('but not %s', (_, bytes) => {
    for (const before of ['', 'é'.repeat(100_000)]) {
      const text = Buffer.concat([Buffer.from(before), Buffer.from(bytes)]);
      expect(() => decoded('/a.yaml', text)).toThrow('is not encoded in UTF-8');
    }
  });
});

describe('a text is parsed as Spectral parses it', () => {
  test('in YAML, to the same data at the same ranges', () => {
    fc.assert(
      fc.property(documents, anyStyle, (document, style) => {
        const text = printYaml(document, style);
        const file = new TextFile('/openapi.yaml', text);
        const { data, startOf } = bySpectral(text);
        const { ours, theirs } = placesIn(file, startOf);
        expect(ours).toEqual(theirs);
        fc.pre(!['__proto__', '<<'].some((key) => JSON.stringify(document).includes(`"${key}"`)));
        expect(file.data).toEqual(data);
      }),
      { numRuns: Math.ceil(documentCount / 5) },
    );
  });

  test('in JSON, to the same ranges', () => {
    fc.assert(
      fc.property(documents, anyStyle, (document, style) => {
        const text = printJson(document, style);
        // Spectral parses JSON as YAML, in which a line break beside a colon can end a key.
        fc.pre(!text.includes('"<<"') && !/:[ \t]*[\r\n]|[\r\n]\s*:/.test(text));
        const file = new TextFile('/openapi.json', text);
        expect(file.isJson).toBe(true);
        const { ours, theirs } = placesIn(file, bySpectral(text).startOf);
        expect(ours).toEqual(theirs);
      }),
      { numRuns: Math.ceil(documentCount / 5) },
    );
  });
});

describe('JSON in any layout has the right ranges', () => {
  const ranges = (text: string, ...paths: string[][]) =>
    new TextFile('/a.json', text).rangesOf(paths).map(({ start, end }) => {
      const lines = text.split('\n');
      return start.line === end.line ? lines[start.line]?.slice(start.character, end.character) : start.line;
    });

  test.each([
    ['of two members with the same name, the last counts', '{"a": 1, "b": 2, "a": 3}', [['a'], '3']],
    ['a name can contain escapes', String.raw`{"\u0061\"": 1, "b": 2}`, [['a"'], '1']],
    [
      'members whose names look like numbers stay in the order of the text',
      '{"b": 1, "2": 2,\n"1": {\n},\n"c": 3}',
      [['c'], '3'],
    ],
    ['strings can contain brackets and backslashes', String.raw`{"a": "}]\\", "b": ["{\"", 4]}`, [['b', '1'], '4']],
    [
      'a closing bracket under the name of a member may belong to an inner object',
      '{\n "a": {\n  "x": {\n }\n },\n "b": {\n },\n "c": 5\n}',
      [['c'], '5'],
    ],
    [
      'an inner object may have a member with the name of the next outer member',
      '{\n "a": {\n  "x": {\n },\n "b": 1\n },\n "b": 6\n}',
      [['b'], '6'],
    ],
  ] as const)('%s', (_, text, [path, value]) => {
    expect(ranges(text, [...path])).toEqual([value]);
  });
});

/** The errors of a text, each as `line:column message`, counted from 1. */
function problemsIn(text: string, name = '/a.yaml'): string[] {
  return new TextFile(name, text).problems.map(
    ({ message, range: { start } }) => `${start.line + 1}:${start.character + 1} ${message}`,
  );
}

test('a text that is nested too deeply is an error', () => {
  expect(() => new TextFile('/a.yaml', '['.repeat(100_000))).toThrow('is nested too deeply');
});

describe('a duplicate key is reported at its second place', () => {
  test.each([
    ['in the outermost map', 'a: 1\nb: 2\na: 3\n', ['3:1 Duplicate key: a']],
    ['for a key that occurs three times', 'a: 1\na: 2\na: 3\n', ['2:1 Duplicate key: a', '3:1 Duplicate key: a']],
    ['if one of the two is quoted', "200: 1\n'200': 2\n", ['2:1 Duplicate key: 200']],
    ['in a flow map in a list', 'a:\n- {b: 1, b: 2}\n- {b: 1}\n', ['2:10 Duplicate key: b']],
    ['once, even if aliases repeat its map', 'a: &a {b: 1, b: 2}\nc: *a\nd: *a\n', ['1:14 Duplicate key: b']],
    ['but not if a merge key brings in the same key', 'a: &a {b: 1}\nc: {<<: *a, b: 2}\n', []],
    ['but not if the two are in different objects', 'a: {b: 1}\nc: {b: 1}\n', []],
    ['but not if the two only look alike', 'a: 1\nA: 2\n"a ": 3\n', []],
  ])('%s', (_, text, problems) => {
    expect(problemsIn(text)).toEqual(problems);
  });

  test.each([
    ['in the outermost object', '{"a": 1, "b": 2,\n"a": 3}', ['2:1 Duplicate key: a']],
    [
      'for a name that occurs three times',
      '{"a": 1, "a": 2, "a": 3}',
      ['1:10 Duplicate key: a', '1:18 Duplicate key: a'],
    ],
    ['if one of the two has escapes', String.raw`{"a\"": 1, "\u0061\"": 2}`, ['1:12 Duplicate key: a"']],
    ['in an object in a list', '[{"b": {}}, {"b": "\\"", "b": [{"b": 1}]}]', ['1:25 Duplicate key: b']],
    ['behind a byte order mark', '\uFEFF{"a": 1, "a": 2}', ['1:10 Duplicate key: a']],
    ['but not if the two are in different objects', '{"a": {"b": 1}, "c": {"b": ["a", "a"]}}', []],
    ['but not for different names with the same hash', '{"Aa": 1, "BB": 2, "AaAa": 3, "BBBB": 4}', []],
    ['but not for names that every JavaScript object has', '{"__proto__": 1, "constructor": 2}', []],
    ['although there is space before a colon', '{"a" : 1, "a"\n: 2}', ['1:11 Duplicate key: a']],
    ['although a name ends with a backslash', String.raw`{"b\\": 1, "a": 1, "a": 2}`, ['1:20 Duplicate key: a']],
    ['although strings look like names', String.raw`{"a": "\":", "b": ":", "b": "\" :"}`, ['1:24 Duplicate key: b']],
    ['nor where strings look like names', String.raw`{"a": "\":", "b": [":", "\" :"]}`, []],
  ])('in JSON: %s', (_, text, problems) => {
    expect(problemsIn(text, '/a.json')).toEqual(problems);
  });

  test('in JSON with many names', () => {
    const names = Array.from({ length: 50 }, (_, n) => `"n${n}":${n}`);
    expect(problemsIn(`{${[...names, '"n7":0'].join(',\n')}}`)).toEqual(['51:1 Duplicate key: n7']);
  });

  test('in large JSON, in the parts that rules read', () => {
    const large = (members: string) => {
      const padding = {
        components: { schemas: { A: { type: 'object', properties: { b: { example: 'x'.repeat(1e6) } } } } },
      };
      return JSON.stringify(padding, undefined, 2).replace('"type": "object"', members);
    };
    expect(problemsIn(large('"type": "object"'))).toEqual([]);
    expect(problemsIn(large('"type": 1, "type": 2'))).toEqual(['5:20 Duplicate key: type']);
    // If one duplicate is found, the whole text is searched.
    const both = large('"type": 1, "type": 2').replace('"example"', '"a": 1, "a": 2, "example"');
    expect(problemsIn(both)).toEqual(['5:20 Duplicate key: type', '8:21 Duplicate key: a']);
    // No rule reads this. The names are counted, unless there is space before a colon.
    const unread = large('"type": "object"').replace('"example"', '"example": 1, "example"');
    expect(problemsIn(unread)).toEqual(['8:27 Duplicate key: example']);
    expect(problemsIn(unread.replace('"type":', '"type" :'))).toEqual([]);
  });

  test('in JSON as in YAML, with the paths that Spectral has', () => {
    fc.assert(
      fc.property(documents, anyStyle, (document, style) => {
        const text = printJson(document, style);
        // Spectral parses JSON as YAML, in which a line break beside a colon can end a key.
        fc.pre(!text.includes('"<<"') && !text.includes('__proto__') && !/:[ \t]*[\r\n]|[\r\n]\s*:/.test(text));
        // Repeats members with simple values.
        const twice = text.replaceAll(
          /"[^"\\]*"[ \t\r\n]*:[ \t]*(?=\d|true|false|null)/g,
          (name) => `${name}0, ${name}`,
        );
        fc.pre(new TextFile('/a.json', twice).isJson);
        const theirs = parseWithPointers(twice.replace(/^\uFEFF/, ''), { mergeKeys: true, ignoreDuplicateKeys: false });
        const duplicates = theirs.diagnostics.filter(({ message }) => message === 'duplicate key');
        expect(new TextFile('/a.json', twice).problems.map(({ path }) => path.join('/')).toSorted()).toEqual(
          duplicates.map(({ path }) => (path ?? []).join('/')).toSorted(),
        );
      }),
      { numRuns: Math.ceil(documentCount / 5) },
    );
  });

  test('with the path of the member', () => {
    const { problems } = new TextFile('/a.yaml', 'a:\n- {b: {c/d: 1, c/d: 2}}\n');
    expect(problems).toMatchObject([{ code: 'parser', path: ['a', '0', 'b', 'c/d'], isDuplicate: true }]);
  });
});

describe('the own members of an object override merged ones', () => {
  const base = 'base: &base {a: 1, b: 2}\nother: &other {a: 3, c: 4}\n';

  test.each([
    ['before the merge key', `${base}x: {a: 0, <<: *base}`, { a: 0, b: 2 }],
    ['after the merge key', `${base}x: {<<: *base, a: 0}`, { a: 0, b: 2 }],
    ['between two merge keys', `${base}x: {<<: *base, a: 0, <<: *other}`, { a: 0, b: 2, c: 4 }],
    [
      'and of several merged objects in a list, the first counts',
      `${base}x: {d: 5, <<: [*base, *other]}`,
      { a: 1, b: 2, c: 4, d: 5 },
    ],
    ['even if the own value is null', `${base}x: {a: , <<: *base}`, { a: null, b: 2 }],
    ['also in an object that is merged itself', `${base}y: &y {b: 0, <<: *base}\nx: {<<: *y}`, { a: 1, b: 0 }],
  ])('%s', (_, text, expected) => {
    expect((new TextFile('/a.yaml', text).data as { x: unknown }).x).toEqual(expected);
  });

  test('merge keys of merge keys are read in bounded time', () => {
    const twice = Array.from({ length: 60 }, (_, n) => `m${n + 1}: &m${n + 1} {<<: [*m${n}, *m${n}]}\n`);
    const { data } = new TextFile('/a.yaml', `m0: &m0 {x: 1}\n${twice.join('')}`);
    expect((data as { m60: unknown }).m60).toEqual({ x: 1 });
    const growing = Array.from({ length: 2000 }, (_, n) => `m${n + 1}: &m${n + 1} {<<: *m${n}, x${n}: 1}\n`);
    expect(() => new TextFile('/a.yaml', `m0: &m0 {x: 1}\n${growing.join('')}`)).toThrow(
      'its merge keys bring in more than 500000 members',
    );
  });
});

test('an alias inside its own anchor has no value, and nested aliases of a billion values are read in bounded time', () => {
  expect(new TextFile('/a.yaml', 'a: &a\n  b: *a\n').data).toEqual({ a: { b: null } });
  const laughs = Array.from({ length: 60 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}, *a${n}]\n`);
  const file = new TextFile('/a.yaml', `a0: &a0 {x: 1}\n${laughs.join('')}`);
  expect((file.data as { a60: unknown[] }).a60).toHaveLength(3);
});

describe('binary data, at which the parser of Spectral throws,', () => {
  test.each([
    ['in one line', '!!binary aGVsbG8=', 'aGVsbG8='],
    ['with an anchor', '!!binary &a aGVsbG8=', 'aGVsbG8='],
    ['in quotation marks', '!!binary "aGVsbG8="', 'aGVsbG8='],
    ['in a block', '!!binary |\n  aGVs\n  bG8=', 'aGVs\nbG8=\n'],
    ['with its whole tag', '!<tag:yaml.org,2002:binary> aGVsbG8=', 'aGVsbG8='],
    ['that is not in Base64', '!!binary "***"', '***'],
  ])('is read as a text: %s', (_, value, text) => {
    const source = `openapi: 3.0.3\nx-a: ${value}\nx-b: 1\n`;
    expect(() => parseWithPointers(source)).toThrow(TypeError);
    const file = new TextFile('/a.yaml', source);
    expect(file.data).toEqual({ openapi: '3.0.3', 'x-a': text, 'x-b': 1 });
    expect(file.problems).toEqual([]);
  });

  test('is an error at its place where it is an array', () => {
    const { problems } = new TextFile('/a.yaml', 'openapi: 3.0.3\nx-a: !!binary [a]\n');
    expect(problems.map(({ range }) => range.start.line)).toContain(1);
  });
});

describe('an error in a text is reported at its place', () => {
  const head = 'openapi: 3.0.3\npaths: {}\n';

  test.each([
    ['a bracket that nothing closes', `${head}x-a: [\n`, ['3:6 Unclosed [: its closing ] is missing']],
    [
      'a brace that nothing closes, in the last line',
      `${head}x-a: {a: 1`,
      ['3:6 Unclosed {: its closing } is missing'],
    ],
    [
      'a bracket that nothing closes, before more lines',
      `${head}x-a: [1, 2\nx-b: it's\n`,
      ['3:6 Unclosed [: its closing ] is missing'],
    ],
    [
      'a bracket that nothing closes, beside brackets in strings and comments',
      `${head}x-a: "[" # [\nx-b: a [\nx-c: [\n`,
      ['5:6 Unclosed [: its closing ] is missing'],
    ],
    [
      'a bracket with the wrong closing bracket',
      `${head}x-a: {b: [1, c}\n`,
      ['3:10 Unclosed [: its closing ] is missing'],
    ],
    [
      'a double quotation mark that nothing closes',
      `${head}x-a: "abc\nx-b: 1\n`,
      ['3:6 Unclosed ": its closing " is missing'],
    ],
    [
      'a single quotation mark that nothing closes',
      `${head}x-a: 'it''s\n`,
      ["3:6 Unclosed ': its closing ' is missing"],
    ],
    ['an unknown tag', `${head}x-a: !!foo bar\n`, ['3:6 Unknown tag <tag:yaml.org,2002:foo>']],
  ])('in YAML: %s', (_, text, problems) => {
    const file = new TextFile('/a.yaml', text);
    expect(problemsIn(text)).toEqual(problems);
    expect(file.isBroken).toBe(true);
    expect(file.data).toMatchObject({ openapi: '3.0.3', paths: {} });
  });

  test.each([
    ['a brace that nothing closes', '{"openapi":"3.0.0",', ['1:1 Unclosed {: its closing } is missing']],
    [
      'the innermost of several brackets that nothing closes',
      '{\n "a": {\n  "b": [1,\n',
      ['3:8 Unclosed [: its closing ] is missing'],
    ],
    ['a bracket with the wrong closing bracket', '{"a": [1, 2}', ['1:7 Unclosed [: its closing ] is missing']],
    ['a missing comma', '{"a": "}"\n "b": 2}', ['2:2 Expected a comma before what comes next']],
    ['a missing colon', '{"a" 1}', ['1:6 Expected a colon between a name and its value']],
    ['more than one value', '{"a": 1}, {}', ['1:9 Expected the end of the file']],
    [
      'a string that continues in the next line',
      '{"a": "b\n"c": 1}',
      ['1:7 Unclosed string: its closing " is missing'],
    ],
    ['a missing colon after a byte order mark', '\uFEFF{"a" 1}', ['1:6 Expected a colon between a name and its value']],
  ])('in a text that begins as JSON: %s', (_, text, problems) => {
    expect(problemsIn(text, '/a.json').filter((problem) => !problem.includes('Duplicate'))).toEqual(problems);
  });

  test.each([
    ['braces and no quotation marks', '{openapi: 3.0.3, paths: {}}'],
    ['a comma after the last member', '{"openapi": "3.0.3",}'],
    ['a directive for YAML 1.1', `%YAML 1.1\n---\n${head}`],
    ['a directive for YAML 1.2', `%YAML 1.2\n---\n${head}`],
    ['a directive after a byte order mark and a comment', `\uFEFF# c\n%YAML 1.1 # c\n---\n${head}`],
    ['directives for tags, and unknown ones', `%TAG ! tag:example.com,2000:\n%NEXT a b\n---\n${head}`],
    ['a marker for the end of the document', `${head}...\n`],
  ])('and there is no error in YAML with %s', (_, text) => {
    const file = new TextFile('/a.yaml', text);
    expect(file.problems).toEqual([]);
    expect(file.data).toMatchObject({ openapi: '3.0.3' });
    expect(new TextEditor(text, []).data).toEqual(file.data);
  });

  test('in YAML: a directive for an unknown version', () => {
    expect(problemsIn(`%YAML 2.0\n---\n${head}`).length).toBeGreaterThan(0);
  });
});

test.each([
  ['between others', 'a: {b: , c: 1}', 'b', '1:6'],
  ['in quotation marks', `a: {'b' : , c: 1}`, 'b', '1:8'],
  ['at the end', 'a: {c: 1, b: }', 'b', '1:12'],
  ['several', 'a: {b: , c: }', 'c', '1:11'],
])('a member without a value in brackets has a place in the text: %s', (_, text, name, place) => {
  const file = new TextFile('/a.yaml', `${text}\n`);
  const [range, around] = file.rangesOf([['a', name], ['a']]);
  expect(`${(range?.start.line ?? 0) + 1}:${range?.start.character}`).toBe(place);
  expect(around?.end.character).toBeGreaterThanOrEqual(range?.end.character ?? NaN);
});

describe('a tab that indents a line of YAML', () => {
  const head = 'openapi: 3.0.3\npaths: {}\n';
  const message = 'A tab indents this line: YAML allows only spaces there, and parsers lose what the line contains';

  test.each([
    ['a member', `${head}x-a:\n\tb: 1\n`, '4:1'],
    ['a member at the top', `${head}\tx-a: 1\n`, '3:1'],
    ['an item', `${head}x-a:\n\t- b\n`, '4:1'],
    ['a member, after spaces', `${head}x-a:\n  b:\n  \t  c: 1\n`, '5:3'],
    ['a member, several times', `${head}x-a:\n\tb:\n\t\tc: 1\n`, '4:1'],
    ['a member after other tabs', `${head}x-b: {\n\tc: 1\n }\nx-c: "a\n\tb"\nx-a:\n\tb: 1\n`, '9:1'],
    ['a member, with Windows line breaks', `${head}x-a:\n\tb: 1\n`.replaceAll('\n', '\r\n'), '4:1'],
  ])('is an error: of %s', (_, text, place) => {
    const { problems, isBroken } = new TextFile('/a.yaml', text);
    expect(isBroken).toBe(true);
    const found = problems.filter((problem) => problem.message === message);
    expect(found.map(({ range: { start } }) => `${start.line + 1}:${start.character + 1}`)).toEqual([place]);
  });

  test.each([
    ['in brackets', `${head}x-a: {\n\t"b": 1,\n\t"c": [\n\t\t2\n\t]\n }\n`],
    ['in a quoted text', `${head}x-a: "b\n\tc"\nx-b: 'b\n\tc'\n`],
    ['in a block scalar', `${head}x-a: |\n  b\n  \tc\n`],
    ['in an empty line', `${head}\t\nx-a:\n  b: 1\n \t\n  c: 2\n`],
    ['before a comment', `${head}\t# c\nx-a: 1\n`],
    ['between a name and its value', `${head}x-a:\tb\n`],
    ['in JSON', '{\n\t"openapi": "3.0.3",\n\t"paths": {}\n}\n'],
    ['in braces without quotation marks', '{\n\topenapi: 3.0.3,\n\tpaths: {}\n}\n'],
  ])('is none %s', (_, text) => {
    expect(new TextFile('/a.yaml', text).problems).toEqual([]);
  });
});

describe('a text with a syntax error gets the errors and the data of Spectral', () => {
  const head = 'openapi: 3.0.3\npaths: {}\n';

  test.each([
    ['a second document', `${head}---\n`],
    ['a second and a third document', `${head}---\na: 1\n---\nb: 1\n`],
    ['a second document after blank lines and a comment', `${head}\n  # c\n\n---\na: 1\n`],
    ['a second document that is broken', `${head}---\nx-a: @bad\n`],
    ['a character that cannot begin a value, before other members', `x-a: @bad\n${head}`],
    ['a character that cannot begin a value', `${head}x-a: @bad\n`],
    ['an alias without an anchor', `${head}x-a: *nope\n`],
    ['two colons in a line', `${head}x-a: b: c\n`],
    ['a line that is not a member', `${head}foo\n`],
    ['a closing brace without an opening one', `${head}}\n`],
    ['a wrong indentation', `${head}x-a:\n    b: 1\n  c: 2\n`],
    ['an unknown tag', `${head}x-a: !!foo bar\n`],
    ['a duplicate key and another error', `${head}x-a: 1\nx-a: @bad\n`],
    ['tabs between a name and its value, and in an empty line', `${head}x-a:\t1\t\n  \t\nx-b: [1,\t2]\n`],
  ])('%s', (_, text) => {
    const { diagnostics, data } = parseWithPointers(text, { mergeKeys: true, ignoreDuplicateKeys: false });
    const errors = diagnostics.filter(({ severity }) => severities[severity] === 'error');
    const isOther = (message: string) => !/^expected a single/i.test(message);
    const theirs = errors
      .filter(({ message }) => isOther(message) || text.includes('---'))
      .map(({ message, range: { start } }) => {
        // Spectral reports this error at the beginning of the text, and also where there is no second document.
        const line = isOther(message) ? start.line : text.split('\n').indexOf('---');
        return `${line} ${message.charAt(0).toUpperCase()}${message.slice(1)}`;
      });
    const file = new TextFile('/a.yaml', text);
    const ours = file.problems.map(({ message, range: { start } }) => {
      return `${start.line} ${message.replace(/^(Duplicate key): .*/, 'Duplicate key')}`;
    });
    expect(ours.toSorted()).toEqual(theirs.toSorted());
    // An alias without an anchor has no value.
    expect(file.data).toEqual(JSON.parse(JSON.stringify(data, (__, value: unknown) => value ?? null)));
  });
});
