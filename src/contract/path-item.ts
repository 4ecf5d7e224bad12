import type { Place } from './place.js';

/** Whether a key is a specification extension, which no rule of the OpenAPI Specification speaks of. */
export function isExtension(key: string): boolean {
  return key.startsWith('x-');
}

/**
 * A member of a Path Item Object, which may have fields beside its `$ref`. The specification leaves undefined what a field
 * on both sides means; here the nearer one wins, as in the tools that support it.
 */
export function memberOfPathItem(pathItem: Place, key: string): Place {
  for (let place: Place | undefined = pathItem, links = 0; place !== undefined && links < 50; links++) {
    if (place.has(key)) return place.own(key);
    place = place.next;
  }
  return pathItem.child(key);
}
