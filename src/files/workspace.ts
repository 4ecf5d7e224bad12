import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reader, Source } from '../model/source.js';
import { isRemote } from './address.js';
import { Network } from './network.js';
import { readTextFile, TextFile, UnreadableFile } from './text-file.js';

/** The files of some descriptions, each read once. Follows `$ref`s from file to file; fetches from the network only on request. */
export class Workspace implements Files {
  readonly #documents = new Map<string, TextFile | UnreadableFile>();
  readonly #unsaved: (file: string) => string | undefined;
  readonly #remote = new Set<string>();

  readonly #network: Network;

  /**
   * @param unsaved the texts of files whose contents on disk do not count
   * @param network fetches documents, within its limits
   */
  constructor(unsaved: (file: string) => string | undefined = () => undefined, network = new Network()) {
    this.#unsaved = unsaved;
    this.#network = network;
  }

  /** The files read so far. */
  get files(): TextFile[] {
    return [...this.#documents.values()].flatMap((file) => (file instanceof UnreadableFile ? [] : [file]));
  }

  /** The files and documents that could not be read, and why. */
  get unreadable(): UnreadableFile[] {
    return [...this.#documents.values()].flatMap((file) => (file instanceof UnreadableFile ? [file] : []));
  }

  /** The addresses of the documents on the network that `$ref`s lead to and that were not fetched. */
  get remote(): readonly string[] {
    return [...this.#remote].filter((address) => !this.#documents.has(address));
  }

  /**
   * Reads a file, once.
   *
   * @param path an absolute path
   * @throws UnreadableFile
   */
  read(path: string): TextFile {
    const file = this.#documentAt(path);
    if (file instanceof UnreadableFile) throw file;
    return file;
  }

  /** Whether a file has been read without error. */
  isKnown(path: string): boolean {
    return this.#documents.get(path) instanceof TextFile;
  }

  /** Replaces what is known of a file. */
  take(file: TextFile): void {
    this.#documents.set(file.uri, file);
  }

  /** Forgets a file, so that it is read again when it is needed. */
  forget(path: string): void {
    this.#documents.delete(path);
  }

  open(reference: string, from: Source): Source | undefined {
    for (const address of addressesOfReference(reference, from.uri)) {
      if (isRemote(address)) this.#remote.add(address);
      const document = isRemote(address) ? this.#documents.get(address) : this.#documentAt(address);
      if (document instanceof TextFile) return document;
    }
    return undefined;
  }

  whyNot(reference: string, from: Source): string | undefined {
    const [address] = addressesOfReference(reference, from.uri);
    // A document that was never saved has no folder, so its relative references are not wrong.
    const isSaved = from.uri !== null && (isAbsolute(from.uri) || isRemote(from.uri));
    if (address === undefined) return isSaved ? 'it names neither a file nor a document on the network' : undefined;
    const document = this.#documents.get(address);
    if (!(document instanceof UnreadableFile)) return undefined;
    return document.message;
  }

  /** Fetches the {@link remote} documents. Those that cannot be fetched are {@link unreadable} afterwards. */
  async fetchRemote(): Promise<void> {
    for (const [address, document] of await this.#network.fetchAll(this.remote)) this.#documents.set(address, document);
  }

  #documentAt(path: string): TextFile | UnreadableFile {
    const known = this.#documents.get(path);
    if (known !== undefined) return known;
    const document = attempt(() => {
      const text = this.#unsaved(path);
      return text === undefined ? readTextFile(path) : new TextFile(path, text);
    });
    this.#documents.set(path, document);
    return document;
  }
}

/**
 * Resolves a `$ref` to the places that it may name, of which the first that exists counts. A `$ref` is a URI, in which a space is
 * `%20` (RFC 3986 §2.1); but people often write file names as they are, even with a `%`, and Spectral reads them so.
 *
 * @param reference the part of the `$ref` before `#`
 * @param base the path or address of its document
 * @returns absolute paths, or a URL; none if it is neither a file nor on the network
 */
export function addressesOfReference(reference: string, base: string | null): readonly string[] {
  if (isRemote(base ?? '') || isRemote(reference) || reference.startsWith('//')) {
    const url = URL.canParse(reference, base ?? '') ? new URL(reference, base ?? '').href : reference;
    return isRemote(url) ? [url] : [];
  }
  if (/^file:\/\//i.test(reference)) return fileNamed(reference);
  // A document that was never saved has no folder.
  if (base === null || !isAbsolute(base) || /^[a-z][a-z\d+.-]+:/i.test(reference)) return [];
  const folder = dirname(base);
  return [...new Set([reference, unescaped(reference)])].map((name) => resolve(folder, name));
}

/** Decodes a relative URI to a file name. One with broken escapes, or with an escaped slash, stays as it is. */
function unescaped(reference: string): string {
  try {
    return /%2f/i.test(reference) ? reference : decodeURIComponent(reference);
  } catch {
    return reference;
  }
}

/** The path in a `file:` URL (RFC 8089); none if it is on another host, or not a path on this system. */
function fileNamed(url: string): readonly string[] {
  try {
    return [fileURLToPath(url)];
  } catch {
    return [];
  }
}

function attempt(read: () => TextFile): TextFile | UnreadableFile {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
}

/** Opens text files, or says why it cannot. */
export interface Files extends Reader {
  /**
   * Why the document of a `$ref` cannot be opened.
   *
   * @param reference the part of the `$ref` before `#`
   * @param from the document that the `$ref` stands in
   * @returns `undefined` if it is on the network and was not to be fetched, or if the document with the `$ref` was never saved
   */
  whyNot(reference: string, from: Source): string | undefined;
}
