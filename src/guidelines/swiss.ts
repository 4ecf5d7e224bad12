import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const url = 'https://github.com/swiss/api-guidelines';

const undescribed = 'Status codes that are used as the guideline lists them should not be described.';

export const swiss = guideline({
  name: 'swiss',
  who: 'Swiss Federal Administration',
  title: 'Federal Administration API Guidelines',
  url,
  date: '2024-04-24',
  copies: [{ from: 'swiss/api-guidelines', commit: '7ba7dd8', date: '2024-06-28' }],
  // Within its rules, it writes the keywords in lower case.
  words: { ...rfc2119, must: 'requires', 'must not': 'requires', should: 'recommends' },
  sections: {
    '150': {
      name: '[150] only use most common HTTP status codes',
      url: `${url}#should-only-use-most-common-http-status-codes-150`,
      says: 'Its table has 304 for GET and HEAD, 412 for PUT, PATCH and DELETE, and 428 where a condition is required; where they mean that, "you should not describe" them.',
    },
    '169': {
      name: '[169] use standard formats for date and time properties',
      url: `${url}#must-use-standard-formats-for-date-and-time-properties-169`,
      says: 'Dates in standard HTTP header fields are an exception: they have the format of HTTP.',
    },
    '182': {
      name: '[182] support ETag together with If-Match/If-None-Match header',
      url: `${url}#may-support-etag-together-with-if-matchif-none-match-header-182`,
      says: 'If-Match guards PUT, POST and PATCH, and If-None-Match creation; a mismatch is 412. All three fields are defined as strings: "an opaque quoted string".',
    },
    '227': {
      name: '[227] Do not cache by default / Document cacheable endpoints',
      url: `${url}#must-do-not-cache-by-default--document-cacheable-endpoints-227`,
      says: 'Cacheable endpoints declare Cache-Control, Vary and ETag, and not Expires; a failed If-None-Match of HEAD or GET is "304 without content" instead of 412.',
    },
  },
  asks: {
    'not-modified-no-content': { section: '227', level: 'must' },
    'not-modified-only-when-retrieving': { section: '150', level: 'SHOULD' },
    'precondition-documented': {
      section: '227',
      level: 'should',
      bearing: 'implies',
      says: 'Cacheable endpoints should support ETag together with If-Match and If-None-Match.',
      on: 'If-None-Match',
    },
    'precondition-failed-has-precondition': {
      section: '150',
      level: 'SHOULD',
      bearing: 'suggests',
      on: 'no precondition',
    },
    'precondition-failed-not-when-revalidating': { section: '227', level: 'must' },
    'precondition-required-has-precondition': { section: '150', level: 'SHOULD', bearing: 'implies' },
    'precondition-obtainable': { section: '182', level: 'MAY', bearing: 'implies' },
    'precondition-has-validator': { section: '182', level: 'MAY', bearing: 'implies', on: 'If-None-Match' },
    // DELETE is not mentioned.
    'precondition-guards-update': [
      { section: '182', level: 'MAY', bearing: 'implies', on: 'PUT' },
      { section: '182', level: 'MAY', bearing: 'implies', on: 'PATCH' },
    ],
    'entity-tag-schema': { section: '182', level: 'should' },
    'entity-tag-single': { section: '182', level: 'should', on: 'ETag' },
    'entity-tag-example': { section: '182', level: 'should', bearing: 'implies' },
    'http-date-schema': { section: '169', level: 'MUST', bearing: 'implies' },
    'cacheable-declares-fields': { section: '227', level: 'MUST' },
    'cacheable-without-expires': { section: '227', level: 'must not' },
    'precondition-guards-creation': { section: '182', level: 'MAY', bearing: 'implies' },
  },
  contradicts: {
    'not-modified-documented': { section: '150', says: undescribed },
    'not-modified-documented-on-head': { section: '150', says: undescribed },
    'not-modified-answers-precondition': { section: '150', says: undescribed },
    'precondition-failed-documented': { section: '150', says: undescribed },
    'precondition-required-documented': { section: '150', says: undescribed },
  },
  faults: {
    'entity-tag-example':
      'Its sample of ETag is a list of three entity-tags, and the definition in which it stands is not OpenAPI.',
  },
});
