import type { Citation } from './guidelines/citation.js';
import type { Operation } from './model/operation.js';
import type { Place } from './model/place.js';
import type { Obligation } from './obligation.js';
import type { Rule } from './rule.js';
import { visible } from './visible-text.js';

/**
 * The message of a finding. It names the operation, unless it is about something that several operations share: then
 * it is the same from wherever it was found, so that it is reported once.
 */
export function wordingOf(rule: Rule, obligation: Obligation, operation: Operation, place: Place): string {
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
export function fixTitle(obligation: Obligation): string {
  return visible(remedyIn(obligation));
}

/**
 * A value in a message: a text as it is, since quotation marks may be what is missing; anything else as JSON. It is cut short
 * around the place where it is wrong.
 *
 * @param fault the offset of that place in the text
 */
export function shown(value: unknown, fault = 0): string {
  const text = typeof value === 'string' ? value : parseJson(value);
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

/**
 * A value as JSON, or as much of it as is shown: in YAML, a short text can stand for a value of any size, and for one that contains
 * itself.
 */
function parseJson(value: unknown, room = mostShown, around: readonly unknown[] = []): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, room));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  if (around.includes(value)) return '…';
  const isList = Array.isArray(value);
  let text = isList ? '[' : '{';
  for (const [key, member] of Object.entries(value)) {
    if (text.length > room) return text;
    const name = isList ? '' : `${JSON.stringify(key.slice(0, room))}:`;
    text += `${text.length === 1 ? '' : ','}${name}${parseJson(member, room - text.length, [...around, value])}`;
  }
  return `${text}${isList ? ']' : '}'}`;
}

function whereabouts(part: string | undefined, operation: Operation, place: Place): string {
  if (part === undefined) return `on ${operation.label}`;
  return place.isWithin(operation.place) ? `in the ${part} of ${operation.label}` : `in this ${part}`;
}

/** Who is cited, as a message says it: a company by its name, an RFC by the section. */
function namesOf(cites: readonly Citation[]): string[] {
  const names = cites.map(({ publication: source, section }) =>
    source.guideline === 'rfc9110' ? `${source.label} ${section.name.split(' ', 1)}` : source.label,
  );
  return [...new Set(names)];
}

export function remedyIn(obligation: Obligation): string {
  if (obligation.kind === 'present') return `Add ${obligation.noun}`;
  if (obligation.kind === 'matches') {
    const { grammar, place } = obligation;
    return `Replace ${shown(place.value)} with ${shown(grammar.repair(place.value))}`;
  }
  const name = obligation.instead?.path.at(-1);
  return name === undefined ? `Remove ${obligation.noun}` : `Rename it to ${name}`;
}

/** How many characters of a value a message shows. */
export const mostShown = 40;

export function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
