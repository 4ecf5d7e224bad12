import type { Guideline } from './guidelines/guideline.js';
import type { Operation } from './model/operation.js';
import type { Place } from './model/place.js';
import type { Obligation } from './obligation.js';
import type { Rule } from './rule.js';
import { namesOfSources } from './sources.js';
import { visible } from './visible-text.js';

/** The message of a finding, and the two parts of it. */
export interface Message {
  /** What is expected, where and why, without the full stop. */
  readonly statement: string;
  /** The names of the sources that ask for it, at most two. */
  readonly sources: readonly string[];
}

/** A message as one text, for hosts that show nothing else. */
export function messageText({ statement, sources }: Message): string {
  return `${statement} (${sources.join(', ')}).`;
}

/**
 * The message of a finding: what is expected, where, why, and which sources ask for it. It names the operation, except where
 * several operations share what is wrong: then the message is the same for all of them, so that it is reported once.
 *
 * @param place where the finding points
 * @param follows the guidelines that the reader follows, which are named first
 */
export function messageFor(
  rule: Rule,
  obligation: Obligation,
  operation: Operation,
  place: Place,
  follows: readonly Guideline[],
): Message {
  const { part, whereInWords = locationOf(part, operation, place), because, on } = obligation;
  const statement = visible(`${expectation(obligation)} ${whereInWords}: ${because}`);
  return { statement, sources: namesFor(rule, follows, on) };
}

/** The names of the sources, which all findings of a rule about one aspect share: by guidelines, rule and aspect. */
const names = new WeakMap<readonly Guideline[], Map<Rule, Map<string | undefined, readonly string[]>>>();

function namesFor(rule: Rule, follows: readonly Guideline[], on: string | undefined): readonly string[] {
  const ofRules = names.get(follows) ?? new Map<Rule, Map<string | undefined, readonly string[]>>();
  names.set(follows, ofRules);
  const ofRule = ofRules.get(rule) ?? new Map<string | undefined, readonly string[]>();
  ofRules.set(rule, ofRule);
  const known = ofRule.get(on) ?? namesOfSources(rule, follows, on).map(visible);
  ofRule.set(on, known);
  return known;
}

function expectation(obligation: Obligation): string {
  if (obligation.kind === 'matches') {
    const { place, grammar, fault = 'Malformed' } = obligation;
    const repaired = grammar.repair(place.value);
    if (repaired !== undefined) return `Expected ${grammar.noun} ${shown(repaired)} instead of ${shown(place.value)}`;
    const offset = typeof place.value === 'string' ? grammar.faultIn?.(place.value) : undefined;
    return `${fault} ${grammar.noun} ${shown(place.value, offset)}`;
  }
  return `${obligation.fault ?? (obligation.kind === 'present' ? 'Expected' : 'Expected no')} ${obligation.noun}`;
}

/** What the patch for an obligation does, in a few words: `Add a 304 response`. */
export function fixTitle(obligation: Obligation): string {
  return visible(titleOf(obligation));
}

function titleOf(obligation: Obligation): string {
  if (obligation.kind === 'present') return `Add ${obligation.noun}`;
  if (obligation.kind === 'matches') {
    const { grammar, place } = obligation;
    return `Replace ${shown(place.value)} with ${shown(grammar.repair(place.value))}`;
  }
  const name = obligation.renamedTo?.path.at(-1);
  return name === undefined ? `Remove ${obligation.noun}` : `Rename it to ${name}`;
}

/** How many characters of a value a message shows. */
const mostShown = 40;

/**
 * A value in a message. A text is shown without quotation marks of ours, since missing ones may be the fault; any other value as
 * JSON. A long value is cut, so that the place of the fault stays in view.
 *
 * @param fault the offset of that place in the text, in UTF-16 code units
 */
function shown(value: unknown, fault = 0): string {
  const text = typeof value === 'string' ? value : jsonOf(value);
  // Only so much can be shown, however long the text is.
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

/**
 * The beginning of a value as JSON. YAML aliases can make a short text stand for a value of any size, or for one that contains
 * itself.
 */
function jsonOf(value: unknown, room = mostShown, around: readonly unknown[] = []): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, room));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
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

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function locationOf(part: string | undefined, operation: Operation, place: Place): string {
  if (part === undefined) return `on ${operation.label}`;
  return place.isWithin(operation.place) ? `in the ${part} of ${operation.label}` : `in this ${part}`;
}
