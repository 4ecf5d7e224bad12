import type { Grammar } from '../grammar/grammar.js';
import { httpDateGrammar } from '../grammar/http-date.js';
import { rfc9110 } from '../guidelines/rfc9110.js';
import { isSameField } from '../model/field-name.js';
import type { Field } from '../model/field.js';
import type { Operation } from '../model/operation.js';
import { matches, type Obligation } from '../obligation.js';
import type { Rule } from '../rule.js';
import { inField, suggestedWhereFixed, typeObligations, valueObligations } from './value.js';

/** The response headers of conditional requests and caching whose values are HTTP-dates. */
export const dateHeaders: readonly string[] = ['Last-Modified', 'Expires'];

/** The headers and parameters of conditional requests and caching whose values are HTTP-dates. */
function fieldsOf(operation: Operation): Field[] {
  const names = ['If-Modified-Since', 'If-Unmodified-Since'];
  return [
    ...operation.responses.flatMap((response) => dateHeaders.flatMap((name) => response.header(name) ?? [])),
    ...operation.headerParameters.filter(({ name }) => names.some((wanted) => isSameField(name, wanted))),
  ];
}

/** Any format except those for the dates of RFC 3339. */
const dateFormat: Grammar = {
  noun: 'format',
  accepts: (value) => value !== 'date-time' && value !== 'date',
  repair: () => 'http-date',
};

const schema: Rule = {
  id: 'http-date-schema',
  summary:
    'Last-Modified, If-Modified-Since, If-Unmodified-Since and Expires are strings, not in the format date-time or date.',
  rationale:
    'HTTP writes dates as `Tue, 15 Nov 1994 08:12:31 GMT`; `date-time` is the form of RFC 3339, `1994-11-15T08:12:31Z`. ' +
    'A client generated from the wrong format fails to parse every response. A server has to ignore a condition whose date it cannot parse, and sends the whole representation each time. ' +
    'The OpenAPI Format Registry has `http-date` for this.',
  exceptions: 'Turn it off while you correct an API whose servers do send RFC 3339 dates in these fields.',
  cites: [rfc9110.must('5.6.7', 'implies')],
  recommended: 'warn',
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    for (const field of fieldsOf(operation)) yield* schemaObligations(field);
  },
};

function* schemaObligations(field: Field): Generator<Obligation> {
  yield* typeObligations(field, 'an HTTP-date is a string');
  for (const { place } of field.schemas) {
    const format = place.own('format');
    yield matches(format, dateFormat, inField(field, format, 'HTTP does not write dates as RFC 3339 does'));
  }
}

const example: Rule = {
  id: 'http-date-example',
  summary: 'Every example, default and fixed value of an HTTP-date is an IMF-fixdate with the right day of the week.',
  rationale:
    'Senders have to write `Tue, 15 Nov 1994 08:12:31 GMT`: English names, two digits for the day, always GMT. ' +
    'Mock servers send examples as they are, and developers copy their form. A server has to ignore a condition whose date it cannot parse.',
  exceptions: 'Turn it off while you correct an API whose servers write dates in another form.',
  cites: [rfc9110.must('5.6.7', 'implies')],
  recommended: 'warn',
  fix: 'safe',
  suggestedWhere: suggestedWhereFixed,
  topic: 'field',
  *obligations(operation) {
    for (const field of fieldsOf(operation)) yield* exampleObligations(field);
  },
};

function exampleObligations(field: Field): Iterable<Obligation> {
  // An invalid Expires means "already expired" (RFC 9111 §5.3). Servers usually send one of these two.
  const grammar = httpDateGrammar(isSameField(field.name, 'Expires') ? ['0', '-1'] : []);
  const because = 'HTTP writes dates as in "Tue, 15 Nov 1994 08:12:31 GMT"';
  return valueObligations(field, grammar, because, { format: 'http-date' });
}

/** What the rules ask of the definition of a date, wherever it stands. */
export function httpDateObligations(date: Field): Obligation[] {
  return [...schemaObligations(date), ...exampleObligations(date)];
}

/** The rules on dates (RFC 9110 §5.6.7), in the order of the catalogue. */
export const httpDateRules: readonly Rule[] = [schema, example];
