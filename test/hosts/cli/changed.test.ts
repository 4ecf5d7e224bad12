import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { folderWith, read } from '../../files.js';
import { cli, run } from './run.js';

const violation = read('examples/not-modified-documented/violation.yaml');

/** A description whose only operation is in another file, which lacks a 304. */
function descriptionOf(path: string): string {
  return `openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a: {$ref: '${path}'}\n`;
}

const item = `get:
  responses:
    '200': {description: ok, headers: {ETag: {schema: {type: string}}}}
`;

const files = {
  '.gitignore': 'ignored/\n',
  'apis/one.yaml': violation,
  'apis/two.yaml': descriptionOf('../shared/my%20items.yaml'),
  'apis/three.yaml': descriptionOf('../shared/link.yaml'),
  'apis/four.yaml': descriptionOf('../shared/chain.yaml'),
  'shared/my items.yaml': item,
  'shared/chain.yaml': `$ref: other.yaml\n`,
  'shared/other.yaml': item,
  'shared/linked.yaml': item,
  'notes.yaml': 'a: 1\n',
};

function git(folder: string, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: folder, stdio: 'pipe' });
}

/** The descriptions that `lint` has linted, and what it prints besides. */
function linted(cwd: string, ...args: string[]) {
  const { out, err, status } = run(cwd, 'lint', '-f', 'junit', ...args);
  const names = [...out.matchAll(/<testsuite .*? name="[^"]*\/apis\/([^"]+)"/g)].map(([, name]) => name);
  return { names, err, status };
}

let repository = '';
beforeEach(() => {
  repository = folderWith(files);
  symlinkSync('linked.yaml', join(repository, 'shared/link.yaml'));
  git(repository, 'init', '-q', '-b', 'main');
  git(repository, 'add', '-A');
  git(repository, 'commit', '-qm', 'all');
});

/** Changes a file, so that it says the same. */
function touch(path: string): void {
  const file = join(repository, path);
  writeFileSync(file, `${readFileSync(file, 'utf8')}# changed\n`);
}

describe('lint --changed-since lints', () => {
  test('nothing, and says so, if nothing has changed', () => {
    const nothing = { names: [], status: 0, err: 'No description has changed since HEAD.\n' };
    expect(linted(repository, '--changed-since', 'HEAD')).toEqual(nothing);
    touch('notes.yaml');
    expect(linted(repository, '--changed-since', 'HEAD')).toEqual(nothing);
    expect(run(repository, 'lint', '--changed-since', 'HEAD', '--quiet')).toEqual({ status: 0, out: '', err: '' });
  });

  test.each([
    ['a description', 'apis/one.yaml', ['one.yaml']],
    ['the descriptions that use a fragment with a space in its name', 'shared/my items.yaml', ['two.yaml']],
    ['the descriptions that use it through a symbolic link', 'shared/linked.yaml', ['three.yaml']],
    ['the descriptions that use it through another', 'shared/other.yaml', ['four.yaml']],
  ])('%s, changed, staged or committed', (_, changed, names) => {
    touch(changed);
    expect(linted(repository, '--changed-since', 'HEAD').names).toEqual(names);
    git(repository, 'add', '-A');
    expect(linted(repository, '--changed-since', 'HEAD').names).toEqual(names);
    git(repository, 'commit', '-qm', 'change');
    expect(linted(repository, '--changed-since', 'HEAD').names).toEqual([]);
    expect(linted(repository, '--changed-since', 'HEAD~1').names).toEqual(names);
  });

  test('what is new, renamed or without one of its parts, and not what git ignores', () => {
    writeFileSync(join(repository, 'apis/ünd new.yaml'), violation);
    renameSync(join(repository, 'apis/one.yaml'), join(repository, 'apis/renamed.yaml'));
    rmSync(join(repository, 'shared/other.yaml'));
    execFileSync('mkdir', ['ignored'], { cwd: repository });
    writeFileSync(join(repository, 'ignored/openapi.yaml'), violation);
    const { names, status } = linted(repository, '--changed-since', 'HEAD');
    expect(names.toSorted()).toEqual(['four.yaml', 'renamed.yaml', 'ünd new.yaml']);
    // The $ref to what is gone is an error.
    expect(status).toBe(1);
  });

  test('what the branch has changed, and not what the other branch has changed since', () => {
    git(repository, 'checkout', '-qb', 'feature');
    touch('apis/one.yaml');
    git(repository, 'commit', '-qam', 'mine');
    git(repository, 'checkout', '-q', 'main');
    touch('shared/other.yaml');
    git(repository, 'commit', '-qam', 'theirs');
    git(repository, 'checkout', '-q', 'feature');
    expect(linted(repository, '--changed-since', 'main').names).toEqual(['one.yaml']);
  });

  test('only what the arguments name, from any folder of the repository', () => {
    touch('apis/one.yaml');
    touch('shared/other.yaml');
    expect(linted(repository, 'apis/one.yaml', '--changed-since', 'HEAD').names).toEqual(['one.yaml']);
    expect(linted(join(repository, 'apis'), '--changed-since', 'HEAD').names).toEqual(['four.yaml', 'one.yaml']);
    expect(linted(join(repository, 'apis'), 'four.yaml', '--changed-since', 'HEAD').names).toEqual(['four.yaml']);
  });
});

describe('lint --changed-since fails with a reason', () => {
  test('outside a repository', () => {
    const { status, err } = run(folderWith(files), 'lint', '--changed-since', 'HEAD');
    expect([status, err]).toEqual([2, expect.stringMatching(/^--changed-since HEAD: not a git repository/)]);
  });

  test.each(['nowhere', '--output=x', ''])('for the unknown revision %j', (revision) => {
    const { status, err } = run(repository, 'lint', `--changed-since=${revision}`);
    expect([status, err]).toEqual([2, expect.stringContaining('git knows no such revision here')]);
  });

  test('without git', () => {
    const env = { ...process.env, PATH: '/nowhere' };
    const args = [cli, 'lint', '--changed-since', 'HEAD'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: repository, env, encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, '--changed-since HEAD: git is not installed\n']);
  });
});

describe('--find-related takes', () => {
  test('the descriptions that the named files are part of, and skips files that are part of none', () => {
    const { names, err } = linted(repository, '--find-related', 'shared/other.yaml', 'apis/one.yaml', 'notes.yaml');
    expect([names, err]).toEqual([['one.yaml', 'four.yaml'], '']);
    expect(linted(repository, '--find-related', 'notes.yaml')).toEqual({
      names: [],
      status: 0,
      err: 'No description refers to what you named.\n',
    });
    expect(linted(repository, '--find-related', 'shared', '!apis/f*').names.toSorted()).toEqual([
      'three.yaml',
      'two.yaml',
    ]);
  });

  test('names, and not --changed-since', () => {
    expect(run(repository, 'lint', '--find-related').err).toBe('--find-related: name the files that have changed.\n');
    expect(run(repository, 'lint', 'notes.yaml', '--find-related', '--changed-since', 'HEAD').status).toBe(2);
  });

  test('them for fix, too, which changes the named files only', () => {
    writeFileSync(
      join(repository, 'shared/other.yaml'),
      `get:\n  responses:\n    '200': {description: ok, headers: {ETag: {schema: {type: string}, example: 33a6}}}\n`,
    );
    const { status, out } = run(repository, 'fix', '--find-related', 'shared/other.yaml', 'notes.yaml');
    expect([status, out]).toEqual([0, expect.stringContaining('entity-tag-example')]);
    expect(readFileSync(join(repository, 'shared/other.yaml'), 'utf8')).toContain(`example: '"33a6"'`);
  });
});
