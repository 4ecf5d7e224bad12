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

/** The names of the directives of a Cache-Control value, in lower case, since their case does not matter (RFC 9111 §5.2). */
function directivesOf(value: unknown): string[] {
  return membersOf(scalarText(value)).map((directive) => directive.replace(/=[^]*/, '').trim().toLowerCase());
}

/** Whether a Cache-Control value has the directive no-store, which has no argument (RFC 9111 §5.2.2.5). */
function hasNoStore(value: unknown): boolean {
  return membersOf(scalarText(value)).some((directive) => directive.toLowerCase() === 'no-store');
}

/** The directives that let a cache store a response whatever its status code (RFC 9111 §3). */
const storing: readonly string[] = ['public', 'private', 'max-age', 's-maxage'];

/**
 * The value that fixes a Cache-Control field to `no-store`, which every value in its definition has to contain.
 *
 * @returns the place of the first value; `undefined` if there is none, or if one lacks the directive
 */
export function noStoreIn(cacheControl: Field): Place | undefined {
  const { values } = cacheControl;
  return values.every(({ value }) => hasNoStore(value)) ? values[0] : undefined;
}

/** Whether every value in the definition of a Cache-Control field lets a cache store the response; not if there is none. */
export function letsCachesStore({ values }: Field): boolean {
  const lets = ({ value }: Place) =>
    !hasNoStore(value) && directivesOf(value).some((directive) => storing.includes(directive));
  return values.length > 0 && values.every(lets);
}
