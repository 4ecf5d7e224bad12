import { guideline } from './guideline.js';

const url = 'https://github.com/Stellantis/api-standards/blob/master/api-style-guide.md';

export const stellantis = guideline({
  name: 'stellantis',
  who: 'Stellantis',
  title: 'Groupe PSA API Design Guidelines',
  url,
  date: '2018-01-26',
  copies: [{ from: 'Stellantis/api-standards', commit: '0452669', date: '2023-01-23' }],
  // Within its tables, which otherwise state facts, it writes keywords in lower case.
  words: { must: 'requires', table: 'requires' },
  sections: {
    'status-codes-list': {
      name: 'Status Codes List: 304',
      url: `${url}#status-codes-list`,
      says: 'A 304 answers a conditional GET: it "must set the Date, Content-Location, ETag headers" as the GET would, and has no body.',
    },
    'caching-headers': {
      name: 'Caching headers',
      url: `${url}#caching-headers`,
      says: 'ETag "is used on conditional requests using `If-None-Match` header"; Expires is one of the fields to use.',
    },
  },
  asks: {
    'not-modified-no-content': { section: 'status-codes-list', level: 'must' },
    'not-modified-repeats-etag': { section: 'status-codes-list', level: 'must' },
    'not-modified-repeats-cache-fields': {
      section: 'status-codes-list',
      level: 'must',
      bearing: 'implies',
      on: 'Content-Location',
    },
    'not-modified-only-when-retrieving': { section: 'status-codes-list', level: 'table', bearing: 'implies' },
    'precondition-documented': { section: 'caching-headers', level: 'table', bearing: 'suggests', on: 'If-None-Match' },
    'cacheable-declares-control': { section: 'caching-headers', level: 'must', bearing: 'implies' },
  },
  contradicts: {
    'cacheable-without-expires': { section: 'caching-headers', says: 'Expires is one of the fields to use.' },
  },
});
