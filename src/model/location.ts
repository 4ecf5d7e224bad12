import { type LinkedPath, memberOf } from '../json.js';
import type { Source } from './source.js';

/** A location in one document, and its value. A {@link Place} also knows how it was reached. */
export interface Location {
  readonly source: Source;
  readonly linkedPath: LinkedPath | undefined;
  readonly value: unknown;
}

/** Where a `$ref` leads: in one hop, and at the end of the chain. Neither is there if it cannot be followed. */
export interface Followed {
  readonly next?: Location;
  readonly end?: Location | undefined;
}

/** The location of a whole document. */
export function wholeOf(source: Source): Location {
  return { source, linkedPath: undefined, value: source.data };
}

/** The location of a member. */
export function memberAt(location: Location, key: string): Location {
  return {
    source: location.source,
    linkedPath: { key, above: location.linkedPath },
    value: memberOf(location.value, key),
  };
}
