import { marked, type Tokens } from 'marked';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { type FormatContext, type FormatName, formatNames, formatted } from '../../../src/hosts/cli/formats/formats.js';
import type { Result } from '../../../src/result.js';
import { visible } from '../../../src/visible-text.js';
import { folderWith } from '../../files.js';
import { run } from './run.js';

/** What a terminal, the log of a CI service or a parser would act upon, each by the name of what it does. */
const hostile: Readonly<Record<string, string>> = {
  'a command of GitHub': 'a\n::error file=x::b',
  'an older command of GitHub': 'a ##[error]b',
  'a command of Azure': 'a ##vso[task.complete result=Failed]b',
  'a command of TeamCity': "a\n##teamcity[buildStop comment='x']b",
  colours: 'a\u001B[31mb',
  'colours of C1': 'a\u009B31mb',
  'a title of the terminal': 'a\u001B]0;owned\u0007b',
  'the beginning of the line': 'a\rb',
  'a line break of Windows': 'a\r\nb',
  'separators of Unicode': 'a\u2028b\u2029c\u0085d',
  'another direction': 'a\u202Eb\u2066c\u200Fd',
  'what is not seen': 'a\u200Bb\uFEFFc\u00ADd',
  'tags that are not seen': 'a\u{E0041}\u{E007F}b',
  'NUL and DEL': 'a\0b\u007Fc',
  'half of a surrogate pair': 'a\uD800b',
  'what is no character': 'a\uFFFEb\u{1FFFF}c',
  'separators of properties': 'a%,:=b;c%0Ad%2C',
  quotes: `a"b'c\`d`,
  'ends of XML and HTML': 'a]]>b--><script>alert(1)</script>&amp;&#7;c',
  'a table': 'a|b\\|c\\\\|d',
  'marks of Markdown': 'a*b*_c_[d](e)<f>~g~![h](i)&lt;',
  'bars of TeamCity': "a|'b|nc]d|0x0041",
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
  isForFile: false,
};

/** What the logs of CI services take for commands, but for the command that a format is made of. */
function commands(format?: FormatName): RegExp {
  const all = ['^\\s*::', '##\\[', '##vso\\[', '##teamcity\\['];
  const own = { 'github-actions': 0, teamcity: 3 }[format as string];
  return new RegExp(all.filter((_, index) => index !== own).join('|'), 'm');
}

/** What of a result a format hands on. */
interface Read {
  readonly message?: string | undefined;
  readonly source?: string | undefined;
  readonly path?: string | undefined;
}

/** The attributes of elements of XML, and the texts in them, by the names of the elements. */
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

/** A value of a service message of TeamCity, as its manual says how to read it. */
function valueOf(message: string, key: string): string | undefined {
  const [, value] =
    new RegExp(` ${key}='((?:[^|'\\n\\r[\\]]|\\|0x[0-9A-F]{4}|\\|[nr'|[\\]])*)'(?= |\\]$)`).exec(message) ?? [];
  return value?.replace(/\|(?:0x(....)|(.))/g, (_, code?: string, one = '') =>
    code === undefined ? ({ n: '\n', r: '\r' }[one as string] ?? one) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** Reads what a runner of GitHub Actions makes of a line. */
function annotationIn(line: string): Read {
  const plain = (text: string) =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  const [, properties = '', data = ''] = /^::error (.*?)::(.*)$/s.exec(line) ?? [];
  return { message: plain(data), source: `/${plain(/file=([^,]*)/.exec(properties)?.[1] ?? '')}` };
}

/** The cells of the only row of a table in Markdown, as a page shows them. */
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

/** What the formats without a path hand on. */
const inLine = ({ message, source }: Read): Read => ({ message, source });

/** How each format is read, and what of a hostile text it is to hand on. */
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
    // A URI has no half of a surrogate pair.
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
    read: (text) => annotationIn(text.trimEnd()),
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
      // Columns break their texts anywhere.
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

describe.each(formatNames)('%s', (name) => {
  test.each(Object.entries(hostile))('hands on %s', async (_, text) => {
    const output = await formatted([resultWith(text)], name, context);
    // Nothing is left that a terminal would act upon, but for the blanks that it is laid out with.
    expect(output).not.toMatch(/[^\P{Cc}\n\t]|[\p{Zl}\p{Zp}\p{Cs}\p{Cf}]/u);
    expect(output).not.toMatch(commands(name));
    const { read, expected } = formats[name];
    expect(read(output)).toMatchObject(expected(text));
  });
});

describe('the command line acts upon nothing that', () => {
  /** What hostile names of files begin with. */
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
    ['a table has', ['lint', '-r', 'all', '.'], 'entity-tag-example'],
    ['a list has', ['lint', '-r', 'all', '-f', 'text', '.'], ' error parser "'],
    ['is no description', ['lint', ...all('other ')], 'Not an OpenAPI description'],
    ['is missing', ['lint', ...all('missing '), ...all('::error::missing ')], 'no such file'],
    ['a pattern has', ['lint', ...all('none* ')], 'no files match'],
    ['is no folder', ['lint', `${first}.yaml/x`], 'no such folder'],
    ['is no ruleset', ['lint', '-r', `./${first}.yaml`, `${first}.yaml`], '.yaml: '],
    ['is no format', ['lint', '-f', first], 'unknown format'],
    ['is no option', ['lint', `--${first}`], 'Unknown option'],
    ['cannot be written', ['lint', '-q', '-o', `${first}/x/y`, `${first}.yaml`], 'cannot be written'],
    ['is not fixed', ['fix', '--check', ...all(''), ...all('::error::')], 'because an alias repeats it in '],
    ['is left alone', ['fix', '--check', ...all('other ')], 'Not an OpenAPI description'],
    ['is broken', ['fix', '--check', `broken ${first}.yaml`], 'No file was changed.'],
    ['is nowhere', ['fix', `::error::missing ${first}`], 'no such file'],
    ['is no rule', ['fix', '--rule', first, `${first}.yaml`], 'Unknown rule'],
    ['cannot be explained', ['explain', first], 'Unknown rule'],
    ['is no command', [first], 'unknown command'],
  ])('%s', (_, args, said) => {
    const { out, err } = run(folder, ...args);
    expect(out + err).toContain(said);
    for (const text of [out, err]) {
      expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Cs}\p{Cf}]/u);
      expect(text).not.toMatch(commands());
    }
  });
});
