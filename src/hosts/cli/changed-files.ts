import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { visible } from '../../visible-text.js';
import { Failure } from './failure.js';

/** The most that git may answer, in bytes. */
const mostOutput = 2 ** 30;

/**
 * The files that have changed since a revision, committed or not. New files count unless git ignores them, deleted files count, and a
 * renamed file counts under both names. As in a pull request, what has changed in the revision since the branch left it does not count.
 *
 * @param revision as git names it
 * @param cwd a folder of the repository
 * @returns absolute paths, with the symbolic links of the repository's own path resolved
 * @throws Failure if this is no git repository, or git does not know the revision
 */
export function filesChangedSince(revision: string, cwd: string): string[] {
  const fail = (reason: string) => new Failure(`--changed-since ${revision}: ${reason}`);
  const git = (folder: string, ...args: string[]) => {
    const options = {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: mostOutput,
      env: { ...process.env, LC_ALL: 'C' },
    } as const;
    const { status, stdout, stderr, error } = spawnSync('git', args, options);
    if (error !== undefined)
      throw fail((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'git is not installed' : error.message);
    return {
      isDone: status === 0,
      out: stdout,
      reason: visible(stderr.split('\n', 1)[0]?.replace(/^fatal: /, '') ?? ''),
    };
  };
  const list = (folder: string, ...args: string[]) => {
    const { isDone, out, reason } = git(folder, ...args);
    if (!isDone) throw fail(reason);
    return out.split('\0').filter((name) => name !== '');
  };
  const { isDone: isRepository, out, reason } = git(cwd, 'rev-parse', '--show-toplevel');
  if (!isRepository) throw fail(reason);
  const top = out.replace(/\n$/, '');
  const commit = git(top, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  if (!commit.isDone)
    throw fail('git knows no such revision here; in a clone without all history or branches, fetch it first');
  const since = commit.out.trim();
  const base = git(top, 'merge-base', since, 'HEAD');
  const from = base.isDone ? (base.out.split('\n', 1)[0] ?? since) : since;
  const names = [
    ...list(top, 'diff', '--name-only', '--no-renames', '--no-ext-diff', '-z', from, '--'),
    ...list(top, 'ls-files', '--others', '--exclude-standard', '-z'),
  ];
  return [...new Set(names)].map((name) => resolve(top, name));
}
