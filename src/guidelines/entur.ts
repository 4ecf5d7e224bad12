import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const url = 'https://github.com/entur/api-guidelines/blob/main/guidelines.md';

export const entur = guideline({
  name: 'entur',
  who: 'Entur',
  title: 'API Guidelines',
  url,
  date: '2025-02-20',
  copies: [{ from: 'entur/api-guidelines', commit: '56f1c2a', date: '2026-04-21' }],
  // Beside the keywords, it says what a client or server "can" do.
  words: { ...rfc2119, can: 'permits' },
  sections: {
    '6.4': {
      name: '6.4 Caching & Resource Expiration',
      url: `${url}#64-caching--resource-expiration`,
      says: 'Cache-Control, ETag and Last-Modified may be used; a client can then send conditions, and an unchanged resource can be answered 304.',
    },
  },
  asks: {
    'not-modified-documented': { section: '6.4', level: 'can' },
    'not-modified-answers-precondition': { section: '6.4', level: 'can' },
    'precondition-documented': { section: '6.4', level: 'can' },
    'precondition-has-validator': { section: '6.4', level: 'MAY', bearing: 'implies' },
  },
  faults: {
    'http-date-example':
      'Its samples of Last-Modified and If-Modified-Since end in UTC instead of GMT, and their Friday was a Thursday.',
  },
});
