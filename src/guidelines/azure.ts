import { guideline } from './guideline.js';

const url = 'https://github.com/microsoft/api-guidelines/blob/vNext/azure/Guidelines.md';

export const azure = guideline({
  name: 'azure',
  who: 'Azure',
  publisher: 'Microsoft',
  title: 'Microsoft Azure REST API Guidelines',
  url,
  date: '2020-03-31',
  copies: [{ from: 'microsoft/api-guidelines', commit: '011dd3c', date: '2024-03-21' }],
  // DO and YOU SHOULD head its paragraphs; MUST stands in a table under DO; it also advises, and shows samples.
  words: { DO: 'requires', MUST: 'requires', 'YOU SHOULD': 'recommends', advice: 'recommends', example: 'requires' },
  sections: {
    'http-support-optimistic-concurrency': {
      name: 'HTTP methods: caching and optimistic concurrency',
      url: `${url}#http-support-optimistic-concurrency`,
      says: 'Honour If-Match, If-None-Match, If-Modified-Since and If-Unmodified-Since, and return ETag and Last-Modified.',
    },
    'http-header-date-values': {
      name: 'HTTP Query Parameters and Header Values: dates',
      url: `${url}#http-header-date-values`,
      says: 'Accept header dates as HTTP-dates, and "return date values in headers in the IMF-fixdate format".',
    },
    'http-query-parameters-and-header-values': {
      name: 'HTTP Query Parameters and Header Values: table of headers',
      url: `${url}#http-query-parameters-and-header-values`,
      says: 'Its samples of If-Match, If-None-Match and ETag are quoted; only `*` stands without quotes.',
    },
    'collections-items-have-id-and-etag': {
      name: 'Collections: id and etag of items',
      url: `${url}#collections-items-have-id-and-etag`,
      says: 'Items of a list have their etag, which "must have escaped quotes embedded within it".',
    },
    'condreq-return-etags': {
      name: 'Conditional Requests: ETag',
      url: `${url}#condreq-return-etags`,
      says: 'Every operation that returns or updates the resource should return its ETag, whether there is content or not.',
    },
    'condreq-for-read-behavior': {
      name: 'Conditional Request behavior: GET',
      url: `${url}#condreq-for-read-behavior`,
      says: 'A GET whose If-None-Match equals the ETag is answered 304, with "no additional information".',
    },
    'condreq-behavior': {
      name: 'Conditional Request behavior: PUT, PATCH, DELETE',
      url: `${url}#condreq-behavior`,
      says: 'A condition on PUT, PATCH or DELETE that fails is answered 412; a success of PUT or PATCH carries the new ETag.',
    },
    'condreq-support': {
      name: 'Conditional Requests: any precondition',
      url: `${url}#condreq-support`,
      says: 'Honour any precondition that a request carries: HTTP does not let servers ignore it.',
    },
    'http-success-status-codes': {
      name: 'HTTP Return Codes',
      url: `${url}#http-success-status-codes`,
      says: 'Its table has 200 and 201 for PUT, PATCH and POST, and 204 for DELETE.',
    },
    'conditional-requests': {
      name: 'Conditional Requests',
      url: `${url}#conditional-requests`,
      says: 'Entity-tags are "strongly preferred" to dates, which cannot tell two updates within a second apart.',
    },
  },
  asks: {
    'not-modified-documented': [
      { section: 'condreq-for-read-behavior', level: 'DO', bearing: 'implies', on: 'ETag' },
      { section: 'http-support-optimistic-concurrency', level: 'DO', bearing: 'implies', on: 'Last-Modified' },
    ],
    'not-modified-answers-precondition': [
      { section: 'condreq-for-read-behavior', level: 'DO', bearing: 'implies', on: 'If-None-Match' },
      { section: 'condreq-support', level: 'DO', bearing: 'implies', on: 'If-Modified-Since' },
    ],
    'not-modified-no-content': { section: 'condreq-for-read-behavior', level: 'DO' },
    'not-modified-only-when-retrieving': [
      { section: 'condreq-behavior', level: 'DO', bearing: 'implies' },
      { section: 'http-success-status-codes', level: 'DO', bearing: 'implies' },
    ],
    'precondition-documented': { section: 'http-support-optimistic-concurrency', level: 'DO', bearing: 'implies' },
    'precondition-failed-documented': { section: 'condreq-behavior', level: 'DO', bearing: 'implies' },
    'precondition-failed-not-when-revalidating': {
      section: 'condreq-for-read-behavior',
      level: 'DO',
      bearing: 'implies',
    },
    'precondition-obtainable': { section: 'condreq-return-etags', level: 'YOU SHOULD' },
    'precondition-has-validator': [
      { section: 'condreq-return-etags', level: 'YOU SHOULD', bearing: 'implies', on: 'If-None-Match' },
      {
        section: 'http-support-optimistic-concurrency',
        level: 'DO',
        bearing: 'suggests',
        on: 'If-Modified-Since',
      },
    ],
    'precondition-date-obtainable': { section: 'http-support-optimistic-concurrency', level: 'DO', bearing: 'implies' },
    'precondition-guards-update': { section: 'http-support-optimistic-concurrency', level: 'DO', bearing: 'implies' },
    'entity-tag-example': {
      section: 'http-query-parameters-and-header-values',
      level: 'example',
      bearing: 'suggests',
    },
    'http-date-schema': { section: 'http-header-date-values', level: 'DO' },
    'http-date-example': { section: 'http-header-date-values', level: 'DO' },
    'validator-prefers-entity-tag': { section: 'conditional-requests', level: 'advice' },
    'precondition-prefers-entity-tag': { section: 'conditional-requests', level: 'advice' },
    // Its table has no 204 for PUT and PATCH, but the ETag belongs to every update.
    'entity-tag-after-update': [
      { section: 'condreq-behavior', level: 'MUST', on: 'PUT' },
      { section: 'condreq-behavior', level: 'MUST', on: 'PATCH' },
      { section: 'condreq-return-etags', level: 'YOU SHOULD', on: 'PUT without content' },
      { section: 'condreq-return-etags', level: 'YOU SHOULD', on: 'PATCH without content' },
    ],
    'precondition-guards-creation': { section: 'condreq-behavior', level: 'DO', bearing: 'implies' },
    'entity-tag-property': { section: 'collections-items-have-id-and-etag', level: 'DO' },
  },
});
