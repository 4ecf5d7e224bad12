import type { Field } from '../contract/field.js';
import { isSameField } from '../contract/field-name.js';
import type { Operation } from '../contract/operation.js';
import { entityTagGrammar, entityTagListGrammar } from '../grammar/entity-tag.js';
import { rfc9110 } from '../guidelines.js';
import { absent, type Obligation } from '../obligation.js';
import type { Rule } from '../rule.js';
import { inField, typeDemands, valueDemands } from './value.js';

/** The ETag headers of an operation's responses, and the parameters that carry entity-tags. */
function fieldsOf(operation: Operation): Field[] {
  const names = ['If-Match', 'If-None-Match'];
  return [
    ...operation.responses.flatMap((response) => response.header('ETag') ?? []),
    ...operation.headerParameters.filter(({ name }) => names.some((wanted) => isSameField(name, wanted))),
  ];
}

/** The formats of strings that can have no quotation mark in them. */
const formatsWithoutQuotes: readonly unknown[] = [
  'uuid',
  'date-time',
  'date',
  'time',
  'http-date',
  'duration',
  'byte',
  'base64url',
  'int32',
  'int64',
  'float',
  'double',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uri',
  'uri-reference',
  'url',
];

const schema: Rule = {
  id: 'entity-tag-schema',
  summary: 'ETag, If-Match and If-None-Match are strings, of no format that has no room for their quotation marks.',
  rationale:
    'An entity-tag is a string in quotation marks, perhaps after `W/`: neither a number nor a UUID nor a date, even where the server makes it from one. ' +
    'A client generated from such a type fails to parse the header, or sends back what the server does not recognise; the condition is then always false, or always true.',
  exceptions: 'Turn it off while an API whose servers send bare values is being mended.',
  cites: [rfc9110.defines('8.8.3')],
  recommended: 'warn',
  fix: 'none',
  *demands(operation) {
    for (const field of fieldsOf(operation)) {
      yield* typeDemands(field, 'an entity-tag is a string, quotation marks included');
      for (const { place } of field.schemas) {
        const format = place.own('format');
        if (!formatsWithoutQuotes.includes(format.value)) continue;
        yield absent(format, {
          noun: `format ${format.value}`,
          ...inField(field, format, 'an entity-tag has quotation marks around it, for which the format has no room'),
        });
      }
    }
  },
};

const single: Rule = {
  id: 'entity-tag-single',
  summary: 'ETag is one entity-tag, not a list.',
  rationale:
    'A representation has one entity-tag. A client generated from a list splits the value at its commas, of which an entity-tag may have some, and joins or quotes the parts in its own way when it sends them back.',
  exceptions: 'Turn it off where the header comes from a shared model that declares a list, as Zalando’s does.',
  cites: [rfc9110.defines('8.8.3', 'implies')],
  fix: 'none',
  *demands(operation) {
    for (const field of fieldsOf(operation).filter(({ role }) => role === 'header')) yield* listDemands(field);
  },
};

function* listDemands(field: Field): Generator<Obligation> {
  for (const { place, isItem } of field.schemas) {
    const type = place.own('type');
    if (isItem || type.value !== 'array') continue;
    yield absent(type, { noun: 'type array', ...inField(field, type, 'it is one entity-tag') });
  }
}

const example: Rule = {
  id: 'entity-tag-example',
  summary: 'Every example, default and fixed value of ETag, If-Match and If-None-Match is an entity-tag.',
  rationale:
    'The quotation marks belong to an entity-tag, and YAML takes away those that it needs for itself: `example: "33a6"` is an entity-tag without them, `example: \'"33a6"\'` has them. ' +
    'Mock servers send examples as they are, and developers copy them; a client that strips or forgets the marks sends conditions that no server can match.',
  exceptions: 'Turn it off while an API whose servers send bare values is being mended.',
  cites: [rfc9110.defines('8.8.3', 'implies')],
  recommended: 'warn',
  fix: 'safe',
  *demands(operation) {
    for (const field of fieldsOf(operation)) {
      const grammarFor = field.role === 'header' ? entityTagGrammar : entityTagListGrammar;
      const because = 'an entity-tag is quoted, perhaps after W/, and has no spaces in it';
      yield* valueDemands(field, grammarFor(field.mayPercentEncode), because);
    }
  },
};

/** The rules on entity-tags (RFC 9110 §8.8.3), in the order of the catalogue. */
export const entityTagRules: readonly Rule[] = [schema, single, example];
