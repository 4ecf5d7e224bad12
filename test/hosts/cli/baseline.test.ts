import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { folderWith, okWithEtag } from '../../files.js';
import { lintInProcess } from './lint-in-process.js';
import { run } from './run.js';

const name = '.conditional-requests-baseline.json';
const head = `openapi: 3.0.3\ninfo: {title: T, version: '1'}\n`;
const takes = '{name: If-None-Match, in: header, schema: {type: string}}';

/** An operation that lacks a 304, and nothing else. */
const lacking = (path: string) =>
  `  ${path}:\n    get:\n      parameters:\n      - ${takes}\n      responses:\n        '200': ${okWithEtag}\n`;
const description = (...paths: string[]) => `${head}paths:\n${paths.map(lacking).join('')}`;

/** What `lint` reports: the names of the operations, and what it says about the baseline. */
async function linted(folder: string, ...args: string[]) {
  const { status, out, err } = await lintInProcess(folder, '-F', 'hint', '-f', 'json', ...args);
  const results: { message: string; code: string }[] = JSON.parse(out);
  const found = results.map(({ code, message }) => / on (\w+ [^:]+):/.exec(message)?.[1] ?? code);
  return { status, found, said: err };
}

/** A folder in which all that is found is held back. */
async function folderWithBaseline(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = folderWith(files);
  mkdirSync(join(folder, '.git'));
  expect((await lintInProcess(folder, '-q', '--update-baseline')).status).toBe(0);
  return folder;
}

const heldBack = (count: number) => `Held back by ${name}: ${count} finding${count === 1 ? '' : 's'}\n`;
const silent = (count: number) => ({ status: 0, found: [], said: heldBack(count) });

function edit(folder: string, file: string, change: (text: string) => string): void {
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
}

describe('lint with a baseline', () => {
  test('reports only what is new, and says how much is held back', async () => {
    const folder = await folderWithBaseline({ 'a.yaml': description('/a', '/b') });
    expect(await linted(folder)).toEqual(silent(2));
    edit(folder, 'a.yaml', (text) => text + lacking('/c'));
    expect(await linted(folder)).toEqual({ status: 1, found: ['GET /c'], said: heldBack(2) });
    expect(run(folder, 'lint', '-q').err).toBe('');
  });

  test('says so when it writes one, and holds back what it has just written', async () => {
    const folder = folderWith({ 'a.yaml': description('/a', '/b') });
    const written = { status: 0, found: [], said: `Written: ${name}, with 2 entries\n` };
    expect(await linted(folder, '--update-baseline')).toEqual(written);
    expect(readFileSync(join(folder, name), 'utf8')).toBe(`{
  "conditional-requests-baseline": 1,
  "entries": [
    {"file":"a.yaml","about":"GET /a responses/304","rule":"not-modified-documented"},
    {"file":"a.yaml","about":"GET /b responses/304","rule":"not-modified-documented"},
    "end"
  ]
}
`);
    expect(await linted(folder, '--update-baseline')).toEqual(written);
  });

  test.each<[string, (text: string) => string]>([
    ['moved', (text) => text.replace('paths:', '# a comment\n\n\ntags: []\npaths:')],
    ['indented', (text) => stringify(parse(text), { indent: 4, indentSeq: true })],
    ['reordered', () => `paths:\n${lacking('/b')}${lacking('/a')}info: {version: '1', title: T}\nopenapi: 3.0.3\n`],
    ['extended', (text) => text.replaceAll('responses:', 'operationId: x\n      deprecated: true\n      responses:')],
    [
      'reordered in its lists',
      (text) =>
        text.replaceAll(
          `      - ${takes}\n`,
          `      - {name: q, in: query, schema: {type: string}}\n      - ${takes}\n`,
        ),
    ],
  ])('holds back what was %s', async (_, change) => {
    const folder = await folderWithBaseline({ 'a.yaml': description('/a', '/b') });
    edit(folder, 'a.yaml', change);
    expect(await linted(folder)).toEqual(silent(2));
  });

  test('holds back what was converted to JSON, and not a copy', async () => {
    const folder = await folderWithBaseline({ 'a.yaml': description('/a', '/b') });
    const json = JSON.stringify(parse(description('/b', '/a')));
    writeFileSync(join(folder, 'a.json'), json);
    expect(await linted(folder)).toEqual({ status: 1, found: ['GET /b', 'GET /a'], said: heldBack(2) });
    rmSync(join(folder, 'a.yaml'));
    expect(await linted(folder)).toEqual(silent(2));
    run(folder, 'lint', '--update-baseline');
    expect(readFileSync(join(folder, name), 'utf8')).not.toContain('a.yaml');
    renameSync(join(folder, 'a.json'), join(folder, 'a.yml'));
    expect(await linted(folder)).toEqual(silent(2));
  });

  test('reports the copy of an operation, on another path or in another file', async () => {
    const folder = await folderWithBaseline({ 'a.yaml': description('/a') });
    edit(folder, 'a.yaml', () => description('/a', '/copy'));
    writeFileSync(join(folder, 'b.yaml'), description('/a'));
    expect(await linted(folder)).toEqual({ status: 1, found: ['GET /copy', 'GET /a'], said: heldBack(1) });
  });

  test('counts what is wrong in a shared component once, whoever uses it', async () => {
    const user = (path: string) =>
      `  ${path}:\n    get: {parameters: [${takes}], responses: {'200': ${okWithEtag}, '304': {$ref: 'shared.yaml#/Same'}}}\n`;
    const shared = `Same: {description: same, headers: {ETag: {schema: {type: string}}}, content: {text/plain: {}}}\n`;
    const folder = await folderWithBaseline({ 'a.yaml': `${head}paths:\n${user('/a')}`, 'shared.yaml': shared });
    expect(readFileSync(join(folder, name), 'utf8')).toContain(
      '{"file":"shared.yaml","about":"#/Same/content","rule":"not-modified-no-content"}',
    );
    writeFileSync(join(folder, 'b.yaml'), `${head}paths:\n${user('/b')}${user('/c')}`);
    expect(await linted(folder)).toEqual(silent(1));
  });

  test('reports what is left when one of several missing members was added', async () => {
    const text = `${head}paths:\n  /a: {get: {parameters: [${takes}], responses: {'200': ${okWithEtag}, '304': {description: same, headers: {ETag: {schema: {type: string}}}}}}}\n`;
    const folder = folderWith({ 'a.yaml': text });
    run(folder, 'lint', '-q', '-r', 'zalando', '--update-baseline');
    const without = readFileSync(join(folder, name), 'utf8');
    expect(without).toContain('GET /a responses/200/headers/Cache-Control');
    edit(folder, 'a.yaml', () => text.replace('headers: {ETag', `headers: {Vary: {schema: {type: string}}, ETag`));
    const { status, said } = await linted(folder, '-r', 'zalando');
    expect(status).toBe(0);
    expect(said).toContain('  a.yaml  GET /a responses/200/headers/Vary  cacheable-declares-fields\n');
  });

  test('holds back a `$ref` that leads nowhere, and no error of syntax', async () => {
    const lost = `${head}paths:\n  /a: {get: {responses: {'304': {$ref: '#/nowhere'}}}}\n`;
    const folder = await folderWithBaseline({ 'a.yaml': lost });
    expect(await linted(folder)).toEqual(silent(1));
    edit(folder, 'a.yaml', (text) => `${text}x: [\n`);
    expect((await linted(folder)).status).toBe(2);
    expect((await linted(folder, '--update-baseline')).found).toContain('parser');
  });

  test('holds back nothing that the description makes an exception for', async () => {
    const folder = await folderWithBaseline({ 'a.yaml': description('/a', '/b') });
    edit(folder, 'a.yaml', (text) =>
      text.replace('    get:\n', '    get:\n      x-conditional-requests-ignore: not-modified-documented\n'),
    );
    expect((await linted(folder)).said).toBe(
      `${heldBack(1)}Stale in ${name}: 1 entry for what is no longer found (--prune-baseline removes them)\n  a.yaml  GET /a responses/304  not-modified-documented\n`,
    );
  });
});

describe('an entry of a baseline is stale', () => {
  const stale = `Stale in ${name}: 1 entry for what is no longer found (--prune-baseline removes them)\n  a.yaml  GET /b responses/304  not-modified-documented\n`;

  test('if what it lists is no longer found: --strict-baseline fails, --prune-baseline removes it', async () => {
    const folder = await folderWithBaseline({ 'a.yaml': description('/a', '/b'), 'c.yaml': description('/a') });
    edit(folder, 'a.yaml', () => description('/a'));
    expect(await linted(folder)).toEqual({ ...silent(2), said: heldBack(2) + stale });
    expect(await linted(folder, '--strict-baseline')).toEqual({ status: 1, found: [], said: heldBack(2) + stale });
    expect(run(folder, 'lint', '-q', '--strict-baseline')).toEqual({ status: 1, out: '', err: heldBack(2) + stale });
    const removed = stale.replace('Stale in', 'Removed from').replace(' (--prune-baseline removes them)', '');
    expect(await linted(folder, '--prune-baseline', '--strict-baseline')).toEqual({
      ...silent(2),
      said: heldBack(2) + removed,
    });
    expect(await linted(folder, '--strict-baseline')).toEqual(silent(2));
    expect(readFileSync(join(folder, name), 'utf8')).not.toContain('/b');
  });

  test('not if its file was not linted, or its rule is off', async () => {
    const folder = await folderWithBaseline({ 'a.yaml': description('/a', '/b'), 'c.yaml': description('/c') });
    edit(folder, 'a.yaml', () => description());
    expect(await linted(folder, '--strict-baseline', 'c.yaml')).toEqual(silent(1));
    expect(await linted(folder, '--strict-baseline', '*.yaml', '!a.yaml')).toEqual(silent(1));
    expect((await linted(folder, '--strict-baseline', '-r', 'cisco')).status).toBe(0);
    expect((await linted(folder, '--strict-baseline', 'a.yaml')).status).toBe(1);
  });

  test('not if another description may need it in a file that they share; but if all were linted', async () => {
    const user = (path: string, part: string) =>
      `${head}paths:\n  ${path}:\n    get: {parameters: [${takes}], responses: {'200': ${okWithEtag}, '304': {$ref: 'shared.yaml#/${part}'}}}\n`;
    const wrong = '{description: same, headers: {ETag: {schema: {type: string}}}, content: {text/plain: {}}}';
    const files = { 'a.yaml': user('/a', 'A'), 'b.yaml': user('/b', 'B'), 'shared.yaml': `A: ${wrong}\nB: ${wrong}\n` };
    const folder = await folderWithBaseline(files);
    expect(await linted(folder, '--strict-baseline', 'a.yaml')).toEqual(silent(1));
    edit(folder, 'shared.yaml', () => `A: ${wrong}\nB: ${wrong.replace(', content: {text/plain: {}}', '')}\n`);
    expect(await linted(folder, '--strict-baseline', 'a.yaml', 'b.yaml')).toEqual(silent(1));
    expect(await linted(folder, '--strict-baseline')).toMatchObject({ status: 1, found: [] });
  });

  test('if its file is gone and the whole folder was linted', async () => {
    const folder = await folderWithBaseline({ 'apis/a.yaml': description('/a'), 'apis/c.yaml': description('/c') });
    rmSync(join(folder, 'apis/c.yaml'));
    expect(await linted(folder, '--strict-baseline', 'apis/a.yaml')).toEqual(silent(1));
    expect((await linted(folder, '--strict-baseline', 'apis')).status).toBe(1);
  });

  test('--update-baseline keeps what was not linted', async () => {
    const folder = await folderWithBaseline({ 'a.yaml': description('/a', '/b'), 'c.yaml': description('/c') });
    edit(folder, 'a.yaml', () => description('/b', '/d'));
    run(folder, 'lint', '--update-baseline', 'a.yaml');
    expect(await linted(folder, '--strict-baseline')).toEqual(silent(3));
  });
});

describe('the baseline', () => {
  test('of a folder above counts up to the root of the repository; another may be named', async () => {
    const folder = await folderWithBaseline({ 'apis/one/a.yaml': description('/a') });
    const inside = join(folder, 'apis/one');
    expect((await linted(inside)).said).toBe(`Held back by ../../${name}: 1 finding\n`.replace('../../', `${folder}/`));
    rmSync(join(folder, '.git'), { recursive: true });
    expect(await linted(inside)).toEqual({ status: 1, found: ['GET /a'], said: '' });
    expect((await linted(inside, '--baseline', '../../other.json', '--update-baseline')).status).toBe(0);
    expect(existsSync(join(folder, 'other.json'))).toBe(true);
    expect((await linted(inside, '--baseline', '../../other.json')).status).toBe(0);
    expect(run(inside, 'lint', '--baseline', 'no.json')).toEqual({
      status: 2,
      out: '',
      err: 'no.json: no such baseline; --update-baseline writes one\n',
    });
    expect(run(inside, 'lint', '--prune-baseline').err).toBe(
      'There is no baseline to prune: --update-baseline writes one.\n',
    );
  });

  test('can be merged: two additions do not conflict, and a comma behind each entry does no harm', async () => {
    const folder = await folderWithBaseline({ 'a.yaml': description('/a', '/b') });
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    const doubled = lines.flatMap((line) => (line.includes('"rule"') ? [line, line] : [line])).join('\n');
    writeFileSync(join(folder, name), doubled);
    expect(await linted(folder)).toEqual(silent(2));
  });

  const remedy = 'Mend it, or delete it and write it anew with lint --update-baseline.';
  test.each([
    [
      'that is no JSON',
      '{\n  "conditional-requests-baseline": 1\n  "entries": []}',
      `:3:3: not JSON: Expected a comma before what comes next`,
    ],
    ['with a conflict', '{\n<<<<<<< HEAD\n', ':2:1: a merge has left a conflict here: keep the entries of both sides'],
    [
      'of another program',
      '{"version": 3}',
      ':1:1: this is no baseline: it does not say `"conditional-requests-baseline": 1`',
    ],
    ['that is a list', '[]', ':1:1: this is no baseline: it does not say `"conditional-requests-baseline": 1`'],
    [
      'of a newer version',
      '{\n "conditional-requests-baseline": 2}',
      ':2:35: a newer version of this package wrote it, in format 2; this one reads 1',
    ],
    ['of an unknown version', '{"conditional-requests-baseline": "x"}', ':1:35: expected 1 instead of "x"'],
    ['without entries', '{"conditional-requests-baseline": 1}', ':1:1: expected a list of entries'],
    ['with other entries', '{"conditional-requests-baseline": 1, "entries": {}}', ':1:48: expected a list of entries'],
    [
      'with a broken entry',
      '{"conditional-requests-baseline": 1, "entries": [\n{"rule": "x"}]}',
      ':2:1: expected an entry with file, about and rule, each a text',
    ],
  ])('%s is an error with place and remedy, and stays as it is', async (_, text, reason) => {
    const folder = folderWith({ 'a.yaml': description('/a'), [name]: text });
    const err = `${folder}/${name}${reason}. ${remedy}\n`;
    expect(run(folder, 'lint')).toEqual({ status: 2, out: '', err });
    expect(run(folder, 'lint', '--update-baseline')).toEqual({ status: 2, out: '', err });
    expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  });
});

test('SARIF contains what is held back, as unchanged and suppressed', async () => {
  const folder = await folderWithBaseline({ 'a.yaml': description('/a') });
  edit(folder, 'a.yaml', (text) => text + lacking('/b'));
  const [{ results }] = JSON.parse(run(folder, 'lint', '-q', '-f', 'sarif').out).runs;
  expect(results.map(({ baselineState, suppressions }: never) => [baselineState, suppressions])).toEqual([
    ['new', []],
    ['unchanged', [{ kind: 'external' }]],
  ]);
});

test('fix mends what the baseline holds back, and the entry is stale then', async () => {
  const folder = await folderWithBaseline({ 'a.yaml': description('/a') });
  expect(run(folder, 'fix', '--suggested', 'a.yaml').out).toContain('fixed 1');
  expect((await linted(folder, '--strict-baseline')).status).toBe(1);
  expect(await linted(folder, '--prune-baseline')).toMatchObject({ status: 0, found: [] });
});
