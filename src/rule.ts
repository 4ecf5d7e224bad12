import type { Description } from './model/description.js';
import type { Effort } from './model/reading-budget.js';
import type { Operation } from './model/operation.js';
import type { Place } from './model/place.js';
import { type Citation, type GuidelineName, type Severity, severities, severityOf } from './guidelines.js';
import { holds, type Obligation } from './obligation.js';
import { visible } from './visible-text.js';

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
  demands(operation: Operation): Iterable<Obligation>;
}

/** An obligation that a description does not meet. */
export interface Finding {
  readonly rule: Rule;
  /** What is expected, of what, why, and who asks. */
  readonly message: string;
  /** The place that it points at, where something stands. */
  readonly place: Place;
  /** Whose demands it reports: one operation's, or those of several that share the place. */
  readonly demands: readonly Demand[];
}

/** An obligation, and the operation that has it. */
export interface Demand {
  readonly operation: Operation;
  readonly obligation: Obligation;
}

/**
 * The severity of a rule under one guideline: that of its strongest citation from there.
 *
 * @returns `undefined` where the guideline does not ask for it
 */
export function severityUnder(rule: Rule, guideline: GuidelineName): Severity | undefined {
  return strongest(rule.cites.filter(({ source }) => source.guideline === guideline).map(severityOf));
}

/**
 * The severity of a rule where every rule is on: the recommended one, or else the strongest under any guideline. What one company
 * alone asks for, and no RFC, is no fault to anybody else.
 */
export function severityOverall({ recommended, cites }: Rule): Severity {
  const [first, ...others] = new Set(cites.map(({ source }) => source.guideline));
  if (first !== 'rfc9110' && others.length === 0) return recommended ?? 'hint';
  return recommended ?? (strongest(cites.map(severityOf)) as Severity);
}

function strongest(candidates: readonly Severity[]): Severity | undefined {
  return severities.find((severity) => candidates.includes(severity));
}

/**
 * What a rule finds in a description, in the order of the document. What several operations share is found once.
 *
 * Never throws, whatever the description holds. Of one that is too large to be read, nothing is found.
 */
export function check(rule: Rule, description: Description): Finding[] {
  const found = description.isTooLarge ? [] : description.place.effort.bounded(() => findingsOf(rule, description));
  return found ?? [];
}

function findingsOf(rule: Rule, description: Description): Finding[] {
  const { effort } = description.place;
  const findings: Finding[] = [];
  const seen = new Map<unknown, Map<string, Demand[]>>();
  for (const operation of description.operations) {
    for (const obligation of rule.demands(operation)) {
      if (obligation.kind === 'matches') spendOnValue(effort, obligation.place.value);
      if (holds(obligation)) continue;
      const place = pointAt(obligation, operation);
      effort.spend(stepsForFinding);
      effort.spendOn(place.path);
      const message = wordingOf(rule, obligation, operation, place);
      const key = `${place.path.join('/')}\n${message}`;
      const here = seen.get(place.source) ?? new Map<string, Demand[]>();
      seen.set(place.source, here);
      const demand = { operation, obligation };
      const demands = here.get(key);
      if (demands !== undefined) {
        demands.push(demand);
        continue;
      }
      const first = [demand];
      here.set(key, first);
      findings.push({ rule, message, place, demands: first });
    }
  }
  return findings;
}

/** Who can put a finding right: as its rule says, unless what would be changed here says more than the rule's fixes do. */
export function fixKindOf({ rule, demands }: Finding): FixKind {
  const isSuggestion = demands.some(({ obligation }) => obligation.isSuggestion === true);
  return rule.fix === 'safe' && isSuggestion ? 'suggested' : rule.fix;
}

/** What it takes to say a finding, and to look for what puts it right. */
const stepsForFinding = 8;

/** Counts what it takes to judge a value, and to show it: a text in all its length, of an object what it has first. */
function spendOnValue(effort: Effort, value: unknown): void {
  if (typeof value === 'string') effort.spendOn([value]);
  else if (typeof value === 'object' && value !== null) effort.spend(Object.keys(value).length);
}

/**
 * Where a finding points: at the thing that should not be there, or at the nearest thing that is there. What is said about an
 * operation stays inside it: where a `$ref` leads out of it, at the `$ref`.
 */
function pointAt({ place, at, of }: Obligation, operation: Operation): Place {
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

function isSamePlace(one: Place, other: Place): boolean {
  return one.source === other.source && one.isWithin(other) && other.isWithin(one);
}

/**
 * The message of a finding. It names the operation, unless it is about something that several operations share: then
 * it is the same from wherever it was found, so that it is reported once.
 */
function wordingOf(rule: Rule, obligation: Obligation, operation: Operation, place: Place): string {
  const { of, where = whereabouts(of, operation, place), because, asked = rule.cites } = obligation;
  return visible(`${expectation(obligation)} ${where}: ${because} (${namesOf(asked).join(', ')}).`);
}

/** What was expected, or what is wrong where nobody can say what was. */
function expectation(obligation: Obligation): string {
  if (obligation.kind === 'matches') {
    const { place, grammar, fault = 'Malformed' } = obligation;
    const repaired = grammar.repair(place.value);
    if (repaired !== undefined) return `Expected ${grammar.noun} ${shown(repaired)} instead of ${shown(place.value)}`;
    const at = typeof place.value === 'string' ? grammar.faultIn?.(place.value) : undefined;
    return `${fault} ${grammar.noun} ${shown(place.value, at)}`;
  }
  return `${obligation.fault ?? (obligation.kind === 'present' ? 'Expected' : 'Expected no')} ${obligation.noun}`;
}

/** What the patch for an obligation does, in a few words: `Add a 304 response`. */
export function remedyOf(obligation: Obligation): string {
  return visible(remedyIn(obligation));
}

function remedyIn(obligation: Obligation): string {
  if (obligation.kind === 'present') return `Add ${obligation.noun}`;
  if (obligation.kind === 'matches') {
    const { grammar, place } = obligation;
    return `Replace ${shown(place.value)} with ${shown(grammar.repair(place.value))}`;
  }
  const name = obligation.instead?.path.at(-1);
  return name === undefined ? `Remove ${obligation.noun}` : `Rename it to ${name}`;
}

/** How many characters of a value a message shows. */
const mostShown = 40;

/**
 * A value in a message: a text as it is, since quotation marks may be what is missing; anything else as JSON. It is cut short
 * around the place where it is wrong.
 *
 * @param fault the offset of that place in the text
 */
function shown(value: unknown, fault = 0): string {
  const text = typeof value === 'string' ? value : jsonOf(value);
  // What is far from the fault is cut off in any case.
  const before = onOneLine(text.slice(Math.max(0, fault - 10 * mostShown), fault)).trimStart();
  const after = onOneLine(text.slice(fault, fault + 10 * mostShown)).trimEnd();
  const characters = [...(before + after).trim()];
  if (characters.length === 0) return '(nothing)';
  const wanted = [...before].length + mostShown / 2;
  const end = Math.min(characters.length, Math.max(wanted, mostShown));
  const start = Math.max(0, end - mostShown);
  const [isCutBefore, isCutAfter] = [start > 0, end < characters.length];
  const whole = characters.slice(start + (isCutBefore ? 1 : 0), end - (isCutAfter ? 1 : 0)).join('');
  return `${isCutBefore ? '…' : ''}${whole}${isCutAfter ? '…' : ''}`;
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/**
 * A value as JSON, or as much of it as is shown: in YAML, a short text can stand for a value of any size, and for one that contains
 * itself.
 */
function jsonOf(value: unknown, room = mostShown, around: readonly unknown[] = []): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, room));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  if (around.includes(value)) return '…';
  const isList = Array.isArray(value);
  let text = isList ? '[' : '{';
  for (const [key, member] of Object.entries(value)) {
    if (text.length > room) return text;
    const name = isList ? '' : `${JSON.stringify(key.slice(0, room))}:`;
    text += `${text.length === 1 ? '' : ','}${name}${jsonOf(member, room - text.length, [...around, value])}`;
  }
  return `${text}${isList ? ']' : '}'}`;
}

function whereabouts(part: string | undefined, operation: Operation, place: Place): string {
  if (part === undefined) return `on ${operation.label}`;
  return place.isWithin(operation.place) ? `in the ${part} of ${operation.label}` : `in this ${part}`;
}

/** Who is cited, as a message says it: a company by its name, an RFC by the section. */
function namesOf(cites: readonly Citation[]): string[] {
  const names = cites.map(({ source, section }) =>
    source.guideline === 'rfc9110' ? `${source.label} ${section.name.split(' ', 1)}` : source.label,
  );
  return [...new Set(names)];
}
