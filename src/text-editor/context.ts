import type { Syntax } from './parsed-document.js';
import type { Manners } from './style.js';

/** What changing a text needs to know of it. */
export interface Setting {
  readonly syntax: Syntax;
  readonly manners: Manners;
  /** Orders of names that new members go by, where their siblings are in none: the first that knows the name. */
  readonly conventions: readonly (readonly string[])[];
}
