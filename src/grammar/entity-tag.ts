import type { Grammar } from './grammar.js';

/**
 * An entity-tag (RFC 9110 §8.8.3): `[ W/ ] DQUOTE *etagc DQUOTE`. The octets of obs-text are whatever a character
 * outside ASCII is encoded as.
 */
const tag = '(?:W/)?"[\\x21\\x23-\\x7e\\u{80}-\\u{10ffff}]*"';
const entityTag = new RegExp(`^${tag}$`, 'u');

/** The value of If-Match and If-None-Match (RFC 9110 §13.1.1, §13.1.2): `"*" / #entity-tag`. */
const condition = new RegExp(`^(?:\\*|${tag}(?:[ \\t]*,[ \\t]*${tag})*)$`, 'u');

/** An opaque text without its quotation marks: it begins with a letter or digit, and nothing in it separates or quotes. */
const bare = /^[\p{L}\p{N}][^\s"',`]*$/u;

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

function grammarOf(noun: string, production: RegExp, mayPercentEncode: boolean): Grammar {
  const accepts = (value: unknown) => {
    return typeof value === 'string' && production.test(mayPercentEncode ? value.replaceAll('%22', '"') : value);
  };
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
  };
}

/** The text with the quotation marks and the capital W that an entity-tag has. */
function quoted(text: string): string {
  const isWeak = /^w\//i.test(text);
  const opaque = isWeak ? text.slice(2) : text;
  return `${isWeak ? 'W/' : ''}${bare.test(opaque) ? `"${opaque}"` : opaque}`;
}
