import type { Field } from './field.js';
import { type Place, textOf } from './place.js';

/** Whether a Cache-Control value has the directive no-store (RFC 9111 §5.2.2.5), whose name has no case and no argument. */
function hasNoStore(value: unknown): boolean {
  return textOf(value)
    .split(',')
    .some((directive) => directive.trim().toLowerCase() === 'no-store');
}

/**
 * Where a Cache-Control field is fixed to `no-store`: by every value that its definition gives.
 *
 * @returns the first of those values; `undefined` where there is none, or another one that has no such directive
 */
export function noStoreIn(cacheControl: Field): Place | undefined {
  const { values } = cacheControl;
  return values.every(({ value }) => hasNoStore(value)) ? values[0] : undefined;
}
