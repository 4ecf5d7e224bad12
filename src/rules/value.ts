import type { Field } from '../contract/field.js';
import type { Place } from '../contract/place.js';
import type { Grammar } from '../grammar/grammar.js';
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
export function* typeDemands(field: Field, because: string): Generator<Obligation> {
  for (const { place } of field.schemas) {
    const type = place.own('type');
    yield matches(type, stringType, inField(field, type, because));
  }
}

/** A value that is a variable of a template as a whole. */
const variable = /^<.*>$|^\{[^"]*\}$/s;

/** Whether a value is, or has in it, a variable of a template, as tools that send requests fill in: it stands for a value and is none. */
function isPlaceholder(value: string): boolean {
  return variable.test(value) || hasBetween(value, '{{', '}}') || hasBetween(value, '${', '}');
}

/** Whether one mark comes after another somewhere in a text. */
function hasBetween(text: string, opening: string, closing: string): boolean {
  const start = text.indexOf(opening);
  return start >= 0 && text.includes(closing, start + opening.length);
}

/** The demands that every value that a description gives for a field is of a grammar. */
export function* valueDemands(field: Field, grammar: Grammar, because: string): Generator<Obligation> {
  for (const place of field.values) {
    if (typeof place.value === 'string' && isPlaceholder(place.value)) continue;
    yield matches(place, grammar, inField(field, place, because));
  }
}
