import { realpathSync } from 'node:fs';
import { filesIn } from '../../files/discovery.js';
import { exclusion } from '../../files/exclusion.js';
import { Users } from '../../files/users.js';
import { filesChangedSince } from './changed-files.js';
import type { NamedFiles } from './find-files.js';

/**
 * The named files that have changed, and the named descriptions that refer to a file that has.
 *
 * @param revision as git names it
 * @param cwd a folder of the repository
 * @throws Failure if git cannot tell
 */
export async function changedAmong(named: NamedFiles, revision: string, cwd: string): Promise<NamedFiles> {
  const changed = new Set(filesChangedSince(revision, cwd));
  const affected = await descriptionsWith((file) => changed.has(file), named.files);
  const isChanged = (file: string) => named.named.has(file) && changed.has(realOf(file));
  return { ...named, searched: new Map(), files: named.files.filter((file) => affected.has(file) || isChanged(file)) };
}

/**
 * The descriptions in this folder and below that are among the named files or refer to one. Negated globs exclude descriptions, too.
 *
 * @param cwd the folder to search
 */
export async function relatedTo(named: NamedFiles, cwd: string): Promise<NamedFiles> {
  const isTakenAway = await exclusion(named.negated, cwd);
  const here = await filesIn(cwd);
  const wanted = new Set(named.files.flatMap((file) => [file, realOf(file)]));
  const all = [...new Set([...named.files, ...here.files.filter((file) => !isTakenAway(file))])];
  const related = await descriptionsWith((file) => wanted.has(file), all);
  return { ...named, searched: new Map(), files: all.filter((file) => related.has(file)) };
}

/** The descriptions among some files that are, or refer to, directly or not, a file that was asked for by its path or its real path. */
async function descriptionsWith(isAskedFor: (file: string) => boolean, files: readonly string[]): Promise<Set<string>> {
  const users = await Users.among(files);
  return new Set(users.of(users.known.filter((file) => isAskedFor(file) || isAskedFor(realOf(file)))));
}

/** The path of a file with symbolic links resolved; its path if it does not exist. */
function realOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
