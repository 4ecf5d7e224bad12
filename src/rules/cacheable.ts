import { zalando } from '../guidelines/zalando.js';
import { noStoreIn } from '../model/cache-control.js';
import { absent, presentTogether } from '../obligation.js';
import type { Rule } from '../rule.js';
import { stringHeader } from './definition.js';

/** What Zalando wants to see of a response that may be cached. */
const cacheFields = ['Cache-Control', 'Vary', 'ETag'];

const declaresFields: Rule = {
  id: 'cacheable-declares-fields',
  summary: 'A success response of GET or HEAD that declares one of Cache-Control, Vary and ETag declares all three.',
  rationale:
    'Whether and how long a response may be reused, for which requests, and how it is validated belong together: with Vary missing, a cache hands one language or one caller’s view to another; with ETag missing, it has to fetch the whole again when the time is up.',
  exceptions: 'Turn it off where not all of the three apply, and Zalando’s rule is not yours.',
  cites: [zalando.must('227')],
  fix: 'suggested',
  *obligations(operation) {
    if (!['GET', 'HEAD'].includes(operation.method)) return;
    for (const response of operation.successes) {
      const declared = cacheFields.flatMap((name) => response.header(name) ?? []);
      const cacheControl = response.header('Cache-Control');
      const [cause] = declared;
      if (cause === undefined || (cacheControl !== undefined && noStoreIn(cacheControl) !== undefined)) continue;
      const value = () => stringHeader(operation.version);
      const members = new Map(cacheFields.map((name) => [name, { place: response.headerPlace(name), value }]));
      const missing = presentTogether(members, {
        of: `${response.code} response`,
        because: 'what may be cached declares Cache-Control, Vary and ETag',
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
    'Cache-Control with max-age says the same without clocks that have to agree, and wins where both are sent. A second source of the same fact can only contradict the first.',
  exceptions: 'Turn it off for clients of HTTP/1.0, which know nothing else.',
  cites: [zalando.mustNot('227')],
  fix: 'suggested',
  *obligations(operation) {
    for (const response of operation.responses) {
      const expires = response.header('Expires');
      if (expires === undefined) continue;
      yield absent(expires.entry, {
        noun: expires.name,
        of: `${response.code} response`,
        because: 'Cache-Control with max-age says it',
      });
    }
  },
};

/** The rules on what may be cached (RFC 9111; Zalando #227), in the order of the catalogue. */
export const cacheableRules: readonly Rule[] = [declaresFields, withoutExpires];
