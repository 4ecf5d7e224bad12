import type { Grammar } from './grammar.js';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const month = `(${months.join('|')})`;
const time = '([01]\\d|2[0-3]):([0-5]\\d):([0-5]\\d|60)';

/** An IMF-fixdate (RFC 9110 §5.6.7), the only form of an HTTP-date that senders may generate. */
const imfFixdate = new RegExp(
  `^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (0[1-9]|[12]\\d|3[01]) ${month} (\\d{4}) ${time} GMT$`,
);

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The same with mistakes that leave no doubt about the date: no weekday or a longer one, no leading zero, another name for GMT. */
const sloppyFixdate = new RegExp(
  `^(?:([a-z]+),? )?(\\d{1,2})[ -]${month}[ -](\\d{4}) ${time} (?:GMT|UTC|Z|[+-]0000)$`,
  'i',
);

/** The form of C's asctime, which recipients have to accept (RFC 9110 §5.6.7). */
const asctime = new RegExp(`^([a-z]{3}) ${month} +(\\d{1,2}) ${time} (\\d{4})$`, 'i');

/** A date-time of RFC 3339, with its offset. */
const rfc3339 = new RegExp(`^(\\d{4})-(\\d\\d)-(\\d\\d)[T ]${time}(?:\\.\\d+)?(?:Z|([+-])(\\d\\d):(\\d\\d))$`, 'i');

/** What a group of a pattern has captured; `undefined` if the pattern does not match. */
type Digits = string | undefined;

/**
 * The point in time that a date of the Gregorian calendar names, in UTC.
 *
 * @returns `undefined` for a day that does not exist
 */
function momentOf(year: Digits, monthIndex: number, day: Digits, clock: readonly Digits[]): Date | undefined {
  const [hours = 0, minutes = 0, seconds = 0] = clock.map(Number);
  const moment = new Date(0);
  moment.setUTCFullYear(Number(year), monthIndex, Number(day));
  // `Date` turns a day that the month does not have into one of the next month.
  if (moment.getUTCMonth() !== monthIndex) return undefined;
  // `Date` has no leap seconds; the second before one has the same date.
  moment.setUTCHours(hours, minutes, Math.min(seconds, 59));
  return moment;
}

/** The index of a month, from the first three letters of its name. */
function monthIndexOf(name: string | undefined): number {
  return months.findIndex((candidate) => candidate.toLowerCase() === name?.toLowerCase());
}

function isImfFixdate(text: string): boolean {
  const [, day, name, year, ...clock] = imfFixdate.exec(text) ?? [];
  return momentOf(year, monthIndexOf(name), day, clock)?.toUTCString().slice(0, 3) === text.slice(0, 3);
}

/** The point in time that a text names, and its weekday as written. */
interface Reading {
  readonly moment: Date | undefined;
  readonly weekday?: string | undefined;
}

/** Reads a text in one of the forms that people write instead of an HTTP-date. */
function readingOf(text: string): Reading {
  const [, weekday, day, name, year, ...clock] = sloppyFixdate.exec(text) ?? [];
  if (day !== undefined) return { moment: momentOf(year, monthIndexOf(name), day, clock), weekday };

  const [, ascWeekday, ascMonth, ascDay, hours, minutes, seconds, ascYear] = asctime.exec(text) ?? [];
  const ascMoment = () => momentOf(ascYear, monthIndexOf(ascMonth), ascDay, [hours, minutes, seconds]);
  if (ascMonth !== undefined) return { moment: ascMoment(), weekday: ascWeekday };

  const [, isoYear, isoMonth, isoDay, h, m, s, sign = '+', offsetH = '0', offsetM = '0'] = rfc3339.exec(text) ?? [];
  const local = momentOf(isoYear, Number(isoMonth) - 1, isoDay, [h, m, s]);
  const offset = Number(`${sign}1`) * (Number(offsetH) * 60 + Number(offsetM)) * 60_000;
  return { moment: local && new Date(local.getTime() - offset) };
}

/** The weekdays that a word names or abbreviates. */
function weekdaysCalled(word: string): string[] {
  return word.length < 3 ? [] : weekdays.filter((name) => name.toLowerCase().startsWith(word.toLowerCase()));
}

/** The point in time that a text names. `undefined` if its weekday is not that of the date: either of them may be wrong. */
function unambiguousMoment(text: string): Date | undefined {
  const { moment, weekday } = readingOf(text);
  const isAgreed = weekday === undefined || weekdaysCalled(weekday).includes(weekdayOf(moment));
  return isAgreed ? moment : undefined;
}

function weekdayOf(moment: Date | undefined): string {
  return (moment && weekdays[moment.getUTCDay()]) ?? '';
}

/**
 * The grammar of an HTTP-date as senders have to write it: an IMF-fixdate with the right weekday (RFC 9110 §5.6.7).
 *
 * @param also other values to accept, in the text form
 */
export function httpDateGrammar(also: readonly string[] = []): Grammar {
  return {
    noun: 'HTTP-date',
    accepts: (value) =>
      also.some((text) => value === text || value === Number(text)) ||
      (typeof value === 'string' && isImfFixdate(value)),
    repair(value) {
      const repaired = typeof value === 'string' ? unambiguousMoment(value)?.toUTCString() : undefined;
      return repaired !== undefined && isImfFixdate(repaired) ? repaired : undefined;
    },
    reasonAgainstFix(value) {
      const { moment, weekday = '' } = typeof value === 'string' ? readingOf(value) : {};
      const [said] = weekdaysCalled(weekday);
      if (moment === undefined || said === undefined || said === weekdayOf(moment)) return undefined;
      const date = moment.toUTCString().slice(5, 16);
      return `${date} is a ${weekdayOf(moment)}, so that either the date or the day of the week is wrong`;
    },
  };
}
