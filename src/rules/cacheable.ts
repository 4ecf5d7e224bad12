import { rfc9110 } from '../guidelines/rfc9110.js';
import { noStoreIn } from '../model/cache-control.js';
import { revalidators, updateGuards } from '../model/failed-precondition.js';
import { isSameField } from '../model/field-name.js';
import type { Field } from '../model/field.js';
import type { Operation } from '../model/operation.js';
import type { Response } from '../model/response.js';
import { absent, present, presentTogether } from '../obligation.js';
import type { Rule } from '../rule.js';
import { newHeader } from './addition.js';

/** The header fields that tell how a response may be cached, and for which requests. */
const cacheFields = ['Cache-Control', 'Vary', 'ETag'];

/**
 * Whether a header is an ETag that clients send back in updates, as far as is known of these, and nothing in the description says that
 * they revalidate with it.
 */
function isOnlyForUpdates(operation: Operation, { name }: Field): boolean {
  const isRevalidated = operation.documentsNotModified || operation.takes(...revalidators) !== undefined;
  const mayTakeGuard = (other: Operation) => !other.retrieves && !other.parametersAreKnown;
  const guardsUpdate = operation.onSamePath.some(
    (other) => other.takes(...updateGuards) !== undefined || mayTakeGuard(other),
  );
  return isSameField(name, 'ETag') && guardsUpdate && !isRevalidated;
}

const declaresFields: Rule = {
  id: 'cacheable-declares-fields',
  summary: 'A success response of GET or HEAD that declares one of Cache-Control, Vary and ETag declares all three.',
  rationale:
    'The three fields belong together: how long a response may be reused, for which requests, and how it is validated. Without Vary, a cache gives the response for one language or caller to another; without ETag, it has to fetch the whole response again once it has expired.',
  exceptions:
    'Turn it off if not all three apply to your responses, and your guideline does not ask for them. An ETag that only guards updates is not reported: without Cache-Control, guidelines take a response for one that is not cached.',
  cites: [],
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    if (!['GET', 'HEAD'].includes(operation.method)) return;
    for (const response of operation.successes) {
      const declared = cacheFields.flatMap((name) => response.header(name) ?? []);
      const cacheControl = response.header('Cache-Control');
      const [cause] = declared;
      if (cause === undefined || (cacheControl !== undefined && noStoreIn(cacheControl) !== undefined)) continue;
      if (declared.length === 1 && isOnlyForUpdates(operation, cause)) continue;
      const members = new Map(
        cacheFields.map((name) => {
          const place = response.headerPlace(name);
          return [name, { place, value: () => newHeader(operation, name, place) }];
        }),
      );
      const missing = presentTogether(members, {
        part: `${response.code} response`,
        because: 'a response that may be cached declares Cache-Control, Vary and ETag',
        cause,
      });
      if (missing !== undefined) yield missing;
    }
  },
};

const withoutExpires: Rule = {
  id: 'cacheable-without-expires',
  summary: 'No response declares Expires.',
  rationale:
    'Cache-Control with max-age says the same, without synchronised clocks, and takes precedence if both are sent. A second field for the same fact can only contradict the first.',
  exceptions: 'Turn it off for HTTP/1.0 clients, which do not know Cache-Control.',
  cites: [],
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    for (const response of operation.responses) {
      const expires = response.header('Expires');
      if (expires === undefined) continue;
      yield absent(expires.entry, {
        noun: expires.name,
        part: `${response.code} response`,
        because: 'Cache-Control with max-age says it',
      });
    }
  },
};

const declaresControl: Rule = {
  id: 'cacheable-declares-control',
  summary: 'A success response of GET that declares a validator declares Cache-Control.',
  rationale:
    'Without Cache-Control, each cache guesses how long it may reuse a response, often from the age of its Last-Modified. With it, the API says so: for how long, by whom, or not without asking (`no-cache`).',
  exceptions: 'Turn it off if a gateway adds Cache-Control to every response.',
  cites: [],
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    if (operation.method !== 'GET') return;
    for (const response of operation.successes) {
      const cause = response.header('ETag') ?? response.header('Last-Modified');
      if (cause === undefined || response.header('Cache-Control') !== undefined) continue;
      const place = response.headerPlace('Cache-Control');
      yield present(place, () => newHeader(operation, 'Cache-Control', place), {
        noun: 'Cache-Control',
        part: `${response.code} response`,
        because: 'a response with a validator is meant to be stored, and this says for how long',
        cause,
      });
    }
  },
};

const varies: Rule = {
  id: 'cacheable-varies',
  summary:
    'A success response of GET that may be stored declares Vary if it has several media types or the operation takes Accept-Language.',
  rationale:
    'A cache gives what it has stored to every client that asks for the same URL. Without `Vary: Accept` a client that wants JSON gets the XML of the client before it, and without `Vary: Accept-Language` the wrong language.',
  exceptions: 'Turn it off if the media type or the language is part of the URL, and the header is ignored.',
  cites: [rfc9110.should('12.5.5', 'implies')],
  aspects: ['media types', 'Accept-Language'],
  severityInAll: 'hint',
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    if (operation.method !== 'GET') return;
    for (const response of operation.successes) {
      const cacheControl = response.header('Cache-Control');
      const cause = response.header('ETag') ?? response.header('Last-Modified') ?? cacheControl;
      if (cause === undefined || response.header('Vary') !== undefined || !response.headersAreKnown) continue;
      if (cacheControl !== undefined && noStoreIn(cacheControl) !== undefined) continue;
      const difference = differsBy(operation, response);
      if (difference === undefined) continue;
      const place = response.headerPlace('Vary');
      yield present(place, () => newHeader(operation, 'Vary', place), {
        noun: 'Vary',
        whereInWords: `in the ${response.code} response of ${operation.label}`,
        ...difference,
        cause,
      });
    }
  },
};

/** What a request says about the form of a response; `undefined` if nothing does. */
function differsBy(operation: Operation, response: Response): { because: string; on: string } | undefined {
  const types = response.mediaTypes(operation);
  const because = `it has several media types, such as ${types.slice(0, 2).join(' and ')}`;
  if (types.length > 1) return { because, on: 'media types' };
  if (operation.takes('Accept-Language') === undefined) return undefined;
  return { because: 'the operation takes Accept-Language', on: 'Accept-Language' };
}

/** The rules on what may be cached (RFC 9111), in the order of the catalogue. */
export const cacheableRules: readonly Rule[] = [declaresFields, withoutExpires, declaresControl, varies];
