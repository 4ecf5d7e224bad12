import type { Json } from '../json.js';

/** A grammar that values have to match. */
export interface Grammar {
  /** The name of a value that matches: `entity-tag`, `type`. */
  readonly noun: string;
  /** Whether a value matches. */
  accepts(value: unknown): boolean;
  /** The correct form of a value that does not match; `undefined` if there is any doubt about it. */
  repair(value: unknown): Json | undefined;
  /**
   * The offset, in UTF-16 code units, of the first character of a text that does not match, or of the end if something is missing. Absent
   * if the grammar cannot tell.
   */
  faultIn?(text: string): number;
  /** Why a value that does not match has no repair, as a clause; `undefined` if there is no particular reason. */
  reasonAgainstFix?(value: unknown): string | undefined;
}
