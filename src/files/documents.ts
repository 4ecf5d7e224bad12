import type { Reader, Source } from '../model/source.js';
import { TextFile, UnreadableFile } from './text-file.js';

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

/** Where documents come from: a disk, the network, or what a caller has. */
export interface Library {
  /**
   * The addresses that a `$ref` may name, of which the first with a document counts.
   *
   * @param reference the part of the `$ref` before `#`
   * @param base the address of the document that it stands in
   * @returns none if it names no document
   */
  addressesOf(reference: string, base: string | null): readonly string[];
  /**
   * Reads a document.
   *
   * @returns why it cannot be read; `undefined` if it is not there yet, because it has to be waited for
   */
  read(address: string): TextFile | UnreadableFile | undefined;
  /** Why a `$ref` that names no document is wrong; `undefined` if it is not. */
  whyNoAddress(base: string | null): string | undefined;
}

/** The documents of some descriptions, each read once. Follows `$ref`s from one to another. */
export class Documents implements Files {
  readonly #library: Library;
  readonly #documents = new Map<string, TextFile | UnreadableFile>();
  readonly #missing = new Set<string>();
  #asked = new Set<string>();

  constructor(library: Library) {
    this.#library = library;
  }

  /** The documents read so far. */
  get files(): TextFile[] {
    return [...this.#documents.values()].flatMap((file) => (file instanceof UnreadableFile ? [] : [file]));
  }

  /** The documents that could not be read, and why. */
  get unreadable(): UnreadableFile[] {
    return [...this.#documents.values()].flatMap((file) => (file instanceof UnreadableFile ? [file] : []));
  }

  /** The addresses of the documents that `$ref`s lead to and that have to be waited for. */
  get missing(): readonly string[] {
    return [...this.#missing].filter((address) => !this.#documents.has(address));
  }

  /**
   * Reads a document, once.
   *
   * @throws UnreadableFile
   */
  read(address: string): TextFile {
    const file = this.#documentAt(address) ?? new UnreadableFile(address, 'was not read');
    if (file instanceof UnreadableFile) throw file;
    return file;
  }

  /** Whether a document has been read without error. */
  isKnown(address: string): boolean {
    return this.#documents.get(address) instanceof TextFile;
  }

  /** Replaces what is known of a document. */
  take(file: TextFile): void {
    this.put(file.uri, file);
  }

  /** Records what stands at an address, or why that cannot be read. */
  put(address: string, document: TextFile | UnreadableFile): void {
    this.#documents.set(address, document);
  }

  /**
   * The addresses that were asked for since the last call, with what stands there: what was found meanwhile depends on nothing else.
   *
   * @returns `undefined` for a document that has to be waited for
   */
  takeAsked(): Map<string, TextFile | UnreadableFile | undefined> {
    const asked = new Map([...this.#asked].map((address) => [address, this.#documents.get(address)]));
    this.#asked = new Set();
    return asked;
  }

  /** Forgets a document, so that it is read again when it is needed. */
  forget(address: string): void {
    this.#documents.delete(address);
  }

  /**
   * The same documents as they were read, without what has been done to their data.
   *
   * @param texts the texts of those that are to have another one
   */
  afresh(texts: ReadonlyMap<string, string> = new Map()): Documents {
    const read = (address: string) => {
      const text = texts.get(address);
      const document = this.#documentAt(address);
      if (text === undefined && !(document instanceof TextFile)) return document;
      return new TextFile(address, text ?? (document as TextFile).text);
    };
    return new Documents({
      read,
      addressesOf: (...names) => this.#library.addressesOf(...names),
      whyNoAddress: (base) => this.#library.whyNoAddress(base),
    });
  }

  open(reference: string, from: Source): Source | undefined {
    for (const address of this.#library.addressesOf(reference, from.uri)) {
      const document = this.#documentAt(address);
      if (document instanceof TextFile) return document;
    }
    return undefined;
  }

  whyNot(reference: string, from: Source): string | undefined {
    const [address] = this.#library.addressesOf(reference, from.uri);
    if (address === undefined) return this.#library.whyNoAddress(from.uri);
    const document = this.#documents.get(address);
    return document instanceof UnreadableFile ? document.message : undefined;
  }

  #documentAt(address: string): TextFile | UnreadableFile | undefined {
    this.#asked.add(address);
    const document = this.#documents.get(address) ?? this.#library.read(address);
    if (document === undefined) this.#missing.add(address);
    else this.#documents.set(address, document);
    return document;
  }
}

/** The text of a document as a file; or why it cannot be read at all. */
export function parsed(address: string, text: string): TextFile | UnreadableFile {
  return attempt(() => new TextFile(address, text));
}

/** What a reader of a document returns, or the reason that it throws. */
export function attempt(read: () => TextFile): TextFile | UnreadableFile {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
}

/** Decodes a relative URI to a file name. One with broken escapes, or with an escaped slash, stays as it is. */
export function unescaped(reference: string): string {
  try {
    return /%2f/i.test(reference) ? reference : decodeURIComponent(reference);
  } catch {
    return reference;
  }
}
