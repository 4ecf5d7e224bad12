import type { Place } from './place.js';

/**
 * A member of a Path Item Object, which may have fields beside its `$ref`. The specification leaves undefined what a field
 * on both sides means; here the nearer one wins, as in the tools that support it.
 */
export function memberOfPathItem(pathItem: Place, key: string): Place {
  for (let place: Place | undefined = pathItem; place !== undefined && !place.target.lost; place = place.next) {
    if (place.has(key)) return place.own(key);
  }
  return pathItem.child(key);
}
