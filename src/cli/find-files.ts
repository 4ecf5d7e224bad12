import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { withoutPasswords } from '../workspace/address.js';
import { filesIn } from '../workspace/folder.js';

/** The files that the arguments of a command name. */
export interface NamedFiles {
  /** Absolute paths, each once, in the order of the arguments; those of one glob sorted. */
  readonly files: readonly string[];
  /** Those among them that were named one by one. */
  readonly named: ReadonlySet<string>;
  /** The folders that they are in, as the file system calls them, links followed. */
  readonly folders: readonly string[];
  /** Folders and globs among the arguments, with the files that they stand for. */
  readonly searched: ReadonlyMap<string, readonly string[]>;
  /** What is wrong with arguments that name nothing. */
  readonly problems: readonly string[];
}

/**
 * Finds the files that arguments name: files, folders (whatever might be a description in them, but for what git ignores) and
 * globs.
 */
export async function findFiles(args: readonly string[], cwd: string): Promise<NamedFiles> {
  const named = new Set<string>();
  const folders = new Set<string>();
  const searched = new Map<string, readonly string[]>();
  const problems: string[] = [];
  const files: string[] = [];
  for (const arg of args) {
    const path = resolve(cwd, arg);
    const stats = existsSync(path) ? statSync(path) : undefined;
    if (stats?.isDirectory() === true) {
      searched.set(arg, await filesIn(path));
      folders.add(realpathSync(path));
    } else if (stats !== undefined) {
      files.push(path);
      named.add(path);
      folders.add(dirname(realpathSync(path)));
    } else {
      const { isDynamicPattern } = await import('globby');
      const isPattern = isDynamicPattern(arg);
      const found = isPattern ? await matching(arg, cwd) : [];
      if (found.length === 0) {
        problems.push(`${withoutPasswords(arg)}: ${whyNothing(arg, isPattern)}`);
        continue;
      }
      searched.set(arg, found);
      folders.add(realpathSync(resolve(cwd, fixedPart(arg, isDynamicPattern))));
    }
    for (const file of searched.get(arg) ?? []) files.push(file);
  }
  return { files: [...new Set(files)], named, folders: [...folders], searched, problems };
}

function whyNothing(arg: string, isPattern: boolean): string {
  if (/^https?:/i.test(arg)) return 'only files are read: fetch it first, or pipe it in';
  return isPattern ? 'no file is called that' : 'there is no such file';
}

async function matching(pattern: string, cwd: string): Promise<string[]> {
  const { globby } = await import('globby');
  const options = { cwd, absolute: true, dot: true, expandDirectories: false };
  const found = await globby(pattern.replaceAll('\\', '/'), options);
  return found.map((file) => resolve(file)).toSorted();
}

/** The folders at the beginning of a glob that are no pattern. */
function fixedPart(glob: string, isDynamicPattern: (segment: string) => boolean): string {
  const segments = glob.split('/');
  const first = segments.findIndex((segment) => isDynamicPattern(segment));
  return segments.slice(0, Math.max(first, 0)).join('/') || (glob.startsWith('/') ? '/' : '.');
}
