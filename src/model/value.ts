/** Whether the value is a JSON object, whatever its prototype. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A version, name or other scalar as text. Anything else has none: converting an object would call what it has for
 * `toString`, and a description can put anything there.
 */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The member of an object or array, looking only at its own keys: `constructor` and its like are ordinary path names. */
export function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.prototype.propertyIsEnumerable.call(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
