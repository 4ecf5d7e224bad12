import { isObject } from '../json.js';
import { isExtension } from '../model/kind.js';
import type { Place } from '../model/place.js';
import type { SpecificationVersion } from '../model/specification-version.js';

type Members = Readonly<Record<string, unknown>>;
type Format = SpecificationVersion['format'];

/** The fields that a header may have. A header parameter has some of its own besides. */
const fields: Readonly<Record<Format, ReadonlySet<string>>> = {
  openapi: new Set('description required deprecated style explode schema content example examples'.split(' ')),
  swagger: new Set(
    (
      'description type format items collectionFormat default enum pattern multipleOf uniqueItems ' +
      'maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength maxItems minItems'
    ).split(' '),
  ),
};

/** The fields that a response may have. */
const responseFields: Readonly<Record<Format, ReadonlySet<string>>> = {
  openapi: new Set(['summary', 'description', 'headers', 'content', 'links']),
  swagger: new Set(['description', 'schema', 'headers', 'examples']),
};

/** What the values of fields have to be. */
const valueTypes: Readonly<Record<string, (value: unknown) => boolean>> = {
  description: (value) => typeof value === 'string',
  required: (value) => typeof value === 'boolean',
  deprecated: (value) => typeof value === 'boolean',
  explode: (value) => typeof value === 'boolean',
  style: (value) => value === 'simple',
};

const types = new Set<unknown>(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null']);

/**
 * Whether what stands at a place, or what the `$ref` there leads to, is a header as OpenAPI defines it. Fixes copy nothing else:
 * they would copy the mistake with it.
 */
export function isValidHeader({ target }: Place, version: SpecificationVersion): boolean {
  return isObject(target.value) && isWellFormed(target, target.value, version, []);
}

/** The same for a header parameter. */
export function isValidParameter({ target }: Place, version: SpecificationVersion): boolean {
  const { value } = target;
  if (!isObject(value) || value['in'] !== 'header' || typeof value['name'] !== 'string') return false;
  return isWellFormed(target, value, version, ['in', 'name', 'required']);
}

/** The same for a response, apart from its headers and its content. */
export function isValidResponse({ target: { value } }: Place, { format }: SpecificationVersion): boolean {
  return isObject(value) && hasOnly(value, responseFields[format], []);
}

/** Whether an object has only some fields and extensions, each with a value that the field may have. */
function hasOnly(members: Members, known: ReadonlySet<string>, own: readonly string[]): boolean {
  return Object.entries(members).every(([key, value]) => {
    return (known.has(key) || own.includes(key) || isExtension(key)) && valueTypes[key]?.(value) !== false;
  });
}

function isWellFormed(place: Place, members: Members, { format }: SpecificationVersion, own: string[]): boolean {
  const isTyped = format === 'swagger' ? hasPlainType(members) : hasSchemaOrContent(place, members);
  return isTyped && hasOnly(members, fields[format], own);
}

function hasPlainType({ type, items }: Members): boolean {
  return types.has(type) && type !== 'object' && type !== 'null' && (type !== 'array' || isObject(items));
}

function hasSchemaOrContent(place: Place, members: Members): boolean {
  const { content } = members;
  if (Object.hasOwn(members, 'example') && Object.hasOwn(members, 'examples')) return false;
  if (!Object.hasOwn(members, 'content')) return isSchema(place.child('schema').target.value);
  return !Object.hasOwn(members, 'schema') && isObject(content) && Object.keys(content).length === 1;
}

function isSchema(value: unknown): boolean {
  if (!isObject(value)) return typeof value === 'boolean';
  const { type } = value;
  return type === undefined || [type].flat().every((one) => types.has(one));
}
