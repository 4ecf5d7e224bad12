import { rfc9110 } from '../guidelines/rfc9110.js';
import { present } from '../obligation.js';
import type { Rule } from '../rule.js';
import { copyOfHeader } from './definition.js';

const repeatsEtag: Rule = {
  id: 'partial-content-repeats-etag',
  summary: 'A 206 response to GET declares ETag where the 200 response of the operation does.',
  rationale:
    'A client that continues a download may only combine parts of the same version. It recognises them by the entity-tag, which a server has to send in a 206 if the 200 would have had it. ' +
    'A client generated from a description without it cannot tell, and may put together a file that never existed.',
  exceptions: 'Turn it off if your API answers 206 for a page of a list, which is no part of a representation.',
  cites: [rfc9110.must('15.3.7', 'implies')],
  recommended: 'hint',
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    const partial = operation.response('206');
    const original = operation.response('200')?.header('ETag');
    if (operation.method !== 'GET' || original === undefined || partial === undefined || partial.place.lost) return;
    if (!partial.headersAreKnown || partial.header('ETag') !== undefined) return;
    const place = partial.headerPlace(original.name);
    yield present(place, () => copyOfHeader(original, place, operation.version), {
      noun: original.name,
      part: '206 response',
      because: 'a 206 repeats it where the 200 would have had it',
      cause: original,
    });
  },
};

/** The rules on 206 Partial Content (RFC 9110 §15.3.7). */
export const partialContentRules: readonly Rule[] = [repeatsEtag];
