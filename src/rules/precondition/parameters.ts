import type { Grammar } from '../../grammar/grammar.js';
import { rfc9110 } from '../../guidelines/rfc9110.js';
import { revalidators } from '../../model/failed-precondition.js';
import { intendedField } from '../../model/field-name.js';
import type { Field } from '../../model/field.js';
import type { Operation } from '../../model/operation.js';
import { absent, matches, type Obligation, present } from '../../obligation.js';
import type { Rule } from '../../rule.js';
import { newParameter } from '../addition.js';

/** The obligation that an operation takes a header. The fix adds it to the operation's own parameters. */
export function parameterPresent(
  operation: Operation,
  name: string,
  cause: Field | undefined,
  because: string,
): Obligation {
  const list = operation.place.child('parameters');
  const parameter = () => newParameter(operation, name, cause);
  const wording = { noun: `an ${name} parameter`, named: name, because, ...(cause && { cause }) };
  if (!list.exists) return present(list, () => [parameter()], wording);
  // If `parameters` is not a list, nothing can be added to it.
  const pointsAt = Array.isArray(list.target.value) ? {} : { pointsAt: operation.place };
  return present(list.child(String(list.items().length)), parameter, { ...wording, ...pointsAt });
}

/** Whether an operation lists a parameter itself. Those of its path item are meant for several methods. */
export function isOwnParameter(field: Field, operation: Operation): boolean {
  return field.entry.isWithin(operation.place);
}

const documented: Rule = {
  id: 'precondition-documented',
  summary:
    'A GET whose success response declares ETag takes If-None-Match; one with only Last-Modified takes If-Modified-Since.',
  rationale:
    'A client sends the ETag of an earlier response back in If-None-Match, or its Last-Modified in If-Modified-Since. As long as nothing has changed, the server need not send the representation again. ' +
    'A client generated from a description without that parameter cannot send it.',
  exceptions: 'Turn it off if the HTTP libraries of all clients handle validators by themselves.',
  cites: [],
  aspects: ['If-None-Match', 'If-Modified-Since'],
  recommended: 'hint',
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    const { validator } = operation;
    if (operation.method !== 'GET' || validator === undefined || !operation.parametersAreKnown) return;
    const isEtag = operation.declares('ETag') !== undefined;
    if (!isEtag && !operation.responsesAreKnown) return;
    const wanted = isEtag ? 'If-None-Match' : 'If-Modified-Since';
    if (operation.headerParameters.some(({ name }) => intendedField(name) === wanted)) return;
    if (operation.takes(wanted) !== undefined) return;
    const { response, header } = validator;
    const because = `its ${response.code} response declares ${header.name}`;
    yield { ...parameterPresent(operation, wanted, header, because), on: wanted };
  },
};

const optional: Rule = {
  id: 'precondition-optional',
  summary: 'An operation that retrieves does not require If-None-Match or If-Modified-Since.',
  rationale:
    'These headers carry a validator from an earlier response. A client that sends its first request has none. ' +
    'If the header is required, a generated client has to make a value up, and a gateway that validates requests rejects first requests.',
  exceptions:
    'Turn it off for an operation that exists only to poll for changes to what another operation has returned.',
  cites: [rfc9110.defines('13.1.2', 'suggests'), rfc9110.defines('13.1.3', 'suggests')],
  recommended: 'warn',
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    if (!operation.retrieves) return;
    for (const field of revalidators.flatMap((name) => operation.takes(name) ?? [])) {
      const required = field.place.child('required');
      if (required.value !== true) continue;
      yield absent(required, {
        noun: '`required: true`',
        part: field.label,
        because: 'a first request has no validator to send',
      });
    }
  },
};

const either: Rule = {
  id: 'precondition-either',
  summary: 'No operation requires both If-Match and If-Unmodified-Since.',
  rationale:
    'A server that receives If-Match has to ignore If-Unmodified-Since. Requiring both makes every client look up a date that is never read. ' +
    'If either will do, mark both as optional and document a 428 response: OpenAPI cannot say “one of these headers”.',
  exceptions: 'Turn it off if servers that only know dates are behind some deployments of the same API.',
  cites: [rfc9110.must('13.1.4', 'implies')],
  recommended: 'info',
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    const [entityTag, date] = [operation.takes('If-Match'), operation.takes('If-Unmodified-Since')];
    if (entityTag?.place.child('required').value !== true) return;
    const required = date?.place.child('required');
    if (date === undefined || required?.value !== true) return;
    yield absent(required, {
      noun: '`required: true`',
      part: date.label,
      because: 'If-Match is required too, and beside it servers ignore the date',
      cause: entityTag,
      // Another operation may share the parameter, and require the date alone.
      ...(date.entry.isReference ? { pointsAt: date.entry } : {}),
    });
  },
};

const isRequired: Grammar = { noun: 'value of `required`', accepts: (value) => value === true, repair: () => true };

const requiredMarked: Rule = {
  id: 'precondition-required-marked',
  summary: 'If an operation documents a 428 response and takes one precondition, that one is marked as required.',
  rationale:
    'A 428 says that the server refuses requests without a condition. A client generated from a description that calls the header optional leaves it out, and its first request fails.',
  exceptions:
    'Turn it off if servers require the condition only sometimes. If the operation takes several preconditions, any of which will do, nothing is reported.',
  cites: [],
  fix: 'suggested',
  topic: 428,
  *obligations(operation) {
    if (operation.response('428') === undefined || !operation.parametersAreKnown) return;
    const [field, ...others] = ['If-Match', 'If-Unmodified-Since', 'If-None-Match'].flatMap(
      (name) => operation.takes(name) ?? [],
    );
    if (field === undefined || others.length > 0 || field.place.lost) return;
    const required = field.place.child('required');
    const wording = {
      part: field.label,
      because: 'a request without it is answered with 428',
      ...(isOwnParameter(field, operation) && !field.entry.isReference ? {} : { pointsAt: operation.place }),
    };
    yield required.exists
      ? matches(required, isRequired, wording)
      : present(required, () => true, { noun: '`required: true`', ...wording });
  },
};

const spelling: Rule = {
  id: 'precondition-spelling',
  summary: 'The fields of conditional requests are spelt as HTTP spells them.',
  rationale:
    'Servers ignore request headers that they do not know, and clients do the same with response headers. A misspelt precondition is no precondition, and the update that it should guard goes through. ' +
    'Separators matter: `If_None_Match` is another field. Upper and lower case do not.',
  exceptions: 'Turn it off for a field of your own whose name is similar by chance.',
  cites: [rfc9110.defines('5.1', 'implies')],
  recommended: 'warn',
  fix: 'suggested',
  *obligations(operation) {
    for (const field of operation.headerParameters) {
      const intended = intendedField(field.name);
      if (intended === undefined) continue;
      const grammar = { noun: 'name', accepts: () => false, repair: () => intended };
      yield matches(field.place.child('name'), grammar, {
        part: field.role,
        because: 'under another name it is ignored',
      });
    }
    for (const response of operation.responses) {
      for (const { name, entry } of response.headers) {
        const intended = intendedField(name);
        if (intended === undefined) continue;
        const renamedTo = response.headerPlace(intended);
        yield absent(entry, {
          noun: `header ${name}`,
          part: `${response.code} response`,
          because: `the field is called ${intended}`,
          ...(renamedTo.exists ? {} : { renamedTo }),
        });
      }
    }
  },
};

const heeded: Rule = {
  id: 'precondition-heeded',
  summary: 'Only GET, HEAD and QUERY take If-Modified-Since.',
  rationale:
    'A server has to ignore If-Modified-Since on any other method. A client that relies on it to guard an update has no guard. Use If-Unmodified-Since or If-Match instead.',
  exceptions: 'Turn it off for a field of that name that your servers evaluate nevertheless.',
  cites: [rfc9110.must('13.1.3', 'implies')],
  recommended: 'info',
  fix: 'none',
  topic: 'field',
  *obligations(operation) {
    const field = operation.takes('If-Modified-Since');
    if (field === undefined || !operation.neverRetrieves || !isOwnParameter(field, operation)) return;
    yield absent(field.entry, {
      noun: 'If-Modified-Since parameter',
      because: 'servers have to ignore it except on GET and HEAD; If-Unmodified-Since or If-Match guards an update',
    });
  },
};

/** The rules on the header parameters that state preconditions (RFC 9110 §13.1). */
export const parameterRules = { documented, optional, either, requiredMarked, spelling, heeded };
