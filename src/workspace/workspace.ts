import { dirname, resolve } from 'node:path';
import type { Reader, Source } from '../contract/place.js';
import { readTextFile, type TextFile, UnreadableFile } from './text-file.js';

/** The files of some descriptions, each read once. Follows `$ref`s from file to file, never to the network. */
export class Workspace implements Reader {
  readonly #files = new Map<string, TextFile | UnreadableFile>();

  /** The files that have been read so far. */
  get files(): TextFile[] {
    return [...this.#files.values()].flatMap((file) => (file instanceof UnreadableFile ? [] : [file]));
  }

  /**
   * Reads a file, once.
   *
   * @param path an absolute path
   * @throws UnreadableFile
   */
  read(path: string): TextFile {
    const file = this.#files.get(path) ?? attempt(path);
    this.#files.set(path, file);
    if (file instanceof UnreadableFile) throw file;
    return file;
  }

  open(reference: string, from: Source): Source | undefined {
    const isRemote = /^[a-z][a-z\d+.-]+:/i.test(reference) || reference.startsWith('//');
    if (isRemote || from.uri === null) return undefined;
    const path = resolve(dirname(from.uri), reference);
    const file = this.#files.get(path) ?? attempt(path);
    this.#files.set(path, file);
    return file instanceof UnreadableFile ? undefined : file;
  }
}

function attempt(path: string): TextFile | UnreadableFile {
  try {
    return readTextFile(path);
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
}
