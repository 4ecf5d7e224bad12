import { entityTagGrammar, entityTagListGrammar, isWeak } from '../grammar/entity-tag.js';
import { rfc9110 } from '../guidelines/rfc9110.js';
import { isSameField } from '../model/field-name.js';
import type { Field } from '../model/field.js';
import type { Operation } from '../model/operation.js';
import type { Place } from '../model/place.js';
import { absent, type Obligation } from '../obligation.js';
import type { Rule } from '../rule.js';
import { inField, suggestedWhereFixed, typeObligations, valueObligations } from './value.js';

/** The ETag headers of an operation's responses, and the parameters that carry entity-tags. */
function fieldsOf(operation: Operation): Field[] {
  const names = ['If-Match', 'If-None-Match'];
  return [
    ...operation.responses.flatMap((response) => response.header('ETag') ?? []),
    ...operation.headerParameters.filter(({ name }) => names.some((wanted) => isSameField(name, wanted))),
  ];
}

/** The fields of an operation that hold one entity-tag, be it among other things. */
function singleFieldsOf(operation: Operation): Field[] {
  const ranges = operation.takes('If-Range');
  return [...fieldsOf(operation).filter(({ role }) => role === 'header'), ...(ranges === undefined ? [] : [ranges])];
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
  *obligations(operation) {
    for (const field of fieldsOf(operation)) {
      yield* typeObligations(field, 'an entity-tag is a string, quotation marks included');
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
  summary: 'ETag and If-Range are one entity-tag, not a list.',
  rationale:
    'A representation has one entity-tag, and If-Range names the one that a client has a part of. A client generated from a list splits the value at its commas, of which an entity-tag may have some, and joins or quotes the parts in its own way when it sends them back.',
  exceptions: 'Turn it off where the header comes from a shared model that declares a list, as Zalando’s does.',
  cites: [rfc9110.defines('8.8.3', 'implies'), rfc9110.defines('13.1.5', 'implies')],
  fix: 'none',
  *obligations(operation) {
    for (const field of singleFieldsOf(operation)) yield* listDemands(field);
  },
};

function* listDemands(field: Field): Generator<Obligation> {
  for (const { place, isItem } of field.schemas) {
    const type = place.own('type');
    if (isItem || type.value !== 'array') continue;
    const asked = [rfc9110.defines(field.role === 'header' ? '8.8.3' : '13.1.5', 'implies')];
    yield absent(type, { noun: 'type array', ...inField(field, type, 'it is one entity-tag'), asked });
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
  suggestedWhere: suggestedWhereFixed,
  *obligations(operation) {
    for (const field of fieldsOf(operation)) {
      const grammarFor = field.role === 'header' ? entityTagGrammar : entityTagListGrammar;
      const because = 'an entity-tag is quoted, perhaps after W/, and has no spaces in it';
      yield* valueObligations(field, grammarFor(field.mayPercentEncode), because);
    }
  },
};

const strong: Rule = {
  id: 'entity-tag-strong',
  summary: 'The entity-tags that If-Match is documented with are not all weak.',
  rationale:
    'If-Match compares strongly: two entity-tags are the same only if neither is weak. A client that sends `W/"33a6"` in it is always turned away, however fresh its version is; ' +
    'so is one that has been given nothing but weak entity-tags to send. ' +
    'A weak entity-tag is for If-None-Match. An update is guarded by a strong one, or by If-Unmodified-Since.',
  exceptions: 'Turn it off for servers that are known to compare weakly in If-Match, against the specification.',
  cites: [rfc9110.must('13.1.1', 'suggests'), rfc9110.defines('8.8.3.2', 'suggests')],
  recommended: 'info',
  fix: 'none',
  *obligations(operation) {
    const ifMatch = operation.takes('If-Match');
    if (ifMatch === undefined) return;
    if (ifMatch.values.length === 0) yield* weakOnPath(operation, ifMatch);
    for (const place of weakValuesOf(ifMatch) ?? []) {
      yield absent(place, {
        noun: 'weak entity-tag',
        ...inField(ifMatch, place, 'If-Match compares strongly, and never matches a weak one'),
      });
    }
  },
};

/** The demand that not every ETag that the responses of a path show is weak, said of the first operation there that takes If-Match. */
function* weakOnPath(operation: Operation, ifMatch: Field): Generator<Obligation> {
  const { onSamePath } = operation;
  const first = onSamePath.find((other) => other.takes('If-Match')?.values.length === 0);
  const etags = onSamePath.flatMap(({ successes }) => successes.flatMap((response) => response.header('ETag') ?? []));
  const shown = etags.filter(({ values }) => values.length > 0);
  const [cause] = shown;
  if (operation !== first || cause === undefined || !shown.every(weakValuesOf)) return;
  yield absent(ifMatch.entry, {
    fault: 'Unmatchable',
    noun: 'If-Match parameter',
    because: 'every ETag that responses of its path show is weak, and If-Match compares strongly',
    cause,
    at: operation.place,
  });
}

/** The values that a description gives for a field, if each is a weak entity-tag, or a list of those, and there is one. */
function weakValuesOf({ values, mayPercentEncode }: Field): Place[] | undefined {
  const areWeak = values.length > 0 && values.every(({ value }) => isWeak(value, mayPercentEncode));
  return areWeak ? values : undefined;
}

/** The rules on entity-tags (RFC 9110 §8.8.3), in the order of the catalogue. */
export const entityTagRules: readonly Rule[] = [schema, single, example, strong];
