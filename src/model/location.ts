import { memberOf, type Trail } from '../json.js';
import type { Source } from './source.js';

/** A place in one document, and what stands there: a {@link Place} without its history. */
export interface Spot {
  readonly source: Source;
  readonly trail: Trail | undefined;
  readonly value: unknown;
}

/** A member of what stands at a spot. */
export function memberAt(spot: Spot, key: string): Spot {
  return { source: spot.source, trail: { key, above: spot.trail }, value: memberOf(spot.value, key) };
}
