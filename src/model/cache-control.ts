import { scalarText } from '../json.js';
import type { Field } from './field.js';
import type { Place } from './place.js';

/**
 * A token of a list (RFC 9110 §5.6.1): a comma, a quoted string (§5.6.4), or text between them. A comma in a quoted string separates
 * nothing, and a backslash escapes the next character. A string that is not closed goes on to the end.
 */
const part = /,|[^",]+|"(?:[^"\\]|\\[^]?)*(?:"|$)/g;

/** The members of a list in a header field, trimmed. */
function membersOf(list: string): string[] {
  const members = [''];
  for (const [text] of list.matchAll(part)) {
    if (text === ',') members.push('');
    else members[members.length - 1] += text;
  }
  return members.map((member) => member.trim());
}

/** Whether a Cache-Control value has the directive no-store (RFC 9111 §5.2.2.5). Its case does not matter, and it has no argument. */
function hasNoStore(value: unknown): boolean {
  return membersOf(scalarText(value)).some((directive) => directive.toLowerCase() === 'no-store');
}

/**
 * The value that fixes a Cache-Control field to `no-store`, which every value in its definition has to contain.
 *
 * @returns the place of the first value; `undefined` if there is none, or if one lacks the directive
 */
export function noStoreIn(cacheControl: Field): Place | undefined {
  const { values } = cacheControl;
  return values.every(({ value }) => hasNoStore(value)) ? values[0] : undefined;
}
