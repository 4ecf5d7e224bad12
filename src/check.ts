import { wordingOf } from './message.js';
import type { Description } from './model/description.js';
import type { Operation } from './model/operation.js';
import type { Place } from './model/place.js';
import type { ReadingBudget } from './model/reading-budget.js';
import { holds, type Obligation } from './obligation.js';
import type { FixKind, Rule } from './rule.js';

/** An obligation that a description does not meet. */
export interface Finding {
  readonly rule: Rule;
  /** What is expected, of what, why, and who asks. */
  readonly message: string;
  /** The place that it points at, where something stands. */
  readonly place: Place;
  /** Whose demands it reports: one operation's, or those of several that share the place. */
  readonly violations: readonly Violation[];
}

/** An obligation, and the operation that has it. */
export interface Violation {
  readonly operation: Operation;
  readonly obligation: Obligation;
}

/**
 * What a rule finds in a description, in the order of the document. What several operations share is found once.
 *
 * Never throws, whatever the description holds. Of one that is too large to be read, nothing is found.
 */
export function check(rule: Rule, description: Description): Finding[] {
  const found = description.isTooLarge ? [] : description.place.budget.bounded(() => findingsOf(rule, description));
  return found ?? [];
}

/**
 * Where a finding points: at the thing that should not be there, or at the nearest thing that is there. What is said about an
 * operation stays inside it: where a `$ref` leads out of it, at the `$ref`.
 */
export function pointAt({ place, at, of }: Obligation, operation: Operation): Place {
  let nearest = at ?? place;
  const isOutside = () => at === undefined && of === undefined && !nearest.isWithin(operation.place);
  while (!nearest.exists || isOutside()) {
    const { parent, site } = nearest;
    // What the path item says for all methods is outside of each.
    if (parent === undefined) return operation.place;
    nearest = isSamePlace(site, nearest) ? parent : site;
  }
  return nearest;
}

export function findingsOf(rule: Rule, description: Description): Finding[] {
  const { budget } = description.place;
  const findings: Finding[] = [];
  const seen = new Map<unknown, Map<string, Violation[]>>();
  for (const operation of description.operations) {
    for (const obligation of rule.obligations(operation)) {
      if (obligation.kind === 'matches') spendOnValue(budget, obligation.place.value);
      if (holds(obligation)) continue;
      const place = pointAt(obligation, operation);
      budget.spend(stepsForFinding);
      budget.spendOn(place.path);
      const message = wordingOf(rule, obligation, operation, place);
      const key = `${place.path.join('/')}\n${message}`;
      const here = seen.get(place.source) ?? new Map<string, Violation[]>();
      seen.set(place.source, here);
      const violation = { operation, obligation };
      const violations = here.get(key);
      if (violations !== undefined) {
        violations.push(violation);
        continue;
      }
      const first = [violation];
      here.set(key, first);
      findings.push({ rule, message, place, violations: first });
    }
  }
  return findings;
}

/** Who can put a finding right: as its rule says, unless what would be changed here says more than the rule's fixes do. */
export function fixKindOf({ rule, violations }: Finding): FixKind {
  const isSuggestion = violations.some(({ obligation }) => obligation.isSuggestion === true);
  return rule.fix === 'safe' && isSuggestion ? 'suggested' : rule.fix;
}

/** What it takes to say a finding, and to look for what puts it right. */
const stepsForFinding = 8;

/** Counts what it takes to judge a value, and to show it: a text in all its length, of an object what it has first. */
function spendOnValue(budget: ReadingBudget, value: unknown): void {
  if (typeof value === 'string') budget.spendOn([value]);
  else if (typeof value === 'object' && value !== null) budget.spend(Object.keys(value).length);
}

export function isSamePlace(one: Place, other: Place): boolean {
  return one.source === other.source && one.isWithin(other) && other.isWithin(one);
}
