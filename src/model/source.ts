/** One document of a description: the entry, or a file that a `$ref` reaches. */
export interface Source {
  /** Where the document was read from, as the host writes it (a path or a URL); `null` for text without a location. */
  readonly uri: string | null;
  /** The parsed document. Never trusted: any JSON value, of any shape. */
  readonly data: unknown;
  /** How long its text is, in UTF-16 code units; absent where it is not known as a text. */
  readonly length?: number;
}

/** How a model reaches the other documents of a description. Each host brings its own. */
export interface Reader {
  /**
   * Opens the document that a `$ref` names.
   *
   * @param reference the part of the `$ref` before `#`, never empty, as written (still percent-encoded)
   * @param from the document that the `$ref` stands in: what a relative reference is relative to
   * @returns the document, always the same object for the same document; `undefined` where it cannot be had
   */
  open(reference: string, from: Source): Source | undefined;
}
