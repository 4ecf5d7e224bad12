import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';

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

/** What descriptions and their parts are called. */
const anyDescription = '**/*.{yaml,yml,json}';

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
        problems.push(`${arg}: ${whyNothing(arg, isPattern)}`);
        continue;
      }
      searched.set(arg, found);
      folders.add(realpathSync(resolve(cwd, fixedPart(arg, isDynamicPattern))));
    }
    files.push(...(searched.get(arg) ?? []));
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

async function filesIn(folder: string): Promise<string[]> {
  const { globby } = await import('globby');
  const found = await globby(anyDescription, {
    cwd: folder,
    absolute: true,
    gitignore: true,
    ignore: ['**/node_modules/**'],
  });
  return found.map((file) => resolve(file)).toSorted();
}

/** The folders at the beginning of a glob that are no pattern. */
function fixedPart(glob: string, isDynamicPattern: (segment: string) => boolean): string {
  const segments = glob.split('/');
  const first = segments.findIndex((segment) => isDynamicPattern(segment));
  return segments.slice(0, Math.max(first, 0)).join('/') || (glob.startsWith('/') ? '/' : '.');
}

/** Whether a text might be an OpenAPI description, as far as a glance tells; were it in UTF-16, too, which is to be complained of. */
export function mayBeDescription(text: string): boolean {
  return /["']?\b(?:openapi|swagger)["']?\s*:\s*["']?[23]/.test(text.replaceAll('\0', ''));
}

/** A file by the name that a user would give it: relative to a folder, if it is in there; an address as it is. */
export function shortName(file: string, cwd: string): string {
  if (file.includes('://')) return file;
  const name = relative(cwd, file);
  return name === '' || name.startsWith(`..${sep}..`) ? file : name;
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
    const above = groupOf.get(file);
    return above === undefined || above === file ? file : find(above);
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
  for (const file of files) groups.set(find(file), [...(groups.get(find(file)) ?? []), file]);
  return [...groups.values()];
}

function referredTo(file: string): string[] {
  let text: string;
  try {
    if (!statSync(file).isFile()) return [];
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  const documents = [...text.matchAll(reference)].map(
    ([, double, single, plain]) => (double ?? single ?? plain ?? '').split('#', 1)[0] ?? '',
  );
  return [...new Set(documents)]
    .filter((name) => name !== '' && !/^[a-z][a-z\d+.-]+:/i.test(name))
    .map((name) => resolve(dirname(file), name));
}
