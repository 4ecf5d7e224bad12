import { rfc6585 } from '../../guidelines/rfc6585.js';
import { rfc9110 } from '../../guidelines/rfc9110.js';
import { letsCachesStore } from '../../model/cache-control.js';
import {
  canCarryPrecondition,
  documents412InsteadOf304,
  failedRevalidation,
  revalidators,
  updateGuards,
} from '../../model/failed-precondition.js';
import type { Field } from '../../model/field.js';
import type { Operation } from '../../model/operation.js';
import { absent, type Obligation, present } from '../../obligation.js';
import type { Rule } from '../../rule.js';
import { newFailure } from '../addition.js';

/** The preconditions that make a request fail with 412 when they are false (RFC 9110 §13.1.1, §13.1.2, §13.1.4). */
const guards = ['If-Match', 'If-Unmodified-Since', 'If-None-Match'] as const;

/** The methods that change a resource (RFC 9110 §9.3, RFC 5789). */
const changes = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Why `default` counts as the 412 and the 428. */
const defaultIsEnough =
  'A `4XX` or `default` response is enough, since a client generated from the description handles the failure there.';

/** Whether an operation documents a response under a code, the range of the code, or `default`. */
function documentsOutcome(operation: Operation, code: string): boolean {
  return [code, `${code[0]}XX`, 'default'].some((key) => operation.response(key) !== undefined);
}

/** The obligation that an operation documents a response. The fix refers to a shared response if there is one. */
function responsePresent(
  operation: Operation,
  code: '412' | '428',
  cause: Field,
  because: string,
  on?: string,
): Obligation {
  const wording = { noun: `a ${code} response`, because, cause, ...(on && { on }) };
  return present(operation.responsePlace(code), () => newFailure(operation, code), wording);
}

/** The obligation that an operation that takes no precondition does not document a response to one. */
function* responseExplained(operation: Operation, code: string, because: string, on?: string): Generator<Obligation> {
  const response = operation.response(code);
  if (response === undefined || canCarryPrecondition(operation)) return;
  yield absent(response.entry, {
    fault: 'Unexplained',
    noun: `${code} response`,
    because,
    ...(on && { on }),
  });
}

const failedDocumented: Rule = {
  id: 'precondition-failed-documented',
  summary:
    'A PUT, PATCH, POST, DELETE or custom method that takes If-Match, If-Unmodified-Since or If-None-Match documents a 412 response.',
  rationale:
    'The precondition makes the request fail if somebody else has changed the resource first. ' +
    'The client has to tell that failure from others: it reads the resource again, merges, and repeats the request with the new validator. ' +
    defaultIsEnough,
  exceptions: 'Turn it off if your guideline leaves well-known errors out of descriptions.',
  cites: [
    { ...rfc9110.may('13.1.1', 'states', 'If-Match'), rank: 'last' },
    { ...rfc9110.may('13.1.4', 'states', 'If-Unmodified-Since'), rank: 'last' },
    { ...rfc9110.must('13.1.2', 'suggests', 'If-None-Match'), rank: 'last' },
  ],
  aspects: guards,
  severityInAll: 'warn',
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    if (!operation.failsOnPreconditions || !operation.documentsOutcomes) return;
    const guard = guards.find((name) => operation.takes(name) !== undefined);
    const cause = guard && operation.takes(guard);
    if (guard === undefined || cause === undefined || documentsOutcome(operation, '412')) return;
    // Another rule says that this 304 is wrong. A 412 beside it would be a second outcome of the same condition.
    if (guard === 'If-None-Match' && operation.notModified !== undefined) return;
    yield responsePresent(operation, '412', cause, `it takes ${guard}`, guard);
  },
};

const failedHasPrecondition: Rule = {
  id: 'precondition-failed-has-precondition',
  summary: 'An operation that documents a 412 response takes a precondition that can fail with 412.',
  rationale:
    'A 412 says that a condition in the header of the request was false. Without such a header in the description, a client does not learn how to state the condition or how to avoid the failure. ' +
    'If the code is meant for something else, such as a violated business rule, clients and intermediaries take it for a failed precondition.',
  exceptions: 'Turn it off for an API that uses 412 for failures of other kinds and cannot change that.',
  cites: [
    rfc9110.defines('15.5.13', 'suggests', 'no precondition'),
    rfc9110.must('13.1.2', 'suggests', 'a retrieval’s precondition'),
  ],
  aspects: ['no precondition', 'a retrieval’s precondition'],
  recommended: 'hint',
  fix: 'none',
  topic: 412,
  *obligations(operation) {
    yield* responseExplained(
      operation,
      '412',
      'it takes none of If-Match, If-None-Match and If-Unmodified-Since, whose failure the code reports',
      'no precondition',
    );
    const failure = operation.documentsNotModified ? failedRevalidation(operation) : undefined;
    const condition = operation.takes(...revalidators);
    if (failure === undefined || condition === undefined) return;
    yield absent(failure.entry, {
      fault: 'Unexplained',
      noun: '412 response',
      because: `to a retrieval, a false ${condition.name} is answered 304, and it takes no other condition`,
      cause: condition,
      on: 'a retrieval’s precondition',
    });
  },
};

const failedNotWhenRevalidating: Rule = {
  id: 'precondition-failed-not-when-revalidating',
  summary: 'An operation that retrieves answers a false If-None-Match or If-Modified-Since with 304, not with 412.',
  rationale:
    'If nothing has changed, a GET or HEAD has not failed: the server has to answer 304, and the client goes on with the representation that it has. ' +
    'A client that receives 412 instead treats the request as failed, and caches on the way cannot renew what they have stored.',
  exceptions: 'Turn it off only while you correct an API that has always answered so.',
  cites: [rfc9110.must('13.1.2')],
  recommended: 'warn',
  fix: 'none',
  topic: 412,
  *obligations(operation) {
    const response = operation.response('412');
    if (response === undefined || !documents412InsteadOf304(operation)) return;
    const condition = operation.takes(...revalidators);
    yield absent(response.entry, {
      noun: '412 response',
      because: `to a retrieval, a false ${condition?.name} is answered 304`,
      ...(condition && { cause: condition }),
    });
  },
};

const requiredDocumented: Rule = {
  id: 'precondition-required-documented',
  summary: 'An operation that requires If-Match or If-Unmodified-Since documents a 428 response.',
  rationale:
    'A server that requires a condition answers a request without one with 428, and explains how to send it. ' +
    'If the description says so, the developer of a client learns why the first attempt failed. ' +
    defaultIsEnough,
  exceptions: 'Turn it off if a gateway rejects such requests with 400 before they reach the API.',
  cites: [rfc6585.should('3', 'suggests')],
  // Some guidelines speak only of one of the methods that change a resource.
  aspects: changes,
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    if (!operation.documentsOutcomes || documentsOutcome(operation, '428')) return;
    const required = updateGuards
      .map((name) => operation.takes(name))
      .find((field) => field?.place.child('required').value === true);
    if (required === undefined) return;
    const on = changes.find((method) => method === operation.method);
    yield responsePresent(operation, '428', required, `it requires ${required.name}`, on);
  },
};

const requiredHasPrecondition: Rule = {
  id: 'precondition-required-has-precondition',
  summary: 'An operation that documents a 428 response takes a precondition.',
  rationale:
    'A 428 tells the client to repeat the request with a condition. If the description has no header for one, the client can only fail again. ' +
    'Declare If-Match or If-Unmodified-Since, and mark it as required.',
  exceptions: 'Turn it off if the condition is not stated in the header, but in a way of your own.',
  cites: [rfc6585.defines('3', 'implies')],
  recommended: 'warn',
  fix: 'none',
  topic: 428,
  *obligations(operation) {
    yield* responseExplained(
      operation,
      '428',
      'it takes no precondition that a client could be told to send, such as If-Match',
    );
  },
};

const requiredNotCacheable: Rule = {
  id: 'precondition-required-not-cacheable',
  summary: 'A 428 response declares neither Expires nor a Cache-Control whose values let caches store it.',
  rationale:
    'A 428 is about one request that lacked a condition. A cache that stores it gives it to the next client too. ' +
    'An ETag is welcome: the client can repeat the request with it. Cache-Control without a value, or with `no-store`, is right.',
  exceptions: 'Turn it off if a gateway adds the same caching fields to all responses and cannot be told otherwise.',
  cites: [rfc6585.mustNot('3', 'implies')],
  recommended: 'info',
  fix: 'none',
  topic: 428,
  *obligations(operation) {
    const response = operation.response('428');
    const [expires, cacheControl] = [response?.header('Expires'), response?.header('Cache-Control')];
    const wording = { part: '428 response', because: 'a cache must not store it' };
    if (expires !== undefined) yield absent(expires.entry, { noun: 'Expires', ...wording });
    if (cacheControl !== undefined && letsCachesStore(cacheControl))
      yield absent(cacheControl.entry, { noun: 'Cache-Control that lets caches store it', ...wording });
  },
};

/** The rules on 412 Precondition Failed (RFC 9110 §15.5.13) and 428 Precondition Required (RFC 6585 §3). */
export const outcomeRules = {
  failedDocumented,
  failedHasPrecondition,
  failedNotWhenRevalidating,
  requiredDocumented,
  requiredHasPrecondition,
  requiredNotCacheable,
};
