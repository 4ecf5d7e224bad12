import { marked, type Tokens } from 'marked';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { type FormatContext, type FormatName, formatNames, formatted } from '../../../src/hosts/cli/formats/formats.js';
import type { Result } from '../../../src/result.js';
import { visible } from '../../../src/visible-text.js';
import { folderWith } from '../../files.js';
import { annotationIn } from './annotation.js';
import { run } from './run.js';

/** Texts that a terminal, the log of a CI service or a parser could execute or misread, by what they contain. */
const hostile: Readonly<Record<string, string>> = {
  'a command for GitHub Actions': 'a\n::error file=x::b',
  'an old command for GitHub Actions': 'a ##[error]b',
  'a command for Azure Pipelines': 'a ##vso[task.complete result=Failed]b',
  'a command for TeamCity': "a\n##teamcity[buildStop comment='x']b",
  'a colour': 'a\u001B[31mb',
  'a colour as a C1 control character': 'a\u009B31mb',
  'a new window title': 'a\u001B]0;owned\u0007b',
  'a carriage return': 'a\rb',
  'a Windows line break': 'a\r\nb',
  'Unicode line separators': 'a\u2028b\u2029c\u0085d',
  'marks of writing direction': 'a\u202Eb\u2066c\u200Fd',
  'invisible characters': 'a\u200Bb\uFEFFc\u00ADd',
  'invisible tag characters': 'a\u{E0041}\u{E007F}b',
  'the characters NUL and DEL': 'a\0b\u007Fc',
  'half of a surrogate pair': 'a\uD800b',
  'code points that are not characters': 'a\uFFFEb\u{1FFFF}c',
  'separators of properties and percent signs': 'a%,:=b;c%0Ad%2C',
  'quotation marks': `a"b'c\`d`,
  'the ends of XML and HTML elements': 'a]]>b--><script>alert(1)</script>&amp;&#7;c',
  'bars of a table': 'a|b\\|c\\\\|d',
  'Markdown syntax': 'a*b*_c_[d](e)<f>~g~![h](i)&lt;',
  'escapes of TeamCity': "a|'b|nc]d|0x0041",
};

const file = (text: string) => `/apis/${text.replaceAll('\0', '')}.yaml`;

function resultWith(text: string): Result {
  const range = { start: { line: 4, character: 6 }, end: { line: 5, character: 2 } };
  const path = ['paths', `/${text}`, 'get'];
  return { code: 'a-rule', path, message: `Expected ${text}.`, severity: 0, range, source: file(text) };
}

const context: FormatContext = {
  failSeverity: 0,
  rules: [],
  version: '1.2.3',
  files: [],
  cwd: '/',
  lineOf: () => undefined,
  suppressed: [],
  isForFile: false,
};

/** Matches what CI services take for commands in a log, except the commands that a format consists of. */
function commands(format?: FormatName): RegExp {
  const all = ['^\\s*::', '##\\[', '##vso\\[', '##teamcity\\['];
  const own = { 'github-actions': 0, teamcity: 3 }[format as string];
  return new RegExp(all.filter((_, index) => index !== own).join('|'), 'm');
}

/** The parts of a result that can be read from an output. */
interface Read {
  readonly message?: string | undefined;
  readonly source?: string | undefined;
  readonly path?: string | undefined;
}

/** The attributes and texts of XML elements, by the names of the elements. */
function readXml(xml: string): Map<string, Record<string, string>> {
  const found = new Map<string, Record<string, string>>();
  const open: Record<string, string>[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    open.push({ ...attributes, '#text': '' });
    found.set(name, open.at(-1) ?? {});
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element['#text'] += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return found;
}

function textsIn(node: DefaultTreeAdapterTypes.Node, tag: string): string[] {
  if ('tagName' in node && node.tagName === tag) return [allText(node)];
  return 'childNodes' in node ? node.childNodes.flatMap((child) => textsIn(child, tag)) : [];
}

function allText(node: DefaultTreeAdapterTypes.Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(allText).join('') : '';
}

/** Reads a value of a TeamCity service message as TeamCity documents it. */
function valueOf(message: string, key: string): string | undefined {
  const [, value] =
    new RegExp(` ${key}='((?:[^|'\\n\\r[\\]]|\\|0x[0-9A-F]{4}|\\|[nr'|[\\]])*)'(?= |\\]$)`).exec(message) ?? [];
  return value?.replace(/\|(?:0x(....)|(.))/g, (_, code?: string, one = '') =>
    code === undefined ? ({ n: '\n', r: '\r' }[one as string] ?? one) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** The cells of the only row of a Markdown table, as a web page shows them. */
function cellsIn(markdown: string): string[] {
  const [table] = marked.lexer(markdown) as unknown as [Tokens.Table];
  expect(table.type).toBe('table');
  expect(table.rows).toHaveLength(1);
  return (table.rows[0] ?? []).map(({ text }) => allText(parse(marked.parseInline(text) as string)));
}

const shown = (text: string): Read => ({
  message: visible(`Expected ${text}.`),
  source: visible(file(text)),
  path: visible(`/${text}`),
});
const exact = (text: string): Read => ({ message: `Expected ${text}.`, source: file(text), path: `/${text}` });

/** A result as formats without a path write it. */
const inLine = ({ message, source }: Read): Read => ({ message, source });

/** For each format: how to read its output, and what must be read if a result contains a hostile text. */
const formats: Readonly<Record<FormatName, { read(text: string): Read; expected(text: string): Read }>> = {
  json: {
    read: (text) => {
      const [{ message, source, path }] = JSON.parse(text);
      return { message, source, path: path[1] };
    },
    expected: exact,
  },
  sarif: {
    read: (text) => {
      const [{ message, locations }] = JSON.parse(text).runs[0].results;
      return {
        message: message.text,
        source: `/${decodeURIComponent(locations[0].physicalLocation.artifactLocation.uri)}`,
      };
    },
    // A URI cannot contain half of a surrogate pair.
    expected: (text) => ({ message: exact(text).message, source: file(text).replace(/\p{Cs}/gu, '\uFFFD') }),
  },
  'code-climate': { read: readIssue, expected: (text) => inLine(exact(text)) },
  gitlab: { read: readIssue, expected: (text) => inLine(exact(text)) },
  junit: {
    read: (text) => {
      const found = readXml(text);
      return { message: found.get('failure')?.['message'], source: found.get('testsuite')?.['name'] };
    },
    expected: (text) => {
      const sayable = (value: string) => value.replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, visible);
      return { message: sayable(`Expected ${text}.`), source: sayable(file(text)) };
    },
  },
  teamcity: {
    read: (text) => {
      const [kind = '', inspection = ''] = text.split('\n');
      expect(valueOf(kind, 'description')).toBe(valueOf(inspection, 'message'));
      return { message: valueOf(inspection, 'message')?.replace('error -- ', ''), source: valueOf(inspection, 'file') };
    },
    expected: (text) => inLine(exact(text)),
  },
  'github-actions': {
    read: (text) => {
      const { message, properties } = annotationIn(text.trimEnd());
      return { message, source: `/${properties['file']}` };
    },
    expected: (text) => {
      const sayable = (value: string) =>
        value
          .split(/([\r\n])/)
          .map((part, index) => (index % 2 === 0 ? visible(part) : part))
          .join('');
      return { message: sayable(`Expected ${text}.`), source: sayable(file(text)) };
    },
  },
  html: {
    read: (text) => {
      const page = parse(text, { onParseError: ({ code }) => expect(code).toBe('') });
      const [, , message] = textsIn(page, 'td');
      return { message, source: textsIn(page, 'th')[0]?.split('\n')[1]?.trim().replace('[+] ', '') };
    },
    expected: (text) => inLine(shown(text)),
  },
  markdown: {
    read: (text) => {
      const [, path, message, , start, end, source] = cellsIn(text);
      expect([start, end]).toEqual(['5:7', '6:3']);
      return { message, source, path: path?.replace(/^paths(?:\.|\[')/, '').replace(/(?:'\])?\.get$/, '') };
    },
    expected: shown,
  },
  text: {
    read: (text) => {
      const [, source, message] = /^(.*):5:7 error a-rule "(.*)"$/.exec(text) ?? [];
      return { message, source };
    },
    expected: (text) => inLine(shown(text)),
  },
  'code-frame': {
    read: (text) => {
      const [source, , place, ...lines] = text.split('\n');
      expect(place).toBe('  5:7  error  a-rule');
      const message = lines.slice(0, lines.indexOf('')).map((line) => line.slice(2));
      return { message: message.join(' '), source: `/${source}` };
    },
    expected: (text) => inLine(shown(text)),
  },
  stylish: {
    read: (text) => {
      const [, source, row = ''] = text.split('\n');
      const [, message, path] =
        /^ 5:7 {2}error {2}a-rule {2}(.*) {2}paths(?:\.|\[')(.*?)(?:'\])?\.get$/.exec(row) ?? [];
      return { message, source, path };
    },
    expected: shown,
  },
  pretty: {
    read: (text) => {
      // Columns can break a text anywhere.
      const columns = text
        .split('\n')
        .slice(4, -4)
        .map((line) => [line.slice(44, 61), line.slice(61)]);
      const [message, path] = [0, 1].map((column) =>
        columns.map((cells) => cells[column]?.replaceAll(' ', '')).join(''),
      );
      const [, , source = ''] = text.split('\n');
      return { message, source: source.replace('File:   ', '').replaceAll(' ', ''), path };
    },
    expected: () => ({}),
  },
};

function readIssue(text: string): Read {
  const [{ description, location }] = JSON.parse(text);
  return { message: description, source: `/${location.path}` };
}

describe.each(formatNames)('the format %s', (name) => {
  test.each(Object.entries(hostile))('escapes %s, and a reader gets the text back', async (_, text) => {
    const output = await formatted([resultWith(text)], name, context);
    // Of all control characters, only line breaks and tabs of the layout are left.
    expect(output).not.toMatch(/[^\P{Cc}\n\t]|[\p{Zl}\p{Zp}\p{Cs}\p{Cf}]/u);
    expect(output).not.toMatch(commands(name));
    const { read, expected } = formats[name];
    expect(read(output)).toMatchObject(expected(text));
  });
});

describe('the command line escapes hostile file names and texts in', () => {
  /** The hostile texts that can be in a file name. */
  const texts = Object.values(hostile).map((text) => text.replace(/[\0/\uD800]/g, ''));
  const description = (key: string) => `openapi: 3.0.3
info: {title: ${JSON.stringify(key)}, version: '1'}
paths:
  ${JSON.stringify(`/${key}`)}:
    parameters: [{name: If-None-Match, in: header, schema: {type: string}}]
    get: &get
      responses:
        '200': {description: ok, headers: {ETag: {schema: {type: string}, example: ${JSON.stringify(key)}}}}
        '304': {description: same, headers: {ETag: {schema: {type: string}, example: ab}}}
    x-also: *get
    head: {$ref: ${JSON.stringify(`./missing ${key}.yaml`)}}
`;
  const broken = (key: string) => `openapi: 3.0.3\npaths: {${JSON.stringify(key)}: [*${key.replace(/[^\w]/gu, '')}]}\n`;
  const filesOf = (write: (key: string) => string, before = '') =>
    Object.fromEntries(texts.map((text) => [`${before}${text}.yaml`, write(text)]));
  const folder = folderWith({
    ...filesOf(description),
    ...filesOf(description, '::error::'),
    ...filesOf(broken, 'broken '),
    ...filesOf(() => 'a: 1\n', 'other '),
  });
  const all = (before: string) => texts.map((text) => `${before}${text}.yaml`);
  const [first = ''] = texts;

  test.each([
    ['findings as a table', ['lint', '-r', 'all', '.'], 'entity-tag-example'],
    ['findings as a list', ['lint', '-r', 'all', '-f', 'text', '.'], ' error parser "'],
    ['the message for a file that is not a description', ['lint', ...all('other ')], 'Not an OpenAPI description'],
    ['the message for a missing file', ['lint', ...all('missing '), ...all('::error::missing ')], 'no such file'],
    ['the message for a glob without files', ['lint', ...all('none* ')], 'no files match'],
    ['the message for a file in place of a folder', ['lint', `${first}.yaml/x`], 'no such folder'],
    ['the message for a file that is not a ruleset', ['lint', '-r', `./${first}.yaml`, `${first}.yaml`], '.yaml: '],
    ['the message for an unknown format', ['lint', '-f', first], 'unknown format'],
    ['the message for an unknown option', ['lint', `--${first}`], 'Unknown option'],
    [
      'the message for a file that cannot be written',
      ['lint', '-q', '-o', `${first}/x/y`, `${first}.yaml`],
      'cannot be written',
    ],
    [
      'the reason why a fix is declined',
      ['fix', '--check', ...all(''), ...all('::error::')],
      'because an alias repeats it in ',
    ],
    [
      'the message of fix for a file that is not a description',
      ['fix', '--check', ...all('other ')],
      'Not an OpenAPI description',
    ],
    ['the message of fix for a syntax error', ['fix', '--check', `broken ${first}.yaml`], 'No file was changed.'],
    ['the message of fix for a missing file', ['fix', `::error::missing ${first}`], 'no such file'],
    ['the message for an unknown rule', ['fix', '--rule', first, `${first}.yaml`], 'Unknown rule'],
    ['the message of explain for an unknown rule', ['explain', first], 'Unknown rule'],
    ['the message for an unknown command', [first], 'unknown command'],
  ])('%s', (_, args, said) => {
    const { out, err } = run(folder, ...args);
    expect(out + err).toContain(said);
    for (const text of [out, err]) {
      expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Cs}\p{Cf}]/u);
      expect(text).not.toMatch(commands());
    }
  });
});
