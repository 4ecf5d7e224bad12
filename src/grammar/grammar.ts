import type { Json } from '../edit/patch.js';

/** What a value has to be. */
export interface Grammar {
  /** What a value of it is called: `entity-tag`, `type`. */
  readonly noun: string;
  /** Whether a value is one. */
  accepts(value: unknown): boolean;
  /** What was meant by a value that is none, where that is beyond doubt. */
  repair(value: unknown): Json | undefined;
}
