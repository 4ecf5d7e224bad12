import { guideline } from './guideline.js';

const url = 'https://aep.dev/154/';

export const aep = guideline({
  name: 'aep',
  who: 'AEP',
  publisher: 'AEP project',
  title: 'AEP-154 Preconditions',
  url,
  date: '2021-02-22',
  copies: [{ from: 'aep-dev/aeps', commit: '087eb7d', date: '2025-12-31' }],
  words: { must: 'requires', should: 'recommends', may: 'permits' },
  sections: {
    guidance: {
      name: 'Guidance',
      url: `${url}#guidance`,
      says: 'What ETag, If-Match and If-None-Match do must be what RFC 9110 says.',
    },
    etags: {
      name: 'Etags',
      url: `${url}#etags`,
      says: 'If-Match is supported, and If-None-Match may be, "if and only if resources provide the ETag"; its value includes the quotes.',
    },
    'if-match--if-none-match': {
      name: 'If-Match / If-None-Match',
      url: `${url}#if-match--if-none-match`,
      says: 'Where one method that changes a resource takes a condition, all on that path take it; a mismatch of If-Match is 412.',
    },
    'read-requests': {
      name: 'Read requests',
      url: `${url}#read-requests`,
      says: 'A GET or HEAD whose If-None-Match equals the ETag is answered 304.',
    },
    'strong-and-weak-etags': {
      name: 'Strong and weak ETags',
      url: `${url}#strong-and-weak-etags`,
      says: 'Weak entity-tags are marked `W/`; If-Match needs the strong comparison, If-None-Match the weak one.',
    },
  },
  asks: {
    'not-modified-documented': { section: 'read-requests', level: 'must', bearing: 'implies', on: 'ETag' },
    'not-modified-documented-on-head': { section: 'read-requests', level: 'must', bearing: 'implies', on: 'ETag' },
    'not-modified-answers-precondition': {
      section: 'read-requests',
      level: 'must',
      bearing: 'implies',
      on: 'If-None-Match',
    },
    'precondition-documented': {
      section: 'if-match--if-none-match',
      level: 'should',
      says: 'Services with ETags "should support the `If-Match` and `If-None-Match` headers".',
      on: 'If-None-Match',
    },
    'precondition-failed-documented': [
      { section: 'if-match--if-none-match', level: 'must', bearing: 'implies', on: 'If-Match' },
      { section: 'guidance', level: 'must', bearing: 'implies', on: 'If-None-Match' },
    ],
    'precondition-failed-not-when-revalidating': { section: 'read-requests', level: 'must', bearing: 'implies' },
    'precondition-obtainable': { section: 'etags', level: 'must', on: 'a path with GET or HEAD' },
    'precondition-has-validator': { section: 'etags', level: 'must', on: 'If-None-Match' },
    'precondition-guards-update': { section: 'if-match--if-none-match', level: 'must' },
    'entity-tag-schema': { section: 'etags', level: 'must', bearing: 'implies' },
    'entity-tag-example': { section: 'etags', level: 'must' },
    'entity-tag-strong': { section: 'strong-and-weak-etags', level: 'must', bearing: 'implies' },
  },
  contradicts: {
    'precondition-required-documented': {
      section: 'if-match--if-none-match',
      says: 'A request without a condition is permitted, or answered 400; 428 is not used.',
    },
  },
});
