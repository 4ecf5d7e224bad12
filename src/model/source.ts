/** One document of a description: the entry, or a file that a `$ref` reaches. */
export interface Source {
  /** The location of the document: a path or a URL, as the host writes it; `null` for a text without one. */
  readonly uri: string | null;
  /** The parsed document: any JSON value. It need not be a valid description. */
  readonly data: unknown;
  /** The length of its text in UTF-16 code units; absent if the host has no text. */
  readonly length?: number;
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
