import type { Field } from '../contract/field.js';
import type { Grammar } from '../grammar/grammar.js';
import { matches, type Obligation } from '../obligation.js';

/** The types of JSON Schema that have no strings in them. A list is left to a rule of its own; its items are not. */
const otherTypes = ['integer', 'number', 'boolean', 'object', 'null'];

const stringType: Grammar = {
  noun: 'type',
  accepts: (value) => ![value].flat().every((type) => otherTypes.includes(String(type))) || [value].flat().length === 0,
  repair: () => 'string',
};

/** The demands that the schemas of a field leave room for strings. */
export function* typeDemands(field: Field, because: string): Generator<Obligation> {
  for (const { place } of field.schemas) {
    const type = place.own('type');
    yield matches(type, stringType, { of: field.label, because, ...(field.owns(type) ? {} : { at: field.place }) });
  }
}

/** A variable of a template, as tools that send requests fill in: it stands for a value and is none. */
const placeholder = /\{\{.*\}\}|\$\{.*\}|^<.*>$|^\{[^"]*\}$/s;

/** The demands that every value that a description gives for a field is of a grammar. */
export function* valueDemands(field: Field, grammar: Grammar, because: string): Generator<Obligation> {
  for (const { place } of field.values) {
    if (typeof place.value === 'string' && placeholder.test(place.value)) continue;
    yield matches(place, grammar, { of: field.label, because, ...(field.owns(place) ? {} : { at: field.place }) });
  }
}
