import { guideline } from './guideline.js';

const repository = 'https://github.com/interagent/http-api-design/blob/master';
const formerUrl = 'https://geemus.gitbooks.io/http-api-design/content/en/';

export const heroku = guideline({
  name: 'heroku',
  who: 'Heroku',
  title: 'HTTP API Design Guide',
  url: `${repository}/README.md`,
  date: '2016-07-05',
  formerUrl,
  reviewDate: '2016-08-31',
  copies: [{ from: 'interagent/http-api-design', commit: '5fd8c92', date: '2024-01-16' }],
  // It has no keywords.
  words: { advice: 'recommends' },
  sections: {
    'support-etags-for-caching': {
      name: 'Support ETags for Caching',
      url: `${repository}/en/foundations/support-etags-for-caching.md#support-etags-for-caching`,
      formerUrl: `${formerUrl}foundations/support-etags-for-caching.html`,
      says: '"Include an `ETag` header in all responses"; clients send it in If-None-Match to learn whether a stored response is still good.',
    },
  },
  asks: {
    'not-modified-documented': {
      section: 'support-etags-for-caching',
      level: 'advice',
      bearing: 'suggests',
      on: 'ETag',
    },
    'precondition-documented': { section: 'support-etags-for-caching', level: 'advice', on: 'If-None-Match' },
    'precondition-obtainable': { section: 'support-etags-for-caching', level: 'advice', bearing: 'implies' },
    'precondition-has-validator': {
      section: 'support-etags-for-caching',
      level: 'advice',
      bearing: 'implies',
      on: 'If-None-Match',
    },
  },
});
