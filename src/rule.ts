import type { Citation, Severity } from './guidelines/citation.js';
import type { Operation } from './model/operation.js';
import type { Topic } from './model/topics.js';
import type { FixKind, Obligation } from './obligation.js';

/** One thing that HTTP or guidelines ask of descriptions: why, and what it means for an operation. */
export interface Rule {
  /** Its name. It never changes, since people write it in their rulesets. */
  readonly id: string;
  /** What the rule asks for, in one sentence. */
  readonly summary: string;
  /** Why it matters, in a paragraph: the consequence for a client or a cache. */
  readonly rationale: string;
  /** When a team may turn it off, in a sentence or two. */
  readonly exceptions: string;
  /** Where HTTP itself asks for it; empty if it does not. What guidelines say is in `src/guidelines/`. */
  readonly cites: readonly Citation[];
  /**
   * The aspects of the rule for which sources differ, such as the fields that it is about. A citation may support only one of them,
   * and an obligation is about one.
   */
  readonly aspects?: readonly string[];
  /** Its severity in the ruleset `recommended`; absent if it is not in there. */
  readonly recommended?: Severity;
  /** Its severity in the ruleset `all`, if that is neither the recommended one nor the one that HTTP's words lead to. */
  readonly severityInAll?: Severity;
  /** Who can fix a violation of it; an obligation may be stricter. */
  readonly fix: Extract<FixKind, 'safe' | 'suggested' | 'none'>;
  /** Which fixes of the rule are only suggested although the others are safe, as a clause for its page: `where …`. */
  readonly suggestedWhere?: string;
  /** What has to be on the path of an operation for the rule to say anything about it; absent if that can be anything. */
  readonly topic?: Topic;
  /** The obligations of one operation, met or not. */
  obligations(operation: Operation): Iterable<Obligation>;
}
