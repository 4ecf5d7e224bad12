import { rfc9110 } from '../../guidelines/rfc9110.js';
import type { Json } from '../../json.js';
import { documents412InsteadOf304 } from '../../model/failed-precondition.js';
import { isOneOfFields, isSameField } from '../../model/field-name.js';
import type { Field } from '../../model/field.js';
import type { Operation } from '../../model/operation.js';
import type { Place } from '../../model/place.js';
import type { Response } from '../../model/response.js';
import { type Obligation, present } from '../../obligation.js';
import type { Rule } from '../../rule.js';
import { newResponse } from '../addition.js';
import { copyOfHeader, sharedResponse } from '../definition.js';
import { repeatedFields, representationMetadata } from './content.js';

/** The obligation that an operation documents 304. */
function notModifiedPresent(operation: Operation, cause: Field, because: string, on?: string): Obligation {
  const place = operation.responsePlace('304');
  const wording = { noun: 'a 304 response', because, cause, ...(on && { on }) };
  return present(place, () => notModifiedFor(operation, place), wording);
}

/**
 * A 304 for an operation: without content, and with those fields of its success response that a 304 repeats (RFC 9110 §15.4.5). It is a
 * `$ref` if the description has a shared response like that.
 */
function notModifiedFor(operation: Operation, place: Place): Json {
  const success = operation.validator?.response ?? operation.successes[0];
  const headers = success?.headers.filter(({ name }) => isOneOfFields(repeatedFields, name)) ?? [];
  const shared = sharedResponse(operation, '304', (response) => fits(response, success, headers));
  if (shared !== undefined) return shared;
  const copies = headers.map((header) => [header.name, copyOfHeader(header, place, operation.version)]);
  return newResponse(operation, '304', copies.length > 0 ? { headers: Object.fromEntries(copies) as Json } : {});
}

/**
 * Whether an operation can refer to a shared 304: it declares those headers of the success response that a 304 repeats, but no validator
 * that the success response does not declare, no content, and no field that describes content.
 */
function fits(shared: Response, success: Response | undefined, headers: readonly Field[]): boolean {
  return (
    shared.contents.length === 0 &&
    headers.every(({ name }) => shared.header(name) !== undefined) &&
    ['ETag', 'Last-Modified'].every((name) => !shared.header(name) || success?.header(name)) &&
    representationMetadata.every((name) => shared.header(name) === undefined)
  );
}

/** The validators that lead to a 304. Some sources speak of one only. */
const validators = ['ETag', 'Last-Modified'];

/** The obligation that an operation with a validator documents 304. */
function* validatorLeadsTo304(operation: Operation): Generator<Obligation> {
  const { validator } = operation;
  if (validator === undefined || operation.documentsNotModified) return;
  const { response, header } = validator;
  const on = validators.find((name) => isSameField(name, header.name));
  yield notModifiedPresent(operation, header, `its ${response.code} response declares ${header.name}`, on);
}

const documented: Rule = {
  id: 'not-modified-documented',
  summary: 'A GET whose success response declares ETag or Last-Modified documents a 304 response.',
  rationale:
    'A client sends the validator back in If-None-Match or If-Modified-Since with its next GET. If nothing has changed, the server answers 304 without content. ' +
    'A client generated from a description without 304 takes that answer for an error, or its developer never learns that it can avoid the transfer.',
  exceptions:
    'If validators only guard updates (If-Match) and the server never answers 304, turn the rule off for those operations.',
  cites: [{ ...rfc9110.defines('15.4.5', 'suggests'), rank: 'last' }],
  aspects: validators,
  recommended: 'warn',
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    if (operation.retrieves && operation.method !== 'HEAD') yield* validatorLeadsTo304(operation);
  },
};

/** A rule of its own, since fewer guidelines ask for it than for GET. */
const documentedOnHead: Rule = {
  id: 'not-modified-documented-on-head',
  summary: 'A HEAD whose success response declares ETag or Last-Modified documents a 304 response.',
  rationale:
    'A conditional HEAD is answered like the conditional GET, but without content: with 304 as long as the client knows the selected representation. ' +
    'A client that polls with HEAD is the first to receive that 304.',
  exceptions: 'Turn it off if HEAD operations are documented for completeness only.',
  cites: [{ ...rfc9110.defines('15.4.5', 'suggests'), rank: 'last' }],
  aspects: validators,
  severityInAll: 'warn',
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    if (operation.method === 'HEAD') yield* validatorLeadsTo304(operation);
  },
};

/** The preconditions whose failure is answered with 304. Sources differ in how strongly they say so of each. */
const answered = ['If-None-Match', 'If-Modified-Since'] as const;

const answersPrecondition: Rule = {
  id: 'not-modified-answers-precondition',
  summary: 'An operation that retrieves and takes If-None-Match or If-Modified-Since documents a 304 response.',
  rationale:
    'When If-None-Match is false on a GET or HEAD, the server has to answer 304; when If-Modified-Since is, it should. ' +
    'Every client that sends the header can receive that answer. A description with the header but without 304 leaves out its main outcome.',
  exceptions:
    'If If-Modified-Since is a filter that the server answers with the changed items, give it a name of its own; if the server never evaluates the header, remove the parameter. If neither can be changed, turn the rule off for those operations.',
  cites: [rfc9110.must('13.1.2', 'implies', 'If-None-Match'), rfc9110.should('13.1.3', 'implies', 'If-Modified-Since')],
  aspects: answered,
  recommended: 'warn',
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    if (!operation.retrieves || operation.documentsNotModified) return;
    if (operation.validator !== undefined || !operation.documentsOutcomes) return;
    if (documents412InsteadOf304(operation)) return;
    for (const condition of answered) {
      const parameter = operation.takes(condition);
      if (parameter === undefined) continue;
      const obligation = notModifiedPresent(operation, parameter, `it takes ${condition}`, condition);
      // No client can ask for this 304 as long as no response gives it a validator.
      return yield { ...obligation, fix: 'partial' };
    }
  },
};

/** The rules on which operations document a 304. */
export const documentedRules = { documented, documentedOnHead, answersPrecondition };
