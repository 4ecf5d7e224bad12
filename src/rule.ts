import { type Citation, type GuidelineName, severities, type Severity, severityOf } from './guidelines/citation.js';
import type { Operation } from './model/operation.js';
import type { Obligation } from './obligation.js';

/** Who can put a finding right: the description alone, a person who knows the server, or only the author. */
export type FixKind = 'safe' | 'suggested' | 'none';

/** One thing that descriptions are asked for, who asks, and how to see whether it was done. */
export interface Rule {
  /** Its name, for ever: people write it in their rulesets. */
  readonly id: string;
  /** What is asked, in one sentence. */
  readonly summary: string;
  /** Why it matters, in a paragraph: the consequence for a client or a cache. */
  readonly rationale: string;
  /** When a team may turn it off, in a sentence or two. */
  readonly exceptions: string;
  /** Who asks for it. The first is what a reader is sent to. */
  readonly cites: readonly [Citation, ...Citation[]];
  /** Its severity for everybody, whichever guideline they follow; absent where only some should be bothered with it. */
  readonly recommended?: Severity;
  /** Who can put a violation right: the description alone, a person who knows the server, or only the author. */
  readonly fix: FixKind;
  /** Which of its findings only a person can put right, though its fix is safe otherwise, in a clause: `where …`. */
  readonly suggestedWhere?: string;
  /** What it demands of one operation. */
  obligations(operation: Operation): Iterable<Obligation>;
}

/**
 * The severity of a rule under one guideline: that of its strongest citation from there.
 *
 * @returns `undefined` where the guideline does not ask for it
 */
export function severityUnder(rule: Rule, guideline: GuidelineName): Severity | undefined {
  return strongest(rule.cites.filter(({ publication: source }) => source.guideline === guideline).map(severityOf));
}

/**
 * The severity of a rule where every rule is on: the recommended one, or else the strongest under any guideline. What one company
 * alone asks for, and no RFC, is no fault to anybody else.
 */
export function severityOverall({ recommended, cites }: Rule): Severity {
  const [first, ...others] = new Set(cites.map(({ publication: source }) => source.guideline));
  if (first !== 'rfc9110' && others.length === 0) return recommended ?? 'hint';
  return recommended ?? (strongest(cites.map(severityOf)) as Severity);
}

function strongest(candidates: readonly Severity[]): Severity | undefined {
  return severities.find((severity) => candidates.includes(severity));
}
