import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/catalogue.js';
import { observedRules } from '../../../src/observe/observed-rules.js';
import { folderWith, read, root } from '../../files.js';
import { run } from './run.js';

/** A GET with an ETag and without a 304. It has one finding, whose fix is a suggestion. */
const without304 = `openapi: 3.1.0
info: {title: Orders, version: '1'}
paths:
  /orders:
    get:
      parameters:
        - {name: If-None-Match, in: header, schema: {type: string}}
      responses:
        '200':
          description: The orders
          headers:
            ETag: {schema: {type: string}, example: '"33a6"'}
`;

/** An example of an entity-tag without quotation marks. It has one finding, whose fix is safe. */
const bareTag = without304
  .replace(`'"33a6"'`, '33a6')
  .replace(/$/, '        "304": {description: Same, headers: {ETag: {schema: {type: string}}}}\n');

const text = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');

describe('fix', () => {
  test('makes the safe fixes and lists the suggestions; with --suggested, makes both', () => {
    const folder = folderWith({ 'openapi.yaml': without304.replace(`'"33a6"'`, '33a6') });
    expect(run(folder, 'fix', 'openapi.yaml')).toEqual({
      status: 0,
      err: '',
      out: `openapi.yaml
  fixed      1 × entity-tag-example
  left       1 × not-modified-documented (a suggestion about the server: --suggested)

1 description: fixed 1, declined 0, left 1.
`,
    });
    expect(text(folder, 'openapi.yaml')).toBe(without304);
    expect(run(folder, 'fix', '--suggested', 'openapi.yaml').out).toContain('fixed      1 × not-modified-documented\n');
    expect(text(folder, 'openapi.yaml')).toBe(`${without304}        '304':
          description: Not Modified
          headers:
            ETag: {schema: {type: string}, example: '"33a6"'}
`);
    expect(run(folder, 'fix', '--suggested', 'openapi.yaml').out).toBe('1 description: fixed 0, declined 0, left 0.\n');
  });

  test.each([
    [
      'a header that should not be declared',
      'zalando',
      without304
        .replace('If-None-Match', 'X-Request-Id')
        .replace('ETag:', 'Expires:')
        .replace(`'"33a6"'`, `'Tue, 15 Nov 1994 08:12:31 GMT'`),
      'cacheable-without-expires',
      'Expires',
    ],
    [
      'a misspelt header beside the correct one',
      'recommended',
      without304.replace('ETag:', 'E-Tag: {schema: {type: string}}\n            ETag:'),
      'precondition-spelling',
      'E-Tag',
    ],
  ])('removes a declaration only with --remove or --rule: %s', (_, ruleset, described, rule, name) => {
    const folder = folderWith({ 'openapi.yaml': described });
    const fix = (...options: string[]) => run(folder, 'fix', '-r', ruleset, ...options, 'openapi.yaml').out;
    expect(fix('--suggested')).toContain(`left       1 × ${rule} (it takes away what is declared: --remove)\n`);
    expect(text(folder, 'openapi.yaml')).toContain(`${name}:`);
    expect(fix('--remove')).toContain(`fixed      1 × ${rule}\n`);
    expect(text(folder, 'openapi.yaml')).not.toContain(`${name}:`);
    writeFileSync(join(folder, 'openapi.yaml'), described);
    expect(fix('--rule', rule)).toContain(`fixed      1 × ${rule}\n`);
    expect(text(folder, 'openapi.yaml')).not.toContain(`${name}:`);
  });

  test('corrects misspelt names and removes the body of a 304 without --remove', () => {
    const described = without304
      .replace('ETag:', 'E-Tag:')
      .replace(/$/, "        '304': {description: Same, content: {application/json: {}}}\n");
    const folder = folderWith({ 'openapi.yaml': described });
    expect(run(folder, 'fix', '--suggested', 'openapi.yaml').out).toContain('left 0.');
    expect(text(folder, 'openapi.yaml')).not.toContain('E-Tag');
    expect(text(folder, 'openapi.yaml')).not.toContain('content:');
  });

  test('adds no 304 to an operation without an ETag, unless that rule is named', () => {
    // With an etag in the body, no rule asks for the ETag header that would make the 304 useful.
    const content = '          content: {application/json: {schema: {properties: {etag: {type: string}}}}}\n';
    const described = without304.replace(/ {10}headers:\n.*\n/, content);
    const folder = folderWith({ 'openapi.yaml': described });
    const rule = 'not-modified-answers-precondition';
    expect(run(folder, 'fix', '--suggested', 'openapi.yaml').out).toContain(
      `left       1 × ${rule} (it is of little use alone: --rule ${rule})\n`,
    );
    expect(text(folder, 'openapi.yaml')).toBe(described);
    expect(run(folder, 'fix', '--rule', rule, 'openapi.yaml').out).toContain(`fixed      1 × ${rule}\n`);
    expect(text(folder, 'openapi.yaml')).toContain(`'304':`);
  });

  test('fixes only the rule that is named, and makes its suggested fixes', () => {
    const folder = folderWith({ 'openapi.yaml': without304.replace(`'"33a6"'`, '33a6') });
    run(folder, 'fix', '--rule', 'not-modified-documented', 'openapi.yaml');
    expect(text(folder, 'openapi.yaml')).toContain(`'304':`);
    expect(text(folder, 'openapi.yaml')).toContain('example: 33a6');
  });

  test('turns on a named rule that is not in the ruleset', () => {
    const folder = folderWith({
      'openapi.yaml': without304.replace('    get:', '    put:').replace('If-None-Match', 'If-Match'),
    });
    expect(run(folder, 'fix', '--rule', 'precondition-failed-documented', 'openapi.yaml').out).toContain(
      'fixed      1',
    );
    expect(text(folder, 'openapi.yaml')).toContain('Precondition Failed');
  });

  test('reports that a named rule is off', () => {
    const folder = folderWith({ 'openapi.yaml': bareTag });
    const { err, out } = run(folder, 'fix', '-r', 'zalando', '--rule', 'entity-tag-example', 'openapi.yaml');
    expect(err).toBe('entity-tag-example is off in zalando: its findings were not fixed\n');
    expect(out).toBe('1 description: fixed 0, declined 0, left 0.\n');
  });

  test('shows the changes as a diff that git applies, and writes nothing', () => {
    const files = {
      'apis/orders.yaml': read('examples/orders.yaml'),
      'apis/orders.json': read('examples/orders.json'),
    };
    const folder = folderWith(files);
    const { out, status, err } = run(folder, 'fix', '--suggested', '--dry-run', 'apis');
    expect(status).toBe(0);
    expect(err).toContain('would fix');
    for (const [file, before] of Object.entries(files)) expect(text(folder, file)).toBe(before);
    expect(readdirSync(join(folder, 'apis')).toSorted()).toEqual(['orders.json', 'orders.yaml']);
    const patched = folderWith(files);
    expect(spawnSync('git', ['apply', '-'], { cwd: patched, input: out, encoding: 'utf8' }).stderr).toBe('');
    run(folder, 'fix', '--suggested', 'apis');
    for (const file of Object.keys(files)) expect(text(patched, file)).toBe(text(folder, file));
  });

  test('with --check, writes nothing and exits with 1 if a fix is left to make', () => {
    const folder = folderWith({ 'openapi.yaml': bareTag });
    expect(run(folder, 'fix', '--check', 'openapi.yaml').status).toBe(1);
    expect(text(folder, 'openapi.yaml')).toBe(bareTag);
    run(folder, 'fix', 'openapi.yaml');
    expect(run(folder, 'fix', '--check', 'openapi.yaml').status).toBe(0);
  });

  test.each([
    ['a byte order mark', (yaml: string) => `\uFEFF${yaml}`],
    ['line breaks of Windows', (yaml: string) => yaml.replaceAll('\n', '\r\n')],
    ['no line break at the end', (yaml: string) => yaml.trimEnd()],
  ])('keeps %s', (_, styled) => {
    const folder = folderWith({ 'openapi.yaml': styled(bareTag) });
    run(folder, 'fix', 'openapi.yaml');
    expect(text(folder, 'openapi.yaml')).toBe(styled(bareTag.replace('example: 33a6', `example: '"33a6"'`)));
  });

  test('keeps the mode of a file, and the link to it', () => {
    const folder = folderWith({ 'real/openapi.yaml': bareTag });
    const file = join(folder, 'real/openapi.yaml');
    chmodSync(file, 0o640);
    symlinkSync('real/openapi.yaml', join(folder, 'link.yaml'));
    run(folder, 'fix', 'link.yaml');
    expect(text(folder, 'real/openapi.yaml')).not.toBe(bareTag);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(lstatSync(join(folder, 'link.yaml')).isSymbolicLink()).toBe(true);
    expect(readlinkSync(join(folder, 'link.yaml'))).toBe('real/openapi.yaml');
    expect(readdirSync(join(folder, 'real'))).toEqual(['openapi.yaml']);
  });

  test('does not replace a file that has other hard links', () => {
    const folder = folderWith({ 'openapi.yaml': bareTag });
    linkSync(join(folder, 'openapi.yaml'), join(folder, 'other.yaml'));
    expect(run(folder, 'fix', 'openapi.yaml').out).toContain('because openapi.yaml has 2 hard links');
    expect(text(folder, 'openapi.yaml')).toBe(bareTag);
  });
});

describe('after an error, fix writes nothing, and the message names the file and the error', () => {
  test.each([
    ['a missing file', ['fix', 'openapi.yaml', 'missing.yaml'], 'missing.yaml: no such file'],
    ['a glob that matches nothing', ['fix', 'openapi.yaml', 'x/**/*.yaml'], 'x/**/*.yaml: no files match'],
    ['broken YAML', ['fix', 'openapi.yaml', 'broken.yaml'], 'broken.yaml:4:'],
    ['an unknown rule', ['fix', '--rule', 'documented', 'openapi.yaml'], "Unknown rule 'documented'. Did you mean"],
    ['an unknown option', ['fix', '--fast', 'openapi.yaml'], "Unknown option '--fast'. --help lists the options."],
    ['a misspelt option', ['fix', '--dryrun', 'openapi.yaml'], "Unknown option '--dryrun'. Did you mean --dry-run?"],
    [
      'an unknown command',
      ['mend', 'openapi.yaml'],
      "unknown command 'mend'; use one of: lint, fix, report, observe, explain, rules, ruleset, completion, language-server.",
    ],
    ['no file name', ['fix'], 'Name files, folders or globs to fix'],
    ['a missing ruleset', ['fix', '-r', 'mine.yaml', 'openapi.yaml'], 'mine.yaml: no such file'],
    ['a ruleset file that is not a ruleset', ['fix', '-r', 'ruleset.yaml', 'openapi.yaml'], 'ruleset.yaml: '],
    ['text in UTF-16', ['fix', 'openapi.yaml', 'utf16.yaml'], 'utf16.yaml: is encoded in UTF-16: save it in UTF-8'],
    ['text in Latin-1', ['fix', 'openapi.yaml', 'latin1.yaml'], 'latin1.yaml: is not encoded in UTF-8'],
  ])('%s', (_, args, message) => {
    const folder = folderWith({
      'openapi.yaml': bareTag,
      'broken.yaml': 'openapi: 3.1.0\npaths:\n  a: [\n  b: }\n',
      'ruleset.yaml': 'rules: {x: 1}',
    });
    writeFileSync(
      join(folder, 'utf16.yaml'),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(bareTag, 'utf16le')]),
    );
    writeFileSync(join(folder, 'latin1.yaml'), Buffer.from(bareTag.replace('The orders', 'Die Aufträge'), 'latin1'));
    const { status, err, out } = run(folder, ...args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
    expect(text(folder, 'openapi.yaml')).toBe(bareTag);
  });

  test('a file that is not a description is named, and the others are fixed', () => {
    const folder = folderWith({ 'openapi.yaml': bareTag, 'package.json': '{"name": "x"}' });
    const { status, err } = run(folder, 'fix', 'openapi.yaml', 'package.json');
    expect(status).toBe(2);
    expect(err).toBe(
      'package.json:1:1: Not an OpenAPI description: it does not say `openapi: 3.0.3`, another 3.x version, or `swagger: "2.0"` at its top.\n',
    );
    expect(text(folder, 'openapi.yaml')).not.toBe(bareTag);
  });
});

describe('for a folder or a glob, fix', () => {
  test('fixes the descriptions in it, except those that git ignores and those in node_modules', () => {
    const folder = folderWith({
      'apis/orders.yaml': bareTag,
      'apis/v2/orders.json': JSON.stringify({ openapi: '3.1.0', paths: {} }),
      'apis/ignored/orders.yaml': bareTag,
      'node_modules/x/openapi.yaml': bareTag,
      '.gitignore': 'ignored/\n',
      'notes.yaml': 'a: 1\n',
    });
    mkdirSync(join(folder, '.git'));
    const { out, err } = run(folder, 'fix', '.');
    expect(err).toBe('');
    expect(out).toContain('2 descriptions: fixed 1, declined 0, left 0.');
    expect(text(folder, 'apis/ignored/orders.yaml')).toBe(bareTag);
    expect(text(folder, 'node_modules/x/openapi.yaml')).toBe(bareTag);
    expect(run(folder, 'fix', 'apis/**/*.yaml').out).toContain('fixed 1,');
    expect(text(folder, 'apis/ignored/orders.yaml')).not.toBe(bareTag);
  });
});

describe('explain', () => {
  test('prints the page of a rule', () => {
    const { out, status } = run(root, 'explain', 'not-modified-no-content');
    expect(status).toBe(0);
    expect(out.startsWith('# not-modified-no-content\n\nA 304 response has no content.\n')).toBe(true);
    expect(out).toContain('### Who asks for it');
    expect(out).toContain('### When to turn it off');
    expect(out).not.toContain('## not-modified-repeats-etag');
  });

  test('without a rule, lists all rules with their summaries', () => {
    const { out } = run(root, 'explain');
    const lines = out.split('\n').filter(Boolean);
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual(
      [...catalogue, ...observedRules].map(({ id, summary }) => [id, summary]),
    );
  });

  test('suggests a rule for a misspelt name', () => {
    expect(run(root, 'explain', 'not-modified-body')).toEqual({
      status: 2,
      out: '',
      err: expect.stringContaining('Did you mean not-modified-'),
    });
  });
});

test('the help fits a screen, and the version is that of the package', () => {
  const { out, status } = run(root, '--help');
  expect(status).toBe(0);
  expect(out.split('\n').length).toBeLessThan(40);
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(run(root, '--version').out).toBe(`${JSON.parse(read('package.json')).version}\n`);
  expect(run(root)).toMatchObject({ status: 2, out: '' });
});
