import { isObject, memberOf } from '../json.js';
import { hasOwnFields, type Kind } from './kind.js';

/** The text of a value's `$ref`; `undefined` if it has none, or none that is a string. */
export function referenceIn(value: unknown): string | undefined {
  const reference = isObject(value) ? memberOf(value, '$ref') : undefined;
  return typeof reference === 'string' ? reference : undefined;
}

/** Whether a value is a reference unless the kind of object that belongs there is one in which `$ref` is an ordinary name. */
export function mayBeReference(value: unknown): boolean {
  return isObject(value) && memberOf(value, '$ref') !== undefined;
}

/**
 * Whether a value is a reference where an object of a kind belongs. Its `$ref` may be anything but a string by mistake, so that the
 * reference cannot be followed. In a map, such a `$ref` is only a member with that name.
 */
export function isReferenceAs(value: unknown, kind: Kind | undefined): boolean {
  const reference = isObject(value) ? memberOf(value, '$ref') : undefined;
  return typeof reference === 'string' || (reference !== undefined && kind !== undefined && hasOwnFields(kind));
}

/** Whether a value is a reference whose `$ref` is not a string, where an object of a kind belongs. */
export function lacksText(value: unknown, kind: Kind | undefined): boolean {
  const isPossible = kind !== undefined && isObject(value) && memberOf(value, '$ref') !== undefined;
  return isPossible && referenceIn(value) === undefined && hasOwnFields(kind);
}

/** What stands in the place of the text of a value's `$ref`, with its article. */
export function insteadOfText(holder: unknown): string {
  const value = isObject(holder) ? memberOf(holder, '$ref') : undefined;
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
