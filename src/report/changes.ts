import { isObject } from '../json.js';
import { countNames, type Counts, type Report } from './report.js';

/** How much each count has grown since an earlier report; negative if it has shrunk. */
export type Changes = Readonly<Record<keyof Counts, number>>;

/** What has changed since an earlier report. */
export interface ReportChanges {
  readonly total: Changes;
  /** By the file of the API; those that the earlier report did not have are missing. */
  readonly apis: ReadonlyMap<string, Changes>;
  /** The files of APIs that only the earlier report has. */
  readonly gone: readonly string[];
}

/** What has changed from one report to the next. */
export function changesSince(earlier: Report, report: Report): ReportChanges {
  const before = new Map(earlier.apis.map((api) => [api.file, api]));
  const now = new Set(report.apis.map(({ file }) => file));
  const known = report.apis.flatMap((api) => {
    const old = before.get(api.file);
    return old === undefined ? [] : [[api.file, difference(old, api)] as const];
  });
  return {
    total: difference(earlier.total, report.total),
    apis: new Map(known),
    gone: [...before.keys()].filter((file) => !now.has(file)),
  };
}

function difference(old: Counts, now: Counts): Changes {
  return Object.fromEntries(countNames.map((name) => [name, now[name] - old[name]])) as Record<keyof Counts, number>;
}

/**
 * Reads a report in JSON.
 *
 * @returns the report; or why the text is not one, as a clause
 */
export function parseReport(text: string): Report | string {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return `it is not JSON: ${(error as Error).message}`;
  }
  if (!isObject(data) || data['format'] !== 1) return 'it is not a report in JSON: it has no `"format": 1`';
  const { total, apis } = data;
  const isReport = hasCounts(total) && Array.isArray(apis) && apis.every((api) => hasCounts(api) && hasFile(api));
  return isReport ? (data as unknown as Report) : 'it lacks counts';
}

function hasCounts(value: unknown): boolean {
  return isObject(value) && countNames.every((name) => Number.isInteger(value[name]));
}

function hasFile(value: unknown): boolean {
  return isObject(value) && typeof value['file'] === 'string';
}
