import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const url = 'https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html';
const json = 'https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html';

export const odata = guideline({
  name: 'odata',
  who: 'OData',
  publisher: 'OASIS',
  title: 'OData Version 4.01. Part 1: Protocol',
  url,
  date: '2020-04-23',
  // The technical committee's conversion of the standard to Markdown. The date is that of the reading.
  copies: [{ from: 'oasis-tcs/odata-specs', commit: '02bae35', date: '2026-11-26' }],
  // It says what a service "responds", and what a value "is", where it has no keyword.
  words: { ...rfc2119, responds: 'requires', is: 'requires' },
  sections: {
    HeaderIfMatch: {
      name: '8.2.4 Header If-Match',
      url: `${url}#sec_HeaderIfMatch`,
      says: 'A mismatch on a modification must be answered 412, and a required If-Match that is missing 428; weak entity-tags are compared weakly, "a deviation from" the RFC.',
    },
    HeaderIfNoneMatch: {
      name: '8.2.5 Header If-None-Match',
      url: `${url}#sec_HeaderIfNoneMatch`,
      says: 'Where the value, "previously retrieved for the resource", matches, a GET should be answered 304, and a modification must be answered 412.',
    },
    HeaderIsolation: {
      name: '8.2.6 Header Isolation',
      url: `${url}#sec_HeaderIsolationODataIsolation`,
      says: 'An isolation that the service does not support must be answered 412.',
    },
    HeaderETag: {
      name: '8.3.2 Header ETag',
      url: `${url}#sec_HeaderETag`,
      says: 'ETag must be sent where it is required to modify the resource, and its value be supported in If-None-Match.',
    },
    ResponseCode304NotModified: {
      name: '9.1.6 Response Code 304 Not Modified',
      url: `${url}#sec_ResponseCode304NotModified`,
      says: '304 answers a GET with If-None-Match; it "SHOULD NOT include other headers".',
    },
    UseofETagsforAvoidingUpdateConflicts: {
      name: '11.4.1.1 Use of ETags for Avoiding Update Conflicts',
      url: `${url}#sec_UseofETagsforAvoidingUpdateConflicts`,
      says: 'An ETag "may just be used for caching and/or conditional `GET` requests".',
    },
    HeaderVary: {
      name: '8.2.10 Header Vary',
      url: `${url}#sec_HeaderVary`,
      says: 'Where the response depends on the version or on preferences, Vary names their fields.',
    },
    ControlInformationetagodataetag: {
      name: 'JSON Format, Control Information: etag',
      url: `${json}#sec_ControlInformationetagodataetag`,
      says: 'The value of `@etag`, or `@odata.etag`, is "an entity tag (ETag)".',
    },
    ResponseCode204NoContent: {
      name: '9.1.4 Response Code 204 No Content',
      url: `${url}#sec_ResponseCode204NoContent`,
      says: 'An ETag is only allowed if the client can know the new representation.',
    },
  },
  asks: {
    'not-modified-documented': { section: 'HeaderIfNoneMatch', level: 'SHOULD', on: 'ETag' },
    'not-modified-answers-precondition': { section: 'HeaderIfNoneMatch', level: 'SHOULD', on: 'If-None-Match' },
    'not-modified-only-when-retrieving': { section: 'HeaderIfNoneMatch', level: 'MUST', bearing: 'implies' },
    'precondition-documented': { section: 'HeaderETag', level: 'MUST', bearing: 'implies', on: 'If-None-Match' },
    'precondition-failed-documented': [
      { section: 'HeaderIfMatch', level: 'MUST', bearing: 'implies', on: 'If-Match' },
      { section: 'HeaderIfNoneMatch', level: 'MUST', bearing: 'implies', on: 'If-None-Match' },
    ],
    'precondition-failed-not-when-revalidating': { section: 'HeaderIfNoneMatch', level: 'SHOULD' },
    'precondition-required-documented': { section: 'HeaderIfMatch', level: 'responds', bearing: 'implies' },
    'precondition-required-has-precondition': { section: 'HeaderIfMatch', level: 'responds', bearing: 'implies' },
    'precondition-obtainable': { section: 'HeaderETag', level: 'MUST', bearing: 'implies' },
    'precondition-has-validator': {
      section: 'HeaderIfNoneMatch',
      level: 'MUST',
      bearing: 'implies',
      on: 'If-None-Match',
    },
    'precondition-guards-creation': { section: 'HeaderIfNoneMatch', level: 'MAY', bearing: 'implies' },
    'entity-tag-property': { section: 'ControlInformationetagodataetag', level: 'is', bearing: 'implies' },
    'cacheable-varies': { section: 'HeaderVary', level: 'MUST', bearing: 'suggests' },
  },
  contradicts: {
    'not-modified-repeats-etag': {
      section: 'ResponseCode304NotModified',
      says: 'A 304 should have no other header fields.',
    },
    'not-modified-repeats-cache-fields': {
      section: 'ResponseCode304NotModified',
      says: 'A 304 should have no other header fields.',
    },
    'precondition-failed-has-precondition': {
      section: 'HeaderIsolation',
      says: '412 may also report that an isolation is not supported.',
    },
    'precondition-guards-update': {
      section: 'UseofETagsforAvoidingUpdateConflicts',
      says: 'An ETag does not imply that updates are guarded by it.',
    },
    'entity-tag-strong': {
      section: 'HeaderIfMatch',
      says: 'Services should use weak entity-tags, and then compare them weakly for If-Match too.',
    },
    'entity-tag-after-update': {
      section: 'ResponseCode204NoContent',
      says: 'An ETag is only allowed in a 204 if the client can know the new representation.',
    },
  },
});
