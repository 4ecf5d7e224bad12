import { guideline } from './guideline.js';

const repository = 'https://github.com/SchweizerischeBundesbahnen/api-principles/blob/master';
const principles = `${repository}/restful/principles.md`;
const practices = `${repository}/restful/best-practices.md`;

const undescribed = 'Status codes that are used as the guideline lists them should not be described.';

export const sbb = guideline({
  name: 'sbb',
  who: 'SBB',
  title: 'API Principles',
  url: 'https://schweizerischebundesbahnen.github.io/api-principles/',
  date: '2019-08-23',
  copies: [{ from: 'SchweizerischeBundesbahnen/api-principles', commit: 'f06c6ce', date: '2026-03-16' }],
  // Its principles must be followed; its best practices are advice, and show how headers can be defined.
  words: { MUST: 'requires', consider: 'permits', can: 'permits' },
  sections: {
    'status-codes': {
      name: 'Use Standard HTTP Status Codes',
      url: `${principles}#must-use-standard-http-status-codes`,
      says: 'Its table has 304 for GET and HEAD, 412 for PUT, PATCH and DELETE, and 428 where a condition is required; where they mean that, "you should not describe" them.',
    },
    head: {
      name: 'Use HTTP Methods Correctly: HEAD',
      url: `${principles}#head`,
      says: 'HEAD has "exactly the same semantics" as GET, "but returns headers only, no body".',
    },
    etag: {
      name: 'Consider to Support ETag Together With If-Match/If-None-Match Header',
      url: `${practices}#consider-to-support-etag-together-with-if-matchif-none-match-header`,
      says: 'If-Match guards PUT, POST and PATCH, and If-None-Match creation; a mismatch is 412. All three fields can be defined as strings: "an opaque quoted string".',
    },
  },
  asks: {
    'not-modified-only-when-retrieving': { section: 'status-codes', level: 'MUST', bearing: 'implies' },
    'precondition-documented': { section: 'etag', level: 'consider', bearing: 'implies', on: 'If-None-Match' },
    'precondition-failed-has-precondition': {
      section: 'status-codes',
      level: 'MUST',
      bearing: 'suggests',
      on: 'no precondition',
    },
    'precondition-failed-not-when-revalidating': { section: 'status-codes', level: 'MUST', bearing: 'implies' },
    'precondition-required-has-precondition': { section: 'status-codes', level: 'MUST', bearing: 'implies' },
    'precondition-obtainable': { section: 'etag', level: 'consider', bearing: 'implies' },
    'precondition-has-validator': { section: 'etag', level: 'consider', bearing: 'implies', on: 'If-None-Match' },
    // DELETE is not mentioned.
    'precondition-guards-update': [
      { section: 'etag', level: 'consider', bearing: 'implies', on: 'PUT' },
      { section: 'etag', level: 'consider', bearing: 'implies', on: 'PATCH' },
    ],
    'entity-tag-schema': { section: 'etag', level: 'can' },
    'entity-tag-single': { section: 'etag', level: 'can', on: 'ETag' },
    'entity-tag-example': { section: 'etag', level: 'can', bearing: 'implies' },
    'head-no-content': { section: 'head', level: 'MUST' },
    'head-repeats-validators': { section: 'head', level: 'MUST', bearing: 'implies' },
  },
  contradicts: {
    'not-modified-documented': { section: 'status-codes', says: undescribed },
    'not-modified-documented-on-head': { section: 'status-codes', says: undescribed },
    'not-modified-answers-precondition': { section: 'status-codes', says: undescribed },
    'precondition-failed-documented': { section: 'status-codes', says: undescribed },
    'precondition-required-documented': { section: 'status-codes', says: undescribed },
  },
  faults: {
    'entity-tag-example':
      'Its sample of ETag is a list of three entity-tags, and the definition in which it stands is not OpenAPI.',
  },
});
