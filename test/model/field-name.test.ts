import { expect, test } from 'vitest';
import { intendedField } from '../../src/model/field-name.js';

test.each([
  ['If-Not-Match', 'If-None-Match'],
  ['If-Non-Match', 'If-None-Match'],
  ['If_None_Match', 'If-None-Match'],
  ['IfNoneMatch', 'If-None-Match'],
  ['ifNoneMatch', 'If-None-Match'],
  ['If_Match', 'If-Match'],
  ['If-Mach', 'If-Match'],
  ['If_Modified_Since', 'If-Modified-Since'],
  ['If-Modified-Sence', 'If-Modified-Since'],
  ['If-UnmodifiedSince', 'If-Unmodified-Since'],
  ['If-Un-Modified-Since', 'If-Unmodified-Since'],
  ['E-Tag', 'ETag'],
  ['e_tag', 'ETag'],
  ['LastModified', 'Last-Modified'],
  ['Last_Modified', 'Last-Modified'],
  ['Last-Modifed', 'Last-Modified'],
])('%s is a misspelling of %s', (name, intended) => {
  expect(intendedField(name)).toBe(intended);
});

test.each([
  'ETag',
  'etag',
  'IF-NONE-MATCH',
  'if-match',
  'Last-Modified',
  'X-ETag',
  'x-if-match',
  'X_Last_Modified',
  'ETags',
  '3gpp-Sbi-Etags',
  'etag-value',
  'If-Match-Version',
  'Last-Modified-By',
  'If',
  'If-Range',
  'If-Schedule-Tag-Match',
  'Last-Event-ID',
  'Tag',
  'Stag',
  'Edge-Tag',
  'Location',
  'Idempotency-Key',
  'If-Fetch',
  'Ef-Match',
  'Eta',
  '_etag',
  `If-None-Match${'-'.repeat(40)}`,
  '',
  'If'.repeat(10_000),
])('%s is not a misspelling', (name) => {
  expect(intendedField(name)).toBeUndefined();
});
