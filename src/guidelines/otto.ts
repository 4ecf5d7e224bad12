import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const url = 'https://api.otto.de/portal/guidelines';
const repository = 'https://github.com/otto-de/api-guidelines/blob/main/api-guidelines/rest/http';

const undescribed = 'Status codes that are used as the guideline lists them should not be described.';

const avoided = '"Avoid the `Last-Modified` header when possible."';

export const otto = guideline({
  name: 'otto',
  who: 'OTTO',
  title: 'OTTO API Guidelines',
  url,
  date: '2020-02-17',
  copies: [{ from: 'otto-de/api-guidelines', commit: '95452f5', date: '2026-06-25' }],
  // Beside the keywords, it defines header fields and shows messages.
  words: { ...rfc2119, definition: 'requires', example: 'requires' },
  sections: {
    R000007: {
      name: 'R000007 use HTTP methods correctly: HEAD',
      url: `${url}/r000007`,
      says: 'HEAD has "exactly the same semantics as `GET`, but returns headers only".',
    },
    R000010: {
      name: 'R000010 use ETag header for caching resources',
      url: `${url}/r000010`,
      says: 'ETag may be used with If-None-Match: an equal entity-tag is answered 304, and "the payload is not transmitted again".',
    },
    R000012: {
      name: 'R000012 use standard HTTP status codes',
      url: `${url}/r000012`,
      says: 'Its table has 304 for GET and HEAD, 412 for PUT, PATCH and DELETE, and 428 where a condition is required; where they mean that, "you should not describe" them.',
    },
    R000060: {
      name: 'R000060 use ETag together with If-Match/If-None-Match header for concurrency control',
      url: `${url}/r000060`,
      says: 'PUT, POST and PATCH should take If-Match with the ETag of the resource; a mismatch is 412.',
    },
    R006010: {
      name: 'R006010 adhere to caching best practices',
      url: `${url}/r006010`,
      says: '"Avoid the `Expires` header": Cache-Control says it.',
    },
    R006020: {
      name: 'R006020 document cacheable GET, HEAD and POST endpoints',
      url: `${url}/r006020`,
      says: 'Cache-Control, Vary and ETag are declared in the responses of cacheable endpoints.',
    },
    'header-fields': {
      name: 'Header fields: ETag',
      url: `${repository}/headers/header-fields.md`,
      says: '"An entity tag consists of an opaque quoted string", after a mark if it is weak.',
    },
    R000072: {
      name: 'R000072 use Last-Modified and If-Unmodified-Since headers for concurrency control',
      url: `${url}/r000072`,
      says: 'Dates should not be used for concurrency control, since they count in seconds.',
    },
    R006030: {
      name: 'R006030 avoid Vary header for caching',
      url: `${url}/r006030`,
      says: 'Vary should be avoided; ETag serves instead.',
    },
  },
  asks: {
    'not-modified-no-content': { section: 'R000010', level: 'example', bearing: 'implies' },
    'not-modified-only-when-retrieving': { section: 'R000012', level: 'MUST', bearing: 'implies' },
    'precondition-documented': { section: 'R000010', level: 'MAY', on: 'If-None-Match' },
    'precondition-failed-has-precondition': {
      section: 'R000012',
      level: 'MUST',
      bearing: 'suggests',
      on: 'no precondition',
    },
    'precondition-failed-not-when-revalidating': { section: 'R000012', level: 'MUST', bearing: 'implies' },
    'precondition-required-has-precondition': { section: 'R000012', level: 'MUST', bearing: 'implies' },
    'precondition-obtainable': { section: 'R000060', level: 'SHOULD' },
    'precondition-has-validator': { section: 'R000010', level: 'MAY', bearing: 'implies', on: 'If-None-Match' },
    'precondition-guards-update': [
      { section: 'R000060', level: 'SHOULD', on: 'PUT' },
      { section: 'R000060', level: 'SHOULD', on: 'PATCH' },
    ],
    'entity-tag-schema': { section: 'header-fields', level: 'definition', bearing: 'implies' },
    'entity-tag-example': { section: 'header-fields', level: 'definition', bearing: 'implies' },
    'cacheable-declares-fields': { section: 'R006020', level: 'MUST' },
    'cacheable-without-expires': { section: 'R006010', level: 'SHOULD' },
    'head-no-content': { section: 'R000007', level: 'MUST' },
    'head-repeats-validators': { section: 'R000007', level: 'MUST', bearing: 'implies' },
    'precondition-guards-creation': { section: 'R000060', level: 'SHOULD' },
    'validator-prefers-entity-tag': { section: 'R006010', level: 'SHOULD', bearing: 'implies', says: avoided },
    'precondition-prefers-entity-tag': [
      { section: 'R000072', level: 'SHOULD NOT', on: 'If-Unmodified-Since' },
      { section: 'R006010', level: 'SHOULD', bearing: 'implies', says: avoided, on: 'If-Modified-Since' },
    ],
  },
  contradicts: {
    'not-modified-documented': { section: 'R000012', says: undescribed },
    'not-modified-documented-on-head': { section: 'R000012', says: undescribed },
    'not-modified-answers-precondition': { section: 'R000012', says: undescribed },
    'precondition-failed-documented': { section: 'R000012', says: undescribed },
    'precondition-required-documented': { section: 'R000012', says: undescribed },
    'cacheable-varies': { section: 'R006030', says: 'Vary should be avoided; ETag serves instead.' },
  },
  faults: {
    'cacheable-declares-fields': 'The description in R006020 declares Cache-Control alone, without Vary and ETag.',
  },
});
