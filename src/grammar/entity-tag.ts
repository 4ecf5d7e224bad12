import type { Grammar } from './grammar.js';
import { httpDateGrammar } from './http-date.js';

/**
 * An entity-tag (RFC 9110 §8.8.3): `[ W/ ] DQUOTE *etagc DQUOTE`. Characters outside ASCII stand for the octets of obs-text that they
 * are encoded as.
 */
const opaque = '[\\x21\\x23-\\x7e\\u{80}-\\u{10ffff}]*';
const tag = `(?:W/)?"${opaque}"`;
const entityTag = new RegExp(`^${tag}$`, 'u');

/** A strong entity-tag, the only kind that If-Match and If-Range match (RFC 9110 §8.8.3.2). */
const strongTag = new RegExp(`^"${opaque}"$`, 'u');

/** A list of weak entity-tags only. */
const weakTags = new RegExp(`^W/"${opaque}"(?:[ \\t]*,[ \\t]*W/"${opaque}")*$`, 'u');

/** The value of If-Match and If-None-Match (RFC 9110 §13.1.1, §13.1.2): `"*" / #entity-tag`. */
const condition = new RegExp(`^(?:\\*|${tag}(?:[ \\t]*,[ \\t]*${tag})*)$`, 'u');

/** The longest beginning of a text that can begin an entity-tag or a list of them. */
const beginning = new RegExp(`^(?:${tag}[ \\t]*,[ \\t]*)*(?:(?:W/)?"${opaque}"?)?`, 'u');

/** An entity-tag without quotation marks: it begins with a letter or digit, and contains no separators or quotation marks. */
const bare = /^[\p{L}\p{N}][^\s"',`]*$/u;

/** The beginning of a date or date-time of RFC 3339. */
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
 * The grammar of If-Range: one strong entity-tag, or an HTTP-date (RFC 9110 §13.1.5). A list with one such item matches too.
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
      // It may be an entity-tag without quotation marks, or a date in the wrong form.
      const isEither = typeof value === 'string' && rfc3339.test(value);
      return isEither ? undefined : (tags.repair(value) ?? dates.repair(value));
    },
  };
}

/**
 * Whether a value is a weak entity-tag, or a list of weak ones. The strong comparison (RFC 9110 §8.8.3.2) is always false for it.
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
    faultIn: (text) => text.length - text.replace(beginning, '').length,
  };
}

function decoded(text: string, mayPercentEncode: boolean): string {
  return mayPercentEncode ? text.replaceAll('%22', '"') : text;
}

/** Adds the quotation marks to an entity-tag, and writes its `W/` in upper case. */
function quoted(text: string): string {
  const weak = /^w\//i.test(text);
  const rest = weak ? text.slice(2) : text;
  return `${weak ? 'W/' : ''}${bare.test(rest) ? `"${rest}"` : rest}`;
}
