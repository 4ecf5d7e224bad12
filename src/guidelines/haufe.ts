import { guideline } from './guideline.js';

const url = 'https://github.com/Haufe-Lexware/api-style-guide/blob/master';

export const haufe = guideline({
  name: 'haufe',
  who: 'Haufe',
  title: 'Haufe API style guide',
  url: `${url}/README.md`,
  date: '2015-01-15',
  formerUrl: `${url}/readme.md`,
  reviewDate: '2016-08-31',
  copies: [{ from: 'Haufe-Lexware/api-style-guide', commit: '80608b9', date: '2023-07-20' }],
  // It has no keywords such as MUST: its tables state facts, its text gives advice or offers a possibility.
  words: { table: 'requires', advice: 'recommends', possibility: 'permits' },
  sections: {
    'http-status-codes': {
      name: 'HTTP Status Codes',
      url: `${url}/http-status-codes/http-status-codes.md#http-status-codes`,
      formerUrl: `${url}/http-status-codes/http-status-codes.md`,
      says: 'Its table lists 304 for a conditional GET, and "N/A" as the contents of the response body.',
    },
    etag: {
      name: 'ETag',
      url: `${url}/caching/caching.md#etag`,
      says: 'An ETag can be used; the client then sends it in If-None-Match.',
    },
    'etag-matches': {
      name: 'ETag matches',
      url: `${url}/caching/caching.md#etag-matches`,
      says: '"Return an HTTP response with an empty message body and a status code of `304 Not Modified`."',
    },
  },
  asks: {
    // The table has 304 for a conditional GET of any kind; the text describes the one with an ETag.
    'not-modified-documented': [
      { section: 'etag-matches', level: 'advice', on: 'ETag' },
      { section: 'http-status-codes', level: 'table', bearing: 'implies', on: 'Last-Modified' },
    ],
    'not-modified-answers-precondition': [
      { section: 'etag-matches', level: 'advice', on: 'If-None-Match' },
      { section: 'http-status-codes', level: 'table', bearing: 'implies', on: 'If-Modified-Since', rank: 'last' },
    ],
    'not-modified-no-content': { section: 'http-status-codes', level: 'table' },
    'not-modified-only-when-retrieving': { section: 'http-status-codes', level: 'table', bearing: 'implies' },
    'precondition-documented': { section: 'etag', level: 'possibility', on: 'If-None-Match' },
    'precondition-has-validator': {
      section: 'etag',
      level: 'possibility',
      bearing: 'implies',
      on: 'If-None-Match',
    },
  },
});
