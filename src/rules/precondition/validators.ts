import { rfc9110 } from '../../guidelines/rfc9110.js';
import { isSameField } from '../../model/field-name.js';
import type { Operation } from '../../model/operation.js';
import { type Obligation, present } from '../../obligation.js';
import type { Rule } from '../../rule.js';
import { newHeader } from '../addition.js';
import { copyOfHeader } from '../definition.js';
import { parameterPresent } from './parameters.js';

/** What a client needs for each precondition of a retrieval. */
const exchanges = {
  'If-None-Match': {
    validator: 'ETag',
    because: 'it takes If-None-Match, which clients can send only with the entity-tag of an earlier response',
  },
  'If-Modified-Since': {
    validator: 'Last-Modified',
    because: 'it takes If-Modified-Since, in which a date from the server is safer than one from the client',
  },
} as const;

/** The operations on the path whose responses have the same validators: GET and HEAD. A QUERY retrieves something else. */
function sameRetrievals({ method, onSamePath }: Operation): Operation[] {
  return onSamePath.filter((other) => other.retrieves && (other.method === 'QUERY') === (method === 'QUERY'));
}

const hasValidator: Rule = {
  id: 'precondition-has-validator',
  summary:
    'If a GET or HEAD takes If-None-Match, a success response declares ETag; if it documents 304 and takes only If-Modified-Since, Last-Modified.',
  rationale:
    'If-None-Match carries the entity-tag of an earlier response. If no success response declares ETag, a client does not learn that there is one to keep, and never asks for the 304. An ETag in the 304 comes too late: only a client that already has one receives it. ' +
    'For If-Modified-Since, a client can use the Date of the response, but that fails if the clocks differ or the server only recognises its own Last-Modified.',
  exceptions:
    'Turn it off if a gateway in front of the API adds validators to every response, or if they come from another path. If the entity-tag is a member of the representation (`etag`, `_etag`), nothing is reported.',
  cites: [
    rfc9110.defines('13.1.2', 'suggests', 'If-None-Match'),
    rfc9110.must('13.1.3', 'suggests', 'If-Modified-Since'),
  ],
  aspects: Object.keys(exchanges),
  recommended: 'hint',
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    const condition = operation.takes('If-None-Match') ?? operation.takes('If-Modified-Since');
    const success = operation.response('200') ?? operation.successes[0];
    if (!operation.retrieves || condition === undefined || success === undefined) return;
    const isEntityTag = isSameField(condition.name, 'If-None-Match');
    // Without a 304, If-Modified-Since may be a filter: the server returns what has changed since.
    if (!isEntityTag && !(operation.documentsNotModified && operation.validator === undefined)) return;
    const retrievals = sameRetrievals(operation);
    if (operation !== retrievals.find((other) => other.successes.length > 0 && other.takes(condition.name))) return;
    const on = isEntityTag ? 'If-None-Match' : 'If-Modified-Since';
    const { validator, because } = exchanges[on];
    const isGiven = retrievals.some((other) => {
      const isInBody = other.successes.some(({ carriesEntityTag }) => carriesEntityTag);
      return !other.responsesAreKnown || other.declares(validator) !== undefined || isInBody;
    });
    if (isGiven) return;
    const place = success.headerPlace(validator);
    const inNotModified = operation.notModified?.header(validator);
    const { version } = operation;
    yield present(
      place,
      () => {
        return inNotModified
          ? copyOfHeader(inNotModified, place, version)
          : newHeader(operation, validator, place, condition);
      },
      {
        noun: validator,
        whereInWords: `in the ${success.code} response of ${operation.label}`,
        because,
        cause: condition,
        on,
      },
    );
  },
};

/** For each precondition with a date, the one with an entity-tag that servers evaluate instead of it. */
const preferred = { 'If-Unmodified-Since': 'If-Match', 'If-Modified-Since': 'If-None-Match' } as const;

const prefersEntityTag: Rule = {
  id: 'precondition-prefers-entity-tag',
  summary:
    'An operation that takes If-Unmodified-Since takes If-Match too, and one that answers If-Modified-Since with 304 takes If-None-Match.',
  rationale:
    'A date counts in seconds. Of two updates within one second, the second passes If-Unmodified-Since, and overwrites the first. Clocks that differ make it worse. With an entity-tag, the condition is exact.',
  exceptions: 'Turn it off if your data have a dependable date of change and no entity-tag.',
  cites: [],
  aspects: Object.keys(preferred),
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    if (!operation.parametersAreKnown) return;
    for (const [date, entityTag] of Object.entries(preferred)) {
      const cause = operation.takes(date);
      if (cause === undefined || operation.takes(entityTag) !== undefined) continue;
      // Without a 304, If-Modified-Since may be a filter: the server returns what has changed since.
      const isRevalidation = operation.retrieves && operation.documentsNotModified;
      if (date === 'If-Modified-Since' && !isRevalidation) continue;
      yield {
        ...parameterPresent(operation, entityTag, cause, `it takes ${date}, which counts in seconds`),
        ...ifObtainable(operation),
        on: date,
      };
    }
  },
};

/** A condition on an entity-tag is of little use as long as no response on the path declares one. */
function ifObtainable({ onSamePath }: Operation): Pick<Obligation, 'fix'> {
  return onSamePath.some((other) => other.declares('ETag') !== undefined) ? {} : { fix: 'partial' };
}

/** The rules on the validators that preconditions carry (RFC 9110 §13.1.1 to §13.1.4). */
export const validatorRules = { hasValidator, prefersEntityTag };
