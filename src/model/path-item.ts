import type { Place } from './place.js';

/**
 * A member of a Path Item Object, which may have fields beside its `$ref`. If a field stands on both sides, the behaviour is undefined
 * in the specification; here the one beside the `$ref` wins, as in the tools that support it.
 */
export function memberOfPathItem(pathItem: Place, key: string): Place {
  if (!pathItem.isReference) return pathItem.own(key);
  const place = pathItem.target.lost ? undefined : pathItem.chain.find((link) => link.has(key));
  return place?.own(key) ?? pathItem.child(key);
}
