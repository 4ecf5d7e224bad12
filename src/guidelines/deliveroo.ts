import { guideline } from './guideline.js';

// The last text before Deliveroo withdrew its guidelines.
const url =
  'https://github.com/deliveroo/deliveroo.engineering/blob/5d7dc0831f72e200b67093bd135d9d76e7e296e7/_guidelines/api-design.md';
const formerUrl = 'http://deliveroo.engineering/guidelines/api-design/';

export const deliveroo = guideline({
  name: 'deliveroo',
  who: 'Deliveroo',
  title: 'API Design (withdrawn in October 2018)',
  url,
  date: '2016-09-22',
  formerUrl,
  reviewDate: '2017-04-23',
  copies: [{ from: 'deliveroo/deliveroo.engineering', commit: '5d7dc08', date: '2018-10-22' }],
  // Beside the keywords, in lower case, it forbids with "do not" and states facts.
  words: { must: 'requires', 'do not': 'requires', statement: 'requires', should: 'recommends', may: 'permits' },
  sections: {
    'resource-lifecycle': {
      name: 'Resource lifecycle',
      url: `${url}#resource-lifecycle`,
      formerUrl: `${formerUrl}#resource-lifecycle`,
      says: 'A GET may have conditions; a PATCH "must include at least one `If-*` header" against conflicts.',
    },
    'single-entity-get-endpoints': {
      name: 'Single-entity GET endpoints',
      url: `${url}#single-entity-get-endpoints`,
      formerUrl: `${formerUrl}#single-entity-get-endpoints`,
      says: '"Responses should include a `Last-Modified` or `ETag` header", or both.',
    },
    'patch-mutating-entities': {
      name: 'PATCH, mutating entities',
      url: `${url}#patch-mutating-entities`,
      formerUrl: `${formerUrl}#patch-mutating-entities`,
      says: 'A condition that fails is answered 412, and a request without one 428.',
    },
    'return-codes-and-errors': {
      name: 'Return codes and errors',
      url: `${url}#return-codes-and-errors`,
      formerUrl: `${formerUrl}#return-codes-and-errors`,
      says: '412 should be for problems with the version of a resource.',
    },
    'post-creating-entities': {
      name: 'POST, creating entities',
      url: `${url}#post-creating-entities`,
      formerUrl: `${formerUrl}#post-creating-entities`,
      says: '412 may be used where a new resource would not satisfy a criterion of uniqueness.',
    },
    caching: {
      name: 'Caching',
      url: `${url}#caching`,
      formerUrl: `${formerUrl}#caching`,
      says: 'PUT, PATCH and DELETE should have If-Match or If-Unmodified-Since; what is stored nowhere leads to no 304; weak entity-tags are not for writes.',
    },
    'mutable-resources': {
      name: 'Mutable resources',
      url: `${url}#mutable-resources`,
      formerUrl: `${formerUrl}#mutable-resources`,
      says: 'Single entities should return ETag and Last-Modified, take If-None-Match and If-Modified-Since, and answer 304 "(and no payload)".',
    },
  },
  asks: {
    'not-modified-documented': { section: 'mutable-resources', level: 'should' },
    'not-modified-answers-precondition': { section: 'mutable-resources', level: 'should' },
    'not-modified-no-content': { section: 'mutable-resources', level: 'should' },
    'not-modified-storable': { section: 'caching', level: 'statement', bearing: 'implies' },
    'precondition-documented': { section: 'mutable-resources', level: 'should' },
    'precondition-failed-documented': [
      { section: 'return-codes-and-errors', level: 'should', on: 'If-Match' },
      { section: 'return-codes-and-errors', level: 'should', on: 'If-Unmodified-Since' },
    ],
    'precondition-required-documented': { section: 'patch-mutating-entities', level: 'should', on: 'PATCH' },
    'precondition-required-has-precondition': {
      section: 'patch-mutating-entities',
      level: 'should',
      bearing: 'implies',
    },
    'precondition-obtainable': { section: 'mutable-resources', level: 'should' },
    'precondition-has-validator': { section: 'single-entity-get-endpoints', level: 'should', bearing: 'implies' },
    'precondition-date-obtainable': { section: 'mutable-resources', level: 'should', bearing: 'implies' },
    'precondition-guards-update': [
      { section: 'caching', level: 'should' },
      { section: 'resource-lifecycle', level: 'must', bearing: 'implies' },
    ],
    'entity-tag-strong': {
      section: 'caching',
      level: 'do not',
      says: 'Weak entity-tags "cannot legally be used in preconditions" on PUT, PATCH or DELETE.',
    },
    'validator-prefers-entity-tag': { section: 'caching', level: 'should' },
    'cacheable-declares-control': { section: 'caching', level: 'should' },
  },
  contradicts: {
    'not-modified-repeats-cache-fields': {
      section: 'caching',
      says: 'Cache-Control belongs to some status codes, and 304 is none of them.',
    },
    'precondition-failed-has-precondition': {
      section: 'post-creating-entities',
      says: '412 may also report that a new resource is not unique.',
    },
  },
  faults: {
    'entity-tag-example': 'One sample of If-Match lacks its closing quotation mark.',
  },
});
