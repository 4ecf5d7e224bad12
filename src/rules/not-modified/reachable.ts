import { rfc9110 } from '../../guidelines/rfc9110.js';
import { rfc9111 } from '../../guidelines/rfc9111.js';
import { noStoreIn } from '../../model/cache-control.js';
import { revalidators } from '../../model/failed-precondition.js';
import type { Operation } from '../../model/operation.js';
import type { Response } from '../../model/response.js';
import { absent } from '../../obligation.js';
import type { Rule } from '../../rule.js';
import { inField } from '../value.js';

const onlyWhenRetrieving: Rule = {
  id: 'not-modified-only-when-retrieving',
  summary: 'Only operations that retrieve document a 304 response.',
  rationale:
    'A 304 tells the client to use the response that it has stored. That only makes sense for GET and HEAD, which ask for one. ' +
    'In answer to any other method, a cache or client library may look for a stored response that does not exist. ' +
    'If a precondition failed, answer 412; if there was nothing to do, answer 204 or 200.',
  exceptions: 'If an API has long answered so and cannot change it, turn the rule off for those operations.',
  cites: [rfc9110.must('13.1.2'), rfc9110.defines('15.4.5', 'implies')],
  recommended: 'warn',
  fix: 'none',
  topic: 304,
  *obligations(operation) {
    if (operation.notModified === undefined || !operation.neverRetrieves) return;
    yield absent(operation.notModified.entry, {
      noun: '304 response',
      because:
        '304 only answers a conditional GET or HEAD; where nothing had to change, answer 204 or 200, and where a precondition failed, 412',
    });
  },
};

/** Whether a GET documents a 304, but nothing that a client would have to send to receive it. */
function isUnreachable(operation: Operation): boolean {
  const { notModified, successes } = operation;
  return (
    notModified !== undefined &&
    operation.parametersAreKnown &&
    operation.responsesAreKnown &&
    operation.validator === undefined &&
    operation.takes(...revalidators) === undefined &&
    !successes.some(({ carriesEntityTag }) => carriesEntityTag)
  );
}

/** For each description, the 304 components that GET operations refer to, and whether the 304 is unreachable for all of them. */
const unreachable304s = new WeakMap<readonly Operation[], Map<unknown, boolean>>();

function isUnreachableForAll({ inDescription }: Operation, { place }: Response): boolean {
  let verdicts = unreachable304s.get(inDescription);
  if (verdicts === undefined) {
    verdicts = new Map();
    unreachable304s.set(inDescription, verdicts);
    const gets = inDescription.filter(({ method, notModified }) => method === 'GET' && notModified?.entry.isReference);
    for (const get of gets) {
      const definition = get.notModified?.place.value;
      verdicts.set(definition, verdicts.get(definition) !== false && isUnreachable(get));
    }
  }
  return verdicts.get(place.value) === true;
}

const reachable: Rule = {
  id: 'not-modified-reachable',
  summary:
    'A GET that documents a 304 response declares a validator or takes a precondition, so that clients can get it.',
  rationale:
    'A server only sends 304 in answer to If-None-Match or If-Modified-Since. For those, a client needs an entity-tag or a date from an earlier response: from its header, or from a member such as `etag`. What the 304 itself carries comes too late. ' +
    'If the description shows neither, a reader does not learn which of the two works, and a generated client has no place for it.',
  exceptions:
    'Turn it off if a gateway in front of the API adds validators to every response and nobody wants to list them.',
  cites: [rfc9110.defines('15.4.5', 'suggests')],
  recommended: 'hint',
  fix: 'none',
  topic: 304,
  *obligations(operation) {
    const { method, notModified } = operation;
    if (method !== 'GET' || notModified === undefined) return;
    if (isUnreachableForAll(operation, notModified)) {
      yield absent(notModified.place, {
        fault: 'Unreachable',
        noun: '304 response',
        part: '304 response',
        whereInWords: 'for every GET that refers to it',
        because:
          'no success response of theirs declares ETag or Last-Modified, and none takes If-None-Match or If-Modified-Since',
      });
    } else if (isUnreachable(operation)) {
      yield absent(notModified.entry, {
        fault: 'Unreachable',
        noun: '304 response',
        because:
          'no success response declares ETag or Last-Modified, and it takes neither If-None-Match nor If-Modified-Since',
      });
    }
  },
};

const storable: Rule = {
  id: 'not-modified-storable',
  summary: 'A success response that can lead to a 304 does not fix Cache-Control to no-store.',
  rationale:
    'A cache must not store a response with no-store, so it can never ask whether the response is still current. Validator and 304 are useless to it. ' +
    'To have every use checked first, send no-cache.',
  exceptions: 'Turn it off if clients keep copies of their own, outside any HTTP cache, and validate those.',
  cites: [rfc9111.mustNot('5.2.2.5', 'suggests')],
  recommended: 'info',
  fix: 'none',
  topic: 'field',
  *obligations(operation) {
    if (!operation.retrieves || (operation.validator === undefined && operation.notModified === undefined)) return;
    for (const header of operation.successes.flatMap((response) => response.header('Cache-Control') ?? [])) {
      const value = noStoreIn(header);
      if (value === undefined) continue;
      yield absent(value, {
        noun: 'no-store',
        ...inField(
          header,
          value,
          'what no cache may store cannot be validated later; no-cache has it checked before each use',
        ),
      });
    }
  },
};

/** The rules on which requests a 304 can answer. */
export const reachableRules = { onlyWhenRetrieving, reachable, storable };
