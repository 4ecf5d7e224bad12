import type { Path } from '../json.js';
import type { Exception } from './exceptions.js';

/** One document of a description: the entry, or a file that a `$ref` reaches. */
export interface Source {
  /** The location of the document: a path or a URL, as the host writes it; `null` for a text without one. */
  readonly uri: string | null;
  /** The parsed document: any JSON value. It need not be a valid description. */
  readonly data: unknown;
  /** The length of its text in UTF-16 code units; absent if the host has no text. */
  readonly length?: number;
  /**
   * The exceptions that comments in the text make for the line of a value, always the same objects; absent if the host has no text.
   *
   * @param path the path of the value in {@link data}
   */
  exceptionsAt?(path: Path): readonly Exception[];
}

/** Opens the other documents of a description. Each host brings its own. */
export interface Reader {
  /**
   * Opens the document that a `$ref` names.
   *
   * @param reference the part of the `$ref` before `#`, never empty, as written (still percent-encoded)
   * @param from the document with the `$ref`, which a relative reference is relative to
   * @returns the document, always the same object for the same document; `undefined` if it cannot be opened
   */
  open(reference: string, from: Source): Source | undefined;
}
