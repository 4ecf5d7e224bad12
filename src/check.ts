import type { Guideline } from './guidelines/guideline.js';
import { type Message, messageFor, messageText } from './message.js';
import type { Description } from './model/description.js';
import type { Kind } from './model/kind.js';
import type { Operation } from './model/operation.js';
import type { Place } from './model/place.js';
import type { ReadingBudget } from './model/reading-budget.js';
import { type FixKind, holds, type Obligation } from './obligation.js';
import type { Rule } from './rule.js';

/** What a rule reports about a description. */
export interface Finding extends Message {
  readonly rule: Rule;
  /** What is expected, where, why, and which sources ask for it, as one text. */
  readonly message: string;
  /** The place that it points at. Something stands there. */
  readonly place: Place;
  /** The violations that it reports: one, or one for each operation that shares the place. */
  readonly violations: readonly Violation[];
  /** Who can fix it: the strictest answer among its rule and its obligations. */
  readonly fix: FixKind;
}

/** An obligation that a description does not meet, and the operation that it is about. */
export interface Violation {
  readonly operation: Operation;
  readonly obligation: Obligation;
}

/**
 * What a rule finds in a description, in the order of the document. What several operations share is reported once.
 *
 * Never throws, whatever the description holds. Returns nothing for a description that is too large to be read.
 *
 * @param follows the guidelines that the messages name first
 */
export function check(rule: Rule, description: Description, follows: readonly Guideline[] = []): Finding[] {
  const { budget } = description.place;
  const isTooLarge = description.whyTooLarge !== undefined;
  const found = isTooLarge ? [] : budget.bounded(() => findingsOf(rule, description, follows));
  return found ?? [];
}

/**
 * Where a finding points: at what should not be there, or at the nearest place where something stands. A finding about an
 * operation stays inside the operation: where a `$ref` leads out of it, it points at the `$ref`.
 */
function placeToShow({ place, pointsAt, part }: Obligation, operation: Operation): Place {
  let nearest = pointsAt ?? place;
  const isOutside = () => pointsAt === undefined && part === undefined && !nearest.isWithin(operation.place);
  while (!nearest.exists || isOutside()) {
    const { parent, site } = nearest;
    // A parameter of the path item stands outside the operation.
    if (parent === undefined) return operation.place;
    nearest = isSamePlace(site, nearest) ? parent : site;
  }
  return nearest;
}

function findingsOf(rule: Rule, description: Description, follows: readonly Guideline[]): Finding[] {
  const { budget } = description.place;
  const findings: Omit<Finding, 'fix'>[] = [];
  const seen = new Map<unknown, Map<string, Violation[]>>();
  for (const operation of description.operations) {
    for (const obligation of rule.obligations(operation)) {
      if (obligation.kind === 'matches') spendOnValue(budget, obligation.place.value);
      if (holds(obligation)) continue;
      const place = placeToShow(obligation, operation);
      budget.spend(stepsForFinding);
      budget.spendOn(place.path);
      const parts = messageFor(rule, obligation, operation, place, follows);
      const message = messageText(parts);
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
      findings.push({ rule, message, ...parts, place, violations: first });
    }
  }
  return findings.map((finding) => ({ ...finding, fix: strictestFix(finding) }));
}

function strictestFix({ rule, violations }: Pick<Finding, 'rule' | 'violations'>): FixKind {
  const obligations = violations.map(({ obligation }) => obligation);
  const isRemoval = rule.fix === 'suggested' && obligations.some(removesDeclaration);
  const kinds = [rule.fix, ...obligations.map(({ fix }) => fix), isRemoval && 'removal'];
  return (['none', 'partial', 'removal', 'suggested'] as const).find((kind) => kinds.includes(kind)) ?? 'safe';
}

/** The kinds whose removal takes away something that a client may rely on. */
const declarations: readonly (Kind | undefined)[] = ['Header Object', 'Parameter Object', 'Response Object'];

function removesDeclaration(obligation: Obligation): boolean {
  const { kind, place } = obligation;
  return kind === 'absent' && obligation.renamedTo === undefined && declarations.includes(place.kind);
}

/** How many steps of the reading budget a finding takes: its message, its place and the search for a fix. */
const stepsForFinding = 8;

/** Counts the steps to judge and show a value: all characters of a text, but only the members of an object. */
function spendOnValue(budget: ReadingBudget, value: unknown): void {
  if (typeof value === 'string') budget.spendOn([value]);
  else if (typeof value === 'object' && value !== null) budget.spend(Object.keys(value).length);
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.source === other.source && one.isWithin(other) && other.isWithin(one);
}
