import type { Grammar } from './grammar.js';
import { httpDateGrammar } from './http-date.js';

/**
 * An entity-tag (RFC 9110 §8.8.3): `[ W/ ] DQUOTE *etagc DQUOTE`. The octets of obs-text are whatever a character
 * outside ASCII is encoded as.
 */
const opaque = '[\\x21\\x23-\\x7e\\u{80}-\\u{10ffff}]*';
const tag = `(?:W/)?"${opaque}"`;
const entityTag = new RegExp(`^${tag}$`, 'u');

/** A strong entity-tag: what If-Match and If-Range can match (RFC 9110 §8.8.3.2). */
const strongTag = new RegExp(`^"${opaque}"$`, 'u');

/** Weak entity-tags and nothing else. */
const weakTags = new RegExp(`^W/"${opaque}"(?:[ \\t]*,[ \\t]*W/"${opaque}")*$`, 'u');

/** The value of If-Match and If-None-Match (RFC 9110 §13.1.1, §13.1.2): `"*" / #entity-tag`. */
const condition = new RegExp(`^(?:\\*|${tag}(?:[ \\t]*,[ \\t]*${tag})*)$`, 'u');

/** What a text begins with that is an entity-tag, or a list of them, as far as it goes. */
const beginning = new RegExp(`^(?:${tag}[ \\t]*,[ \\t]*)*(?:(?:W/)?"${opaque}"?)?`, 'u');

/** An opaque text without its quotation marks: it begins with a letter or digit, and nothing in it separates or quotes. */
const bare = /^[\p{L}\p{N}][^\s"',`]*$/u;

/** A date, or a moment, as RFC 3339 writes it: what it begins with. */
const rfc3339 = /^\d{4}-\d\d-\d\d(?:[T ]|$)/i;

/**
 * The grammar of an entity-tag.
 *
 * @param mayPercentEncode whether `%22` is read as a quotation mark
 */
export function entityTagGrammar(mayPercentEncode: boolean): Grammar {
  return grammarOf('entity-tag', entityTag, mayPercentEncode);
}

/**
 * The grammar of a list of entity-tags, or `*`.
 *
 * @param mayPercentEncode whether `%22` is read as a quotation mark
 */
export function entityTagListGrammar(mayPercentEncode: boolean): Grammar {
  return grammarOf('entity-tag', condition, mayPercentEncode);
}

/**
 * The grammar of If-Range: one strong entity-tag, or an HTTP-date (RFC 9110 §13.1.5). A list of one is what it holds.
 *
 * @param mayPercentEncode whether `%22` is read as a quotation mark
 */
export function rangeConditionGrammar(mayPercentEncode: boolean): Grammar {
  const tags = grammarOf('value', strongTag, mayPercentEncode);
  const dates = httpDateGrammar();
  const accepts = (value: unknown): boolean =>
    Array.isArray(value) ? value.length === 1 && accepts(value[0]) : tags.accepts(value) || dates.accepts(value);
  return {
    ...tags,
    accepts,
    repair(value) {
      // Whether it lacks the quotation marks or is a date in the wrong form, nobody can tell.
      const isEither = typeof value === 'string' && rfc3339.test(value);
      return isEither ? undefined : (tags.repair(value) ?? dates.repair(value));
    },
  };
}

/**
 * Whether a value is an entity-tag, or a list of them, of which none is strong: no comparison that asks for two strong ones
 * (RFC 9110 §8.8.3.2) is ever true of it.
 *
 * @param mayPercentEncode whether `%22` is read as a quotation mark
 */
export function isWeak(value: unknown, mayPercentEncode: boolean): boolean {
  return typeof value === 'string' && weakTags.test(decoded(value, mayPercentEncode));
}

function grammarOf(noun: string, production: RegExp, mayPercentEncode: boolean): Grammar {
  const accepts = (value: unknown) => typeof value === 'string' && production.test(decoded(value, mayPercentEncode));
  return {
    noun,
    accepts,
    repair(value) {
      const repaired = Number.isSafeInteger(value)
        ? `"${value}"`
        : typeof value === 'string'
          ? quoted(value)
          : undefined;
      return accepts(repaired) ? repaired : undefined;
    },
    faultIn: (text) => beginning.exec(text)?.[0].length ?? 0,
  };
}

function decoded(text: string, mayPercentEncode: boolean): string {
  return mayPercentEncode ? text.replaceAll('%22', '"') : text;
}

/** The text with the quotation marks and the capital W that an entity-tag has. */
function quoted(text: string): string {
  const weak = /^w\//i.test(text);
  const rest = weak ? text.slice(2) : text;
  return `${weak ? 'W/' : ''}${bare.test(rest) ? `"${rest}"` : rest}`;
}
