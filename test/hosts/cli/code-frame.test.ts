import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Range } from '../../../src/text-editor/line-index.js';
import { codeFrame } from '../../../src/hosts/cli/formats/code-frame.js';
import type { FormatContext } from '../../../src/hosts/cli/formats/formats.js';
import type { Result } from '../../../src/result.js';
import { folderWith, root } from '../../files.js';
import { run } from './run.js';

afterEach(() => void vi.unstubAllEnvs());

/** A range of lines and columns, counted from 0. */
const range = (startLine: number, start: number, endLine: number, end: number): Range => ({
  start: { line: startLine, character: start },
  end: { line: endLine, character: end },
});

function result(about: Partial<Result>): Result {
  const statement = 'Expected a thing on GET /a: it has another';
  const message = `${statement} (RFC 9110 §15.4.5).`;
  const sources = ['RFC 9110 §15.4.5'];
  return {
    code: 'a-rule',
    path: [],
    message,
    statement,
    sources,
    severity: 1,
    range: range(0, 0, 0, 1),
    source: '/a.yaml',
    ...about,
  };
}

const contextFor = (lines: readonly string[]): FormatContext => {
  return {
    failSeverity: 0,
    rules: [],
    version: '',
    files: [],
    cwd: '/',
    lineOf: (_, line) => lines[line],
    suppressed: [],
    isForFile: false,
  };
};

/** The line of the frame, and the mark under it, for a place in a text. */
function frameOf(text: string, place: Range, columns = 80): string[] {
  const lines = codeFrame([result({ range: place })], contextFor(text.split('\n')), columns, false).split('\n');
  return lines.filter((line) => line.includes(' │ '));
}

describe('the mark is under', () => {
  test.each([
    ['a value', 'example: 33a6', range(0, 9, 0, 13), '         ^^^^'],
    ['the name of an object whose members are in the lines below', 'responses:', range(0, 10, 2, 0), '^^^^^^^^^'],
    ['a quoted name', "'304':", range(0, 6, 1, 0), '^^^^^'],
    ['the name of an object in JSON', '"responses": {', range(0, 13, 3, 1), '^^^^^^^^^^^'],
    ['the name of an object in flow style', 'get: {responses: {}}', range(0, 17, 0, 19), '      ^^^^^^^^^'],
    ['an item of a list', '- name: If_Match', range(0, 2, 1, 5), '  ^^^^^^^^^^^^^^'],
    ['a value after wide characters', 'ｘ: 33a6', range(0, 3, 0, 7), '    ^^^^'],
    ['a value after a tab', '"a":\t"b"', range(0, 5, 0, 8), '     ^^^'],
  ])('%s', (_, line, place, mark) => {
    expect(frameOf(line, place)).toEqual([`     1 │ ${line.replace('\t', ' ')}`, `       │ ${mark}`]);
  });

  test('the place in a long line, of which only the part around it is shown', () => {
    const before = '{"paths":{'.padEnd(5000, ' ');
    const [line = '', mark = ''] = frameOf(`${before}"example":"33a6"${'}'.repeat(5000)}`, range(0, 5010, 0, 5016));
    expect(line.length).toBeLessThanOrEqual(80);
    expect(line.slice(mark.indexOf('^'), mark.lastIndexOf('^') + 1)).toBe('"33a6"');
  });

  test('the place behind a password in a long line, which is hidden', () => {
    const line = `{"$ref":"https://user:secret-password@example.com/a","b":"33a6"}`;
    const [shown = ''] = frameOf(line.padEnd(500, ' x'), range(0, 57, 0, 63));
    expect(shown).toContain('"33a6"');
    const [begun = ''] = frameOf(line.padEnd(500, ' x'), range(0, 38, 0, 300));
    expect(begun).not.toMatch(/secret|password/);
  });

  test('nothing, where the line cannot be read', () => {
    expect(frameOf('', range(7, 0, 7, 1))).toEqual([]);
  });
});

describe('the output', () => {
  const statement = `Expected ${'a word and another '.repeat(20)}on GET /a: it is long`;

  test.each([60, 80, 120])('is at most %i columns wide', (columns) => {
    const lines = codeFrame([result({ statement })], contextFor(['example: '.padEnd(300, 'x')]), columns, false).split(
      '\n',
    );
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    expect(Math.max(...lines.map(({ length }) => length))).toBeGreaterThan(columns - 15);
  });

  test('is no wider than people read well, and no narrower', () => {
    const widestIn = (columns: number) =>
      Math.max(
        ...codeFrame([result({ statement })], contextFor([]), columns, false)
          .split('\n')
          .map(({ length }) => length),
      );
    expect(widestIn(400)).toBe(widestIn(120));
    expect(widestIn(10)).toBe(widestIn(60));
  });

  test('links the names of the sources where the terminal has links', () => {
    vi.stubEnv('FORCE_HYPERLINK', '1');
    const { out } = run(root, 'lint', 'examples/orders.yaml');
    expect(out).not.toContain('\u001B');
    vi.stubEnv('FORCE_COLOR', '1');
    const coloured = run(root, 'lint', 'examples/orders.yaml').out;
    expect(coloured).toContain(']8;;https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.5');
    expect(stripVTControlCharacters(coloured)).toContain('asked for by RFC 9110 §15.4.5');
  });

  test('says what fixes each finding, and the command does', () => {
    const folder = folderWith({
      'a.yaml':
        "openapi: 3.1.1\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: ok, headers: {ETag: {example: 33a6}}}}}}}\n",
    });
    const { out } = run(folder, 'lint', 'a.yaml');
    expect(out).toMatch(/entity-tag-example[^]*?fixable with conditional-requests fix\n/);
    expect(run(folder, 'fix', '--dry-run', 'a.yaml').err).toContain('1 × entity-tag-example');
  });

  test('ends with the number of findings by rule, the most frequent first', () => {
    const results = [result({ code: 'one-rule', severity: 0 }), ...Array.from({ length: 11 }, () => result({}))];
    const out = codeFrame(results, contextFor(['a: b']), 80, false);
    expect(out).toContain('✖ 12 findings in 1 file: 1 error, 11 warnings\n\n  11  a-rule\n   1  one-rule\n');
  });
});

test('at 80 columns no line is wider, but for addresses, and the end says what to do next', () => {
  const { out } = run(root, 'lint', 'examples/orders.yaml');
  const wide = out.split('\n').filter((line) => line.length > 80 && !line.includes('://'));
  expect(wide).toEqual([]);
  expect(out).toMatch(/\n +1 {2}not-modified-answers-precondition +fix --rule ID\n/);
  const [, safe, suggested] =
    /\nconditional-requests fix FILE… fixes (\d+) of them, with --suggested (\d+) more\.\n/.exec(out) ?? [];
  expect(out.match(/fixable with conditional-requests fix\n/g)).toHaveLength(Number(safe));
  expect(out.match(/fixable with conditional-requests fix --suggested\n/g)).toHaveLength(Number(suggested));
  expect(out.replaceAll('\n', ' ')).toMatch(
    / conditional-requests explain [a-z-]+ says why, and when to turn a rule off\. $/,
  );
});
