import type { Path } from '../json.js';
import type { Span } from '../text-editor/parsed-document.js';
import type { Unclosed } from './unclosed-brackets.js';

/** An error in a text. */
export interface ParseError {
  readonly message: string;
  /** Empty if it is not known which value the error is in. */
  readonly path: Path;
  readonly span: Span;
  /** Whether the error is a duplicate name. */
  readonly isDuplicate?: true;
}

/**
 * The error of a duplicate name.
 *
 * @param path the path of the member
 * @param span the span of the second name
 */
export function duplicateKey(path: Path, span: Span): ParseError {
  return { message: `Duplicate key: ${path.at(-1) ?? ''}`, path, span, isDuplicate: true };
}

/** The error of an unclosed bracket or quotation mark. */
export function unclosedFault({ offset, opening, closing }: Unclosed): ParseError {
  const message = `Unclosed ${opening}: its closing ${closing} is missing`;
  return { message, path: [], span: { start: offset, end: offset + 1 } };
}
