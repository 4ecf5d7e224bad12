import { realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { withoutPasswords } from '../../files/address.js';
import { filesIn } from '../../files/discovery.js';
import { exclusion, isNegated, takenAwayBy } from '../../files/exclusion.js';
import { type Found, search } from '../../files/search.js';
import { reasonOf } from '../../files/reading.js';
import type { UnreadableFile } from '../../files/text-file.js';
import { visibleName } from '../../visible-text.js';

/** The files that the arguments of a command name: plain data, which can be passed to another thread. */
export interface NamedFiles {
  /** Absolute paths, each once, in the order of the arguments; those of one glob sorted. */
  readonly files: readonly string[];
  /** Those that an argument names directly, not through a folder or glob. */
  readonly named: ReadonlySet<string>;
  /** The folders that contain them, with symbolic links resolved. */
  readonly folders: readonly string[];
  /** The folders and globs among the arguments, with their files. */
  readonly searched: ReadonlyMap<string, readonly string[]>;
  /** The negated globs among the arguments. */
  readonly negated: readonly string[];
  /** A message for each argument that names nothing. */
  readonly problems: readonly string[];
  /** The files and folders that could not be read during the search. */
  readonly closed: readonly UnreadablePath[];
}

/** A file or folder that cannot be read, and why. */
interface UnreadablePath {
  readonly file: string;
  readonly message: string;
}

/** The files that an argument names, before negated globs exclude any. */
interface Named extends Found {
  /** The folder that was searched, or that contains the file. */
  readonly folder: string;
  readonly isSearched: boolean;
}

/**
 * Finds the files that arguments name: files, folders (every file that may be a description and that git does not ignore) and
 * globs. A negated glob excludes files of the arguments before it.
 */
export async function findFiles(args: readonly string[], cwd: string): Promise<NamedFiles> {
  const named = new Set<string>();
  const folders = new Set<string>();
  const searched = new Map<string, readonly string[]>();
  const problems: string[] = [];
  const closed = new Map<string, UnreadableFile>();
  const files = new Set<string>();
  let isAnyTakenAway = false;
  for (const [index, arg] of args.entries()) {
    if (isNegated(arg)) {
      if (args.slice(0, index).every(isNegated))
        problems.push(`${visibleName(arg)}: a negated glob needs a file, folder or glob before it`);
      continue;
    }
    const negated = args.slice(index + 1).filter(isNegated);
    const found = await namedBy(arg, cwd, negated);
    if (typeof found === 'string') {
      problems.push(`${visibleName(withoutPasswords(arg))}: ${found}`);
      continue;
    }
    for (const fault of found.closed) closed.set(fault.file, fault);
    const isTakenAway = await exclusion(negated, cwd);
    const left = found.files.filter((file) => !isTakenAway(file));
    for (const file of left) files.add(file);
    folders.add(realpathSync(found.folder));
    const isEmptied = left.length === 0 && negated.length > 0;
    isAnyTakenAway ||= isEmptied;
    if (!found.isSearched) for (const file of left) named.add(file);
    else if (!isEmptied && (left.length > 0 || found.closed.length === 0)) searched.set(arg, left);
  }
  if (isAnyTakenAway && files.size === 0) problems.push('No files are left: the negated globs exclude them all');
  const faults = [...closed.values()].map(({ file, message }) => ({ file, message }));
  const all = { files: [...files], folders: [...folders], closed: faults };
  return { ...all, named, searched, negated: args.filter(isNegated), problems };
}

/** Whether a negated glob excludes a file and no later argument names it. */
export async function takesAway({ files, negated }: NamedFiles, cwd: string): Promise<(file: string) => boolean> {
  const isTakenAway = await exclusion(negated, cwd);
  const named = new Set(files);
  return (file) => isTakenAway(file) && !named.has(file);
}

/** The files that an argument names, or why it names none. Excluded folders are not searched. */
async function namedBy(arg: string, cwd: string, negated: readonly string[]): Promise<Named | string> {
  const path = resolve(cwd, arg);
  const stats = statsOf(path);
  if (!(stats instanceof Error)) {
    if (!stats.isDirectory())
      return { files: [path], closed: [], folder: dirname(realpathSync(path)), isSearched: false };
    const found = await filesIn(path, path === cwd ? negated.flatMap(takenAwayBy) : []);
    return { ...found, folder: path, isSearched: true };
  }
  const { isDynamicPattern } = await import('globby');
  if (/^https?:/i.test(arg)) return 'is a URL: fetch it first, or pipe it in';
  if (!isDynamicPattern(arg)) return reasonOf(stats);
  const found = await matching(arg, cwd, negated.flatMap(takenAwayBy));
  // A glob without files is an error, unless negated globs exclude all its files.
  const isEmpty = found.files.length === 0 && found.closed.length === 0;
  if (isEmpty && (negated.length === 0 || (await matching(arg, cwd, [])).files.length === 0)) return 'no files match';
  return { ...found, folder: resolve(cwd, fixedPart(arg, isDynamicPattern)), isSearched: true };
}

function statsOf(path: string): Stats | Error {
  try {
    return statSync(path);
  } catch (error) {
    return error as Error;
  }
}

function matching(glob: string, cwd: string, ignore: readonly string[]): Promise<Found> {
  // The search would treat a leading exclamation mark as a negation.
  return search(glob.replaceAll('\\', '/').replace(/^!/, './!'), { cwd, dot: true, ignore: [...ignore] });
}

/** The folders at the start of a glob, before its first pattern. */
function fixedPart(glob: string, isDynamicPattern: (segment: string) => boolean): string {
  const segments = glob.split('/');
  const first = segments.findIndex((segment) => segment !== '' && isDynamicPattern(segment));
  return segments.slice(0, Math.max(first, 0)).join('/') || (glob.startsWith('/') ? '/' : '.');
}
