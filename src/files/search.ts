import fs from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Options } from 'globby';
import { reasonOf } from './reading.js';
import { UnreadableFile } from './text-file.js';

/** The files that a search found, and what it could not read. */
export interface Found {
  /** Absolute paths, sorted. */
  readonly files: readonly string[];
  /** Folders and `.gitignore` files that cannot be read. */
  readonly closed: readonly UnreadableFile[];
}

/**
 * Finds the files that match a glob. Folders that cannot be read are skipped, and reported.
 *
 * @param options of globby
 */
export async function search(glob: string, options: Options & { readonly cwd: string }): Promise<Found> {
  const { globby } = await import('globby');
  const closed = new Map<string, UnreadableFile>();
  const say = (path: string, error: NodeJS.ErrnoException) => {
    const file = resolve(options.cwd, path);
    // A file may be deleted during the search.
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR')
      closed.set(file, new UnreadableFile(file, `cannot be read: ${reasonOf(error)}`));
  };
  const files = await globby(glob, {
    ...options,
    absolute: true,
    expandDirectories: false,
    suppressErrors: true,
    fs: reportingFileSystem(say),
  });
  return { files: files.map((file) => resolve(file)).toSorted(), closed: [...closed.values()] };
}

/** The file system, reporting what cannot be listed or read. */
function reportingFileSystem(say: (path: string, error: NodeJS.ErrnoException) => void): NonNullable<Options['fs']> {
  type Listed = (error: NodeJS.ErrnoException | null, entries: fs.Dirent[]) => void;
  const readdir = (path: string, options: { withFileTypes: true }, done: Listed) =>
    fs.readdir(path, options, (error, entries) => {
      if (error !== null) say(path, error);
      done(error, entries);
    });
  const readFile = (path: string, encoding: 'utf8') =>
    fs.promises.readFile(path, encoding).catch((error) => {
      say(path, error);
      throw error;
    });
  // What a search finds is a file, and no folder. To ask that of the system for each file takes longer than the search.
  const stat = (path: string) =>
    basename(path) === '.git' ? fs.promises.stat(path) : Promise.resolve({ isDirectory: () => false });
  return { ...fs, readdir, promises: { ...fs.promises, readFile, stat } } as unknown as NonNullable<Options['fs']>;
}
