import { isObject } from '../json.js';
import { Field, fieldNamed, type FieldsByName, fieldsByName } from './field.js';
import type { Place } from './place.js';
import type { SpecificationVersion } from './specification-version.js';

/** A response that an operation documents. */
export class Response {
  /** The key under `responses`, ranges in upper case: `200`, `2XX`, `default`. */
  readonly code: string;
  /** Whether it says that the request succeeded: a 2xx code or the range `2XX`. `default` does not. */
  readonly isSuccess: boolean;
  /** Where the operation declares it: a Response Object, or a `$ref` to one. */
  readonly entry: Place;
  readonly #version: SpecificationVersion;
  #headers: readonly Field[] | undefined;
  #headersByName: FieldsByName | undefined;

  constructor(key: string, entry: Place, version: SpecificationVersion) {
    this.code = key === 'default' ? key : key.toUpperCase();
    this.isSuccess = /^2(?:\d\d|XX)$/.test(this.code);
    this.entry = entry;
    this.#version = version;
  }

  /** Where the Response Object stands, `$ref`s followed. */
  get place(): Place {
    return this.entry.target;
  }

  /** The headers that it declares. A name declares one, whether or not its definition can be read. */
  get headers(): readonly Field[] {
    this.#headers ??= this.place
      .child('headers')
      .entries()
      .map(([name, entry]) => new Field(name, 'header', entry, this.#version));
    return this.#headers;
  }

  /** The places that it is read from, where a `$ref` may stand. */
  get parts(): Place[] {
    const schemas = this.headers.flatMap((header) => header.schemas.map(({ place }) => place));
    return [this.entry, this.place.child('headers'), ...this.headers.map(({ entry }) => entry), ...schemas];
  }

  /** Whether every header that it declares is known: no `$ref` on the way to them leads nowhere. */
  get headersAreKnown(): boolean {
    return !this.place.child('headers').target.lost;
  }

  /** The place of a header that may not be declared yet. */
  headerPlace(name: string): Place {
    return this.header(name)?.entry ?? this.place.child('headers').child(name);
  }

  /**
   * The header with a name.
   *
   * @param name compared without case (RFC 9110 §5.1)
   */
  header(name: string): Field | undefined {
    return fieldNamed((this.#headersByName ??= fieldsByName(this.headers)), name);
  }

  /** Whether the content that it describes has a member for an entity-tag, the body's counterpart of the ETag header. */
  get carriesEntityTag(): boolean {
    const holders =
      this.#version.format === 'swagger'
        ? [this.place]
        : this.place
            .child('content')
            .entries()
            .map(([, mediaType]) => mediaType);
    return hasEntityTagMember(holders.map((holder) => holder.child('schema')));
  }

  /**
   * Where the response declares content. An empty `content` map declares none; in OpenAPI 2.0 it is `schema` or a
   * non-empty `examples` that does, and the absence of both that says there is none.
   */
  get contents(): Place[] {
    if (this.#version.format === 'openapi') return [this.place.child('content')].filter(isNotEmpty);
    const schema = this.place.child('schema');
    return [...(isObject(schema.value) ? [schema] : []), ...[this.place.child('examples')].filter(isNotEmpty)];
  }
}

/** Whether something stands at a place that is a map with members. */
function isNotEmpty(map: Place): boolean {
  return map.entries().length > 0;
}

/** How many schemas are looked into for the members of a representation: enough for the usual envelope around a resource. */
const mostSchemas = 8;

/** Whether a schema, or one that it is made of, has a member called `etag`, however that is marked: `_etag`, `@odata.etag`. */
function hasEntityTagMember(schemas: readonly Place[]): boolean {
  const queue = [...schemas];
  for (const { target: schema } of queue) {
    const properties = schema.child('properties');
    const names = properties.keys();
    if (names.some(isEntityTag)) return true;
    const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => schema.child(keyword).items());
    queue.push(...[...parts, schema.child('items')].slice(0, Math.max(0, mostSchemas - queue.length)));
    queue.push(...names.slice(0, Math.max(0, mostSchemas - queue.length)).map((name) => properties.child(name)));
  }
  return false;
}

/** Whether a member is named after the entity-tag. */
function isEntityTag(name: string): boolean {
  // Nearly every member of nearly every schema is done with here.
  return (name.endsWith('g') || name.endsWith('G')) && /(?:^|[^a-z])e-?tag$/i.test(name);
}
