import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, okWithEtag, projectWith, root } from '../../files.js';
import { lintInProcess } from './lint-in-process.js';
import { run } from './run.js';

const head = `openapi: 3.0.3\ninfo: {title: T, version: '1'}\n`;
const rule = 'not-modified-documented';

/** A description in which a GET lacks a 304, and nothing else is wrong. */
const takes = '{name: If-None-Match, in: header, schema: {type: string}}';
const get = (before = '', path = '/a') =>
  `  ${path}:\n    get:\n      parameters:\n      - ${takes}\n${before}      responses:\n        '200': ${okWithEtag}\n`;
const lacking = `${head}paths:\n${get()}`;

/** What `lint` reports: line, rule and message. */
async function found(folder: string, ...args: string[]): Promise<string[]> {
  const { out, err } = await lintInProcess(folder, '-f', 'json', ...args);
  expect(err).toBe('');
  const results: { source: string; code: string; message: string; range: { start: { line: number } } }[] =
    JSON.parse(out);
  return results.map(({ source, code, message, range }) => {
    const file = source.replace(`${folder}/`, '');
    return `${file}:${range.start.line + 1} ${code}${code.endsWith('-ignore') ? `: ${message}` : ''}`;
  });
}

function foundIn(text: string, ...args: string[]): Promise<string[]> {
  return found(folderWith({ 'a.yaml': text }), ...args);
}

test('without an exception there is one finding', async () => {
  expect(await foundIn(lacking)).toEqual(['a.yaml:8 not-modified-documented']);
});

describe('an exception in the description', () => {
  test.each([
    ['a rule id', `x-conditional-requests-ignore: ${rule}`],
    ['a list', `x-conditional-requests-ignore: [${rule}]`],
    ['an object with a reason', `x-conditional-requests-ignore: {${rule}: the gateway answers}`],
  ])('may be %s', async (_, extension) => {
    expect(await foundIn(lacking.replace('    get:\n', `    get:\n      ${extension}\n`))).toEqual([]);
    expect(await foundIn(lacking.replace('paths:', `${extension}\npaths:`))).toEqual([]);
  });

  test('is heeded by spectral lint', async () => {
    const extension = `x-conditional-requests-ignore: {${rule}: the gateway answers}`;
    const folder = projectWith({
      '.spectral.yaml': 'extends: spectral-conditional-requests\n',
      'a.yaml': lacking,
      'b.yaml': lacking.replace('    get:\n', `    get:\n      ${extension}\n`),
    });
    const spectral = join(root, 'node_modules/.bin/spectral');
    const [without, excepted] = ['a.yaml', 'b.yaml'].map((file) =>
      spawnSync(spectral, ['lint', '-q', '-f', 'json', file], { cwd: folder, encoding: 'utf8' }),
    );
    expect(without?.stdout).toContain(rule);
    expect(excepted?.stdout).toBe('[]');
  });

  test('may stand in an overlay', async () => {
    const overlay = `overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions:\n- target: $.paths['/a'].get\n  update: {x-conditional-requests-ignore: ${rule}}\n`;
    const folder = folderWith({ 'a.yaml': lacking, 'o.yaml': overlay });
    expect(await found(folder, '--overlay', 'o.yaml', 'a.yaml')).toEqual([]);
    const needless = overlay.replace(rule, 'head-no-content');
    expect(await found(folderWith({ 'a.yaml': lacking, 'o.yaml': needless }), '--overlay', 'o.yaml', 'a.yaml')).toEqual(
      [
        'a.yaml:8 not-modified-documented',
        'o.yaml:5 unused-ignore: Unused exception: head-no-content finds nothing here that it would except',
      ],
    );
  });
});

describe('an exception in a comment', () => {
  const comment = `# conditional-requests-ignore-next-line`;
  const above = (text: string) => `${head}paths:\n${get(text)}`;

  test.each([
    ['for one rule', `      ${comment} ${rule}\n`],
    ['with a reason', `      ${comment} ${rule} -- the gateway answers\n`],
    ['above another comment and an empty line', `      ${comment} ${rule}\n      # more\n\n`],
    ['without indentation', `${comment} ${rule}\n`],
    ['at the end of a line', `      description: more ${comment} ${rule}\n`],
  ])('holds for the next line: %s', async (_, text) => {
    expect(await foundIn(above(text))).toEqual([]);
    expect(await foundIn(above(text).replaceAll('\n', '\r\n'))).toEqual([]);
    expect(await foundIn(`\uFEFF${above(text)}`)).toEqual([]);
  });

  test.each([
    ['in the text of a description', `      description: |\n        ${comment} ${rule}\n`],
    ['in quotation marks', `      description: "a ${comment} ${rule}"\n`],
    ['two lines above', `      ${comment} ${rule}\n      deprecated: true\n`],
    ['with another word', `      ${comment}s ${rule}\n`],
  ])('does not hold %s', async (_, text) => {
    expect((await foundIn(above(text))).filter((one) => !one.includes('unused'))).toHaveLength(1);
  });

  test('is only a text in JSON', async () => {
    const json = `{"openapi": "3.0.3", "info": {"title": "T", "version": "1", "description": "${comment} x"}, "paths": {}}`;
    expect(await found(folderWith({ 'a.json': json }))).toEqual([]);
  });
});

describe('lint warns of', () => {
  test('an exception that nothing needs', async () => {
    const text = `${head}paths:\n${get('      # conditional-requests-ignore-next-line head-no-content\n')}`;
    expect(await foundIn(`${text}x-conditional-requests-ignore: [${rule}, not-modified-no-content]\n`)).toEqual([
      'a.yaml:8 unused-ignore: Unused exception: head-no-content finds nothing here that it would except',
      'a.yaml:11 unused-ignore: Unused exception: not-modified-no-content finds nothing here that it would except',
    ]);
  });

  test('an unknown rule, with the nearest name, and a value of the wrong type', async () => {
    const extension = `x-conditional-requests-ignore:\n- not-modified-documentd\n- 42\n`;
    const comments =
      '# conditional-requests-ignore-next-line nothing-like-it\n# conditional-requests-ignore-next-line\n';
    expect(
      await foundIn(`${lacking}${extension}${comments}x-a: {x-conditional-requests-ignore: {${rule}: 42}}\n`),
    ).toEqual([
      'a.yaml:8 not-modified-documented',
      'a.yaml:11 invalid-ignore: Unknown rule not-modified-documentd: did you mean not-modified-documented?',
      'a.yaml:12 invalid-ignore: Expected the id of a rule instead of 42',
      'a.yaml:13 invalid-ignore: Unknown rule nothing-like-it: `conditional-requests explain` lists all',
      'a.yaml:14 invalid-ignore: Expected the id of a rule after conditional-requests-ignore-next-line',
      'a.yaml:15 invalid-ignore: Expected a text as the reason instead of 42',
      'a.yaml:15 unused-ignore: Unused exception: not-modified-documented finds nothing here that it would except',
    ]);
    expect((await foundIn(`${lacking}x-conditional-requests-ignore: 42\n`))[1]).toBe(
      'a.yaml:10 invalid-ignore: Expected the id of a rule, a list of ids, or an object from ids to reasons instead of 42',
    );
  });

  test('what is huge or deep, in a few words', async () => {
    const bomb = Array.from({ length: 40 }, (_, index) => `  a${index + 1}: &a${index + 1} [*a${index}, *a${index}]\n`);
    const text = `${lacking}x-a:\n  a0: &a0 [x]\n${bomb.join('')}x-conditional-requests-ignore: [*a40, {}, null, ${'x'.repeat(1e5)}]\n`;
    const deep = `x-b: ${'['.repeat(600)}${']'.repeat(600)}\n`;
    expect((await foundIn(text + deep)).map((one) => one.replace(/^a.yaml:\d+ /, ''))).toEqual([
      rule,
      'invalid-ignore: Expected the id of a rule instead of a list',
      'invalid-ignore: Expected the id of a rule instead of an object',
      'invalid-ignore: Expected the id of a rule instead of null',
      `invalid-ignore: Unknown rule ${'x'.repeat(100)}: \`conditional-requests explain\` lists all`,
    ]);
  });

  test('neither in example data, nor for a rule that is off', async () => {
    const example = `x-conditional-requests-ignore: precondition-guards-creation\ncomponents:\n  schemas:\n    A: {example: {x-conditional-requests-ignore: 42}}\n`;
    expect(await foundIn(`${lacking}${example}`)).toEqual(['a.yaml:8 not-modified-documented']);
    expect(await foundIn(`${lacking}${example}`, '-r', 'all')).toContain(
      'a.yaml:10 unused-ignore: Unused exception: precondition-guards-creation finds nothing here that it would except',
    );
  });

  test('nothing in a shared file as long as one description needs it, or none reaches it', async () => {
    const shared = `Ok: ${okWithEtag}\nSame:\n  description: same\n  headers: {ETag: {schema: {type: string}}}\n  content: {text/plain: {}}\n  x-conditional-requests-ignore: not-modified-no-content\nSpare:\n  x-conditional-requests-ignore: not-modified-no-content\n`;
    const user = `${head}paths:\n  /a: {get: {parameters: [${takes}], responses: {'200': {$ref: 'shared.yaml#/Ok'}, '304': {$ref: 'shared.yaml#/Same'}}}}\n`;
    const other = `${head}paths:\n  /a: {get: {parameters: [${takes}], responses: {'200': {$ref: 'shared.yaml#/Ok'}, '304': {description: same, headers: {ETag: {schema: {type: string}}}}}}}\n`;
    const folder = folderWith({ 'shared.yaml': shared, 'user.yaml': user, 'other.yaml': other });
    expect(await found(folder)).toEqual([]);
    expect(await found(folder, 'user.yaml')).toEqual([]);
    expect(await found(folder, 'other.yaml')).toEqual([]);
    const needless = folderWith({
      'shared.yaml': shared.replace('  content: {text/plain: {}}\n', ''),
      'user.yaml': user,
    });
    expect(await found(needless)).toEqual([
      'shared.yaml:5 unused-ignore: Unused exception: not-modified-no-content finds nothing here that it would except',
    ]);
  });
});

test('SARIF contains what is excepted, with the reason; it fails no run', async () => {
  const extension = `x-conditional-requests-ignore: {${rule}: the gateway answers}`;
  const folder = folderWith({
    'a.yaml': `${lacking}${get('', '/b')}`.replace('    get:\n', `    get:\n      ${extension}\n`),
  });
  const { out, status } = run(folder, 'lint', '-f', 'sarif', '-F', 'error');
  const [{ results }] = JSON.parse(out).runs;
  expect(results.map(({ message, suppressions }: never) => [message, suppressions])).toEqual([
    [{ text: expect.stringContaining('GET /b') }, []],
    [{ text: expect.stringContaining('GET /a') }, [{ kind: 'inSource', justification: 'the gateway answers' }]],
  ]);
  expect(status).toBe(0);
  expect(run(folder, 'lint', '-F', 'warn').status).toBe(1);
  const all = folderWith({ 'a.yaml': lacking.replace('    get:\n', `    get:\n      ${extension}\n`) });
  expect(run(all, 'lint', '-F', 'hint').status).toBe(0);
});

test('the report counts what is excepted, but does not propose to mend it', async () => {
  const report = (text: string) => {
    const { apis, guidelines, opportunities } = JSON.parse(
      run(folderWith({ 'a.yaml': text }), 'report', '-f', 'json').out,
    );
    return { findings: apis[0].findings, guidelines, opportunities };
  };
  const without = report(lacking);
  expect(without.opportunities).toEqual([{ file: 'a.yaml', rule, operations: 1, isSafe: false }]);
  const excepted = report(`${lacking}x-conditional-requests-ignore: ${rule}\n`);
  expect(excepted).toEqual({ ...without, opportunities: [] });
});

describe('fix', () => {
  test('leaves what is excepted, and keeps the exceptions', async () => {
    const comment = `      # conditional-requests-ignore-next-line ${rule} -- old\n`;
    const text = `${head}x-conditional-requests-ignore: entity-tag-example\npaths:\n${get(comment)}${get('', '/b')}`;
    const folder = folderWith({ 'a.yaml': text });
    expect(run(folder, 'fix', '--suggested', 'a.yaml').out).toContain('fixed 1, declined 0, left 0');
    const fixed = readFileSync(join(folder, 'a.yaml'), 'utf8');
    expect(fixed.startsWith(text.slice(0, text.indexOf('  /b')))).toBe(true);
    expect(fixed.slice(text.indexOf('  /b'))).toContain("'304'");
    expect((await found(folder)).map((one) => one.split(':')[2] ?? one)).toEqual([' Unused exception']);
  });

  test('writes no action of an overlay for what is excepted', async () => {
    const extension = `x-conditional-requests-ignore: {${rule}: old}`;
    const folder = folderWith({
      'a.yaml': `${lacking}${get('', '/b')}`.replace('    get:\n', `    get:\n      ${extension}\n`),
    });
    run(folder, 'fix', '--suggested', '--overlay', 'o.yaml', 'a.yaml');
    const overlay = readFileSync(join(folder, 'o.yaml'), 'utf8');
    expect(overlay).toContain('/b');
    expect(overlay).not.toContain("'/a'");
  });
});
