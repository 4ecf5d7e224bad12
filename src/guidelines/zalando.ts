import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const url = 'https://opensource.zalando.com/restful-api-guidelines/';
const formerUrl = 'http://zalando.github.io/restful-api-guidelines/';

export const zalando = guideline({
  name: 'zalando',
  who: 'Zalando',
  title: 'RESTFul API Guidelines',
  url,
  date: '2016-01-22',
  formerUrl,
  reviewDate: '2016-08-28',
  copies: [{ from: 'zalando/restful-api-guidelines', commit: '67505882', date: '2025-11-27' }],
  words: {
    ...rfc2119,
    // The tags for a status code that should be documented if an API can return it, and for one that should not.
    '{document}': 'recommends',
    '{do-not-document}': 'recommends',
  },
  sections: {
    'status-code-304': {
      name: 'Redirection Codes',
      url: `${url}#status-code-304`,
      formerUrl: `${formerUrl}http/Http.html#redirection-codes`,
      says: 'Document 304 where the API can return it, for GET and HEAD; a failed condition on PUT, PATCH or DELETE is 412.',
    },
    'status-code-412': {
      name: 'Client Side Error Codes: 412',
      url: `${url}#status-code-412`,
      says: 'Use 412 for a failed condition on PUT, PATCH or DELETE, and 304 for one on GET or HEAD; leave it out of descriptions.',
    },
    'status-code-428': {
      name: 'Client Side Error Codes: 428',
      url: `${url}#status-code-428`,
      says: 'Instead of 428, document the header that is required, and mark it as required.',
    },
    '182': {
      name: '#182 ETag together with If-Match and If-None-Match',
      url: `${url}#182`,
      says: 'Consider an ETag, with If-Match against lost updates and If-None-Match for creation; a mismatch is 412.',
    },
    '227': {
      name: '#227 document cacheable GET, HEAD, and POST endpoints',
      url: `${url}#227`,
      says: 'Declare the response headers Cache-Control, Vary and ETag, and do not define Expires; the default, no-store, need not be documented.',
    },
    'cache-support-patterns': {
      name: '#227 document cacheable endpoints: cache support patterns',
      url: `${url}#cache-support-patterns`,
      says: 'A failed HEAD or GET with If-None-Match must be answered 304 without content instead of 412.',
    },
    'etag-in-result-entities': {
      name: 'Appendix: Best practices, ETags in result entities',
      url: `${url}#etag-in-result-entities`,
      says: 'Every entity of a list has its entity-tag as a property.',
    },
    head: {
      name: '#149 use HTTP methods correctly: HEAD',
      url: `${url}#head`,
      says: 'HEAD has exactly the semantics of GET, without the content; it is useful together with ETag.',
    },
  },
  asks: {
    'not-modified-documented': { section: 'status-code-304', level: '{document}', rank: 'first' },
    'not-modified-documented-on-head': { section: 'status-code-304', level: '{document}', rank: 'first' },
    'not-modified-answers-precondition': [
      { section: 'cache-support-patterns', level: 'MUST', bearing: 'implies', on: 'If-None-Match' },
      { section: 'status-code-304', level: '{document}', on: 'If-Modified-Since' },
    ],
    'not-modified-no-content': { section: 'cache-support-patterns', level: 'MUST' },
    'not-modified-only-when-retrieving': { section: 'status-code-304', level: 'SHOULD' },
    'precondition-documented': { section: '182', level: 'MAY', bearing: 'implies', on: 'If-None-Match' },
    'precondition-failed-not-when-revalidating': { section: 'cache-support-patterns', level: 'MUST' },
    'precondition-required-has-precondition': { section: 'status-code-428', level: '{do-not-document}' },
    'precondition-obtainable': { section: '182', level: 'MAY', bearing: 'implies' },
    'precondition-has-validator': { section: '182', level: 'MAY', bearing: 'implies', on: 'If-None-Match' },
    // DELETE is not mentioned.
    'precondition-guards-update': [
      { section: '182', level: 'MAY', bearing: 'implies', on: 'PUT' },
      { section: '182', level: 'MAY', bearing: 'implies', on: 'PATCH' },
    ],
    'cacheable-declares-fields': { section: '227', level: 'MUST' },
    'cacheable-without-expires': { section: '227', level: 'MUST NOT' },
    'head-repeats-validators': { section: 'head', level: 'MUST', bearing: 'implies' },
    'precondition-required-marked': { section: 'status-code-428', level: '{do-not-document}', bearing: 'implies' },
    'precondition-guards-creation': { section: '182', level: 'MAY', bearing: 'implies' },
  },
  contradicts: {
    'precondition-failed-documented': {
      section: 'status-code-412',
      says: '412 is to be used, but not to be documented ({do-not-document}).',
    },
    'precondition-required-documented': {
      section: 'status-code-428',
      says: '428 is not to be documented ({do-not-document}); the header that is required is.',
    },
    'entity-tag-property': {
      section: 'etag-in-result-entities',
      says: 'Its sample of the property has no quotation marks.',
    },
  },
  faults: {
    'entity-tag-single': 'Its model of ETag is a list.',
    'entity-tag-example': 'Most of the entity-tags in its models have no quotation marks.',
  },
});
