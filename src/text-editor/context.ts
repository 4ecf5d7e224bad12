import type { ParsedDocument } from './parsed-document.js';
import type { DocumentStyle } from './style.js';

/** What an edit needs to know about the text. */
export interface EditContext {
  readonly document: ParsedDocument;
  readonly style: DocumentStyle;
  /** Orders of names. Where the text shows no order, a new member follows the first that knows its name. */
  readonly conventions: readonly (readonly string[])[];
}
