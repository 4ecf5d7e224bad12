import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findFiles } from '../../../src/hosts/cli/find-files.js';
import { folderWith, root } from '../../files.js';
import { run, type Run } from './run.js';

/** A description whose entity-tag lacks its quotation marks, which has a safe fix. It is JSON, and so YAML too. */
const bareTag = `{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/a": {"get": {
"parameters": [{"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}],
"responses": {"200": {"description": "ok", "headers": {"ETag": {"schema": {"type": "string"}, "example": "33a6"}}},
"304": {"description": "same", "headers": {"ETag": {"schema": {"type": "string"}}}}}}}}}
`;

const some = {
  'apis/legacy.json': bareTag,
  'apis/orders.json': bareTag,
  'apis/users.json': bareTag,
  'apis/v1/orders.json': bareTag,
  'apis/v1/legacy.json': bareTag,
  'other.json': bareTag,
};

describe('a negated glob excludes', () => {
  const folder = folderWith(some);
  const all = Object.keys(some);
  const without = (...names: string[]) => all.filter((name) => !names.includes(name));

  test.each([
    [
      ['apis/*.json', '!apis/legacy.json'],
      ['apis/orders.json', 'apis/users.json'],
    ],
    [
      ['apis/**/*.json', '!**/legacy.json'],
      ['apis/orders.json', 'apis/users.json', 'apis/v1/orders.json'],
    ],
    [['.', '!apis/legacy.json'], without('apis/legacy.json')],
    [['.', '!apis/v1'], without('apis/v1/legacy.json', 'apis/v1/orders.json')],
    [['.', '!apis/v1/'], without('apis/v1/legacy.json', 'apis/v1/orders.json')],
    [['.', '!./apis/**'], ['other.json']],
    [['apis', '!apis/{legacy,users}.json', '!apis/v?/*'], ['apis/orders.json']],
    [['other.json', '!**/tmp/**', '!**/conditional-requests-*/**'], ['other.json']],
    [
      ['apis', '!**/v1/**'],
      ['apis/legacy.json', 'apis/orders.json', 'apis/users.json'],
    ],
    [['other.json', 'apis/users.json', '!apis/*'], ['other.json']],
    [
      ['other.json', '!apis/*', 'apis/users.json'],
      ['apis/users.json', 'other.json'],
    ],
    [['apis/*.json', '!apis/*', 'apis/legacy.json'], ['apis/legacy.json']],
    [
      ['apis/*.json', `!${folder}/apis/legacy.json`],
      ['apis/orders.json', 'apis/users.json'],
    ],
    [
      [`${folder}/apis/*.json`, '!apis/legacy.json'],
      ['apis/orders.json', 'apis/users.json'],
    ],
    [
      [`${folder}/apis`, '!**/legacy.json', '!apis/v1/**'],
      ['apis/orders.json', 'apis/users.json'],
    ],
    [['apis/!(legacy|users).json'], ['apis/orders.json']],
    [['!(apis)/../other.json', '!nothing/*'], ['other.json']],
  ])('%j', async (args, expected) => {
    const { files, problems, closed } = await findFiles(args, folder);
    expect({ problems, closed }).toEqual({ problems: [], closed: [] });
    expect(files.map((file) => relative(folder, file)).toSorted()).toEqual(expected.toSorted());
  });

  test('files relative to the folder that the command runs in, also a deeper one', async () => {
    const from = join(folder, 'apis/v1');
    const found = async (...args: string[]) =>
      (await findFiles(args, from)).files.map((file) => relative(folder, file)).toSorted();
    expect(await found('../*.json', '!../legacy.json')).toEqual(['apis/orders.json', 'apis/users.json']);
    expect(await found('../*.json', '!**/legacy.json')).toEqual(['apis/orders.json', 'apis/users.json']);
    expect(await found('..', '!.')).toEqual(['apis/legacy.json', 'apis/orders.json', 'apis/users.json']);
  });

  test('files and folders whose names contain glob characters', async () => {
    const odd = folderWith({ '[a] (b)/!x.json': bareTag, '[a] (b)/c[1].json': bareTag, '[a] (b)/d.json': bareTag });
    const from = join(odd, '[a] (b)');
    const found = async (...args: string[]) => (await findFiles(args, from)).files.map((file) => relative(from, file));
    expect(await found('.', '!c[1].json')).toEqual(['!x.json', 'd.json']);
    expect(await found('*.json', '!!x.json')).toEqual(['c[1].json', 'd.json']);
    expect(await found('.', '!d.json')).toEqual(['!x.json', 'c[1].json']);
  });

  test('every file only with an error, and none without a glob before it', () => {
    const alone = '!apis/legacy.json: a negated glob needs a file, folder or glob before it\n';
    const nothing = 'No files are left: the negated globs exclude them all\n';
    const missing = 'none/*.json: no files match\n';
    for (const command of [
      ['lint', '-f', 'json'],
      ['fix', '--dry-run'],
    ]) {
      const said = (...args: string[]) => {
        const { status, err } = run(folder, ...command, ...args);
        return [status, err];
      };
      expect(said('!apis/legacy.json')).toEqual([2, alone]);
      expect(said('!apis/legacy.json', 'apis/*.json')).toEqual([2, alone]);
      expect(said('apis/*.json', '!apis')).toEqual([2, nothing]);
      expect(said('other.json', 'apis', '!**')).toEqual([2, nothing]);
      expect(said('none/*.json', '!**/legacy.json')).toEqual([2, missing]);
      expect(said('other.json', 'apis', '!apis')[0]).toBe(0);
    }
  });

  test('files from lint and from fix', () => {
    const linted = run(folder, 'lint', '-f', 'json', 'apis', '!**/legacy.json');
    const sources = JSON.parse(linted.out).map(({ source }: { source: string }) => relative(folder, source));
    expect(sources).toEqual(['apis/orders.json', 'apis/users.json', 'apis/v1/orders.json']);
    const own = folderWith(some);
    expect(run(own, 'fix', 'apis/*.json', '!apis/legacy.json').out).toContain('2 descriptions: fixed 2,');
    for (const name of all) {
      const text = readFileSync(join(own, name), 'utf8');
      const isFixed = ['apis/orders.json', 'apis/users.json'].includes(name);
      expect(text).toBe(isFixed ? bareTag.replace('"33a6"', '"\\"33a6\\""') : bareTag);
    }
  });

  test('files that a $ref or a link leads to', () => {
    const header = '{"schema": {"type": "string"}, "example": "33a6"}';
    const files = {
      'api.json': bareTag
        .replace(header, '{"$ref": "legacy.json#/ETag"}')
        .replace(/"schema"[^}]*\}, "example": "33a6"/, '"$ref": "legacy.json#/ETag"'),
      'legacy.json': `{"ETag": ${header}}\n`,
      'real.json': bareTag,
    };
    const own = folderWith(files);
    symlinkSync('real.json', join(own, 'link.json'));
    const { out } = run(own, 'fix', 'api.json', 'link.json', '!legacy.json', '!real.json');
    expect(out).toContain('because legacy.json is excluded by a negated glob');
    expect(out).toContain('because real.json is excluded by a negated glob');
    for (const [name, text] of Object.entries(files)) expect(readFileSync(join(own, name), 'utf8')).toBe(text);
    expect(run(own, 'fix', 'api.json', '!legacy.json', 'legacy.json').out).toContain('fixed      1');
  });
});

/** The id of the user and group `nobody`. */
const nobody = 65534;

describe.skipIf(process.getuid?.() !== 0)('without permission', () => {
  /** A copy of the command line that every user can read. */
  const programs = folderWith({});
  cpSync(join(root, 'dist'), join(programs, 'dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(programs, 'package.json'));

  /** Makes a new folder that every user can read, with some files in it. */
  function folderForAll(files: Readonly<Record<string, string>>): string {
    const folder = folderWith(files);
    chmodSync(folder, 0o755);
    return folder;
  }

  /** Runs the command line as the user `nobody`. */
  function runAsNobody(cwd: string, ...args: string[]): Run {
    for (const folder of [programs, dirname(programs)]) chmodSync(folder, 0o755);
    const cli = join(programs, 'dist/bin/conditional-requests.cjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd,
      encoding: 'utf8',
      uid: nobody,
      gid: nobody,
    });
    return { status, out: stdout, err: stderr };
  }

  function closed(path: string, mode = 0): void {
    chmodSync(path, mode);
    onTestFinished(() => chmodSync(path, 0o755));
  }

  const sourcesIn = ({ out }: Run, folder: string) =>
    JSON.parse(out).map(({ source }: { source: string }) => relative(folder, source));

  test.each([
    ['read a folder', 'apis/secret'],
    ['list a folder', 'apis/secret', 0o111],
    ['read the named folder', 'apis'],
    ['read a file', 'apis/secret/a.json'],
    ['read a .gitignore', 'apis/.gitignore'],
  ])('to %s, lint and fix report that, and read the other files', (_, path, mode = 0) => {
    const folder = folderForAll({ 'z.json': bareTag, 'apis/secret/a.json': bareTag, 'apis/.gitignore': 'b.json\n' });
    closed(join(folder, path), mode);
    for (const command of [
      ['lint', '-f', 'json'],
      ['fix', '--check'],
    ]) {
      for (const args of [['.'], ['apis', 'z.json'], ['**/*.json']]) {
        if (args[0]?.includes('*') === true && path.endsWith('.gitignore')) continue;
        const result = runAsNobody(folder, ...command, ...args);
        expect(result.status).toBe(2);
        expect(result.err.split('\n')).toEqual([
          expect.stringMatching(`^${path}: (?:cannot be read: )?permission denied$`),
          '',
        ]);
        expect(result.out).toContain('z.json');
      }
    }
    expect(sourcesIn(runAsNobody(folder, 'lint', '-f', 'json'), folder)).toContain('z.json');
  });

  test('to read a folder that a negated glob excludes, lint reports nothing', () => {
    const folder = folderForAll({ 'z.json': bareTag, 'secret/a.json': bareTag });
    closed(join(folder, 'secret'));
    for (const args of [
      ['.', '!secret'],
      ['**/*.json', '!secret/**'],
      ['.', '!**/secret/**'],
    ]) {
      const result = runAsNobody(folder, 'lint', '-f', 'json', ...args);
      expect([result.status, result.err, sourcesIn(result, folder)]).toEqual([0, '', ['z.json']]);
    }
  });

  test('to read a named file, the message does not call the file missing', () => {
    const folder = folderForAll({ 'secret/a.json': bareTag, 'b.json': bareTag });
    closed(join(folder, 'b.json'));
    closed(join(folder, 'secret'));
    for (const command of ['lint', 'fix']) {
      for (const name of ['secret/a.json', 'b.json']) {
        const { status, out, err } = runAsNobody(folder, command, name);
        expect([status, out, err.split('. ', 1)[0]?.trim()]).toEqual([2, '', `${name}: permission denied`]);
      }
    }
  });

  test('to list the working folder, lint asks for --ruleset', () => {
    const folder = folderForAll({ 'here/a.json': bareTag, 'b.json': bareTag });
    closed(join(folder, 'here'), 0o111);
    const { status, err } = runAsNobody(join(folder, 'here'), 'lint', '../b.json');
    expect(status).toBe(2);
    expect(err).toMatch(/^\/.*\/here: cannot be searched for a ruleset: permission denied\. .*\n$/);
    expect(runAsNobody(join(folder, 'here'), 'lint', '-r', 'recommended', '../b.json')).toMatchObject({
      status: 0,
      err: '',
    });
  });

  test('to write a file, fix declines, but --check and --dry-run still work', () => {
    const folder = folderForAll({ 'a.json': bareTag });
    for (const [mode, name] of [
      [0o444, 'a.json'],
      [0o666, '/.*'],
    ] as const) {
      chmodSync(join(folder, 'a.json'), mode);
      expect(runAsNobody(folder, 'fix', '--check', 'a.json')).toMatchObject({ status: 1, err: '' });
      const shown = runAsNobody(folder, 'fix', '--dry-run', 'a.json');
      expect(shown.out).toContain('+++ b/a.json');
      expect(shown.err).toContain('would fix 1, declined 0');
      expect(runAsNobody(folder, 'fix', 'a.json').out).toMatch(new RegExp(`because ${name} is read-only\\n`));
      expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe(bareTag);
    }
  });
});

test('a deleted working folder gets a clear message', () => {
  const folder = folderWith({ 'gone/a.json': bareTag });
  const script = `cd gone && rm -r ../gone && '${process.execPath}' '${join(root, 'dist/bin/conditional-requests.cjs')}' lint a.json`;
  const { status, stderr } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^ENOENT: .*\n$/);
});

describe('git and patch apply the diff in the folder that the command ran in', () => {
  const fixed = bareTag.replace('"33a6"', '"\\"33a6\\""');

  test.each([
    ['simple.json'],
    ['apis/v 1/my api.json'],
    ['"quoted".json'],
    ['back\\slash.json'],
    ["it's.json"],
    ['tab\tin it.json'],
    ['line\nbreak.json'],
    ['escape\u001B[31m.json'],
    ['Bücher/オーダー 📚.json'],
    [' blank at the ends .json'],
    ['a/b/ü "x"\t.json'],
  ])('%j', (name) => {
    for (const apply of [
      ['git', 'apply', '-'],
      ['patch', '-p1'],
    ]) {
      const folder = folderWith({ [name]: bareTag });
      const { out } = run(folder, 'fix', '--dry-run', name);
      const [program = '', ...args] = apply;
      expect(spawnSync(program, args, { cwd: folder, input: out, encoding: 'utf8' })).toMatchObject({
        status: 0,
        stderr: '',
      });
      expect(readFileSync(join(folder, name), 'utf8')).toBe(fixed);
    }
  });

  test('in a subfolder of a repository', () => {
    const folder = folderWith({ 'apis/v1/a b.json': bareTag });
    execFileSync('git', ['init', '-q'], { cwd: folder });
    const from = join(folder, 'apis');
    const { out, err } = run(from, 'fix', '--dry-run', join(from, 'v1/a b.json'));
    expect(err).not.toContain('--unsafe-paths');
    execFileSync('git', ['apply', '-'], { cwd: from, input: out });
    expect(readFileSync(join(folder, 'apis/v1/a b.json'), 'utf8')).toBe(fixed);
  });

  test.each([
    ['to a file above the folder', '../above.json', false],
    ['to a file beside the folder, in a repository', '../beside/a b.json', true],
    ['to a file in the folder for temporary files', 'absolute', false],
  ])('%s, with --unsafe-paths', (_, name, isRepository) => {
    const folder = folderWith({ 'above.json': bareTag, 'beside/a b.json': bareTag, 'here/x': '' });
    if (isRepository) execFileSync('git', ['init', '-q'], { cwd: folder });
    const cwd = join(folder, 'here');
    const file = name === 'absolute' ? join(folderWith({ 'a.json': bareTag }), 'a.json') : join(cwd, name);
    const { out, err } = run(cwd, 'fix', '--dry-run', name === 'absolute' ? file : name);
    expect(out).toContain(`+++ b/${relative(cwd, file)}`);
    expect(err).toContain('git apply --unsafe-paths');
    execFileSync('git', ['apply', '--unsafe-paths', '-'], { cwd, input: out });
    expect(readFileSync(file, 'utf8')).toBe(fixed);
  });

  test('even if the named file is a link or in a linked folder', () => {
    for (const apply of [
      ['git', 'apply', '-'],
      ['patch', '-p1'],
    ]) {
      const folder = folderWith({ 'real/a.json': bareTag });
      symlinkSync('real', join(folder, 'linked'));
      symlinkSync('real/a.json', join(folder, 'link.json'));
      for (const name of ['linked/a.json', 'link.json']) {
        writeFileSync(join(folder, 'real/a.json'), bareTag);
        const { out } = run(folder, 'fix', '--dry-run', name);
        const [program = '', ...args] = apply;
        execFileSync(program, args, { cwd: folder, input: out });
        expect(readFileSync(join(folder, 'real/a.json'), 'utf8')).toBe(fixed);
      }
    }
  });

  test('even if the file contains escape sequences, which are escaped on a terminal', () => {
    const text = bareTag.replace('"T"', '"T\u009B31m"').replaceAll('\n', '\r\n\t');
    const folder = folderWith({ 'a.json': text });
    const { out } = run(folder, 'fix', '--dry-run', 'a.json');
    expect(out).toContain('T\u009B31m');
    execFileSync('git', ['apply', '-'], { cwd: folder, input: out });
    const cli = join(root, 'dist/bin/conditional-requests.cjs');
    writeFileSync(join(folder, 'a.json'), text);
    const shown = spawnSync('script', ['-qec', `'${process.execPath}' '${cli}' fix --dry-run a.json`, '/dev/null'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(shown.stdout).toContain('T\\u009B31m');
    expect(shown.stdout).not.toMatch(/[^\P{Cc}\t\r\n]/u);
  });
});
