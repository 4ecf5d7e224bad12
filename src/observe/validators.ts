import { entityTagGrammar } from '../grammar/entity-tag.js';
import { httpDateGrammar } from '../grammar/http-date.js';

const entityTags = entityTagGrammar(false);
const httpDates = httpDateGrammar();

/** An entity-tag within a list (RFC 9110 §8.8.3). */
const tagInList = /(?:W\/)?"[\x21\x23-\x7e\x80-\u{10ffff}]*"/gu;

/** Whether a text is one entity-tag. */
export function isEntityTag(text: string): boolean {
  return entityTags.accepts(text);
}

/** The entity-tags of an If-Match or If-None-Match field; none for `*`. */
export function entityTagsIn(list: string): string[] {
  return list.match(tagInList) ?? [];
}

/** Whether two entity-tags are equivalent by the weak comparison, which If-None-Match uses (RFC 9110 §8.8.3.2, §13.1.2). */
export function matchesWeakly(one: string, other: string): boolean {
  return opaqueOf(one) === opaqueOf(other);
}

/** Whether an entity-tag is weak. */
export function isWeakTag(tag: string): boolean {
  return tag.startsWith('W/');
}

/** An entity-tag without the `W/` of a weak one. */
export function opaqueOf(tag: string): string {
  return isWeakTag(tag) ? tag.slice(2) : tag;
}

/**
 * The point in time that an HTTP-date names.
 *
 * @returns milliseconds since 1970; `undefined` if the text is no date in the form that senders have to use (RFC 9110 §5.6.7)
 */
export function timeOf(text: string | undefined): number | undefined {
  return text !== undefined && httpDates.accepts(text) ? Date.parse(text) : undefined;
}

/**
 * An entity-tag that no server gives. A server that answers 304 to a request that names only this one has not compared it.
 */
export const foreignTag = '"conditional-requests-observe"';
