import { realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { withoutPasswords } from '../../files/address.js';
import { filesIn } from '../../files/discovery.js';
import { exclusion, isNegated, takenAwayBy } from '../../files/exclusion.js';
import { type Found, search } from '../../files/search.js';
import { reasonOf, type UnreadableFile } from '../../files/text-file.js';
import { visibleName } from '../../visible-text.js';

/** The files that the arguments of a command name: plain data, which can go to another thread. */
export interface NamedFiles {
  /** Absolute paths, each once, in the order of the arguments; those of one glob sorted. */
  readonly files: readonly string[];
  /** Those among them that were named one by one. */
  readonly named: ReadonlySet<string>;
  /** The folders that they are in, as the file system calls them, links followed. */
  readonly folders: readonly string[];
  /** Folders and globs among the arguments, with the files that they stand for. */
  readonly searched: ReadonlyMap<string, readonly string[]>;
  /** The negated globs among the arguments. */
  readonly negated: readonly string[];
  /** What is wrong with arguments that name nothing. */
  readonly problems: readonly string[];
  /** What could not be looked into on the way. */
  readonly closed: readonly FileFault[];
}

/** A file or folder that cannot be read, and why. */
interface FileFault {
  readonly file: string;
  readonly message: string;
}

/** What an argument stands for, before anything is taken away from it. */
interface Named extends Found {
  /** Where it was looked for, or stands. */
  readonly folder: string;
  readonly isSearched: boolean;
}

/**
 * Finds the files that arguments name: files, folders (whatever might be a description in them, but for what git ignores) and
 * globs. A negated glob takes away from what stands before it.
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

/** Whether the arguments take a file away that they do not name after that. */
export async function takesAway({ files, negated }: NamedFiles, cwd: string): Promise<(file: string) => boolean> {
  const isTakenAway = await exclusion(negated, cwd);
  const named = new Set(files);
  return (file) => isTakenAway(file) && !named.has(file);
}

/** What an argument stands for; or why it stands for nothing. What is to be taken away need not be looked into. */
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
  // That a pattern names nothing is said, unless that is because all of it is taken away.
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
  // What begins with an exclamation mark would be taken for negated.
  return search(glob.replaceAll('\\', '/').replace(/^!/, './!'), { cwd, dot: true, ignore: [...ignore] });
}

/** The folders at the beginning of a glob that are no pattern. */
function fixedPart(glob: string, isDynamicPattern: (segment: string) => boolean): string {
  const segments = glob.split('/');
  const first = segments.findIndex((segment) => segment !== '' && isDynamicPattern(segment));
  return segments.slice(0, Math.max(first, 0)).join('/') || (glob.startsWith('/') ? '/' : '.');
}
