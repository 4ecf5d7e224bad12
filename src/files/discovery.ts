import { relative, sep } from 'node:path';
import { addToGroup } from '../grouping.js';
import { visibleName } from '../visible-text.js';
import { isRemote, withoutPasswords } from './address.js';
import { contentsOf } from './regular-file.js';
import { type Found, search } from './search.js';
import { addressesOfReference } from './workspace.js';

/** The files that may be descriptions or parts of them. */
const anyDescription = '**/*.{yaml,yml,json}';

/**
 * The files in a folder and below that may be descriptions or parts of them, except what git ignores.
 *
 * @param ignore globs to skip, relative to the folder
 */
export function filesIn(folder: string, ignore: readonly string[] = []): Promise<Found> {
  return search(anyDescription, { cwd: folder, gitignore: true, ignore: ['**/node_modules/**', ...ignore] });
}

/**
 * A file name to print: relative to the folder if it is near there, and an address without its password.
 */
export function shortName(file: string, cwd: string): string {
  if (file.includes('://')) return visibleName(withoutPasswords(file));
  const name = relative(cwd, file);
  return visibleName(name === '' || name.startsWith(`..${sep}..`) ? file : name);
}

/** A `$ref` in YAML or JSON, found without parsing: it may match too much. */
const reference = /\$ref["']?\s*:\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"',}]+))/g;

/**
 * Divides descriptions into groups that share no file, so that each group can be fixed on its own.
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
 * The files that the `$ref`s of a file seem to lead to; found without parsing.
 *
 * @param file an absolute path
 * @param text its contents; read from the file if absent
 */
export function referredTo(file: string, text = textOrNothing(file)): string[] {
  const documents = [...text.matchAll(reference)].map(
    ([, double, single, plain]) => (double ?? single ?? plain ?? '').split('#', 1)[0] ?? '',
  );
  const addresses = [...new Set(documents)].flatMap((name) => (name === '' ? [] : addressesOfReference(name, file)));
  return addresses.filter((address) => !isRemote(address));
}

/** The contents of a file; empty if it cannot be read. */
export function textOrNothing(file: string): string {
  try {
    return contentsOf(file).toString();
  } catch {
    return '';
  }
}
