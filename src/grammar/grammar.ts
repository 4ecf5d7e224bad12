import type { Json } from '../json.js';

/** What a value has to be. */
export interface Grammar {
  /** What a value of it is called: `entity-tag`, `type`. */
  readonly noun: string;
  /** Whether a value is one. */
  accepts(value: unknown): boolean;
  /** What was meant by a value that is none, where that is beyond doubt. */
  repair(value: unknown): Json | undefined;
  /**
   * Where a text that is none goes wrong: the offset, in UTF-16 code units, of what should not follow there, or of the end where
   * something is missing. Absent where that can be anywhere.
   */
  faultIn?(text: string): number;
  /** What is wrong with a value that is none, in a clause, where that can be said more closely than what the grammar is. */
  reasonAgainstFix?(value: unknown): string | undefined;
}
