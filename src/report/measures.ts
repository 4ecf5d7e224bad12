import type { Lack } from './coverage.js';
import type { Counts } from './report.js';

/** A share that the report shows as a bar: how many of the reads, or of the writes, have something. */
export interface Measure {
  /** What they have, as the head of a column. */
  readonly name: string;
  /** The same in a sentence: `12 of 40 reads …`. */
  readonly have: string;
  readonly has: keyof Counts;
  readonly of: 'reads' | 'writes';
  /** What the others lack. */
  readonly lack: Lack;
}

/** The bars of the report, in order. */
export const measures: readonly Measure[] = [
  { name: 'Validator', have: 'declare ETag or Last-Modified', has: 'withValidator', of: 'reads', lack: 'validator' },
  { name: '304', have: 'document 304 Not Modified', has: 'withNotModified', of: 'reads', lack: '304' },
  {
    name: 'Precondition',
    have: 'take If-None-Match or If-Modified-Since',
    has: 'withPrecondition',
    of: 'reads',
    lack: 'precondition',
  },
  {
    name: 'Guarded writes',
    have: 'take If-Match or If-Unmodified-Since',
    has: 'guarded',
    of: 'writes',
    lack: 'guard',
  },
];

/** What an operation lacks, in words. */
export const lackInWords: Readonly<Record<Lack, string>> = {
  validator: 'no validator',
  '304': 'no 304',
  precondition: 'no precondition',
  guard: 'no guard against lost updates',
};

/** A change as people write it: `+3`, `−2`, or nothing. */
export function signed(change: number | undefined): string {
  if (change === undefined || change === 0) return '';
  return change > 0 ? `+${change}` : `−${-change}`;
}

/** A share in percent, rounded; `undefined` of nothing. */
export function percent(has: number, of: number): number | undefined {
  return of === 0 ? undefined : Math.round((100 * has) / of);
}
