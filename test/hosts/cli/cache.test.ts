import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { folderWith, okWithEtag, read, root } from '../../files.js';
import { cli, run } from './run.js';

const usual = '.conditional-requests-cache';
const whole = `openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a: {$ref: 'part.yaml'}\n  /b: {$ref: 'later.yaml'}\n`;
const good = `get: {responses: {'200': {description: ok}}}\n`;
const bad = `get: {responses: {'200': ${okWithEtag}}}\n`;

let folder = '';
beforeEach(() => {
  folder = folderWith({
    'a/openapi.yaml': whole,
    'a/part.yaml': good,
    'b.yaml': read('examples/not-modified-documented/violation.yaml'),
    'notes.yaml': 'title: about openapi\n',
  });
});

/** What `lint --cache` finds: the same as without. */
function found(...args: string[]): string[] {
  const withCache = run(folder, 'lint', '--cache', '-f', 'json', ...args);
  const without = run(folder, 'lint', '-f', 'json', ...args);
  expect({ ...withCache, err: '' }).toEqual({ ...without, err: '' });
  return (JSON.parse(without.out) as { code: string; source: string }[]).map(
    ({ code, source }) => `${source.slice(folder.length + 1)} ${code}`,
  );
}

const cacheText = () => readFileSync(join(folder, usual), 'utf8');

/** Changes a finding in the cache, so that it shows whether a run takes it from there. */
function mark(): void {
  // The sum of the file is that of the changed text, as if it had been written so.
  const script = `
    const fs = require('node:fs');
    const text = fs.readFileSync('${usual}', 'utf8');
    const rest = text.slice(text.indexOf('\\n') + 1).replaceAll('"message":"', '"message":"KEPT ');
    const hash = require('node:crypto').createHash('sha256').update(rest).digest('base64url');
    fs.writeFileSync('${usual}', text.slice(0, text.indexOf('\\n')).replace(/\\S+$/, hash) + '\\n' + rest);`;
  spawnSync(process.execPath, ['-e', script], { cwd: folder });
}

/** The descriptions whose findings the next run takes from the cache. */
function kept(...args: string[]): string[] {
  mark();
  const { out } = run(folder, 'lint', '--cache', '-f', 'json', ...args);
  const results = JSON.parse(out) as { message: string; source: string }[];
  const names = results
    .filter(({ message }) => message.startsWith('KEPT '))
    .map(({ source }) => source.slice(folder.length + 1));
  rmSync(join(folder, usual));
  return [...new Set(names)].toSorted();
}

describe('lint --cache takes what it has found from the cache', () => {
  const all = ['a/openapi.yaml', 'b.yaml'];

  test('as long as nothing changes', () => {
    const first = found();
    expect(first).toEqual(expect.arrayContaining(['a/openapi.yaml invalid-ref', 'b.yaml not-modified-documented']));
    expect(found()).toEqual(first);
    expect(kept()).toEqual(all);
  });

  test('unless the description or a file that it refers to has changed, appeared or gone', () => {
    found();
    writeFileSync(join(folder, 'a/part.yaml'), bad);
    expect(found()).toContain('a/part.yaml not-modified-documented');
    writeFileSync(join(folder, 'a/part.yaml'), good);
    found();
    expect(kept()).toEqual(all);
    found();
    writeFileSync(join(folder, 'a/later.yaml'), bad);
    expect(found()).toContain('a/later.yaml not-modified-documented');
    rmSync(join(folder, 'a/later.yaml'));
    expect(found()).toContain('a/openapi.yaml invalid-ref');
    writeFileSync(join(folder, 'b.yaml'), 'a: 1\n');
    expect(found().join()).not.toContain('b.yaml');
  });

  test('unless the rules change; severities may', () => {
    const rules = (severity: string) =>
      `extends: ${join(root, 'rulesets/recommended.yaml')}\nrules: {not-modified-documented: ${severity}}\n`;
    writeFileSync(join(folder, '.spectral.yaml'), rules('error'));
    found();
    writeFileSync(join(folder, '.spectral.yaml'), rules('hint'));
    expect(kept()).toEqual(all);
    found();
    writeFileSync(join(folder, '.spectral.yaml'), rules('"off"'));
    found('--ruleset', 'recommended');
    expect(found()).not.toContain('b.yaml not-modified-documented');
    expect(kept('--ruleset', 'all')).toEqual([]);
    found();
    expect(kept('--ruleset', 'zalando')).toEqual([]);
  });

  test('unless the version of the package is another', () => {
    found();
    const other = folderWith({});
    spawnSync('cp', ['-r', join(root, 'dist'), join(root, 'package.json'), other]);
    const manifest = readFileSync(join(other, 'package.json'), 'utf8');
    writeFileSync(join(other, 'package.json'), manifest.replace(/"version": "[^"]+"/, '"version": "99.0.0"'));
    mark();
    const args = [join(other, 'dist/bin/conditional-requests.cjs'), 'lint', '--cache'];
    expect(spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }).stdout).not.toContain('KEPT');
  });

  test('with fixes for a format that has them', () => {
    const sarif = (...args: string[]) => run(folder, 'lint', '-f', 'sarif', ...args).out;
    found();
    expect(sarif('--cache')).toBe(sarif());
    expect(sarif('--cache')).toBe(sarif());
    expect(sarif()).toContain('"fixes"');
  });
});

test('a cache in another place is found there, and what is gone leaves it', () => {
  const place = join(folder, 'node_modules/.cache/lint.json');
  expect(run(folder, 'lint', '--cache', '--cache-location', place).status).toBe(1);
  expect(readFileSync(place, 'utf8')).toContain('b.yaml');
  rmSync(join(folder, 'b.yaml'));
  writeFileSync(join(folder, 'a/part.yaml'), bad);
  run(folder, 'lint', '--cache', '--cache-location', place);
  expect(readFileSync(place, 'utf8')).not.toContain('b.yaml');
  mkdirSync(join(folder, 'caches'));
  run(folder, 'lint', '--cache', '--cache-location', 'caches');
  expect(readdirSync(join(folder, 'caches'))).toEqual([usual]);
  expect(existsSync(join(folder, usual))).toBe(false);
  expect(run(folder, 'lint', '--cache-location', 'caches').err).toBe('--cache-location needs --cache\n');
});

describe('a cache that is', () => {
  test.each([
    ['cut short', (text: string) => text.slice(0, -20)],
    ['changed', (text: string) => text.replace('not-modified-documented', 'no-such-rule')],
    ['empty but for its heading', (text: string) => `${text.split('\n', 1)[0]}\n`],
  ])('%s is made again, which the run says', (_, damage) => {
    const before = found();
    writeFileSync(join(folder, usual), damage(cacheText()));
    const { err } = run(folder, 'lint', '--cache');
    expect(err).toBe(`${usual}: the cache is damaged, and was made again\n`);
    expect(found()).toEqual(before);
    expect(run(folder, 'lint', '--cache').err).toBe('');
  });

  test('something else is left as it is, which the run says', () => {
    const text = read('package.json');
    writeFileSync(join(folder, 'package.json'), text);
    const { status, err } = run(folder, 'lint', '--cache', '--cache-location', 'package.json');
    expect([status, err]).toEqual([
      run(folder, 'lint').status,
      'package.json: is not a cache, and was left as it is: name another --cache-location\n',
    ]);
    expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe(text);
  });

  test('in a place that cannot be written is no error but a message', () => {
    const { status, err, out } = run(folder, 'lint', '--cache', '--cache-location', 'b.yaml/cache');
    expect(err).toMatch(/^b\.yaml\/cache: the cache cannot be written: .*\n$/);
    expect([status, out]).toEqual([run(folder, 'lint').status, run(folder, 'lint').out]);
  });
});

test('runs at the same time leave a whole cache, and nothing else', async () => {
  const runs = Array.from(
    { length: 4 },
    () =>
      new Promise((done) => {
        spawn(process.execPath, [cli, 'lint', '--cache'], { cwd: folder, stdio: 'ignore' }).on('exit', done);
      }),
  );
  expect(await Promise.all(runs)).toEqual([1, 1, 1, 1]);
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([usual]);
  expect(kept()).toEqual(['a/openapi.yaml', 'b.yaml']);
});
