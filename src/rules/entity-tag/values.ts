import { entityTagGrammar, entityTagListGrammar, isWeak } from '../../grammar/entity-tag.js';
import { rfc9110 } from '../../guidelines/rfc9110.js';
import { isSameField } from '../../model/field-name.js';
import type { Field } from '../../model/field.js';
import type { Operation } from '../../model/operation.js';
import type { Place } from '../../model/place.js';
import { absent, type Obligation } from '../../obligation.js';
import type { Rule } from '../../rule.js';
import { inField, suggestedWhereFixed, typeObligations, valueObligations } from '../value.js';

/** The ETag headers of an operation's responses, and the parameters that carry entity-tags. */
function fieldsOf(operation: Operation): Field[] {
  const names = ['If-Match', 'If-None-Match'];
  return [
    ...operation.responses.flatMap((response) => response.header('ETag') ?? []),
    ...operation.headerParameters.filter(({ name }) => names.some((wanted) => isSameField(name, wanted))),
  ];
}

/** The fields of an operation that carry at most one entity-tag. */
function singleFieldsOf(operation: Operation): Field[] {
  const ifRange = operation.takes('If-Range');
  return [...fieldsOf(operation).filter(({ role }) => role === 'header'), ...(ifRange === undefined ? [] : [ifRange])];
}

/** The formats whose strings contain no quotation marks. */
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
  summary: 'ETag, If-Match and If-None-Match are strings, and their format allows quotation marks.',
  rationale:
    'An entity-tag is a string in quotation marks, with an optional `W/` before it. It is not a number, a UUID or a date, even if the server makes it from one. ' +
    'A client generated from such a type fails to parse the header, or sends back a value that the server does not recognise. The condition is then always false, or always true.',
  exceptions: 'Turn it off while you correct an API whose servers send entity-tags without quotation marks.',
  cites: [rfc9110.defines('8.8.3')],
  recommended: 'warn',
  fix: 'none',
  topic: 'field',
  *obligations(operation) {
    for (const field of fieldsOf(operation)) yield* schemaObligations(field);
  },
};

function* schemaObligations(field: Field): Generator<Obligation> {
  yield* typeObligations(field, 'an entity-tag is a string, quotation marks included');
  for (const { place } of field.schemas) {
    const format = place.own('format');
    if (!formatsWithoutQuotes.includes(format.value)) continue;
    yield absent(format, {
      noun: `format ${format.value}`,
      ...inField(field, format, 'an entity-tag has quotation marks around it, which the format does not allow'),
    });
  }
}

const single: Rule = {
  id: 'entity-tag-single',
  summary: 'ETag and If-Range are one entity-tag, not a list.',
  rationale:
    'A representation has one entity-tag, and If-Range names that of the representation of which the client has a part. A client generated from a list splits the value at commas, which an entity-tag may contain, and joins or quotes the parts in its own way when it sends them back.',
  exceptions: 'Turn it off if the header comes from a shared model that declares a list.',
  cites: [rfc9110.defines('8.8.3', 'implies', 'ETag'), rfc9110.defines('13.1.5', 'implies', 'If-Range')],
  aspects: ['ETag', 'If-Range'],
  fix: 'none',
  topic: 'field',
  *obligations(operation) {
    for (const field of singleFieldsOf(operation)) yield* noListIn(field);
  },
};

/** The obligation that a field is not declared as a list. */
function* noListIn(field: Field): Generator<Obligation> {
  for (const { place, isItem } of field.schemas) {
    const type = place.own('type');
    if (isItem || type.value !== 'array') continue;
    const on = field.role === 'header' ? 'ETag' : 'If-Range';
    yield absent(type, { noun: 'type array', ...inField(field, type, 'it is one entity-tag'), on });
  }
}

const example: Rule = {
  id: 'entity-tag-example',
  summary: 'Every example, default and fixed value of ETag, If-Match and If-None-Match is an entity-tag.',
  rationale:
    'The quotation marks are part of an entity-tag, but YAML takes the outer ones for its own: `example: "33a6"` is an entity-tag without them, `example: \'"33a6"\'` has them. ' +
    'Mock servers send examples as they are, and developers copy them. A client that omits the quotation marks sends conditions that never match.',
  exceptions: 'Turn it off while you correct an API whose servers send entity-tags without quotation marks.',
  cites: [rfc9110.defines('8.8.3', 'implies')],
  recommended: 'warn',
  fix: 'safe',
  suggestedWhere: suggestedWhereFixed,
  topic: 'field',
  *obligations(operation) {
    for (const field of fieldsOf(operation)) yield* exampleObligations(field);
  },
};

function exampleObligations(field: Field): Iterable<Obligation> {
  const grammarFor = field.role === 'header' ? entityTagGrammar : entityTagListGrammar;
  const because = 'an entity-tag is quoted, perhaps after W/, and has no spaces in it';
  return valueObligations(field, grammarFor(field.mayPercentEncode), because);
}

/** What the rules ask of the definition of an ETag, wherever it stands. */
export function etagObligations(etag: Field): Obligation[] {
  return [...schemaObligations(etag), ...noListIn(etag), ...exampleObligations(etag)];
}

const strong: Rule = {
  id: 'entity-tag-strong',
  summary: 'The entity-tags that a description shows for If-Match are not all weak.',
  rationale:
    'If-Match uses the strong comparison, in which a weak entity-tag equals none. A request with `If-Match: W/"33a6"` always fails, even if the client has the current version. ' +
    'So does every request of a client that only receives weak entity-tags. ' +
    'A weak entity-tag is for If-None-Match. To guard an update, use a strong one, or If-Unmodified-Since.',
  exceptions: 'Turn it off for servers that use the weak comparison for If-Match, against the specification.',
  cites: [rfc9110.must('13.1.1', 'suggests'), rfc9110.defines('8.8.3.2', 'suggests')],
  recommended: 'info',
  fix: 'none',
  topic: 'field',
  *obligations(operation) {
    const ifMatch = operation.takes('If-Match');
    if (ifMatch === undefined) return;
    if (ifMatch.values.length === 0) yield* strongTagOnPath(operation, ifMatch);
    for (const place of weakValuesOf(ifMatch) ?? []) {
      yield absent(place, {
        noun: 'weak entity-tag',
        ...inField(ifMatch, place, 'If-Match compares strongly, and never matches a weak one'),
      });
    }
  },
};

/**
 * The obligation that the responses of a path show an ETag that is not weak. It is reported once for a path, on the first operation
 * that takes If-Match.
 */
function* strongTagOnPath(operation: Operation, ifMatch: Field): Generator<Obligation> {
  const { onSamePath } = operation;
  if (operation !== onSamePath.find((other) => other.takes('If-Match')?.values.length === 0)) return;
  const etags = onSamePath.flatMap(({ successes }) => successes.flatMap((response) => response.header('ETag') ?? []));
  const shown = etags.filter(({ values }) => values.length > 0);
  const [cause] = shown;
  if (cause === undefined || !shown.every(weakValuesOf)) return;
  yield absent(ifMatch.entry, {
    fault: 'Unmatchable',
    noun: 'If-Match parameter',
    because: 'every ETag that responses of its path show is weak, and If-Match compares strongly',
    cause,
    pointsAt: operation.place,
  });
}

/** The values that a description gives for a field, if all of them are weak entity-tags or lists of those; `undefined` if there are none. */
function weakValuesOf({ values, mayPercentEncode }: Field): Place[] | undefined {
  const areWeak = values.length > 0 && values.every(({ value }) => isWeak(value, mayPercentEncode));
  return areWeak ? values : undefined;
}

/** The rules on the values of entity-tags (RFC 9110 §8.8.3), in the order of the catalogue. */
export const entityTagValueRules: readonly Rule[] = [schema, single, example, strong];
