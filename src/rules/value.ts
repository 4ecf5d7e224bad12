import type { Grammar } from '../grammar/grammar.js';
import { isSameField } from '../model/field-name.js';
import type { Field } from '../model/field.js';
import type { Place } from '../model/place.js';
import { type Matches, matches, type Obligation } from '../obligation.js';

/**
 * The wording of an obligation on a place in the definition of a field. If the place is in a shared schema, the finding points at the
 * field that uses the schema: the schema may be right for its other users.
 */
export function inField(field: Field, place: Place, because: string): Pick<Matches, 'part' | 'because' | 'pointsAt'> {
  return { part: field.label, because, ...(field.owns(place) ? {} : { pointsAt: field.place }) };
}

/** The types of JSON Schema that contain no strings. `array` is not among them: another rule is about lists, and this one about their items. */
const otherTypes: readonly unknown[] = ['integer', 'number', 'boolean', 'object', 'null'];

const stringType: Grammar = {
  noun: 'type',
  accepts(value) {
    const types = [value].flat();
    return types.length === 0 || types.some((type) => !otherTypes.includes(type));
  },
  repair: () => 'string',
};

/** The obligations that the schemas of a field allow strings. */
export function* typeObligations(field: Field, because: string): Generator<Obligation> {
  for (const { place } of field.schemas) {
    const type = place.own('type');
    yield matches(type, stringType, inField(field, type, because));
  }
}

/**
 * Whether a text is a placeholder rather than a value: a template variable, an ellipsis, or a word that generators write instead of
 * an example.
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

/** Whether a text contains an opening mark and, after it, a closing one. */
function hasBetween(text: string, opening: string, closing: string): boolean {
  const start = text.indexOf(opening);
  return start >= 0 && text.includes(closing, start + opening.length);
}

/** Words for a value, and the words that may go with them, as in `your_etag_here`. */
const nouns = new Set(
  'string integer number text value tag etag date time datetime timestamp example sample placeholder'.split(' '),
);
const companions = new Set(
  'a an any my new old your the some current last previous entity http rfc7231 rfc9110 format header here goes id hash version'.split(
    ' ',
  ),
);

/** Whether a text only names a value: `string`, `etag-value`, `your_etag_here`, or the name of the field. */
function isName(text: string, { name }: Field): boolean {
  if (text.length > 60) return false;
  if (isSameField(text.replaceAll(/[_ ]/g, '-'), name)) return true;
  const words = text
    .replaceAll(/(?<=[a-z])(?=[A-Z][a-z])/g, ' ')
    .toLowerCase()
    .split(/[-_ ]+/);
  return words.some((word) => nouns.has(word)) && words.every((word) => nouns.has(word) || companions.has(word));
}

/** The keywords of a schema, apart from `type`, that decide whether a value is valid. */
const decidingKeywords = ['enum', 'const', 'pattern', 'format', 'maxLength', 'not', 'if', 'anyOf', 'oneOf'];

/** The keywords whose values clients rely on as they are. */
const fixedBy = ['enum', 'const', 'default'];

/** Whether clients rely on a value, so that it is more than an example. */
function isFixed({ path }: Place): boolean {
  const [holder = '', key = ''] = path.slice(-2);
  return fixedBy.includes(/^\d+$/.test(key) ? holder : key);
}

/**
 * Whether the schemas of a field restrict which strings are valid, or allow none. A changed example may then be invalid, and only
 * somebody who knows the server can tell which values are right.
 *
 * @param format the format of the right values, which is no restriction
 */
function decidesWhatIsValid(field: Field, format: string | undefined): boolean {
  return field.schemas.some(({ place }) => {
    const type = place.own('type');
    const hasStrings = !type.exists || [type.value].flat().some((name) => name === 'string' || name === 'array');
    const decides = (key: string) => place.has(key) && !(key === 'format' && place.own(key).value === format);
    return !hasStrings || decidingKeywords.some(decides);
  });
}

/** When the fix of a value is only suggested, for the page of a rule. */
export const suggestedWhereFixed =
  'where the value is a `default`, a `const` or a member of an `enum`, or where the schema has a `pattern`, a `format` or another keyword that restricts its values';

/**
 * The obligations that every value that a description gives for a field matches a grammar.
 *
 * @param options `values`: the values to check, if not {@link Field.values}, which has the items of lists one by one;
 *   `format`: the format of the right values, if there is one
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
    yield matches(place, grammar, { ...wording, ...((isDecided || isFixed(place)) && { fix: 'suggested' }) });
  }
}
