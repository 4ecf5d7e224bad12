import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const repository = 'https://github.com/SPSCommerce/sps-api-standards/blob/main';
const url = `${repository}/standards/request-response.md`;

const only = 'APIs use only the status codes that are listed, and 304 is not; 3xx should not be used at all.';

export const sps = guideline({
  name: 'sps',
  who: 'SPS Commerce',
  title: 'SPS API Standards',
  url: `${repository}/README.md`,
  date: '2022-02-28',
  copies: [{ from: 'SPSCommerce/sps-api-standards', commit: '6f3bd41', date: '2026-03-27' }],
  // It also writes keywords in lower case, defines status codes, and marks samples as correct.
  words: {
    ...rfc2119,
    should: 'recommends',
    may: 'permits',
    definition: 'requires',
    'CORRECT example': 'requires',
  },
  sections: {
    'etags-with-collections': {
      name: 'ETags with Collections',
      url: `${repository}/standards/collections.md#etags-with-collections`,
      says: 'Items of a collection may have their entity-tag as a property.',
    },
    'supported-status-codes': {
      name: 'Supported Status Codes',
      url: `${url}#supported-status-codes`,
      says: '"All REST APIs MUST use only the following status codes", and 304 is not among them.',
    },
    '412-precondition-failed': {
      name: '412 Precondition Failed',
      url: `${url}#412-precondition-failed`,
      says: 'The client has stated preconditions "in its headers which the server does not meet".',
    },
    '428-precondition-required': {
      name: '428 Precondition Required',
      url: `${url}#428-precondition-required`,
      says: 'The server requires the request to be conditional, and an expected condition is missing.',
    },
    etag: {
      name: 'ETag',
      url: `${url}#etag`,
      says: 'ETag should be returned for a GET of an individual resource that has a version; the correct sample is quoted.',
    },
    'http-method-to-status-code-mapping': {
      name: 'HTTP Method to Status Code Mapping',
      url: `${url}#http-method-to-status-code-mapping`,
      says: 'Its table has 412 for PUT, PATCH and DELETE only.',
    },
    get: {
      name: 'GET',
      url: `${url}#get`,
      says: 'A GET may return ETag "and support conditional headers such as `If-None-Match`".',
    },
    head: {
      name: 'HEAD',
      url: `${url}#head`,
      says: 'HEAD "MUST NOT contain a request or response body".',
    },
    put: {
      name: 'PUT',
      url: `${url}#put`,
      says: 'PUT should be guarded by the ETag in If-Match, as should PATCH and DELETE; a mismatch is 412, and a required If-Match that is missing 428.',
    },
  },
  asks: {
    'precondition-documented': { section: 'get', level: 'may', on: 'If-None-Match' },
    'precondition-failed-documented': { section: 'put', level: 'should', on: 'If-Match' },
    'precondition-failed-has-precondition': {
      section: '412-precondition-failed',
      level: 'definition',
      bearing: 'suggests',
      on: 'no precondition',
    },
    'precondition-failed-not-when-revalidating': { section: 'http-method-to-status-code-mapping', level: 'SHOULD' },
    'precondition-required-documented': { section: 'put', level: 'should' },
    'precondition-required-has-precondition': {
      section: '428-precondition-required',
      level: 'definition',
      bearing: 'implies',
    },
    'precondition-obtainable': { section: 'etag', level: 'SHOULD', on: 'a path with GET or HEAD' },
    'precondition-has-validator': { section: 'etag', level: 'SHOULD', bearing: 'implies', on: 'If-None-Match' },
    'precondition-guards-update': { section: 'put', level: 'SHOULD' },
    'head-no-content': { section: 'head', level: 'MUST NOT' },
    'entity-tag-example': { section: 'etag', level: 'CORRECT example', bearing: 'implies' },
  },
  contradicts: {
    'entity-tag-property': {
      section: 'etags-with-collections',
      says: 'Its samples of the property have no quotation marks.',
    },
    'not-modified-documented': { section: 'supported-status-codes', says: only },
    'not-modified-documented-on-head': { section: 'supported-status-codes', says: only },
    'not-modified-answers-precondition': { section: 'supported-status-codes', says: only },
  },
});
