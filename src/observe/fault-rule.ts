import type { Rule } from '../rule.js';
import type { Exchange } from './exchange.js';

/** What a rule about servers sees in an exchange: what HTTP expects of the server, and what it did instead. */
export interface Fault {
  /** What is expected, with an article where it needs one: `304`, `an entity-tag in ETag`. */
  readonly expected: string;
  /** What the server did, as a clause. It names no values, so that the same fault has the same words in each run. */
  readonly seen: string;
}

/** One thing that HTTP asks of servers. */
export interface FaultRule extends Omit<Rule, 'obligations' | 'recommended'> {
  readonly recommended: NonNullable<Rule['recommended']>;
  /**
   * The faults that an exchange shows.
   *
   * @param before successful answers to earlier GETs of the same URL, the latest first; of each kind of request (RFC 9110 §12.5) only
   *   the latest
   */
  faults(exchange: Exchange, before: readonly Exchange[]): Iterable<Fault>;
}
