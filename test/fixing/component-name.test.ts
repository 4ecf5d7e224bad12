import { expect, test } from 'vitest';
import { componentName } from '../../src/fixing/component-name.js';

const notModified = { words: ['Not', 'Modified'], code: '304', kindWords: ['resp', 'response'] } as const;
const preconditionFailed = { ...notModified, words: ['Precondition', 'Failed'], code: '412' };
const ifNoneMatch = { words: ['If', 'None', 'Match'], kindWords: ['param', 'header', 'parameter'] } as const;
const etag = { words: ['ETag'], kindWords: ['hdr', 'header'] } as const;

test.each([
  [[], 'NotModified'],
  [['BadRequest', 'NotFound'], 'NotModified'],
  [['badRequest', 'notFound'], 'notModified'],
  [['bad_request', 'not_found'], 'not_modified'],
  [['bad-request', 'not-found'], 'not-modified'],
  [['Bad-Request', 'Not-Found'], 'Not-Modified'],
  [['BAD_REQUEST', 'NOT_FOUND'], 'NOT_MODIFIED'],
  [['bad.request', 'not.found'], 'not.modified'],
  [['problem', 'notFound', 'bad_request', 'not_found'], 'not_modified'],
  [['problem', 'listing'], 'notModified'],
  [['BadRequestResponse', 'NotFoundResponse', 'Problem'], 'NotModifiedResponse'],
  [['response_bad_request', 'response_not_found'], 'response_not_modified'],
  [['NotFoundError', 'ConflictError'], 'NotModified'],
  [['400', '404', '4XX'], '304'],
  [['Http400', 'Http404', 'Problem'], 'Http304'],
  [['Error400', 'Error404'], 'NotModified'],
  [['404NotFound', '400BadRequest'], '304NotModified'],
  [['404_not_found', '400_bad_request'], '304_not_modified'],
  [['NotFound404', 'BadRequest400'], 'NotModified304'],
  [['NotModified', 'NotFound'], 'NotModifiedResponse'],
  [['not_modified', 'not_found', 'Not_Modified_Response', 'too_many'], 'not_modified2'],
  [['notmodified', 'badRequest', 'notFound'], 'notModifiedResponse'],
])('beside %j, a 304 is called %s', (names, expected) => {
  expect(componentName(notModified, names)).toBe(expected);
});

test.each([
  [['NotFoundError', 'ConflictError'], 'PreconditionFailedError'],
  [['Error400', 'Error404'], 'Error412'],
])('a 412 is an error: beside %j it is called %s', (names, expected) => {
  expect(componentName(preconditionFailed, names)).toBe(expected);
});

test.each([
  [['limit', 'offset'], [['Order', 'OrderList']], 'ifNoneMatch'],
  [['limit', 'offset'], [['page_size']], 'if_none_match'],
  [[], [[], ['bad-request']], 'if-none-match'],
  [['If-Match', 'X-Request-ID'], [['not_found']], 'If-None-Match'],
  [['LimitQuery', 'OffsetQuery'], [], 'IfNoneMatch'],
  [['limitParam', 'offsetParam'], [], 'ifNoneMatchParam'],
])('beside %j, and %j in other maps, an If-None-Match is called %s', (names, others, expected) => {
  expect(componentName(ifNoneMatch, names, others)).toBe(expected);
});

test.each([
  [['X-Rate-Limit', 'Retry-After'], 'ETag'],
  [['rate_limit', 'retry_after'], 'etag'],
  [['ETag'], 'ETagHeader'],
])('beside %j, an ETag is called %s', (names, expected) => {
  expect(componentName(etag, names)).toBe(expected);
});
