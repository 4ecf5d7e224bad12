import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import redoclyPlugin from 'spectral-conditional-requests/redocly';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalogue } from '../../../src/catalogue.js';
import { Workspace } from '../../../src/files/workspace.js';
import { severities, type Severity } from '../../../src/guidelines/citation.js';
import { pointerOf } from '../../../src/json.js';
import { lint, resultOf, serialised } from '../../../src/lint.js';
import { type RulesetName, rulesetNames, rulesOf } from '../../../src/rulesets.js';
import { shippedSelection } from '../../../src/user-ruleset/selection.js';
import {
  corpus,
  corpusRows,
  exampleDescriptions,
  hasCorpus,
  okWithEtag,
  read,
  root,
  severalFiles,
} from '../../files.js';
import { InstalledRedocly, newest, redoclyPackages, type RedoclyProblem } from './installed-redocly.js';

/** Redocly knows no severity below a warning. */
function asRedoclys(severity: Severity | undefined): 'error' | 'warn' {
  return severity === 'error' ? 'error' : 'warn';
}

/** What `lint` finds in a file, as Redocly would report it. */
function foundByLint(file: string, ruleset: RulesetName): RedoclyProblem[] {
  const selection = shippedSelection(ruleset);
  const workspace = new Workspace();
  const { located } = lint(workspace.read(file), workspace, selection.rulesFor(file), selection.followedFor(file));
  return located.flatMap((one) => {
    const result = resultOf(serialised(one), file, selection);
    if (result === undefined) return [];
    const { code, severity, message, source, path, range, documentationUrl = '' } = result;
    return {
      ruleId: code,
      severity: asRedoclys(severities[severity]),
      message,
      file: source,
      line: range.start.line + 1,
      pointer: `#/${pointerOf(path)}`,
      reference: documentationUrl,
    };
  });
}

/** Redocly shows what a merge key brings in at the object around the key; `lint`, where it is written. */
function hasMergeKey(file: string): boolean {
  return /^\s*<<\s*:/m.test(readFileSync(file, 'utf8'));
}

function sorted(problems: readonly RedoclyProblem[]): string[] {
  const merging = new Set([...new Set(problems.map(({ file }) => file))].filter(hasMergeKey));
  return problems
    .map((problem) => (merging.has(problem.file) ? { ...problem, line: '' } : problem))
    .map(({ file, line, pointer, ruleId, severity, message, reference }) =>
      [file, line, pointer, ruleId, severity, message, reference].join(' '),
    )
    .toSorted();
}

const examples = exampleDescriptions().map((path) => join(root, 'examples', path));

test('the plugin has every rule, and a configuration for every ruleset', () => {
  const { id, rules, configs } = redoclyPlugin();
  expect(Object.keys(rules.oas2)).toEqual(catalogue.map((rule) => rule.id));
  expect(rules.oas3).toEqual(rules.oas2);
  expect(Object.keys(configs)).toEqual(rulesetNames);
  for (const name of rulesetNames) {
    const wanted = rulesOf(name).map(({ rule, severity }) => [`${id}/${rule.id}`, asRedoclys(severity)]);
    const on = Object.entries(configs[name]?.rules ?? {}).map(([rule, settings]) => [
      rule,
      (settings as { readonly severity: unknown }).severity,
    ]);
    expect(on).toEqual(wanted);
  }
});

/** The findings of `lint` in some files, without lines if Redocly does not tell those either. */
function expected(files: readonly string[], ruleset: RulesetName, found: readonly RedoclyProblem[]): string[] {
  const areLinesKnown = found.some(({ line }) => line !== undefined);
  const ours = files.flatMap((file) => foundByLint(file, ruleset));
  return sorted(areLinesKnown ? ours : ours.map(({ line: _line, ...problem }) => problem));
}

/** A description in which many paths share an alias of a path item with many responses. */
function shared(paths: number, responses: number): string {
  const list = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index));
  return [
    'openapi: 3.0.3',
    "info: {title: T, version: '1'}",
    'x-shared: &p',
    '  get:',
    '    responses:',
    ...list(responses, (index) => `      x${index}: {headers: {ETag: {example: x}}}`),
    'paths:',
    ...list(paths, (index) => `  /p${index}: *p`),
  ].join('\n');
}

if (!hasCorpus) console.warn(`Skipped: there are no real descriptions at ${corpus}.`);

/** The page about Redocly: its configuration, and what it shows of a run. */
const page = read('examples/redocly/README.md');

test('the README and the page name the plugin and a configuration that it has', () => {
  for (const text of [read('README.md'), page]) {
    const [, block = ''] = /```yaml\n(plugins:[^`]*)```/.exec(text) ?? [];
    const { plugins, extends: names } = parse(block) as { readonly plugins: string[]; readonly extends: string[] };
    expect(plugins).toEqual(['spectral-conditional-requests/redocly']);
    const own = names.filter((name) => name.startsWith('conditional-requests/')).map((name) => name.split('/')[1]);
    expect(own).toEqual(['recommended']);
  }
});

describe.each(redoclyPackages)('with %s', (version) => {
  let installed: InstalledRedocly | string;

  beforeAll(async () => {
    installed = await InstalledRedocly.install(version);
  });

  test.for(['recommended', 'all', 'zalando', 'rfc9110'] as const)(
    'the examples have the same findings as with lint, at the same places: %s',
    async (ruleset, { skip }) => {
      if (typeof installed === 'string') return skip(installed);
      installed.configure({ extends: [`conditional-requests/${ruleset}`] });
      const { found } = await installed.lint(...examples);
      expect(sorted(found)).toEqual(expected(examples, ruleset, found));
      expect(found.length).toBeGreaterThan(20);
    },
  );

  test('findings behind $refs are in the other files', async ({ skip }) => {
    if (typeof installed === 'string') return skip(installed);
    installed.configure({ extends: ['conditional-requests/all'] });
    const files = Object.entries(severalFiles).map(([name, text]) => (installed as InstalledRedocly).write(name, text));
    const entry = files.find((file) => basename(file) === 'openapi.yaml') ?? '';
    const { found } = await installed.lint(entry);
    expect(sorted(found)).toEqual(expected([entry], 'all', found));
    expect(new Set(found.map(({ file }) => file)).size).toBeGreaterThan(1);
  });

  test('findings behind a file that only leads on are where they are with lint', async ({ skip }) => {
    if (typeof installed === 'string') return skip(installed);
    installed.configure({ extends: ['conditional-requests/all'] });
    installed.write(
      'chain/index.yaml',
      "orders: {$ref: 'paths/orders.yaml'}\nitems: {$ref: 'paths/items.yaml#/items'}\n",
    );
    installed.write('chain/paths/orders.yaml', `get:\n  responses:\n    '200': ${okWithEtag}\n`);
    installed.write('chain/paths/items.yaml', `items:\n  get:\n    responses:\n      '200': ${okWithEtag}\n`);
    const entry = installed.write(
      'chain/openapi.yaml',
      "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a: {$ref: 'index.yaml#/orders'}\n  /b: {$ref: 'index.yaml#/items'}\n",
    );
    const { found } = await installed.lint(entry);
    expect(sorted(found)).toEqual(expected([entry], 'all', found));
    expect(new Set(found.map(({ file }) => basename(file)))).toEqual(new Set(['orders.yaml', 'items.yaml']));
  });

  test('a rule has the severity that the configuration gives it, or is off', async ({ skip }) => {
    if (typeof installed === 'string') return skip(installed);
    installed.configure({
      extends: ['conditional-requests/zalando'],
      rules: {
        'conditional-requests/not-modified-documented': 'error',
        'conditional-requests/not-modified-answers-precondition': 'off',
      },
    });
    const [orders] = examples.filter((file) => file.endsWith('/examples/orders.yaml')) as [string];
    const { found } = await installed.lint(orders);
    const others = ({ ruleId }: RedoclyProblem) => !/^not-modified-(?:documented|answers-precondition)$/.test(ruleId);
    expect(sorted(found.filter(others))).toEqual(
      expected([orders], 'zalando', found).filter(
        (line) => !/ not-modified-(?:documented|answers-precondition) /.test(line),
      ),
    );
    const documented = found.filter(({ ruleId }) => ruleId === 'not-modified-documented');
    expect(documented).toEqual([
      expect.objectContaining({ severity: 'error', message: expect.stringContaining('(Zalando, ') }),
    ]);
    expect(found.map(({ ruleId }) => ruleId)).not.toContain('not-modified-answers-precondition');
  });

  test('what is in .redocly.lint-ignore.yaml is ignored', async ({ skip }) => {
    if (typeof installed === 'string') return skip(installed);
    installed.configure({ extends: ['conditional-requests/rfc9110'] });
    installed.write('orders.yaml', read('examples/orders.yaml'));
    const before = await installed.run('lint', 'orders.yaml');
    expect(before).toMatchObject({ code: 1, err: expect.stringContaining('Validation failed') });
    await installed.run('lint', 'orders.yaml', '--generate-ignore-file');
    const ignored = readFileSync(join(installed.folder, '.redocly.lint-ignore.yaml'), 'utf8');
    expect(ignored).toContain('conditional-requests/not-modified-no-content');
    expect(ignored).toContain('#/paths/~1orders~1{orderId}/get/responses/304/content');
    expect((await installed.run('lint', 'orders.yaml')).code).toBe(0);
    rmSync(join(installed.folder, '.redocly.lint-ignore.yaml'));
  });

  test('the page shows what it prints', async ({ skip }) => {
    if (typeof installed === 'string') return skip(installed);
    const [, block = ''] = /```yaml\n([^`]*)```/.exec(page) ?? [];
    const { extends: extended } = parse(block) as { readonly extends: string[] };
    installed.configure({ extends: extended.filter((name) => name.startsWith('conditional-requests/')) });
    installed.write('violation.yaml', read('examples/not-modified-documented/violation.yaml'));
    const { out, err } = await installed.run('lint', 'violation.yaml');
    const [, shown = ''] = /```text\n([^`]*)```/.exec(page) ?? [];
    // Redocly 1 prints problems on standard error, and without their references.
    const wanted = version === newest ? shown : (shown.split('Reference:')[0] ?? '');
    expect(out + err).toContain(wanted.trim());
    // The whole configuration is one that Redocly accepts.
    installed.configure(parse(block));
    expect((await installed.run('lint', 'violation.yaml')).err).toContain('Validation failed');
  });

  test('a description that is too large to be checked is named, once', async ({ skip }) => {
    if (typeof installed === 'string') return skip(installed);
    installed.configure({ extends: ['conditional-requests/all'] });
    const { found } = await installed.lint(installed.write('large.yaml', shared(300, 300)));
    expect(found.map(({ message }) => message)).toEqual([
      'The description: references or aliases make it many times as large as its text, so that it is not checked: let fewer of them lead to the same things.',
    ]);
  });
});

test.skipIf(!hasCorpus)(
  'real descriptions have the same findings as with lint, at the same places',
  async ({ skip }) => {
    const installed = await InstalledRedocly.install(newest);
    if (typeof installed === 'string') return skip(installed);
    installed.configure({ extends: ['conditional-requests/all'] });
    const files = corpusRows().map(({ entry }) => join(corpus, 'docs', entry));
    const counts = { files: 0, findings: 0, refused: 0 };
    for (let from = 0; from < files.length; from += 20) {
      const batch = files.slice(from, from + 20);
      const { found, refused } = await installed.lint(...batch);
      const linted = batch.filter((file) => !refused.includes(file));
      expect(sorted(found)).toEqual(expected(linted, 'all', found));
      counts.files += linted.length;
      counts.findings += found.length;
      counts.refused += refused.length;
    }
    console.log(
      `${counts.findings} findings in ${counts.files} real descriptions; Redocly refuses ${counts.refused} others.`,
    );
    expect(counts.findings).toBeGreaterThan(1000);
    expect(counts.files).toBeGreaterThan(190);
  },
);
