import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reader, Source } from '../model/source.js';
import { isRemote } from './address.js';
import { Network } from './network.js';
import { readTextFile, TextFile, UnreadableFile } from './text-file.js';

/** The files of some descriptions, each read once. Follows `$ref`s from file to file, to the network only where that is asked for. */
export class Workspace implements Files {
  readonly #documents = new Map<string, TextFile | UnreadableFile>();
  readonly #unsaved: (file: string) => string | undefined;
  readonly #remote = new Set<string>();

  readonly #network: Network;

  /**
   * @param unsaved the texts of files that are not, or not any more, as they are on disk
   * @param network what documents are fetched by, with its bounds
   */
  constructor(unsaved: (file: string) => string | undefined = () => undefined, network = new Network()) {
    this.#unsaved = unsaved;
    this.#network = network;
  }

  /** The files that have been read so far. */
  get files(): TextFile[] {
    return [...this.#documents.values()].flatMap((file) => (file instanceof UnreadableFile ? [] : [file]));
  }

  /** Why files, or documents on the network, that were asked for could not be read. */
  get unreadable(): UnreadableFile[] {
    return [...this.#documents.values()].flatMap((file) => (file instanceof UnreadableFile ? [file] : []));
  }

  /** The addresses on the network that `$ref`s were not followed to. */
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

  /** Whether a file has been read, and could be. */
  isKnown(path: string): boolean {
    return this.#documents.get(path) instanceof TextFile;
  }

  /** Takes a text for what its file holds, from now on. */
  take(file: TextFile): void {
    this.#documents.set(file.uri, file);
  }

  /** Forgets what a file held: it is read again when it is next asked for. */
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
    // What has not been saved yet is nowhere that anything could be missing from.
    const isSaved = from.uri !== null && (isAbsolute(from.uri) || isRemote(from.uri));
    if (address === undefined) return isSaved ? 'it names neither a file nor a document on the network' : undefined;
    const document = this.#documents.get(address);
    if (!(document instanceof UnreadableFile)) return undefined;
    return document.message;
  }

  /** Fetches what {@link remote} holds. What cannot be had is {@link unreadable} afterwards. */
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
 * Where a `$ref` may lead: the first that is there is meant. It is a URI, in which a space is `%20` (RFC 3986 §2.1); but names of
 * files are often written as they are, be there a `%` in them, and Spectral reads them so.
 *
 * @param reference the part of the `$ref` before `#`
 * @param base what it is relative to
 * @returns absolute paths, or a URL; none where that is neither a file nor a page on the network
 */
export function addressesOfReference(reference: string, base: string | null): readonly string[] {
  if (isRemote(base ?? '') || isRemote(reference) || reference.startsWith('//')) {
    const url = URL.canParse(reference, base ?? '') ? new URL(reference, base ?? '').href : reference;
    return isRemote(url) ? [url] : [];
  }
  if (/^file:\/\//i.test(reference)) return fileNamed(reference);
  // What has not been saved yet has no folder that a reference could be relative to.
  if (base === null || !isAbsolute(base) || /^[a-z][a-z\d+.-]+:/i.test(reference)) return [];
  const folder = dirname(base);
  return [...new Set([reference, unescaped(reference)])].map((name) => resolve(folder, name));
}

/** A relative URI as the name of a file; as it is where its escapes are broken, or would divide a name in two. */
function unescaped(reference: string): string {
  try {
    return /%2f/i.test(reference) ? reference : decodeURIComponent(reference);
  } catch {
    return reference;
  }
}

/** The path of a file by its URL (RFC 8089); none for one on another host, or that is no path here. */
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

/** Opens text files, and says why it does not. */
export interface Files extends Reader {
  /**
   * Why a document that a `$ref` names cannot be had.
   *
   * @param reference the part of the `$ref` before `#`
   * @param from the document that the `$ref` stands in
   * @returns `undefined` where it stands on the network, and was not asked for; or where the document with the `$ref` has not been
   *   saved yet
   */
  whyNot(reference: string, from: Source): string | undefined;
}
