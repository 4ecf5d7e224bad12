import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const url = 'https://www.belgif.be/specification/rest/api-guide/';

export const belgif = guideline({
  name: 'belgif',
  who: 'Belgif',
  publisher: 'Belgian federal government',
  title: 'Belgif REST Guidelines',
  url,
  date: '2017-09-28',
  copies: [{ from: 'belgif/rest-guide', commit: '2c9d8fb', date: '2026-06-18' }],
  // Outside its rules, it writes the keywords in lower case, and defines.
  words: { ...rfc2119, must: 'requires', should: 'recommends', 'only use': 'requires', definition: 'requires' },
  sections: {
    'stat-codes': {
      name: 'Use appropriate HTTP status codes [stat-codes]',
      url: `${url}#rule-stat-codes`,
      says: 'Its table has 304 for GET and HEAD only, and 412 for PUT, POST, PATCH and DELETE only.',
    },
    'http-304': {
      name: '304 Not Modified',
      url: `${url}#http-304`,
      says: '304 should be used to preserve bandwidth, for GET and HEAD; "the response body must be empty".',
    },
    'http-412': {
      name: '412 Precondition Failed',
      url: `${url}#http-412`,
      says: '412 should be used for conditions in the header of the request, and for those only: constraints of the payload are 409.',
    },
    'gen-header': {
      name: 'General HTTP headers [gen-header]',
      url: `${url}#rule-gen-header`,
      says: '"Operation-specific HTTP header parameters SHOULD be documented", such as ETag and If-Modified-Since.',
    },
    head: {
      name: 'HEAD',
      url: `${url}#head`,
      says: '"HEAD returns the same response as GET", but with an empty body.',
    },
    'prf-lstmod': {
      name: 'Precision of Last-Modified header [prf-lstmod]',
      url: `${url}#rule-prf-lstmod`,
      says: '"The `ETag` SHOULD be preferred over the `Last-Modified` header", whose dates count in seconds.',
    },
    'cnt-negot': {
      name: 'Content negotiation [cnt-negot]',
      url: `${url}#rule-cnt-negot`,
      says: 'Where several media types are negotiated, the response names Accept in Vary.',
    },
    'int-negot': {
      name: 'Accept-Language header [int-negot]',
      url: `${url}#rule-int-negot`,
      says: 'Where languages are negotiated and the resource supports caching, the response names Accept-Language in Vary.',
    },
  },
  asks: {
    'not-modified-documented': { section: 'http-304', level: 'should', bearing: 'implies' },
    'not-modified-documented-on-head': { section: 'http-304', level: 'should', bearing: 'implies' },
    'not-modified-answers-precondition': { section: 'http-304', level: 'should', bearing: 'implies' },
    'not-modified-no-content': { section: 'http-304', level: 'must' },
    'not-modified-only-when-retrieving': { section: 'stat-codes', level: 'SHOULD NOT' },
    'precondition-documented': { section: 'gen-header', level: 'SHOULD' },
    'precondition-failed-documented': { section: 'http-412', level: 'should', bearing: 'implies' },
    'precondition-failed-has-precondition': { section: 'http-412', level: 'only use', bearing: 'implies' },
    'precondition-failed-not-when-revalidating': { section: 'stat-codes', level: 'SHOULD NOT' },
    'precondition-obtainable': { section: 'gen-header', level: 'SHOULD', bearing: 'implies' },
    'precondition-has-validator': { section: 'gen-header', level: 'SHOULD' },
    'head-no-content': { section: 'head', level: 'definition' },
    'head-repeats-validators': { section: 'head', level: 'definition', bearing: 'implies' },
    'validator-prefers-entity-tag': { section: 'prf-lstmod', level: 'SHOULD' },
    'precondition-prefers-entity-tag': { section: 'prf-lstmod', level: 'SHOULD', bearing: 'implies' },
    'cacheable-varies': [
      { section: 'cnt-negot', level: 'MUST', on: 'media types' },
      { section: 'int-negot', level: 'MUST', on: 'Accept-Language' },
    ],
  },
});
