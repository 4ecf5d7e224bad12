import { scalarText } from '../json.js';
import type { Field } from './field.js';
import type { Place } from './place.js';

/**
 * A part of a list (RFC 9110 §5.6.1): its commas divide it, but for those in a quoted string (§5.6.4), where a backslash takes
 * its meaning from what follows. A string that is never closed goes on to the end.
 */
const part = /,|[^",]+|"(?:[^"\\]|\\[^]?)*(?:"|$)/g;

/** The members of a list in a header field, without the white space around them. */
function membersOf(list: string): string[] {
  const members = [''];
  for (const [text] of list.matchAll(part)) {
    if (text === ',') members.push('');
    else members[members.length - 1] += text;
  }
  return members.map((member) => member.trim());
}

/** Whether a Cache-Control value has the directive no-store (RFC 9111 §5.2.2.5), whose name has no case and no argument. */
function hasNoStore(value: unknown): boolean {
  return membersOf(scalarText(value)).some((directive) => directive.toLowerCase() === 'no-store');
}

/**
 * Where a Cache-Control field is fixed to `no-store`: by every value that its definition gives.
 *
 * @returns the first of those values; `undefined` where there is none, or another one that has no such directive
 */
export function noStoreIn(cacheControl: Field): Place | undefined {
  const { values } = cacheControl;
  return values.every(({ value }) => hasNoStore(value)) ? values[0] : undefined;
}
