import { isObject, scalarText } from '../json.js';
import { Field, fieldNamed, type FieldsByName, fieldsByName } from './field.js';
import type { Operation } from './operation.js';
import type { Place } from './place.js';
import { schemasAt } from './schemas-at.js';
import type { SpecificationVersion } from './specification-version.js';

/** A response that an operation documents. */
export class Response {
  /** The key under `responses`, ranges in upper case: `200`, `2XX`, `default`. */
  readonly code: string;
  /** Whether the request succeeded: a 2xx code or the range `2XX`. `default` does not count. */
  readonly isSuccess: boolean;
  /** Its entry in `responses`: a Response Object, or a `$ref` to one. */
  readonly entry: Place;
  readonly #version: SpecificationVersion;
  /** The headers that it declares, even those whose definition cannot be read. */
  readonly headers: readonly Field[];
  readonly #headersByName: FieldsByName;

  constructor(key: string, entry: Place, version: SpecificationVersion) {
    this.code = key === 'default' ? key : key.toUpperCase();
    this.isSuccess = /^2(?:\d\d|XX)$/.test(this.code);
    this.entry = entry;
    this.#version = version;
    const headers = this.place.has('headers') ? this.place.child('headers').entries() : [];
    this.headers = headers.map(([name, field]) => new Field(name, 'header', field, version));
    this.#headersByName = fieldsByName(this.headers);
  }

  /** The place of the Response Object, behind any `$ref`. */
  get place(): Place {
    return this.entry.target;
  }

  /** The places that it is read from and where a `$ref` may stand. */
  get parts(): Place[] {
    const schemas = this.headers.flatMap((header) => header.schemas.map(({ place }) => place));
    const headers = this.place.has('headers') ? [this.place.child('headers')] : [];
    return [this.entry, ...headers, ...this.headers.map(({ entry }) => entry), ...schemas];
  }

  /** Whether all headers that it declares are known: every `$ref` to them can be followed. */
  get headersAreKnown(): boolean {
    return !this.place.child('headers').target.lost;
  }

  /** The place of a header, declared or not. */
  headerPlace(name: string): Place {
    return this.header(name)?.entry ?? this.place.child('headers').child(name);
  }

  /**
   * The header with a name.
   *
   * @param name compared without case (RFC 9110 §5.1)
   */
  header(name: string): Field | undefined {
    return fieldNamed(this.#headersByName, name);
  }

  /** Whether the content that it describes has a member for an entity-tag, the body's counterpart of the ETag header. */
  get carriesEntityTag(): boolean {
    return this.#carries(isEntityTag);
  }

  /** Whether the content that it describes has a member for the date of the last change, the counterpart of Last-Modified. */
  get carriesModificationDate(): boolean {
    return this.#carries(isModificationDate);
  }

  #carries(isWanted: (name: string) => boolean): boolean {
    const holders =
      this.#version.format === 'swagger'
        ? [this.place]
        : this.place
            .child('content')
            .entries()
            .map(([, mediaType]) => mediaType);
    return hasMember(
      holders.map((holder) => holder.child('schema')),
      isWanted,
    );
  }

  /**
   * The media types of the content that it describes, without parameters, ranges such as `*\/*`, and problem documents.
   *
   * @param operation what documents it, which lists the media types in OpenAPI 2.0
   */
  mediaTypes(operation: Pick<Operation, 'place'>): string[] {
    const { format } = this.#version;
    const listed = operation.place.child('produces').items();
    const names =
      format === 'openapi' ? this.place.child('content').keys() : listed.map(({ value }) => scalarText(value));
    const types = names.map((name) => name.replace(/;.*/s, '').trim().toLowerCase());
    return [...new Set(types)].filter((type) => type.includes('/') && !/\*|problem\+/.test(type));
  }

  /**
   * The places that declare content. An empty `content` map declares none. In OpenAPI 2.0, `schema` and a non-empty `examples` declare
   * content; without both, there is none.
   */
  get contents(): Place[] {
    if (this.#version.format === 'openapi') return [this.place.child('content')].filter(isNotEmpty);
    const schema = this.place.child('schema');
    return [...(isObject(schema.value) ? [schema] : []), ...[this.place.child('examples')].filter(isNotEmpty)];
  }
}

/** Whether there is a map with members at a place. */
function isNotEmpty(map: Place): boolean {
  return map.entries().length > 0;
}

/** How many schemas a representation may be composed of: enough for one that extends another several times over. */
const mostParts = 16;

/** How many schemas of members are looked into: enough for the usual envelope around a resource. */
const mostMembers = 8;

/** Whether a schema, or one that it is made of, has a member with a name of some kind. */
function hasMember(schemas: readonly Place[], isWanted: (name: string) => boolean): boolean {
  const queue = partsOf(schemas, mostParts);
  let room = mostMembers;
  for (const schema of queue) {
    if (!schema.has('properties')) continue;
    const properties = schema.own('properties');
    const names = properties.keys();
    if (names.some(isWanted)) return true;
    const members = names.slice(0, room).map((name) => properties.child(name));
    const parts = partsOf(members, room);
    room -= parts.length;
    queue.push(...parts);
  }
  return false;
}

/**
 * Some schemas, those that they are composed of, and those of the items of lists: no more than a number of them. The keywords of each are
 * its own members.
 */
function partsOf(schemas: readonly Place[], most: number): Place[] {
  const parts = schemas.flatMap(schemasAt);
  const seen = new Set(parts.map(({ value }) => value));
  for (const schema of parts) {
    if (parts.length >= most) break;
    const present = (keyword: string) => (schema.has(keyword) ? [schema.own(keyword)] : []);
    const composed = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => present(keyword).flatMap((list) => list.items()));
    for (const holder of [...composed, ...present('items')]) {
      if (parts.length >= most) break;
      const found = schemasAt(holder).filter(({ exists, value }) => exists && !seen.has(value));
      for (const part of found) seen.add(part.value);
      parts.push(...found.slice(0, most - parts.length));
    }
  }
  return parts;
}

/** Whether a member is named after the entity-tag, however that is marked: `etag`, `_etag`, `@odata.etag`. */
function isEntityTag(name: string): boolean {
  // The first condition rules nearly all members out at once.
  return (name.endsWith('g') || name.endsWith('G')) && /(?:^|[^a-z])e-?tag$/i.test(name);
}

/** Whether a member is named after the last change: `lastModified`, `updated_at`, `changedOn`. */
function isModificationDate(name: string): boolean {
  return /modif|updated|changed|last_?update/i.test(name);
}
