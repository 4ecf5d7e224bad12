import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import chalk from 'chalk';
import type { Log } from 'sarif';
import { SaxesParser } from 'saxes';
import { afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { fc } from '../../fast-check.js';
import { Workspace } from '../../../src/files/workspace.js';
import { fixDescriptions } from '../../../src/fixing/fix-all.js';
import { severities } from '../../../src/guidelines/citation.js';
import { type FormatContext, formatNames, formatted } from '../../../src/hosts/cli/formats/formats.js';
import type { Result, SeverityNumber } from '../../../src/result.js';
import type { Rule } from '../../../src/rule.js';
import { rulesOf } from '../../../src/rulesets.js';
import type { Position } from '../../../src/text-editor/line-index.js';
import { lineAndColumnOf } from '../../../src/text-editor/parsed-document.js';
import { citationsOf, sectionFor } from '../../../src/sources.js';
import { spliced } from '../../../src/text-editor/text-edits.js';
import { shippedSelection } from '../../../src/user-ruleset/selection.js';
import { visible } from '../../../src/visible-text.js';
import { folderWith, read, root } from '../../files.js';
import { annotationIn } from './annotation.js';

const orders = join(root, 'examples/orders.yaml');

const context: FormatContext = {
  failSeverity: 0,
  rules: rulesOf('recommended').map(({ rule, severity }) => {
    return {
      rule,
      severity: severities.indexOf(severity) as SeverityNumber,
      url: sectionFor(rule, []).url,
      follows: [],
    };
  }),
  version: '1.2.3',
  files: [],
  cwd: root,
  lineOf: () => undefined,
  suppressed: [],
  isForFile: false,
};

/** A result. A test states only the properties that it is about. */
function result(about: Partial<Result> = {}): Result {
  const range = { start: { line: 4, character: 6 }, end: { line: 5, character: 2 } };
  return { code: 'a-rule', path: ['paths', '/a'], message: 'A message.', severity: 1, range, source: orders, ...about };
}

/** Returns a value, or throws if it is `undefined`. */
function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('expected a value');
  return value;
}

afterEach(() => void vi.unstubAllEnvs());

const escape = '\u001B';

describe('the formats of Spectral print the same as spectral lint', () => {
  const own = ['code-frame', 'sarif', 'junit', 'github-actions', 'code-climate', 'gitlab'];
  const names = formatNames.filter((name) => !own.includes(name));
  const colours = chalk.level;

  /** The output of `spectral lint` in each format, with colours. */
  async function inSpectral(document: string, ...options: string[]): Promise<Map<string, string>> {
    const folder = folderWith({});
    const formats = names.flatMap((name) => ['-f', name, `-o.${name}`, join(folder, name)]);
    const lint = [join(root, 'node_modules/.bin/spectral'), 'lint', '-r', join(root, 'rulesets/recommended.yaml')];
    await promisify(execFile)(process.execPath, [...lint, ...formats, ...options, document], {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '1' },
    }).catch((failure: { code: number }) => expect(failure).toHaveProperty('code', 1));
    return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  }

  /**
   * A text without the differences that are allowed: the time of writing, colours at the end that apply to no text, and the lines and
   * columns of a Markdown table, which Spectral counts from 0.
   */
  const undated = (text: string) =>
    text
      .replace(/Generated on .*/, 'Generated')
      .replace(new RegExp(`\n(?:${escape}\\[\\d+m)+$`), '\n')
      .replace(/^\|.*\|$/gm, (row) => row.replace(/\| \d+:\d+ +(?=\|)/g, '| L:C '));

  describe.each([
    ['for results', orders, [], 8],
    ['for results with documentation URLs', orders, ['--show-documentation-url'], 8],
    ['for no results', join(root, 'examples/not-modified-documented/conforming.yaml'), [], 0],
  ])('%s', (_, document, options, count) => {
    let expected: Map<string, string>;
    let results: Result[];

    beforeAll(async () => {
      chalk.level = 1;
      expected = await inSpectral(document, ...options);
      results = JSON.parse(expected.get('json') ?? '');
      return () => void (chalk.level = colours);
    });

    test.each(names)('%s', async (name) => {
      vi.stubEnv('FORCE_COLOR', '1');
      expect(results).toHaveLength(count);
      expect(undated(await formatted(results, name, context))).toBe(undated(expected.get(name) ?? ''));
    });
  });
});

describe('stylish', () => {
  test('prints the numbers of a message unchanged', async () => {
    const message = 'Expected HTTP-date Sun, 06 Nov 1994 08:49:37 GMT instead of 06 Nov 1994 08:49:37.';
    expect(await formatted([result({ message })], 'stylish', context)).toContain(message);
  });

  test('can print 200,000 results', async () => {
    const results = Array.from({ length: 200_000 }, (_, index) => result({ severity: index === 150_000 ? 0 : 3 }));
    expect(await formatted(results, 'stylish', context)).toContain(
      '200000 problems (1 error, 0 warnings, 0 infos, 199999 hints)',
    );
  });

  test.each(['stylish', 'pretty'] as const)('has colours unless they are turned off: %s', async (name) => {
    const colours = chalk.level;
    chalk.level = 1;
    vi.stubEnv('NO_COLOR', '1');
    vi.stubEnv('FORCE_COLOR', '1');
    expect(await formatted([result()], name, context)).toContain(escape);
    expect(await formatted([result()], name, { ...context, isForFile: true })).not.toContain(escape);
    vi.stubEnv('FORCE_COLOR', '0');
    expect(await formatted([result()], name, context)).not.toContain(escape);
    vi.stubEnv('FORCE_COLOR', undefined);
    expect(await formatted([result()], name, context)).not.toContain(escape);
    chalk.level = colours;
  });
});

describe('github-actions', () => {
  test('has the place, the severity, the message and the documentation address of each result', async () => {
    const results = ([0, 1, 2, 3] as const).map((severity) => result({ code: 'not-modified-documented', severity }));
    const text = await formatted(results, 'github-actions', context);
    expect(text).toMatch(/\n$/);
    const annotations = text.trimEnd().split('\n').map(annotationIn);
    expect(annotations.map(({ command }) => command)).toEqual(['error', 'warning', 'notice', 'notice']);
    expect(annotations[0]).toEqual({
      command: 'error',
      properties: {
        title: 'not-modified-documented',
        file: 'examples/orders.yaml',
        line: '5',
        col: '7',
        endLine: '6',
        endColumn: '3',
      },
      message: expect.stringMatching(/^A message\.\nDocumentation: https:\/\/opensource\.zalando\.com\//),
    });
  });

  test('has one line for each result, whatever its message', async () => {
    const text = fc.string({ unit: fc.constantFrom('%', '0', 'A', '\n', '\r', ':', ',', '=', 'é', ' ') });
    await fc.assert(
      fc.asyncProperty(text, text, async (message, name) => {
        const source = join(root, `a${name}b.yaml`);
        const lines = (await formatted([result({ message, source })], 'github-actions', context)).split('\n');
        expect(lines).toEqual([expect.any(String), '']);
        expect(annotationIn(lines[0] ?? '')).toMatchObject({ message, properties: { file: `a${name}b.yaml` } });
      }),
    );
  });

  test('is empty without results', async () => {
    expect(await formatted([], 'github-actions', context)).toBe('');
  });
});

describe.each([
  ['github-actions', 'GITHUB_WORKSPACE'],
  ['sarif', 'GITHUB_WORKSPACE'],
  ['gitlab', 'CI_PROJECT_DIR'],
] as const)('%s, in a step that runs in a folder of the repository,', (name, variable) => {
  afterEach(() => vi.unstubAllEnvs());

  test.each([
    ['counts paths from the root of the repository', root, 'examples/orders.yaml'],
    ['counts paths from the folder if the repository is elsewhere', join(root, 'exam'), 'orders.yaml'],
    ['counts paths from the folder if no service says where the root is', '', 'orders.yaml'],
  ])('%s', async (_, repository, path) => {
    vi.stubEnv('GITHUB_WORKSPACE', '');
    vi.stubEnv('CI_PROJECT_DIR', '');
    vi.stubEnv(variable, repository);
    const text = await formatted([result()], name, { ...context, cwd: join(root, 'examples') });
    const paths = text.matchAll(/(?:"uri": ?|"path": ?|,file=)"?((?:examples\/)?orders\.yaml)\b/g);
    expect([...paths].map(([, found]) => found)).toEqual([path]);
  });
});

describe('junit', () => {
  interface Element {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly children: Element[];
    text: string;
  }

  /** Reads XML. Throws if it is not well-formed. */
  function parsed(xml: string): Element {
    const document: Element = { name: '', attributes: {}, children: [], text: '' };
    const open = [document];
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', ({ name, attributes }) => {
      const element = { name, attributes, children: [], text: '' };
      open.at(-1)?.children.push(element);
      open.push(element);
    });
    parser.on('text', (text) => {
      const element = open.at(-1);
      if (element !== undefined) element.text += text;
    });
    parser.on('closetag', () => void open.pop());
    parser.write(xml).close();
    return document.children[0] as Element;
  }

  const clean = join(root, 'examples/head-documents-validators/conforming.yaml');

  test('has a failure for each result that fails the command, and lists the other results', async () => {
    const results = ([0, 1, 2, 3] as const).map((severity) => result({ severity, code: `rule-${severity}` }));
    const report = parsed(await formatted(results, 'junit', { ...context, failSeverity: 1, files: [orders, clean] }));
    expect(report.name).toBe('testsuites');
    const [found, passed] = report.children;
    expect(found?.attributes).toMatchObject({ name: orders, tests: '4', failures: '2', errors: '0' });
    expect(found?.children.map(({ children }) => children.map(({ name, text }) => [name, text]))).toEqual([
      [['failure', 'line 5, col 7, A message. (rule-0) at path #/paths/~1a']],
      [['failure', 'line 5, col 7, A message. (rule-1) at path #/paths/~1a']],
      [['system-out', 'information: line 5, col 7, A message. (rule-2) at path #/paths/~1a']],
      [['system-out', 'hint: line 5, col 7, A message. (rule-3) at path #/paths/~1a']],
    ]);
    expect(passed?.attributes).toMatchObject({ name: clean, tests: '1', failures: '0' });
    expect(passed?.children).toMatchObject([{ name: 'testcase', attributes: { name: clean }, children: [] }]);
  });

  test('has a suite for a file that only a `$ref` names', async () => {
    const report = parsed(await formatted([result()], 'junit', { ...context, files: [clean] }));
    expect(report.children.map(({ attributes }) => attributes['name'])).toEqual([clean, orders]);
  });

  test('is valid XML, whatever a message contains', async () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom(
          '<',
          '&',
          '"',
          "'",
          ']]>',
          '\0',
          '\u001B',
          '\uD800',
          '\uDFFF',
          '\uFFFE',
          '\r',
          '\n',
          '\t',
          '💥',
        ),
        fc.string({ unit: 'binary', maxLength: 1 }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(text, async (message) => {
        const path = ['paths', message];
        const [suite] = parsed(await formatted([result({ message, path, severity: 0 })], 'junit', context)).children;
        const sayable = message.replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, visible);
        const [failure] = suite?.children[0]?.children ?? [];
        expect(failure?.attributes['message']).toBe(sayable);
        expect(failure?.text).toContain(sayable);
      }),
    );
  });
});

describe.each(['gitlab', 'code-climate'] as const)('%s', (name) => {
  /** The schema of an issue, with what Code Climate specifies and GitLab requires. */
  const issue = {
    type: 'object',
    required: ['type', 'check_name', 'description', 'categories', 'location', 'severity', 'fingerprint'],
    properties: {
      type: { enum: ['issue'] },
      check_name: { type: 'string', minLength: 1 },
      description: { type: 'string', minLength: 1 },
      categories: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: {
          enum: 'Bug Risk,Clarity,Compatibility,Complexity,Duplication,Performance,Security,Style'.split(','),
        },
      },
      location: {
        type: 'object',
        required: ['path', 'positions'],
        properties: {
          path: { type: 'string', pattern: '^(?!\\./|/)' },
          positions: {
            type: 'object',
            required: ['begin', 'end'],
            properties: { begin: { $ref: '#/definitions/position' }, end: { $ref: '#/definitions/position' } },
          },
        },
      },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      fingerprint: { type: 'string', minLength: 1 },
    },
  };
  const position = {
    type: 'object',
    required: ['line', 'column'],
    properties: { line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } },
  };
  const validate = new Ajv.default({ allErrors: true }).compile({
    type: 'array',
    items: issue,
    definitions: { position },
  });

  interface Issue {
    readonly severity: string;
    readonly location: { readonly path: string; readonly positions: unknown };
    readonly fingerprint: string;
  }

  async function issuesOf(results: readonly Result[]): Promise<Issue[]> {
    const issues = JSON.parse(await formatted(results, name, context));
    validate(issues);
    expect(validate.errors).toBeNull();
    return issues;
  }

  const fingerprints = async (results: readonly Result[]) =>
    (await issuesOf(results)).map(({ fingerprint }) => fingerprint);

  test('counts lines and columns from 1, and has paths relative to the folder', async () => {
    const beginning = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const [first, second] = await issuesOf([result({ severity: 0 }), result({ range: beginning })]);
    expect(first).toMatchObject({
      severity: 'critical',
      location: {
        path: 'examples/orders.yaml',
        positions: { begin: { line: 5, column: 7 }, end: { line: 6, column: 3 } },
      },
    });
    expect(second?.location.positions).toEqual({ begin: { line: 1, column: 1 }, end: { line: 1, column: 1 } });
  });

  test('has a different fingerprint for each rule, file, place and message, and for equal findings', async () => {
    const results = [
      result(),
      result({ code: 'another-rule' }),
      result({ message: 'Another message.' }),
      result({ path: ['paths', '/b'] }),
      result({ path: ['paths./a'] }),
      result({ source: join(root, 'examples/orders.json') }),
      result(),
      result(),
    ];
    const found = await fingerprints(results);
    expect(new Set(found).size).toBe(results.length);
    expect(await fingerprints([...results, result({ code: 'a-new-rule' })])).toEqual([...found, expect.any(String)]);
  });

  test('keeps a fingerprint when lines shift and other findings appear or go', async () => {
    const shifted = { start: { line: 90, character: 8 }, end: { line: 91, character: 4 } };
    const [known] = await fingerprints([result()]);
    expect(await fingerprints([result({ range: shifted })])).toEqual([known]);
    expect(await fingerprints([result({ message: 'New.' }), result({ range: shifted })])).toContain(known);
  });
});

describe('pretty', () => {
  test.each([40, 80, 120, 159])('has columns of equal width in a terminal of %i characters', async (width) => {
    const { columns } = process.stdout;
    Object.assign(process.stdout, { columns: width });
    onTestFinished(() => void Object.assign(process.stdout, { columns }));
    const lines = (await formatted([result({ code: 'not-modified-documented' })], 'pretty', context)).split('\n');
    expect(lines).toContainEqual(expect.stringMatching(/^5:7 +WARNING +not-modified-doc +A message\. +paths\.\/a$/));
    expect(process.stdout.columns).toBe(width);
  });
});

describe('sarif', () => {
  const schema = JSON.parse(read('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
  const ajv = new Ajv.default({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);

  /** The log of some results, after checking it against the schema of SARIF. */
  async function logOf(results: readonly Result[], about: Partial<FormatContext> = {}): Promise<Log> {
    const log = JSON.parse(await formatted(results, 'sarif', { ...context, ...about }));
    validate(log);
    expect(validate.errors).toBeNull();
    return log;
  }

  test('describes every rule that was on', async () => {
    const [run] = (await logOf([])).runs;
    expect(run?.tool.driver).toMatchObject({ name: 'spectral-conditional-requests', version: '1.2.3' });
    expect(run?.results).toEqual([]);
    const descriptors = run?.tool.driver.rules ?? [];
    expect(descriptors.map(({ id }) => id)).toEqual(context.rules.map(({ rule }) => rule.id));
    for (const [
      index,
      { shortDescription, fullDescription, helpUri, help, defaultConfiguration },
    ] of descriptors.entries()) {
      const { rule, severity } = defined(context.rules[index]);
      expect(shortDescription?.text).toBe(rule.summary);
      expect(fullDescription?.text).toBe(rule.rationale);
      expect(helpUri).toBe(sectionFor(rule, []).url);
      for (const { section } of citationsOf(rule)) expect(help?.markdown).toContain(section.url);
      expect(defaultConfiguration?.level).toBe(['error', 'warning', 'note', 'note'][severity]);
    }
  });

  test('has the message and the place of each result', async () => {
    const results = [result({ code: 'not-modified-no-content', severity: 0 }), result({ code: 'parser', severity: 0 })];
    const [run] = (await logOf(results)).runs;
    const [found, unread] = run?.results ?? [];
    expect(found).toEqual({
      ruleId: 'not-modified-no-content',
      ruleIndex: run?.tool.driver.rules?.findIndex(({ id }) => id === 'not-modified-no-content'),
      level: 'error',
      message: { text: 'A message.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'examples/orders.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 5, startColumn: 7, endLine: 6, endColumn: 3 },
          },
        },
      ],
    });
    expect(unread).toMatchObject({ ruleId: 'parser' });
    expect(unread).not.toHaveProperty('ruleIndex');
  });

  test.each([
    ['a b/ü%20#?.yaml', { uri: 'a%20b/%C3%BC%2520%23%3F.yaml', uriBaseId: '%SRCROOT%' }],
    ['c:d.yaml', { uri: 'c%3Ad.yaml', uriBaseId: '%SRCROOT%' }],
    ['..yaml', { uri: '..yaml', uriBaseId: '%SRCROOT%' }],
    ['../beside it.yaml', { uri: pathToFileURL(join(root, '../beside it.yaml')).href }],
  ])('names files by their URIs: %s', async (name, artifactLocation) => {
    const [run] = (await logOf([result({ source: join(root, name) })])).runs;
    expect(run?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation).toEqual(artifactLocation);
  });

  /** Applies the fixes in a log to a text, as a reader of the log would. */
  function withFixes(text: string, log: Log): string {
    const lines = [...text.matchAll(/^/gm)].map(({ index }) => index);
    const offset = (line = 0, column = 0) => defined(lines[line - 1]) + column - 1;
    const fixes = log.runs.flatMap(({ results = [] }) => results.flatMap((found) => found.fixes ?? []));
    const edits = fixes.flatMap(({ artifactChanges }) =>
      artifactChanges.flatMap(({ replacements }) =>
        replacements.map(({ deletedRegion, insertedContent }) => ({
          start: offset(deletedRegion.startLine, deletedRegion.startColumn),
          end: offset(deletedRegion.endLine, deletedRegion.endColumn),
          text: insertedContent?.text ?? '',
        })),
      ),
    );
    return spliced(text, edits);
  }

  test.each(['orders.yaml', 'orders.json'])('has the edits of a fix: %s', async (name) => {
    const file = join(root, 'examples', name);
    const permissions = { allows: ({ fix }: Rule) => fix !== 'none', forbids: () => undefined };
    const { changed } = fixDescriptions([file], shippedSelection('recommended'), permissions, new Workspace());
    const { before, after, edits } = defined(changed[0]);
    const position = (at: number): Position => {
      const { line, column } = lineAndColumnOf(before, at);
      return { line: line - 1, character: column - 1 };
    };
    const all = edits.map(({ start, end, text }) => ({ range: { start: position(start), end: position(end) }, text }));
    const log = await logOf([result({ fix: { isSafe: false, file, edits: all } })]);
    expect(withFixes(before, log)).toBe(after);
    const [fix] = log.runs[0]?.results?.[0]?.fixes ?? [];
    const { uri = '' } = fix?.artifactChanges[0]?.artifactLocation ?? {};
    expect(fileURLToPath(new URL(uri, pathToFileURL(`${root}/`)))).toBe(file);
    expect(fix?.properties).toEqual({ isSafe: false });
  });
});
