import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const url = 'https://gigcymru.github.io/dhcw-software-engineering-handbook/restful-api-standards';

export const dhcw = guideline({
  name: 'dhcw',
  who: 'DHCW',
  publisher: 'Digital Health and Care Wales',
  title: 'Software Engineering Handbook: RESTful API standards',
  url: `${url}/introduction/`,
  date: '2025-11-11',
  copies: [{ from: 'GIGCymru/dhcw-software-engineering-handbook', commit: '2c6edaf', date: '2026-06-19' }],
  // Its table of status codes states facts.
  words: { ...rfc2119, table: 'requires' },
  sections: {
    'concurrency-control': {
      name: 'Concurrency control',
      url: `${url}/concurrency-control/`,
      says: 'Clients should include If-Match in changes; a mismatch must be answered 412, and a missing If-Match "428", with a clear message.',
    },
    'http-request-headers': {
      name: 'HTTP implementation: HTTP request headers',
      url: `${url}/http-implementation/#http-request-headers`,
      says: 'APIs may support If-Match and If-None-Match.',
    },
    'http-response-headers': {
      name: 'HTTP implementation: HTTP response headers',
      url: `${url}/http-implementation/#http-response-headers`,
      says: 'ETag may apply, as may Expires: it "indicates the resource version", for If-Match and If-None-Match.',
    },
    'return-http-status-codes': {
      name: 'HTTP implementation: Return HTTP status codes',
      url: `${url}/http-implementation/#return-http-status-codes`,
      says: '304 "applies only when the API supports caching with conditional GET"; 412 is for POST, PUT, PATCH and perhaps DELETE.',
    },
  },
  asks: {
    'not-modified-only-when-retrieving': { section: 'return-http-status-codes', level: 'table', bearing: 'implies' },
    'precondition-documented': {
      section: 'http-request-headers',
      level: 'MAY',
      bearing: 'implies',
      on: 'If-None-Match',
    },
    'precondition-failed-documented': {
      section: 'concurrency-control',
      level: 'MUST',
      bearing: 'implies',
      on: 'If-Match',
    },
    'precondition-failed-not-when-revalidating': {
      section: 'return-http-status-codes',
      level: 'table',
      bearing: 'implies',
    },
    'precondition-required-documented': { section: 'concurrency-control', level: 'MUST', bearing: 'implies' },
    'precondition-required-has-precondition': { section: 'concurrency-control', level: 'MUST', bearing: 'implies' },
    'precondition-obtainable': { section: 'http-response-headers', level: 'MAY' },
    'precondition-guards-update': { section: 'concurrency-control', level: 'SHOULD' },
    'precondition-required-marked': { section: 'concurrency-control', level: 'MUST', bearing: 'implies' },
    'cacheable-declares-control': { section: 'http-response-headers', level: 'SHOULD' },
  },
  contradicts: {
    'cacheable-without-expires': { section: 'http-response-headers', says: 'Expires may apply.' },
  },
});
