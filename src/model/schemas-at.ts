import { isObject } from '../json.js';
import type { Place } from './place.js';

/**
 * The schemas whose keywords apply at a place: the one there or behind its `$ref`s, and those that stand beside a `$ref`. The latter
 * count since OpenAPI 3.1, and many authors of older descriptions mean them to. The keywords of each are its own members.
 */
export function schemasAt(place: Place): Place[] {
  return place.chain.filter(
    ({ isReference, value }) => !isReference || (isObject(value) && Object.keys(value).length > 1),
  );
}
