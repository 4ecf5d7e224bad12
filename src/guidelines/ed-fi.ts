import { guideline } from './guideline.js';

const url = 'https://github.com/Ed-Fi-Alliance-OSS/Ed-Fi-API-Standards/blob/main/api-guidelines/v4.0';
const design = `${url}/API-DESIGN-GUIDELINES`;
const implementation = `${url}/API-IMPLEMENTATION-GUIDELINES`;

export const edFi = guideline({
  name: 'ed-fi',
  who: 'Ed-Fi',
  publisher: 'Ed-Fi Alliance',
  title: 'Ed-Fi API Design and Implementation Guidelines 4.0',
  url: `${url}/README.md`,
  date: '2024-05',
  copies: [{ from: 'Ed-Fi-Alliance-OSS/Ed-Fi-API-Standards', commit: 'cae95ae', date: '2025-07-09' }],
  // Its keywords are those of RFC 2119, in lower case; a table of status codes states facts.
  words: { must: 'requires', table: 'requires', should: 'recommends', recommended: 'recommends', may: 'permits' },
  sections: {
    'get-request-headers': {
      name: 'GET Requests: Request Headers',
      url: `${design}/GET-REQUESTS.md#request-headers`,
      says: 'Where ETags are supported, a GET should support If-Match and If-None-Match.',
    },
    'get-status-codes': {
      name: 'GET Requests: Standard Status Codes',
      url: `${design}/GET-REQUESTS.md#standard-status-codes`,
      says: 'Where ETags are supported, 304 "must be supported".',
    },
    'put-request-headers': {
      name: 'PUT Requests: Request Headers',
      url: `${design}/PUT-REQUESTS.md#request-headers`,
      says: 'Where ETags are supported, PUT, and DELETE likewise, must support If-Match.',
    },
    'put-status-codes': {
      name: 'PUT Requests: Applicable Status Codes',
      url: `${design}/PUT-REQUESTS.md#applicable-status-codes`,
      says: 'Where ETags are supported, PUT, and DELETE likewise, must support 412 for an If-Match that does not match.',
    },
    'status-codes': {
      name: 'REST API Conventions: Status Codes',
      url: `${design}/REST-API.md#status-codes`,
      says: '412 says that the ETag on the server "does not match the supplied If-Match header value".',
    },
    'cache-validation': {
      name: 'Handling Web Cache Validation with ETags',
      url: `${implementation}/CACHE-VALIDATION.md#handling-web-cache-validation-with-etags`,
      says: 'Where If-None-Match still matches, the answer may be 304 "with no response body".',
    },
    'optimistic-concurrency': {
      name: 'Handling Optimistic Concurrency with ETags',
      url: `${implementation}/OPTIMISTIC-CONCURRENCY.md#handling-optimistic-concurrency-with-etags`,
      says: 'The response to the GET of one resource must have an ETag; where If-Match is required and missing, the answer is 400.',
    },
    'get-metadata': {
      name: 'GET Requests: Response Body, Metadata',
      url: `${design}/GET-REQUESTS.md#metadata`,
      says: 'A resource has its entity-tag in `_etag`.',
    },
    'put-response-headers': {
      name: 'PUT requests: Response Headers',
      url: `${design}/PUT-REQUESTS.md#response-headers`,
      says: 'The new ETag "must be provided" in the response to a PUT.',
    },
  },
  asks: {
    'not-modified-documented': { section: 'get-status-codes', level: 'must', bearing: 'implies', on: 'ETag' },
    'not-modified-answers-precondition': {
      section: 'get-status-codes',
      level: 'must',
      bearing: 'implies',
      on: 'If-None-Match',
    },
    'not-modified-no-content': { section: 'cache-validation', level: 'may' },
    'precondition-documented': { section: 'get-request-headers', level: 'should', on: 'If-None-Match' },
    // If-None-Match and other methods than PUT and DELETE are not mentioned.
    'precondition-failed-documented': {
      section: 'put-status-codes',
      level: 'must',
      bearing: 'implies',
      on: 'If-Match',
    },
    'precondition-failed-has-precondition': {
      section: 'status-codes',
      level: 'table',
      bearing: 'suggests',
      on: 'no precondition',
    },
    'precondition-obtainable': { section: 'optimistic-concurrency', level: 'must', on: 'a path with GET or HEAD' },
    'precondition-has-validator': {
      section: 'optimistic-concurrency',
      level: 'must',
      bearing: 'implies',
      on: 'If-None-Match',
    },
    'precondition-guards-update': [
      { section: 'put-request-headers', level: 'must', on: 'PUT' },
      { section: 'put-request-headers', level: 'must', on: 'DELETE' },
    ],
    'entity-tag-after-update': [
      { section: 'put-response-headers', level: 'must', on: 'PUT' },
      { section: 'put-response-headers', level: 'must', on: 'PUT without content' },
    ],
  },
  contradicts: {
    'entity-tag-property': { section: 'get-metadata', says: 'Its samples of `_etag` have no quotation marks.' },
    'precondition-required-documented': {
      section: 'optimistic-concurrency',
      says: 'A request without the If-Match that it requires is answered 400.',
    },
  },
  faults: {
    'entity-tag-example': 'Its samples of ETag and If-Match have no quotation marks, but for one ETag.',
  },
});
