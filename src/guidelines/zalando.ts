import { citing, inTheWordsOfRfc2119, type Publication } from './citation.js';

const zalandoFormerUrl = 'http://zalando.github.io/restful-api-guidelines/';
const zalandoUrl = 'https://opensource.zalando.com/restful-api-guidelines/';

export const zalandoSource = {
  guideline: 'zalando',
  label: 'Zalando',
  title: 'RESTFul API Guidelines',
  company: 'Zalando',
  date: '2016-01-22',
  reviewDate: '2016-08-28',
  url: zalandoUrl,
  formerUrl: zalandoFormerUrl,
  sections: {
    'status-code-304': {
      name: 'Redirection Codes',
      url: `${zalandoUrl}#status-code-304`,
      formerUrl: `${zalandoFormerUrl}http/Http.html#redirection-codes`,
      says: 'Document 304 where the API can return it, for GET and HEAD; a failed condition on PUT, PATCH or DELETE is 412.',
    },
    'status-code-428': {
      name: 'Client Side Error Codes: 428',
      url: `${zalandoUrl}#status-code-428`,
      says: 'Instead of 428, document the header that is required, and mark it as required.',
    },
    '182': {
      name: '#182 ETag together with If-Match and If-None-Match',
      url: `${zalandoUrl}#182`,
      says: 'Consider an ETag, with If-Match against lost updates and If-None-Match for creation; a mismatch is 412.',
    },
    '227': {
      name: '#227 document cacheable GET, HEAD, and POST endpoints',
      url: `${zalandoUrl}#227`,
      says: 'Declare the response headers Cache-Control, Vary and ETag, and do not define Expires; the default, no-store, need not be documented.',
    },
    'cache-support-patterns': {
      name: '#227 document cacheable endpoints: cache support patterns',
      url: `${zalandoUrl}#cache-support-patterns`,
      says: 'A failed HEAD or GET with If-None-Match must be answered 304 without content instead of 412.',
    },
    head: {
      name: '#149 use HTTP methods correctly: HEAD',
      url: `${zalandoUrl}#head`,
      says: 'HEAD has exactly the semantics of GET, without the content; it is useful together with ETag.',
    },
  },
} as const satisfies Publication;

/** The Zalando guidelines. Beside the keywords of RFC 2119, they have tags for status codes. */
export const zalando = {
  ...inTheWordsOfRfc2119(zalandoSource),
  /** The tag for a status code that should be documented if an API can return it. */
  document: citing(zalandoSource, '{document}', 'recommends'),
  /** The tag for a status code that should not be documented. */
  doNotDocument: citing(zalandoSource, '{do-not-document}', 'recommends'),
};
