import type { Dialect } from '../contract/dialect.js';
import type { Field } from '../contract/field.js';
import { isObject, type Place } from '../contract/place.js';
import type { Json } from '../edit/patch.js';

/** The definition of a response header whose values are strings. */
export function stringHeader({ format }: Dialect): Json {
  return format === 'swagger' ? { type: 'string' } : { schema: { type: 'string' } };
}

/** The definition of an optional request header whose values are strings. */
export function stringParameter(name: string, dialect: Dialect): Json {
  return { name, in: 'header', ...(stringHeader(dialect) as object) };
}

/** The definition of a header, for another place. What is relative to another document is not carried over. */
export function copyOf(header: Field, to: Place, dialect: Dialect): Json {
  const { entry } = header;
  return entry.source === to.source && isObject(entry.value) ? (entry.value as Json) : stringHeader(dialect);
}
