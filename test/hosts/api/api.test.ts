import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { JSONPatch } from 'json-p3';
import { rolldown } from 'rolldown';
import * as api from 'spectral-conditional-requests/api';
import type { ChangedDocument, RangeEdit } from 'spectral-conditional-requests/api';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalogue } from '../../../src/catalogue.js';
import { severities } from '../../../src/guidelines/citation.js';
import { isObject, isSame } from '../../../src/json.js';
import { rulesetNames } from '../../../src/rulesets.js';
import type { Result } from '../../../src/result.js';
import { LineIndex } from '../../../src/text-editor/line-index.js';
import { folderWith, okWithEtag, read, root, severalFiles } from '../../files.js';
import { run } from '../cli/run.js';

const { fix, guidelines, lint, rules } = api;

const orders = read('examples/orders.yaml');

/** A description with one operation. */
function describing(responses: string): string {
  return `openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    get:
      responses:
        ${responses}
`;
}

/** The text after some edits, made one after the other, the last first. */
function edited(text: string, edits: readonly RangeEdit[]): string {
  const lines = new LineIndex(text);
  return edits.reduceRight((done, { range, text: after }) => {
    return done.slice(0, lines.offsetAt(range.start)) + after + done.slice(lines.offsetAt(range.end));
  }, text);
}

/** The data after a JSON Patch, applied by another program to data in which no two places share an object. */
function patched(data: unknown, { patch }: ChangedDocument): unknown {
  return new JSONPatch(patch as ConstructorParameters<typeof JSONPatch>[0]).apply(JSON.parse(JSON.stringify(data)));
}

const dataIn = (text: string): unknown => parse(text, { merge: true, maxAliasCount: -1 });

/** The descriptions that show the rules, and those that show guidelines. */
const examples = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(?:yaml|json)$/.test(path) && !path.includes('node_modules'))
  .map((path) => join('examples', path))
  .filter((path) => /^\s*["']?(?:openapi|swagger)["']?:/m.test(read(path)));

describe('lint', () => {
  test('finds in every example what the command line finds, with the same fixes', async () => {
    expect(examples.length).toBeGreaterThan(60);
    const { out } = run(root, 'lint', '-f', 'json', '--show-documentation-url', '--ruleset', 'all', ...examples);
    const results: (Result & { documentationUrl: string })[] = JSON.parse(out);
    const files = (uri: string) => read(uri.slice(root.length + 1));
    const { findings, problems } = await lint(
      examples.map((path) => ({ uri: join(root, path) })),
      { ruleset: 'all', read: files },
    );
    expect(problems).toEqual([]);
    const ours = findings.map(({ rule, severity, message, url, uri, path, range }) => {
      return { rule, severity, message, url, uri, path, range };
    });
    const theirs = results.map(({ code, severity, message, documentationUrl, source, path, range }) => {
      return { rule: code, severity: severities[severity], message, url: documentationUrl, uri: source, path, range };
    });
    const byPlace = (all: readonly { uri: string; rule: string; range: unknown }[]) =>
      all.map((one) => JSON.stringify(one, Object.keys(one).toSorted())).toSorted();
    expect(byPlace(ours)).toEqual(byPlace(theirs));
    expect(new Set(ours.map(({ rule }) => rule))).toEqual(new Set(catalogue.map(({ id }) => id)));
  });

  test('takes a text, a text with its URI, data, and a URI', async () => {
    const uri = 'apis/orders.yaml';
    const ofOrders = () => orders;
    const [first, ...others] = await Promise.all([
      lint(orders),
      lint({ text: orders, uri }),
      lint({ uri }, { read: ofOrders }),
      lint({ uri }, { read: async () => orders }),
    ]);
    expect(first?.findings.length).toBeGreaterThan(3);
    expect(first?.findings[0]?.uri).toBe('');
    for (const { findings } of others) expect(findings).toEqual(first?.findings.map((one) => ({ ...one, uri })));
    const { findings } = await lint({ data: parse(orders) });
    const bare = (all: typeof findings) => all.map((one) => ({ ...one, range: undefined })).toSorted(byRule);
    expect(bare(findings)).toEqual(bare(first?.findings ?? []));
    const text = JSON.stringify(parse(orders), null, 2);
    expect(findings).toEqual((await lint(text)).findings);

    function byRule(one: { rule: string; message: string }, other: { rule: string; message: string }): number {
      return `${one.rule}${one.message}` < `${other.rule}${other.message}` ? -1 : 1;
    }
  });

  test('counts lines and UTF-16 code units from 0, without a byte order mark', async () => {
    const text = `\uFEFF{"😀": 1, "openapi": "3.0.3", "paths": {"/a": {"get": {"responses": {"200": {"headers": {"ETag": {"example": "33a6"}}}}}}}}`;
    const { findings } = await lint(text);
    const [{ range }] = findings.filter(({ message }) => message.includes('33a6')) as [api.RuleFinding];
    const shown = text.slice(1);
    expect(range.start).toEqual({ line: 0, character: shown.indexOf('"33a6"') });
    expect(range.end).toEqual({ line: 0, character: shown.indexOf('"33a6"') + 6 });
  });

  describe('follows $refs', () => {
    test.each([
      ['names', (name: string) => name],
      ['names below a folder', (name: string) => `apis/v1/${name}`],
      ['URLs', (name: string) => `https://example.com/apis/${name}`],
      ['file URLs', (name: string) => `file:///apis/${name}`],
      ['URIs of the caller', (name: string) => `memory:/apis/${name}`],
    ])('between documents with %s, as the command line does between files', async (_, uriOf) => {
      const texts = new Map(Object.entries(severalFiles).map(([name, text]) => [uriOf(name), text]));
      const asked: string[] = [];
      const result = await lint(
        { uri: uriOf('openapi.yaml') },
        {
          read: async (uri) => {
            asked.push(uri);
            return texts.get(uri);
          },
        },
      );
      expect(new Set(asked).size).toBe(asked.length);
      expect({ problems: result.problems, unread: result.unread }).toEqual({ problems: [], unread: [] });
      const folder = folderWith(severalFiles);
      const { out } = run(folder, 'lint', '-f', 'json', 'openapi.yaml');
      const theirs = (JSON.parse(out) as Result[]).map(({ code, source, range }) => {
        return JSON.stringify([code, uriOf(source.slice(folder.length + 1)), range]);
      });
      const ours = result.findings.map(({ rule, uri, range }) => JSON.stringify([rule, uri, range]));
      expect(ours.toSorted()).toEqual(theirs.toSorted());
      expect(new Set(result.findings.map(({ uri }) => uri)).size).toBeGreaterThan(1);
    });

    const referring = describing(`'200': {$ref: 'a%20b.yaml#/ok'}`);
    const shared = `ok: ${okWithEtag}\n`;

    test.each(['a b.yaml', 'a%20b.yaml'])('to a name as it is written or decoded: %s', async (name) => {
      const { findings } = await lint(referring, { read: (uri) => (uri === name ? shared : undefined) });
      expect(findings.map(({ rule }) => rule)).toContain('not-modified-documented');
    });

    test.each([
      ['apis/orders.yaml', '../shared/a.yaml', 'shared/a.yaml'],
      ['orders.yaml', '../../a.yaml', '../../a.yaml'],
      ['/apis/orders.yaml', '../../a.yaml', '/a.yaml'],
      ['apis/orders.yaml', '/shared/./a.yaml', '/shared/a.yaml'],
      ['https://example.com/apis/orders.yaml', '../a.yaml', 'https://example.com/a.yaml'],
      ['apis/orders.yaml', 'https://example.com/a.yaml', 'https://example.com/a.yaml'],
    ])('relative to the document that they stand in: in %s, %s is %s', async (uri, reference, wanted) => {
      const asked: string[] = [];
      const note = (address: string) => void asked.push(address);
      await lint({ text: describing(`'200': {$ref: '${reference}#/ok'}`), uri }, { read: note });
      expect(asked).toEqual([wanted]);
    });

    test('and names what it has not read for want of a function', async () => {
      const { problems, unread } = await lint(referring);
      expect({ problems, unread }).toEqual({ problems: [], unread: ['a%20b.yaml', 'a b.yaml'] });
    });

    test.each<[string, api.ReadDocument, string]>([
      ['is not there', () => undefined, 'there is no such document'],
      ['cannot be read', () => Promise.reject(new Error('the disk is full')), 'the disk is full'],
    ])('and reports one that %s where the $ref stands', async (_, reader, reason) => {
      const { problems } = await lint({ text: referring, uri: 'openapi.yaml' }, { read: reader });
      const [problem] = problems;
      expect(problem).toMatchObject({ code: 'invalid-ref', uri: 'openapi.yaml', range: { start: { line: 6 } } });
      expect(problem?.message).toContain(reason);
    });
  });

  test('reports as problems what is no description', async () => {
    const codes = async (input: api.DescriptionInput) =>
      (await lint(input)).problems.map(({ code, message }) => `${code}: ${message}`);
    expect(await codes('a: [')).toEqual([expect.stringMatching(/^parser: /)]);
    expect(await codes('a: b')).toEqual([expect.stringMatching(/^unrecognized-format: Not an OpenAPI description/)]);
    expect(await codes({ uri: 'a.yaml' })).toEqual(['unreadable: was not read: pass the option `read`']);
    expect(await codes(`${'['.repeat(20_000)}`)).toEqual([expect.stringMatching(/^(?:unreadable|parser): /)]);
  });

  test('has the fix of each finding if it is asked to', async () => {
    const { findings } = await lint({ text: orders, uri: 'orders.yaml' }, { fixes: true });
    const fixable = findings.filter((finding) => finding.fix !== undefined);
    expect(fixable.length).toBeGreaterThan(2);
    for (const { rule, message, fix: own } of fixable) {
      const after = await lint(edited(orders, own?.edits ?? []));
      expect(after.findings.filter((one) => one.rule === rule && one.message === message)).toEqual([]);
    }
    expect((await lint(orders)).findings.some((finding) => 'fix' in finding)).toBe(false);
  });

  describe('follows the ruleset', () => {
    test.each(rulesetNames)('%s', async (name) => {
      const { findings } = await lint(orders, { ruleset: name });
      const on = new Map(
        name === 'recommended' || name === 'all'
          ? rules.map(({ id, recommended, severity }) => [id, name === 'all' ? severity : recommended])
          : guidelines.find((guideline) => guideline.name === name)?.rules.map(({ id, severity }) => [id, severity]),
      );
      for (const { rule, severity } of findings) expect([rule, severity]).toEqual([rule, on.get(rule)]);
    });

    test('with severities changed', async () => {
      const all = await lint(orders);
      const { findings } = await lint(orders, {
        rules: { 'not-modified-documented': 'hint', 'not-modified-no-content': 'off', 'cacheable-varies': 'warn' },
      });
      const severitiesOf = (id: string) => findings.filter(({ rule }) => rule === id).map(({ severity }) => severity);
      expect(all.findings.map(({ rule }) => rule)).toContain('not-modified-no-content');
      expect(severitiesOf('not-modified-no-content')).toEqual([]);
      expect(new Set(severitiesOf('not-modified-documented'))).toEqual(new Set(['hint']));
    });

    test('of one’s own guideline, which findings name and link', async () => {
      const { findings } = await lint(orders, {
        ruleset: {
          who: 'Example',
          title: 'Guideline',
          url: 'https://example.com/api',
          rules: { 'not-modified-documented': { level: 'MUST', section: '4.2 Reads', anchor: 'reads' } },
        },
      });
      expect(findings.length).toBeGreaterThan(0);
      for (const { message, severity, url } of findings)
        expect({ message, severity, url }).toEqual({
          message: expect.stringContaining('Example §4.2'),
          severity: 'error',
          url: 'https://example.com/api#reads',
        });
    });
  });

  const guideline = { who: 'Example', title: 'Guideline', url: 'https://example.com/api' };

  test.each<[string, Parameters<typeof lint>, string]>([
    [
      'an unknown ruleset',
      [orders, { ruleset: 'zalndo' as 'zalando' }],
      "Unknown ruleset 'zalndo': did you mean zalando?",
    ],
    ['an unknown rule', [orders, { rules: { 'not-modified': 'off' } }], "Unknown rule 'not-modified'"],
    [
      'an unknown severity',
      [orders, { rules: { 'not-modified-documented': 'warning' as 'warn' } }],
      "Unknown severity 'warning' of not-modified-documented: use error, warn, info, hint or off.",
    ],
    [
      'a mistake in a guideline',
      [orders, { ruleset: { ...guideline, rules: { 'not-modified-documented': { level: 'PERHAPS' } } } }],
      "The guideline: rules: not-modified-documented: level: unknown level 'PERHAPS'",
    ],
    [
      'a description of no form',
      [{} as { uri: string }],
      'A description is a text, or an object with `text`, `data` or `uri`.',
    ],
    ['data that is no JSON', [{ data: { openapi: 1n } }], 'The data of a description must be JSON'],
    ['one URI twice', [[orders, orders]], "Two descriptions have the URI ''."],
  ])('throws a TypeError for %s', async (_, args, message) => {
    const failing = lint(...args);
    await expect(failing).rejects.toThrow(TypeError);
    await expect(failing).rejects.toThrow(message);
  });
});

describe('fix', () => {
  const withAliases = describing(`'200': &ok ${okWithEtag}
        '304': {description: n, content: {a/b: {}}}
  /b:
    get:
      responses:
        '200': *ok
        '304': &none {description: n, content: {a/b: {}}}
  /c:
    get:
      responses:
        '200': *ok
        '304': *none
    head: {responses: {'200': *ok}}`);

  const cases = [
    ...examples.map((path) => [path, read(path)] as const),
    ['JSON', JSON.stringify(parse(orders))] as const,
    ['a text with a byte order mark and line breaks of Windows', `\uFEFF${orders.replaceAll('\n', '\r\n')}`] as const,
    ['a text with aliases', withAliases] as const,
  ];

  test.each(cases)('gives the same in three forms: %s', async (_, text) => {
    for (const settings of [{}, { suggested: true, remove: true }, { only: catalogue.map(({ id }) => id) }]) {
      const { changed, problems } = await fix(text, { ruleset: 'all', ...settings });
      expect(problems).toEqual([]);
      for (const document of changed) {
        const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
        expect(mark + edited(text.slice(mark.length), document.edits)).toBe(document.text);
        expect(document.text).not.toBe(text);
        expect(isSame(patched(dataIn(text), document), dataIn(document.text))).toBe(true);
      }
    }
  });

  test('makes what the command line makes', async () => {
    for (const [flags, settings] of [
      [[], {}],
      [['--suggested'], { suggested: true }],
      [['--suggested', '--remove'], { suggested: true, remove: true }],
      [['--rule', 'not-modified-documented'], { only: ['not-modified-documented'] }],
    ] as const) {
      const folder = folderWith({ 'orders.yaml': orders });
      run(folder, 'fix', ...flags, 'orders.yaml');
      const { changed } = await fix(orders, settings);
      expect(changed[0]?.text ?? orders).toBe(readFileSync(join(folder, 'orders.yaml'), 'utf8'));
    }
  });

  test('says what became of each finding', async () => {
    const before = await lint(orders);
    const { changed, outcomes } = await fix(orders, { suggested: true });
    const fixed = outcomes.filter(({ outcome }) => outcome === 'fixed');
    expect(fixed.length).toBeGreaterThan(2);
    const after = await lint(changed[0]?.text ?? '');
    const left = outcomes.filter(({ outcome }) => outcome !== 'fixed').map(({ message }) => message);
    expect(after.findings.map(({ message }) => message).toSorted()).toEqual([...new Set(left)].toSorted());
    expect(before.findings.length).toBeGreaterThan(after.findings.length);
    expect(outcomes.every(({ outcome, reason }) => (outcome === 'declined') === (reason !== undefined))).toBe(true);
  });

  test('patches data, which is the new text', async () => {
    const data = parse(orders);
    const { changed } = await fix({ data }, { suggested: true });
    const [document] = changed as [ChangedDocument];
    expect(patched(data, document)).toEqual(JSON.parse(document.text));
  });

  test('changes other documents only where it may', async () => {
    const texts = new Map(Object.entries(severalFiles));
    const settings = { read: (uri: string) => texts.get(uri), suggested: true, only: ['not-modified-documented'] };
    const entry = { uri: 'openapi.yaml' };
    const alone = await fix(entry, settings);
    const uris = (result: typeof alone) => result.changed.map(({ uri }) => uri).toSorted();
    expect(uris(alone).filter((uri) => uri !== entry.uri)).toEqual([]);
    expect(alone.outcomes.filter(({ outcome }) => outcome === 'declined').map(({ reason }) => reason)).toContain(
      'its document is not among those that may be changed',
    );
    const all = await fix(entry, { ...settings, mayChange: () => true });
    expect(uris(all).length).toBeGreaterThan(1);
    const after = new Map([...texts, ...all.changed.map(({ uri, text }) => [uri, text] as const)]);
    const { findings } = await lint(entry, { read: (uri) => after.get(uri) });
    expect(findings.filter(({ rule }) => rule === 'not-modified-documented')).toEqual([]);
  });

  test('fixes nothing if one of the descriptions is broken', async () => {
    const { changed, problems, outcomes } = await fix([
      { text: orders, uri: 'a' },
      { text: 'openapi: [', uri: 'b' },
    ]);
    expect({ changed, outcomes }).toEqual({ changed: [], outcomes: [] });
    expect(problems).toEqual([expect.objectContaining({ code: 'parser', uri: 'b' })]);
  });

  test('leaves a description alone in which an object has a name twice, and says so', async () => {
    const twice = orders.replace('paths:', 'openapi: 3.0.3\npaths:');
    const { changed, problems } = await fix([
      { text: twice, uri: 'a' },
      { text: orders, uri: 'b' },
    ]);
    expect(changed.map(({ uri }) => uri)).toEqual(['b']);
    expect(problems).toEqual([
      expect.objectContaining({ code: 'parser', uri: 'a', message: 'Duplicate key: openapi' }),
    ]);
  });

  test('throws a TypeError for an unknown rule', async () => {
    await expect(fix(orders, { only: ['not-modified-documentd'] })).rejects.toThrow(
      new TypeError("Unknown rule 'not-modified-documentd': did you mean not-modified-documented?"),
    );
  });
});

describe('the catalogue as data', () => {
  test('can be written as JSON, and has an address for every citation', () => {
    expect(JSON.parse(JSON.stringify({ rules, guidelines }))).toEqual({ rules, guidelines });
    expect(rules.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id));
    for (const { id, citations } of rules) {
      expect([id, citations.length]).not.toEqual([id, 0]);
      for (const { url, level } of citations)
        expect([URL.canParse(url), level]).toEqual([true, expect.stringMatching(/./)]);
    }
  });

  test('says of each guideline which rules it has, and which it contradicts', () => {
    const zalando = guidelines.find(({ name }) => name === 'zalando');
    expect(zalando).toMatchObject({ who: 'Zalando', url: expect.stringMatching(/^https:/) });
    expect(zalando?.rules).toContainEqual({ id: 'not-modified-documented', severity: expect.any(String) });
    for (const { rules: asked, contradicts } of guidelines)
      for (const { id } of contradicts) expect(asked.map((one) => one.id)).not.toContain(id);
  });
});

describe('the module', () => {
  const script = (load: string) => `${load}
lint(${JSON.stringify(orders)}).then(({ findings }) => console.log(findings.length, rules.length));`;

  test.each([
    ['an ES module', 'module', `import { lint, rules } from 'spectral-conditional-requests/api';`],
    ['a CommonJS module', 'commonjs', `const { lint, rules } = require('spectral-conditional-requests/api');`],
  ])('loads from %s', async (_, type, load) => {
    const args = [`--input-type=${type}`, '--no-warnings', '-e', script(load)];
    const out = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    expect(out.trim()).toBe(`${(await lint(orders)).findings.length} ${rules.length}`);
  });

  test('reaches no module of Node when it is bundled for a browser', async () => {
    const entry = createRequire(import.meta.url).resolve('spectral-conditional-requests/api');
    const bundle = await rolldown({ input: entry, platform: 'browser', logLevel: 'silent' });
    const { output } = await bundle.generate({ format: 'es' });
    expect(output.map(({ type }) => type)).toEqual(['chunk']);
    const [{ code, imports, dynamicImports }] = output;
    expect([...imports, ...dynamicImports]).toEqual([]);
    expect(/\bnode:[a-z]|\brequire\(|\bprocess\.|\bBuffer\.|__dirname/.exec(code)?.[0]).toBeUndefined();
  });

  test('exports two functions and two lists', () => {
    expect(Object.keys(api).toSorted()).toEqual(['fix', 'guidelines', 'lint', 'rules']);
    expect(isObject(rules[0])).toBe(true);
  });
});
