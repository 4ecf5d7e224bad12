import { isObject } from '../json.js';

/** The fields of responses that are counted. */
export const watchedFields = ['ETag', 'Last-Modified', 'Cache-Control', 'Content-Location', 'Expires', 'Vary'] as const;

/** How often a status code was seen, and how often each of the {@link watchedFields} was in those responses. */
export interface SeenResponse {
  readonly count: number;
  readonly fields: Readonly<Record<string, number>>;
}

/** How often a request carried a condition that was false, so that 304 was to be expected, and how often 304 came. */
export interface SeenCondition {
  readonly asked: number;
  readonly answered: number;
}

/** What a server did that HTTP does not allow. */
export interface SeenFault {
  /** The id of a rule about servers. */
  readonly rule: string;
  readonly expected: string;
  readonly seen: string;
  /** How many exchanges show it. */
  readonly count: number;
}

/** What was seen of one operation. */
export interface SeenOperation {
  readonly method: string;
  /** The path template. */
  readonly template: string;
  /** By status code. */
  readonly responses: Readonly<Record<string, SeenResponse>>;
  readonly ifNoneMatch: SeenCondition;
  readonly ifModifiedSince: SeenCondition;
  readonly faults: readonly SeenFault[];
  /** Why nothing could be learnt of it, and what would change that. */
  readonly untried?: Untried;
}

/** Why an operation could not be tried, and what would make it possible. */
export interface Untried {
  readonly reason: string;
  readonly remedy: string;
}

/** What was seen of the operations of a description: plain data without times and values, so that the same behaviour gives the same data. */
export interface Observations {
  /** The version of this format. */
  readonly format: 1;
  readonly operations: readonly SeenOperation[];
}

/** How many responses with a status code were seen. */
export function countOf(seen: SeenOperation, status: string): number {
  return seen.responses[status]?.count ?? 0;
}

/** The watched fields that responses with a status code had. */
export function fieldsOf(seen: SeenOperation, status: string): string[] {
  const fields = seen.responses[status]?.fields ?? {};
  return watchedFields.filter((name) => (fields[name] ?? 0) > 0);
}

/**
 * Reads saved observations.
 *
 * @returns the observations; or, as a text, why there are none
 */
export function parseObservations(text: string): Observations | string {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  if (!isObject(data) || !Array.isArray(data['operations'])) return 'it holds no observations';
  if (data['format'] !== 1) return 'another version of this package wrote it, in a format that this one does not read';
  const broken = data['operations'].findIndex((one) => !isSeenOperation(one));
  return broken < 0
    ? (data as unknown as Observations)
    : `operation ${broken + 1} in it lacks a member or has a wrong one`;
}

function isSeenOperation(value: unknown): value is SeenOperation {
  if (!isObject(value)) return false;
  const { method, template, responses, ifNoneMatch, ifModifiedSince, faults } = value;
  return (
    typeof method === 'string' &&
    typeof template === 'string' &&
    isObject(responses) &&
    Object.values(responses).every(
      (one) => isObject(one) && typeof one['count'] === 'number' && hasCounts(one['fields']),
    ) &&
    [ifNoneMatch, ifModifiedSince].every((one) => hasCounts(one) && 'asked' in one && 'answered' in one) &&
    Array.isArray(faults)
  );
}

function hasCounts(value: unknown): value is Readonly<Record<string, number>> {
  return isObject(value) && Object.values(value).every((count) => Number.isInteger(count));
}
