import type { Grammar } from '../grammar/grammar.js';
import { isSameField } from '../model/field-name.js';
import type { Field } from '../model/field.js';
import type { Place } from '../model/place.js';
import { type Matches, matches, type Obligation } from '../obligation.js';

/**
 * The wording of an obligation on a place in the definition of a field. Behind a `$ref` to a schema of general use, the field is
 * to blame, which has no use for it.
 */
export function inField(field: Field, place: Place, because: string): Pick<Matches, 'of' | 'because' | 'at'> {
  return { of: field.label, because, ...(field.owns(place) ? {} : { at: field.place }) };
}

/** The types of JSON Schema that have no strings in them. A list is left to a rule of its own; its items are not. */
const otherTypes: readonly unknown[] = ['integer', 'number', 'boolean', 'object', 'null'];

const stringType: Grammar = {
  noun: 'type',
  accepts(value) {
    const types = [value].flat();
    return types.length === 0 || types.some((type) => !otherTypes.includes(type));
  },
  repair: () => 'string',
};

/** The demands that the schemas of a field leave room for strings. */
export function* typeObligations(field: Field, because: string): Generator<Obligation> {
  for (const { place } of field.schemas) {
    const type = place.own('type');
    yield matches(type, stringType, inField(field, type, because));
  }
}

/**
 * Text that stands for a value and is none: a variable of a template, as tools that send requests fill in, an ellipsis, or what
 * generators write where nobody has given an example.
 */
function isPlaceholder(text: string, field: Field): boolean {
  const [first, last] = [text.at(0), text.at(-1)];
  return (
    hasBetween(text, '{{', '}}') ||
    hasBetween(text, '${', '}') ||
    (first === '<' && last === '>') ||
    (first === '{' && last === '}' && !text.includes('"')) ||
    (first === '[' && last === ']' && !text.includes('"')) ||
    /^(?:[-_x?*.…]{3,}|…|tbd|todo|n\/a)$/i.test(text) ||
    isName(text, field)
  );
}

/** Whether one mark comes after another somewhere in a text. */
function hasBetween(text: string, opening: string, closing: string): boolean {
  const start = text.indexOf(opening);
  return start >= 0 && text.includes(closing, start + opening.length);
}

/** Words for what stands there, and words that may stand before or after those. */
const nouns = new Set(
  'string integer number text value tag etag date time datetime timestamp example sample placeholder'.split(' '),
);
const companions = new Set(
  'a an any my new old your the some current last previous entity http rfc7231 rfc9110 format header here goes id hash version'.split(
    ' ',
  ),
);

/** Whether a text is made of nothing but words for what stands there: `string`, `etag-value`, `your_etag_here`, the field's own name. */
function isName(text: string, { name }: Field): boolean {
  if (text.length > 60) return false;
  if (isSameField(text.replaceAll(/[_ ]/g, '-'), name)) return true;
  const words = text
    .replaceAll(/(?<=[a-z])(?=[A-Z][a-z])/g, ' ')
    .toLowerCase()
    .split(/[-_ ]+/);
  return words.some((word) => nouns.has(word)) && words.every((word) => nouns.has(word) || companions.has(word));
}

/** The keywords of a schema by which a value passes or not, beside its type. */
const decidingKeywords = ['enum', 'const', 'pattern', 'format', 'maxLength', 'not', 'if', 'anyOf', 'oneOf'];

/** The keywords whose values, as given, are what a client may send or assume. */
const fixedBy = ['enum', 'const', 'default'];

/** Whether a value is fixed for clients, rather than shown to them. */
function isFixed({ path }: Place): boolean {
  const [holder = '', key = ''] = path.slice(-2);
  return fixedBy.includes(/^\d+$/.test(key) ? holder : key);
}

/**
 * Whether the schemas of a field say which strings are valid, or that none is. An example that is changed by itself is then no longer
 * among the valid values, and which those should be is for somebody to say who knows the server.
 *
 * @param format the format that the right values have
 */
function decidesWhatIsValid(field: Field, format: string | undefined): boolean {
  return field.schemas.some(({ place }) => {
    const type = place.own('type');
    const hasStrings = !type.exists || [type.value].flat().some((name) => name === 'string' || name === 'array');
    const decides = (key: string) => place.has(key) && !(key === 'format' && place.own(key).value === format);
    return !hasStrings || decidingKeywords.some(decides);
  });
}

/** Where it takes a person to replace a value, for the page of a rule. */
export const suggestedWhereFixed =
  'where the value is a `default`, a `const` or a member of an `enum`, or where the schema has a `pattern`, a `format` or another word on which values are valid';

/**
 * The demands that every value that a description gives for a field is of a grammar.
 *
 * @param options `values` are those that are looked at, if not each one in a list by itself; `format` is the format of strings
 *   that has the right values
 */
export function* valueObligations(
  field: Field,
  grammar: Grammar,
  because: string,
  { values = field.values, format }: { readonly values?: readonly Place[]; readonly format?: string } = {},
): Generator<Obligation> {
  const wrong = values.filter(
    ({ value }) => !(typeof value === 'string' && isPlaceholder(value.trim(), field)) && !grammar.accepts(value),
  );
  const isDecided = wrong.length > 0 && decidesWhatIsValid(field, format);
  for (const place of wrong) {
    const wording = inField(field, place, grammar.reasonAgainstFix?.(place.value) ?? because);
    yield matches(place, grammar, { ...wording, isSuggestion: isDecided || isFixed(place) });
  }
}
