import { noStoreIn } from '../model/cache-control.js';
import { absent, presentTogether } from '../obligation.js';
import type { Rule } from '../rule.js';
import { newHeader } from './addition.js';

/** The header fields that tell how a response may be cached, and for which requests. */
const cacheFields = ['Cache-Control', 'Vary', 'ETag'];

const declaresFields: Rule = {
  id: 'cacheable-declares-fields',
  summary: 'A success response of GET or HEAD that declares one of Cache-Control, Vary and ETag declares all three.',
  rationale:
    'The three fields belong together: how long a response may be reused, for which requests, and how it is validated. Without Vary, a cache gives the response for one language or caller to another; without ETag, it has to fetch the whole response again once it has expired.',
  exceptions: 'Turn it off if not all three apply to your responses, and your guideline does not ask for them.',
  cites: [],
  fix: 'suggested',
  *obligations(operation) {
    if (!['GET', 'HEAD'].includes(operation.method)) return;
    for (const response of operation.successes) {
      const declared = cacheFields.flatMap((name) => response.header(name) ?? []);
      const cacheControl = response.header('Cache-Control');
      const [cause] = declared;
      if (cause === undefined || (cacheControl !== undefined && noStoreIn(cacheControl) !== undefined)) continue;
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

/** The rules on what may be cached (RFC 9111), in the order of the catalogue. */
export const cacheableRules: readonly Rule[] = [declaresFields, withoutExpires];
