import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const core = 'https://docs.ogc.org/is/17-069r4/17-069r4.html';
const updates = 'https://docs.ogc.org/DRAFTS/20-002r1.html';

export const ogc = guideline({
  name: 'ogc',
  who: 'OGC',
  publisher: 'Open Geospatial Consortium',
  title: 'OGC API – Features, Part 1 and Part 4 (draft)',
  url: core,
  date: '2019-10-07',
  copies: [
    // Part 1 as it was published in version 1.0.1, and both parts today.
    { from: 'opengeospatial/ogcapi-features', commit: 'd872ceb', date: '2022-05-11' },
    { from: 'opengeospatial/ogcapi-features', commit: '94e814b', date: '2026-06-18' },
  ],
  // Beside the keywords, its text says what is encouraged, what must be, and what is normal, and its tables state facts.
  words: { ...rfc2119, encouraged: 'recommends', must: 'requires', normally: 'recommends', table: 'requires' },
  sections: {
    rec_core_etag: {
      name: 'Part 1, Recommendation /rec/core/etag',
      url: `${core}#rec_core_etag`,
      says: 'The service "SHOULD support entity tags and the associated headers".',
    },
    http_status_codes: {
      name: 'Part 1, HTTP status codes',
      url: `${core}#http_status_codes`,
      says: '304 is among the codes that are "strongly encouraged"; descriptions should keep to those of the logic of the application.',
    },
    optimistic_locking: {
      name: 'Part 4, Optimistic locking: Overview',
      url: `${updates}#optimistic-locking-overview`,
      says: '"All ETags must be strong ETags to support optimistic locking".',
    },
    update_status_codes: {
      name: 'Part 4, HTTP status codes',
      url: `${updates}#http_status_codes`,
      says: '428 says that the server "requires the request to be conditional".',
    },
    get_etag: {
      name: 'Part 4, Requirement /req/optimistic-locking-etags/get-etag-response',
      url: `${updates}#req_optimistic-locking-etags_get-etag-response`,
      says: 'With optimistic locking by ETags, the response to GET "SHALL include an `ETag` header".',
    },
    get_last_modified: {
      name: 'Part 4, Requirement /req/optimistic-locking-timestamps/get-last-modified-response',
      url: `${updates}#req_optimistic-locking-timestamps_last-modified-get-response`,
      says: 'With optimistic locking by timestamps, the response to GET "SHALL include a `Last-Modified` header".',
    },
    etags_processing: {
      name: 'Part 4, Optimistic locking with ETags: Conditional processing',
      url: `${updates}#etags-conditional-processing`,
      says: 'If-Match that does not match is normally answered 412.',
    },
    put_if_match: {
      name: 'Part 4, Requirement /req/optimistic-locking-etags/ifmatch-put-op',
      url: `${updates}#req_optimistic-locking-etags_ifmatch-put-op`,
      says: 'With optimistic locking by ETags, a PUT that replaces a resource "SHALL include an `If-Match` header".',
    },
    patch_if_match: {
      name: 'Part 4, Requirement /req/optimistic-locking-etags/ifmatch-patch-op',
      url: `${updates}#req_optimistic-locking-etags_ifmatch-patch-op`,
      says: 'With optimistic locking by ETags, the request that updates a resource "SHALL include an `If-Match` header" (the text calls it PUT).',
    },
    if_match_missing: {
      name: 'Part 4, Permission on a missing If-Match',
      url: `${updates}#per_optimistic-locking-etags_ifmatch-missing`,
      says: 'Where If-Match is missing, the server may answer 428 or 409, or carry the request out.',
    },
    put_etag: {
      name: 'Part 4, Requirement /req/optimistic-locking-etags/put-etag-response',
      url: `${updates}#req_optimistic-locking-etags_put-etag-response`,
      says: 'The response to a PUT carries the new ETag.',
    },
    patch_etag: {
      name: 'Part 4, Requirement /req/optimistic-locking-etags/patch-etag-response',
      url: `${updates}#req_optimistic-locking-etags_patch-etag-response`,
      says: 'The response to a PATCH carries the new ETag.',
    },
  },
  asks: {
    'not-modified-answers-precondition': { section: 'http_status_codes', level: 'encouraged', bearing: 'implies' },
    'precondition-documented': { section: 'rec_core_etag', level: 'SHOULD', on: 'If-None-Match' },
    'precondition-failed-documented': { section: 'etags_processing', level: 'normally', bearing: 'implies' },
    'precondition-required-documented': { section: 'if_match_missing', level: 'MAY', bearing: 'implies' },
    'precondition-required-has-precondition': {
      section: 'update_status_codes',
      level: 'table',
      bearing: 'implies',
    },
    'precondition-obtainable': { section: 'get_etag', level: 'SHALL', on: 'a path with GET or HEAD' },
    'precondition-has-validator': {
      section: 'rec_core_etag',
      level: 'SHOULD',
      bearing: 'implies',
      on: 'If-None-Match',
    },
    'precondition-date-obtainable': { section: 'get_last_modified', level: 'SHALL', on: 'a path with GET or HEAD' },
    // DELETE is not mentioned.
    'precondition-guards-update': [
      { section: 'put_if_match', level: 'SHALL', bearing: 'implies', on: 'PUT' },
      { section: 'patch_if_match', level: 'SHALL', bearing: 'implies', on: 'PATCH' },
    ],
    'entity-tag-strong': { section: 'optimistic_locking', level: 'must', bearing: 'implies' },
    'entity-tag-after-update': [
      { section: 'put_etag', level: 'SHALL', on: 'PUT' },
      { section: 'put_etag', level: 'SHALL', on: 'PUT without content' },
      { section: 'patch_etag', level: 'SHALL', on: 'PATCH' },
      { section: 'patch_etag', level: 'SHALL', on: 'PATCH without content' },
    ],
  },
  contradicts: {
    'not-modified-documented': {
      section: 'http_status_codes',
      says: 'Descriptions are recommended to keep to the status codes of the logic of the application.',
    },
    'not-modified-documented-on-head': {
      section: 'http_status_codes',
      says: 'Descriptions are recommended to keep to the status codes of the logic of the application.',
    },
    'validator-prefers-entity-tag': {
      section: 'optimistic_locking',
      says: 'Where entity-tags cannot be strong, Last-Modified must be used.',
    },
    'precondition-prefers-entity-tag': {
      section: 'optimistic_locking',
      says: 'Where entity-tags cannot be strong, Last-Modified must be used.',
    },
  },
  faults: {
    'entity-tag-example': 'The samples of ETag and If-Match in Part 4 have no quotation marks.',
    'http-date-example': 'The samples of dates in Part 4 have no space after the comma.',
  },
});
