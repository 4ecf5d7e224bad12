import { describe, expect, test } from 'vitest';
import { fc } from '../fast-check.js';
import { httpDateGrammar } from '../../src/grammar/http-date.js';

const grammar = httpDateGrammar();

describe('an HTTP-date', () => {
  test.each([
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Tue, 15 Nov 1994 12:45:26 GMT',
    'Wed, 29 Feb 2012 23:59:60 GMT',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Sat, 01 Jan 0050 00:00:00 GMT',
  ])('is %s', (value) => {
    expect(grammar.accepts(value)).toBe(true);
  });

  test.each([
    '2024-01-26T18:25:43.511Z',
    'Tue, 5 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    'Mon, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 24:00:00 GMT',
    'Fri, 29 Feb 2013 08:49:37 GMT',
    'Fri, 31 Apr 1994 08:49:37 GMT',
    'sun, 06 nov 1994 08:49:37 gmt',
    ' Sun, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT\n',
    '0',
    '',
    0,
    784111777,
    null,
    {},
  ])('is not %s', (value) => {
    expect(grammar.accepts(value)).toBe(false);
  });

  test('is the format of every suggested date', () => {
    const years = { min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(years), (date) => {
        expect(grammar.accepts(date.toUTCString())).toBe(true);
        const whole = new Date(Math.floor(date.getTime() / 1000) * 1000);
        expect(grammar.repair(date.toISOString())).toBe(whole.toUTCString());
      }),
    );
  });
});

test('0 and -1 may stand for a date that has passed', () => {
  const expires = httpDateGrammar(['0', '-1']);
  for (const value of ['0', '-1', 0, -1]) expect(expires.accepts(value)).toBe(true);
  expect(expires.accepts('1')).toBe(false);
});

describe('the suggested HTTP-date', () => {
  test.each([
    ['1994-11-06T08:49:37Z', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['1994-11-06t09:49:37.5+01:00', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['1994-11-05T22:19:37-10:30', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['Sun, 6 Nov 1994 08:49:37 GMT', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['Sund 06 Nov 1994 08:49:37 GMT', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['sunday, 06-nov-1994 08:49:37 gmt', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['06 Nov 1994 08:49:37 +0000', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['Sun Nov  6 08:49:37 1994', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    // It is not known whether the weekday or the date is wrong, or which day the word names.
    ['Mon, 06 Nov 1994 08:49:37 GMT', undefined],
    ['Mon, 6 Nov 1994 08:49:37 GMT', undefined],
    ['Monday, 06-Nov-1994 08:49:37 UTC', undefined],
    ['Mon Nov  6 08:49:37 1994', undefined],
    ['So, 06 Nov 1994 08:49:37 GMT', undefined],
    ['Sonntag, 06 Nov 1994 08:49:37 GMT', undefined],
    ['Sundays, 06 Nov 1994 08:49:37 GMT', undefined],
    // The century, the time zone or the time of day is not known.
    ['Sunday, 06-Nov-94 08:49:37 GMT', undefined],
    ['1994-11-06T08:49:37', undefined],
    ['1994-11-06', undefined],
    ['Sun, 06 Nov 1994 08:49:37 CET', undefined],
    ['1994-02-30T08:49:37Z', undefined],
    ['Fri, 31 Apr 1994 08:49:37 GMT', undefined],
    ['1994-02-00T08:49:37Z', undefined],
    ['1994-13-06T08:49:37Z', undefined],
    ['99 Nov 1994 08:49:37 GMT', undefined],
    // The year does not fit into the four digits of an HTTP-date.
    ['0000-01-01T00:00:00+01:00', undefined],
    ['9999-12-31T23:59:59-01:00', undefined],
    [['1994-11-06T08:49:37Z'], undefined],
    ['yesterday', undefined],
    [784111777, undefined],
  ])('for %s is %s', (value, meant) => {
    expect(grammar.repair(value)).toBe(meant);
  });
});

describe('the reason why no date is suggested', () => {
  test.each([
    [
      'Mon, 06 Nov 1994 08:49:37 GMT',
      '06 Nov 1994 is a Sunday, so that either the date or the day of the week is wrong',
    ],
    ['Mon Nov  6 08:49:37 1994', '06 Nov 1994 is a Sunday, so that either the date or the day of the week is wrong'],
    [
      'Friday, 1 Jan 1970 00:00:00 Z',
      '01 Jan 1970 is a Thursday, so that either the date or the day of the week is wrong',
    ],
    ['Sun, 6 Nov 1994 08:49:37 GMT', undefined],
    ['Sonntag, 06 Nov 1994 08:49:37 GMT', undefined],
    ['Fri, 31 Apr 1994 08:49:37 GMT', undefined],
    ['1994-11-06T08:49:37Z', undefined],
    [784111777, undefined],
  ])('for %s is %s', (value, objection) => {
    expect(grammar.reasonAgainstFix?.(value)).toBe(objection);
  });
});
