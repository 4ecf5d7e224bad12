import type { ParsedDocument } from './parsed-document.js';
import type { DocumentStyle } from './style.js';

/** What changing a text needs to know of it. */
export interface EditContext {
  readonly document: ParsedDocument;
  readonly style: DocumentStyle;
  /** Orders of names that new members go by, where their siblings are in none: the first that knows the name. */
  readonly conventions: readonly (readonly string[])[];
}
