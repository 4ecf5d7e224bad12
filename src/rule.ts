import { type Citation, type GuidelineName, severities, type Severity, severityOf } from './guidelines/citation.js';
import type { Operation } from './model/operation.js';
import type { FixKind, Obligation } from './obligation.js';

/** One thing that guidelines ask of descriptions: who asks for it, why, and what it means for an operation. */
export interface Rule {
  /** Its name. It never changes, since people write it in their rulesets. */
  readonly id: string;
  /** What the rule asks for, in one sentence. */
  readonly summary: string;
  /** Why it matters, in a paragraph: the consequence for a client or a cache. */
  readonly rationale: string;
  /** When a team may turn it off, in a sentence or two. */
  readonly exceptions: string;
  /** Who asks for it. The first citation is the link that a finding shows. */
  readonly cites: readonly [Citation, ...Citation[]];
  /** Its severity in the ruleset `recommended`; absent if it is not in there. */
  readonly recommended?: Severity;
  /** Who can fix a violation of it; an obligation may be stricter. */
  readonly fix: Extract<FixKind, 'safe' | 'suggested' | 'none'>;
  /** Which fixes of the rule are only suggested although the others are safe, as a clause for its page: `where …`. */
  readonly suggestedWhere?: string;
  /** The obligations of one operation, met or not. */
  obligations(operation: Operation): Iterable<Obligation>;
}

/**
 * The severity of a rule under one guideline: that of its strongest citation from there.
 *
 * @returns `undefined` if the guideline does not ask for it
 */
export function severityUnder(rule: Rule, guideline: GuidelineName): Severity | undefined {
  return strongest(rule.cites.filter(({ publication }) => publication.guideline === guideline).map(severityOf));
}

/**
 * The severity of a rule in the ruleset `all`: the recommended one, or else the strongest under any guideline. What only one company
 * asks for, and no RFC, is a hint.
 */
export function severityOverall({ recommended, cites }: Rule): Severity {
  const [first, ...others] = new Set(cites.map(({ publication }) => publication.guideline));
  if (first !== 'rfc9110' && others.length === 0) return recommended ?? 'hint';
  return recommended ?? (strongest(cites.map(severityOf)) as Severity);
}

function strongest(candidates: readonly Severity[]): Severity | undefined {
  return severities.find((severity) => candidates.includes(severity));
}
