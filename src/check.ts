import type { Guideline } from './guidelines/guideline.js';
import { type Message, messageFor, messageText } from './message.js';
import type { Description } from './model/description.js';
import type { Exception } from './model/exceptions.js';
import type { Kind } from './model/kind.js';
import type { Operation } from './model/operation.js';
import type { Place } from './model/place.js';
import type { ReadingBudget } from './model/reading-budget.js';
import { type FixKind, holds, type Obligation } from './obligation.js';
import type { Rule } from './rule.js';
import { isAskedFor } from './sources.js';

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

/** A finding that the description makes an exception for. */
export interface ExceptedFinding extends Finding {
  readonly exception: Exception;
}

/** What a rule finds: what is to be reported, and what the description makes exceptions for. */
export interface Findings {
  readonly findings: Finding[];
  readonly excepted: ExceptedFinding[];
}

/** An obligation that a description does not meet, and the operation that it is about. */
export interface Violation {
  readonly operation: Operation;
  readonly obligation: Obligation;
}

/** What a rule finds in a description and what it makes no exception for: see {@link checked}. */
export function check(rule: Rule, description: Description, follows: readonly Guideline[] = []): Finding[] {
  return checked(rule, description, follows).findings;
}

/**
 * What a rule finds in a description, in the order of the document. What several operations share is reported once, and is excepted only if
 * it is for all of them.
 *
 * Never throws, whatever the description holds. Returns nothing for a description that is too large to be read.
 *
 * @param follows the guidelines that the messages name first. What neither these nor HTTP ask for, such as a guard on PATCH where the
 *   guideline speaks only of PUT, is not found
 */
export function checked(rule: Rule, description: Description, follows: readonly Guideline[] = []): Findings {
  const { budget } = description.place;
  const isTooLarge = description.whyTooLarge !== undefined;
  const found = isTooLarge ? undefined : budget.bounded(() => findingsOf(rule, description, follows));
  return found ?? { findings: [], excepted: [] };
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

function findingsOf(rule: Rule, description: Description, follows: readonly Guideline[]): Findings {
  const { exceptions } = description;
  const { budget } = description.place;
  const seen = new Map<unknown, Map<string, FindingSoFar>>();
  const found: FindingSoFar[] = [];
  const { topic } = rule;
  for (const operation of description.operations) {
    if (topic !== undefined && !operation.mayConcern(topic)) continue;
    for (const obligation of rule.obligations(operation)) {
      if (obligation.kind === 'matches') spendOnValue(budget, obligation.place.value);
      if (holds(obligation) || !isAskedFor(rule, follows, obligation.on)) continue;
      const place = placeToShow(obligation, operation);
      const { path } = place;
      budget.spend(stepsForFinding);
      for (let use = 0; use < usesOfPath; use++) budget.spendOn(path);
      const parts = messageFor(rule, obligation, operation, place, follows);
      const message = messageText(parts);
      const key = `${path.join('/')}\n${message}`;
      const here = seen.get(place.source) ?? new Map<string, FindingSoFar>();
      seen.set(place.source, here);
      const finding = here.get(key) ?? { rule, message, ...parts, place, violations: [], excepted: [] };
      if (!here.has(key)) found.push(finding);
      here.set(key, finding);
      const exception = exceptions.covering(rule.id, place, obligation.place, operation.place);
      const violation = { operation, obligation };
      if (exception === undefined) finding.violations.push(violation);
      else finding.excepted.push({ ...violation, exception });
    }
  }
  const findings: Finding[] = [];
  const excepted: ExceptedFinding[] = [];
  for (const { excepted: without, ...finding } of found) {
    const [first] = without;
    if (first !== undefined && finding.violations.length === 0)
      excepted.push({ ...finding, violations: without, fix: 'none', exception: first.exception });
    else findings.push({ ...finding, fix: strictestFix(finding) });
  }
  return { findings, excepted };
}

/** A finding of which not all violations are known yet. */
interface FindingSoFar extends Omit<Finding, 'fix' | 'violations'> {
  readonly violations: Violation[];
  /** The violations that the description makes exceptions for. */
  readonly excepted: (Violation & Pick<ExceptedFinding, 'exception'>)[];
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

/** How many times a finding writes its path out: to tell it from others, to find its place, and to look for a fix and try it. */
const usesOfPath = 4;

/** Counts the steps to judge and show a value: all characters of a text, but only the members of an object. */
function spendOnValue(budget: ReadingBudget, value: unknown): void {
  if (typeof value === 'string') budget.spendOn([value]);
  else if (typeof value === 'object' && value !== null) budget.spend(Object.keys(value).length);
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.source === other.source && one.isWithin(other) && other.isWithin(one);
}
