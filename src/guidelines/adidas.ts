import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const repository = 'https://github.com/adidas/api-guidelines/blob/master';
const caching = `${repository}/rest-api-guidelines/execution/caching.md`;

export const adidas = guideline({
  name: 'adidas',
  who: 'adidas',
  title: 'adidas API guidelines',
  url: `${repository}/README.md`,
  date: '2017-07-11',
  reviewDate: '2017-11-02',
  copies: [{ from: 'adidas/api-guidelines', commit: '222b294', date: '2025-09-19' }],
  words: rfc2119,
  sections: {
    etag: {
      name: 'Caching: ETag',
      url: `${caching}#etag`,
      says: 'Responses to cacheable requests should have an ETag, which clients send in If-None-Match; they must be ready for the 304.',
    },
    'cache-control': {
      name: 'Caching: Cache-Control',
      url: `${caching}#cache-control`,
      says: 'Each response should say how long it may be cached.',
    },
  },
  asks: {
    'not-modified-documented': { section: 'etag', level: 'MUST', bearing: 'implies', on: 'ETag' },
    'not-modified-documented-on-head': { section: 'etag', level: 'MUST', bearing: 'implies', on: 'ETag' },
    'not-modified-answers-precondition': { section: 'etag', level: 'MUST', bearing: 'implies', on: 'If-None-Match' },
    'precondition-documented': { section: 'etag', level: 'SHOULD', on: 'If-None-Match' },
    'precondition-obtainable': { section: 'etag', level: 'SHOULD', bearing: 'implies' },
    'precondition-has-validator': { section: 'etag', level: 'SHOULD', bearing: 'implies', on: 'If-None-Match' },
    'cacheable-declares-control': { section: 'cache-control', level: 'SHOULD' },
  },
});
