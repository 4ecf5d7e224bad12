import { type LinkedPath, memberOf } from '../json.js';
import type { Source } from './source.js';

/** A place in one document, and what stands there: a {@link Place} without its history. */
export interface Location {
  readonly source: Source;
  readonly trail: LinkedPath | undefined;
  readonly value: unknown;
}

/** A member of what stands at a spot. */
export function memberAt(location: Location, key: string): Location {
  return { source: location.source, trail: { key, above: location.trail }, value: memberOf(location.value, key) };
}
