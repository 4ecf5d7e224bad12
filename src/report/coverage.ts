import { Description } from '../model/description.js';
import { revalidators, updateGuards } from '../model/failed-precondition.js';
import type { Operation } from '../model/operation.js';
import type { Place } from '../model/place.js';
import type { Reader, Source } from '../model/source.js';

/** What an operation can lack: a read its validator, its 304 or its precondition, a write its guard against lost updates. */
export const lacks = ['validator', '304', 'precondition', 'guard'] as const;
export type Lack = (typeof lacks)[number];

/** What one operation promises about conditional requests. */
export interface OperationCoverage {
  /** Its name: `GET /orders/{id}`. */
  readonly label: string;
  readonly place: Place;
  readonly isRead: boolean;
  readonly lacks: readonly Lack[];
}

/**
 * What each read (GET, QUERY) and each write (PUT, PATCH, DELETE) of a description promises, in the order of the document. HEAD repeats
 * GET, and POST creates: they are left out.
 *
 * @returns `undefined` if references or aliases make the description too large to read
 */
export function coverageOf(entry: Source, reader: Reader): OperationCoverage[] | undefined {
  const description = new Description(entry, reader, 'all');
  const coverage = description.operations.flatMap((operation) => coverageOfOperation(operation) ?? []);
  return description.whyTooLarge !== undefined ? undefined : coverage;
}

function coverageOfOperation(operation: Operation): OperationCoverage | undefined {
  const isRead = ['GET', 'QUERY'].includes(operation.method);
  if (!isRead && !['PUT', 'PATCH', 'DELETE'].includes(operation.method)) return undefined;
  const has: Readonly<Record<Lack, boolean>> = {
    validator: !isRead || operation.validator !== undefined,
    '304': !isRead || operation.documentsNotModified,
    precondition: !isRead || operation.takes(...revalidators) !== undefined,
    guard: isRead || operation.takes(...updateGuards) !== undefined,
  };
  return { label: operation.label, place: operation.place, isRead, lacks: lacks.filter((lack) => !has[lack]) };
}
