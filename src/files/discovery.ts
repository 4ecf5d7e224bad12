import { relative, sep } from 'node:path';
import { addToGroup } from '../grouping.js';
import { visibleName } from '../visible-text.js';
import { isRemote, withoutPasswords } from './address.js';
import { contentsOf } from './regular-file.js';
import { type Found, search } from './search.js';
import { addressesOfReference } from './workspace.js';

/** What descriptions and their parts are called. */
const anyDescription = '**/*.{yaml,yml,json}';

/**
 * The files in a folder, and in those below, that might be a description or a part of one, but for what git ignores.
 *
 * @param ignore globs, relative to the folder, of what need not be looked for
 */
export function filesIn(folder: string, ignore: readonly string[] = []): Promise<Found> {
  return search(anyDescription, { cwd: folder, gitignore: true, ignore: ['**/node_modules/**', ...ignore] });
}

/**
 * A file by the name that a user would give it, as people see it: relative to a folder, if it is in there; an address without a
 * password.
 */
export function shortName(file: string, cwd: string): string {
  if (file.includes('://')) return visibleName(withoutPasswords(file));
  const name = relative(cwd, file);
  return visibleName(name === '' || name.startsWith(`..${sep}..`) ? file : name);
}

/** A `$ref` to another file, in YAML or JSON, as far as a glance tells. */
const reference = /\$ref["']?\s*:\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"',}]+))/g;

/**
 * Divides descriptions into groups that have no file in common, so that each group can be worked on by itself.
 *
 * @param files absolute paths
 */
export function connected(files: readonly string[]): string[][] {
  const groupOf = new Map<string, string>();
  const find = (file: string): string => {
    let first = file;
    for (let above = groupOf.get(first); above !== undefined && above !== first; above = groupOf.get(first))
      first = above;
    groupOf.set(file, first);
    return first;
  };
  const queue = [...files];
  const seen = new Set(queue);
  for (const file of queue) {
    for (const other of referredTo(file)) {
      groupOf.set(find(other), find(file));
      if (!seen.has(other)) queue.push(other);
      seen.add(other);
    }
  }
  const groups = new Map<string, string[]>();
  for (const file of files) addToGroup(groups, find(file), file);
  return [...groups.values()];
}

/**
 * The files that `$ref`s in a file lead to, as far as a glance tells.
 *
 * @param file an absolute path
 * @param text what it holds; the file is read where that is not given
 */
export function referredTo(file: string, text = textOrNothing(file)): string[] {
  const documents = [...text.matchAll(reference)].map(
    ([, double, single, plain]) => (double ?? single ?? plain ?? '').split('#', 1)[0] ?? '',
  );
  const addresses = [...new Set(documents)].flatMap((name) => (name === '' ? [] : addressesOfReference(name, file)));
  return addresses.filter((address) => !isRemote(address));
}

/** What a file holds; nothing where it cannot be read. */
export function textOrNothing(file: string): string {
  try {
    return contentsOf(file, 'utf8');
  } catch {
    return '';
  }
}
