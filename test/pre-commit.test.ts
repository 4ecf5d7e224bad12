import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, okWithEtag, read, root } from './files.js';

const hasPreCommit = spawnSync('pre-commit', ['--version']).status === 0;
if (!hasPreCommit) console.warn('Skipped: pre-commit is not installed.');

function git(folder: string, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: folder, stdio: 'pipe' });
}

test.skipIf(!hasPreCommit)(
  'a .pre-commit-config.yaml that names the repository makes pre-commit lint or fix changed descriptions',
  { timeout: 300_000 },
  () => {
    // A repository that pre-commit can clone, with the files of this working copy that git would commit.
    const hooks = folderWith({});
    const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
    execFileSync('tar', ['-C', root, '--null', '-T', '-', '-cf', join(hooks, 'all.tar')], { input: files });
    execFileSync('tar', ['-xf', 'all.tar'], { cwd: hooks });
    git(hooks, 'init', '-q');
    git(hooks, 'add', '-A', '--', '.', ':!all.tar');
    git(hooks, 'commit', '-qm', 'release');
    git(hooks, 'tag', 'v1');

    const user = folderWith({
      '.pre-commit-config.yaml': `repos: [{repo: ${hooks}, rev: v1, hooks: [{id: spectral-conditional-requests}]}]\n`,
      '.spectral.yaml': 'extends: spectral-conditional-requests\n',
      'notes.yaml': 'not: an API\n',
      'apis/openapi.yaml': read('examples/orders.yaml'),
    });
    git(user, 'init', '-q');
    git(user, 'add', '-A');
    const preCommit = () =>
      spawnSync('pre-commit', ['run'], {
        cwd: user,
        encoding: 'utf8',
        env: { ...process.env, PRE_COMMIT_HOME: join(user, '.git/pre-commit') },
      });

    const blocked = preCommit();
    expect(blocked.stdout).toContain('not-modified-no-content');
    expect(blocked.stdout).not.toContain('notes.yaml');
    expect(blocked.status).toBe(1);

    writeFileSync(join(user, 'apis/openapi.yaml'), read('examples/not-modified-documented/conforming.yaml'));
    git(user, 'add', '-A');
    expect(preCommit().status).toBe(0);

    // A fragment without a mention of OpenAPI counts through the description that refers to it.
    git(user, 'commit', '-qm', 'before', '--no-verify');
    writeFileSync(
      join(user, 'apis/whole.yaml'),
      `openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a: {$ref: '../parts/an item.yaml'}\n`,
    );
    mkdirSync(join(user, 'parts'));
    const part = (ok: string) => writeFileSync(join(user, 'parts/an item.yaml'), `get: {responses: {'200': ${ok}}}\n`);
    part('{description: ok}');
    git(user, 'add', '-A');
    git(user, 'commit', '-qm', 'a fragment', '--no-verify');
    part(okWithEtag);
    git(user, 'add', '-A');
    const blockedByPart = preCommit();
    expect(blockedByPart.stdout).toMatch(/parts\/an item\.yaml[^]*not-modified-documented/);
    expect(blockedByPart.status).toBe(1);
    git(user, 'reset', '-q', '--hard');
    writeFileSync(join(user, 'notes.yaml'), 'not: an API either\n');
    git(user, 'add', '-A');
    expect(preCommit().status).toBe(0);

    writeFileSync(
      join(user, '.pre-commit-config.yaml'),
      `repos: [{repo: ${hooks}, rev: v1, hooks: [{id: spectral-conditional-requests-fix}]}]\n`,
    );
    writeFileSync(join(user, 'apis/openapi.yaml'), read('examples/entity-tag-example/violation.yaml'));
    git(user, 'add', '-A');
    const fixing = preCommit();
    expect(fixing.stdout).toContain('files were modified by this hook');
    expect(fixing.stdout).toContain('fixed      1 × entity-tag-example');
    git(user, 'add', '-A');
    expect(preCommit().status).toBe(0);
  },
);
