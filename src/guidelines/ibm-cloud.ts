import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const page = (topic: string) => `https://cloud.ibm.com/docs/api-handbook?topic=api-handbook-${topic}`;

/** What it says of the responses that have an ETag beside those to GET and HEAD. */
const returned = 'Where GET returns an ETag, all operations that return the resource’s canonical schema should.';

/** What it says of the headers that carry dates. */
const dates = [
  {
    section: 'validator-headers',
    level: 'MUST',
    says: 'Last-Modified "MUST contain a valid HTTP-date value in GMT".',
  },
  {
    section: 'conditional-headers',
    level: 'MUST',
    says: 'Any other value than an HTTP-date in If-Modified-Since or If-Unmodified-Since is answered 400.',
  },
] as const;

export const ibmCloud = guideline({
  name: 'ibm-cloud',
  who: 'IBM Cloud',
  publisher: 'IBM',
  title: 'IBM Cloud API Handbook',
  url: 'https://cloud.ibm.com/docs/api-handbook',
  date: '2019-11-04',
  copies: [{ from: 'ibm-cloud-docs/api-handbook', commit: '67b4e02', date: '2026-01-12' }],
  words: rfc2119,
  sections: {
    'redirection-3xx': {
      name: 'Status codes: Redirection, 304',
      url: `${page('status-codes')}#redirection-3xx`,
      says: 'Only a conditional request is answered 304, and a 304 "MUST NOT have a response body".',
    },
    'client-errors-4xx': {
      name: 'Status codes: Client errors, 412',
      url: `${page('status-codes')}#client-errors-4xx`,
      says: '412 is for preconditions that the client gave "in its headers" and the server cannot meet.',
    },
    'validator-headers': {
      name: 'Headers: Validator headers',
      url: `${page('headers')}#validator-headers`,
      says: 'An ETag should be "a quoted lowercase base-36 string", with `W/` unless it is strong; Last-Modified is an HTTP-date in GMT.',
    },
    'etag-support': {
      name: 'Headers: ETag support',
      url: `${page('headers')}#etag-support`,
      says: 'GET and HEAD return ETag where any operation on the resource takes If-Match or If-None-Match; collections do not.',
    },
    'last-modified-support': {
      name: 'Headers: Last-Modified support',
      url: `${page('headers')}#last-modified-support`,
      says: 'GET and HEAD return Last-Modified where any operation on the resource takes If-Modified-Since or If-Unmodified-Since.',
    },
    'conditional-headers': {
      name: 'Headers: Conditional headers',
      url: `${page('headers')}#conditional-headers`,
      says: 'A false If-None-Match is answered 304 without content to GET and HEAD, and 412 to every other method.',
    },
    'recommended-if-match-support': {
      name: 'Headers: Recommended If-Match support',
      url: `${page('headers')}#recommended-if-match-support`,
      says: 'POST, PUT, PATCH and DELETE on a resource should take If-Match where an ETag is returned for it.',
    },
    'control-headers': {
      name: 'Headers: Control headers',
      url: `${page('headers')}#control-headers`,
      says: 'Range "MUST be ignored" on any method but GET.',
    },
    head: {
      name: 'Methods: HEAD',
      url: `${page('methods')}#head`,
      says: 'The response to HEAD has "the exact set of headers" of the response to GET, and no body.',
    },
    'standard-headers': {
      name: 'Standard behavior: Headers',
      url: `${page('standard-behavior')}#standard-headers`,
      says: 'Descriptions may leave out headers such as Cache-Control, Content-Location and Date.',
    },
    'standard-status-codes': {
      name: 'Standard behavior: Status codes',
      url: `${page('standard-behavior')}#standard-status-codes`,
      says: '304 and 412 "MAY be omitted from the documentation for each operation".',
    },
  },
  asks: {
    'not-modified-no-content': { section: 'redirection-3xx', level: 'MUST NOT' },
    'not-modified-only-when-retrieving': [
      { section: 'redirection-3xx', level: 'MUST NOT', bearing: 'implies' },
      { section: 'conditional-headers', level: 'MUST', bearing: 'implies' },
    ],
    'not-modified-reachable': { section: 'redirection-3xx', level: 'MUST NOT', bearing: 'implies' },
    'precondition-documented': {
      section: 'conditional-headers',
      level: 'MAY',
      bearing: 'implies',
      says: 'If-None-Match may be supported; it is "particularly applicable to `GET` and `HEAD` requests".',
      on: 'If-None-Match',
    },
    'precondition-failed-has-precondition': {
      section: 'client-errors-4xx',
      level: 'MUST',
      bearing: 'suggests',
      on: 'no precondition',
    },
    'precondition-failed-not-when-revalidating': { section: 'conditional-headers', level: 'MUST' },
    'precondition-obtainable': { section: 'etag-support', level: 'MUST', on: 'a path with GET or HEAD' },
    'precondition-has-validator': [
      { section: 'etag-support', level: 'MUST', on: 'If-None-Match' },
      { section: 'last-modified-support', level: 'MUST', on: 'If-Modified-Since' },
    ],
    'precondition-date-obtainable': { section: 'last-modified-support', level: 'MUST', on: 'a path with GET or HEAD' },
    'precondition-guards-update': { section: 'recommended-if-match-support', level: 'SHOULD' },
    'precondition-range': { section: 'control-headers', level: 'MUST', bearing: 'implies' },
    'entity-tag-schema': { section: 'validator-headers', level: 'SHOULD' },
    'entity-tag-example': { section: 'validator-headers', level: 'SHOULD' },
    'http-date-schema': dates,
    'http-date-example': dates,
    'head-no-content': {
      section: 'head',
      level: 'MUST NOT',
      says: 'The response to a successful HEAD "MUST NOT include a response body".',
      on: 'a success',
    },
    'head-repeats-validators': { section: 'head', level: 'MUST' },
    'precondition-prefers-entity-tag': { section: 'conditional-headers', level: 'SHOULD NOT' },
    'entity-tag-after-update': [
      { section: 'etag-support', level: 'SHOULD', says: returned, on: 'PUT' },
      { section: 'etag-support', level: 'SHOULD', says: returned, on: 'PATCH' },
    ],
    'entity-tag-property': {
      section: 'etag-support',
      level: 'MAY',
      says: 'A resource may have an `etag` property, "with the same format and value".',
    },
  },
  contradicts: {
    'not-modified-documented': { section: 'standard-status-codes', says: 'Descriptions may leave out 304.' },
    'not-modified-documented-on-head': { section: 'standard-status-codes', says: 'Descriptions may leave out 304.' },
    'not-modified-answers-precondition': { section: 'standard-status-codes', says: 'Descriptions may leave out 304.' },
    'not-modified-repeats-cache-fields': {
      section: 'standard-headers',
      says: 'Descriptions may leave out Cache-Control and Content-Location.',
    },
    'precondition-failed-documented': { section: 'standard-status-codes', says: 'Descriptions may leave out 412.' },
    'precondition-heeded': {
      section: 'conditional-headers',
      says: 'A false If-Modified-Since on other methods than GET and HEAD is answered 412, where HTTP has it ignored.',
    },
    'cacheable-declares-fields': { section: 'standard-headers', says: 'Descriptions may leave out Cache-Control.' },
  },
});
