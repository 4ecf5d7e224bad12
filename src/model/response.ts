import { isObject, scalarText } from '../json.js';
import { examplesOf, Field, fieldNamed, type FieldsByName, fieldsByName } from './field.js';
import { definedMembers, namesEntityTag, namesModificationDate, shownMembers } from './members.js';
import type { Operation } from './operation.js';
import type { Place } from './place.js';
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
    return this.#carries(namesEntityTag);
  }

  /** Whether the content that it describes has a member for the date of the last change, the counterpart of Last-Modified. */
  get carriesModificationDate(): boolean {
    return this.#carries(namesModificationDate);
  }

  /**
   * The members for an entity-tag in the content that it describes: those that schemas define, and those that examples of the whole
   * content show.
   */
  get entityTagMembers(): Field[] {
    const members = [
      ...definedMembers(this.#schemas, namesEntityTag),
      ...shownMembers(this.#examples, this.#schemas, namesEntityTag),
    ];
    return members.map(([name, place]) => new Field(name, 'property', place, this.#version));
  }

  #carries(isWanted: (name: string) => boolean): boolean {
    return definedMembers(this.#schemas, isWanted).next().done !== true;
  }

  /** What describes its content: in OpenAPI 2.0, the response itself; later, an object for each media type. */
  get #contentHolders(): Place[] {
    const { format } = this.#version;
    if (format === 'swagger') return [this.place];
    return this.place
      .child('content')
      .entries()
      .map(([, mediaType]) => mediaType);
  }

  get #schemas(): Place[] {
    return this.#contentHolders.map((holder) => holder.child('schema'));
  }

  /** The examples of its whole content. */
  get #examples(): Place[] {
    if (this.#version.format === 'openapi') return this.#contentHolders.flatMap(examplesOf);
    return this.place
      .child('examples')
      .entries()
      .map(([, example]) => example);
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
