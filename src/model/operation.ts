import type { Dialect } from './specification-version.js';
import { Field, fieldNamed, type FieldsByName, fieldsByName } from './field.js';
import { isExtension } from './kind.js';
import { ParameterList } from './parameter-list.js';
import type { Place } from './place.js';
import { isObject } from './value.js';

/** A response that an operation documents. */
export class Response {
  /** The key under `responses`, ranges in upper case: `200`, `2XX`, `default`. */
  readonly code: string;
  /** Whether it says that the request succeeded: a 2xx code or the range `2XX`. `default` does not. */
  readonly isSuccess: boolean;
  /** Where the operation declares it: a Response Object, or a `$ref` to one. */
  readonly entry: Place;
  readonly #dialect: Dialect;
  #headers: readonly Field[] | undefined;
  #headersByName: FieldsByName | undefined;

  constructor(key: string, entry: Place, dialect: Dialect) {
    this.code = key === 'default' ? key : key.toUpperCase();
    this.isSuccess = /^2(?:\d\d|XX)$/.test(this.code);
    this.entry = entry;
    this.#dialect = dialect;
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
      .map(([name, entry]) => new Field(name, 'header', entry, this.#dialect));
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
      this.#dialect.format === 'swagger'
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
    if (this.#dialect.format === 'openapi') return [this.place.child('content')].filter(isNotEmpty);
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

/** An operation, read as its contract on conditional requests. */
export class Operation {
  /** The path template, the key under `paths`. */
  readonly template: string;
  /** The request method, in upper case but for 3.2's `additionalOperations`, where case is the author's. */
  readonly method: string;
  /** What its description's version makes different. */
  readonly dialect: Dialect;
  /** Where the Operation Object stands, `$ref`s followed. */
  readonly place: Place;
  /** The operations on its path, itself among them. */
  readonly onSamePath: readonly Operation[];
  /** The operations of its description, itself among them. */
  readonly inDescription: readonly Operation[];
  readonly #ownParameters: ParameterList;
  readonly #inheritedParameters: ParameterList;
  #responses: readonly Response[] | undefined;
  #successes: readonly Response[] | undefined;
  #headerParameters: readonly Field[] | undefined;
  /** `null` where there is none. */
  #validator: Declaration | null | undefined;

  /**
   * @param from where the operation was found: `entry` is the value of the method's key, `inheritedParameters` those of
   *   the path item; the lists of operations are filled as the description is read
   */
  constructor(from: {
    template: string;
    method: string;
    entry: Place;
    inheritedParameters: ParameterList;
    dialect: Dialect;
    onSamePath: readonly Operation[];
    inDescription: readonly Operation[];
  }) {
    this.template = from.template;
    this.method = from.method;
    this.dialect = from.dialect;
    this.onSamePath = from.onSamePath;
    this.inDescription = from.inDescription;
    this.place = from.entry.target;
    this.#ownParameters = new ParameterList(this.place.child('parameters'), from.dialect);
    this.#inheritedParameters = from.inheritedParameters;
  }

  /** The responses that it documents, extensions left out. */
  get responses(): readonly Response[] {
    this.#responses ??= this.place
      .child('responses')
      .entries()
      .filter(([key]) => !isExtension(key))
      .map(([key, entry]) => new Response(key, entry, this.dialect));
    return this.#responses;
  }

  /** Those of them that say that the request succeeded. */
  get successes(): readonly Response[] {
    return (this.#successes ??= this.responses.filter((response) => response.isSuccess));
  }

  /** The request headers that it takes; those of the path item count where the operation does not redefine them. */
  get headerParameters(): readonly Field[] {
    if (this.#headerParameters === undefined) {
      const inherited = this.#inheritedParameters.headers;
      this.place.effort.spend(inherited.length);
      const others = inherited.filter(({ name }) => this.#ownParameters.named(name) === undefined);
      this.#headerParameters = [...this.#ownParameters.headers, ...others];
    }
    return this.#headerParameters;
  }

  /** Where its parameters are listed, of whatever kind; those of the path item behind its own. */
  get parameters(): readonly Place[] {
    return [...this.#ownParameters.entries, ...this.#inheritedParameters.entries];
  }

  /** Whether every parameter is known: no `$ref` on the way to them leads nowhere. */
  get parametersAreKnown(): boolean {
    return this.#ownParameters.areKnown && this.#inheritedParameters.areKnown;
  }

  /** The places that its contract is read from, where a `$ref` may stand. */
  get parts(): Place[] {
    const schemas = this.headerParameters.flatMap((header) => header.schemas.map(({ place }) => place));
    return [...this.parameters, ...schemas, ...this.responses.flatMap((response) => response.parts)];
  }

  /** What a message calls it: `GET /orders/{id}`. */
  get label(): string {
    return shortened(`${shortened(this.method)} ${shortened(this.template)}`).replace(/\s+/g, ' ');
  }

  /**
   * Whether the method retrieves a representation, so that a condition on it can be answered 304 (RFC 9110 §13.1.2, and
   * the QUERY method, which is defined to be conditional as GET is).
   */
  get retrieves(): boolean {
    return ['GET', 'HEAD', 'QUERY'].includes(this.method);
  }

  /** Whether every response, and every header of the success responses, is known: no `$ref` to them leads nowhere. */
  get responsesAreKnown(): boolean {
    return !this.place.child('responses').target.lost && this.successes.every((response) => response.headersAreKnown);
  }

  /**
   * The first success response that declares a header.
   *
   * @param name compared without case (RFC 9110 §5.1)
   */
  declares(name: string): Declaration | undefined {
    for (const response of this.successes) {
      const header = response.header(name);
      if (header !== undefined) return { response, header };
    }
    return undefined;
  }

  /** Whether any response is documented under its code or range: `default` alone says nothing about conditions. */
  get documentsOutcomes(): boolean {
    return this.responses.some(({ code }) => /^\d(?:\d\d|XX)$/.test(code));
  }

  /**
   * Whether the method is known not to retrieve a representation (RFC 9110 §9.3, RFC 5789). Of a method of the author's own
   * neither this nor {@link retrieves} is known.
   */
  get neverRetrieves(): boolean {
    return ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'].includes(this.method);
  }

  /**
   * Whether a precondition that is false makes the method fail, so that it is answered 412: any method, of the author's own too, but
   * those that retrieve, and those on which preconditions are ignored (RFC 9110 §13.1.2, §13.2.1).
   */
  get failsOnPreconditions(): boolean {
    return !this.retrieves && !['CONNECT', 'OPTIONS', 'TRACE'].includes(this.method);
  }

  /** The response documented under a code or range, such as `304` or `3XX`. */
  response(code: string): Response | undefined {
    return this.responses.find((response) => response.code === code);
  }

  /** The place of a response that may not be documented yet. */
  responsePlace(code: string): Place {
    return this.response(code)?.entry ?? this.place.child('responses').child(code);
  }

  /** The 304 that it documents under that very code. */
  get notModified(): Response | undefined {
    return this.response('304');
  }

  /** Whether it documents 304, by its code or by the range `3XX`. */
  get documentsNotModified(): boolean {
    return this.notModified !== undefined || this.response('3XX') !== undefined;
  }

  /** The first success response that declares a validator (RFC 9110 §8.8), and that header: ETag before Last-Modified. */
  get validator(): Declaration | undefined {
    if (this.#validator === undefined)
      this.#validator = this.declares('ETag') ?? this.declares('Last-Modified') ?? null;
    return this.#validator ?? undefined;
  }

  /**
   * The request header that it takes under a name.
   *
   * @param name compared without case (RFC 9110 §5.1)
   */
  takes(name: string): Field | undefined {
    return this.#ownParameters.named(name) ?? this.#inheritedParameters.named(name);
  }
}

/** How long a name may be in a message: real paths have up to 270 characters. */
const longestName = 400;

function shortened(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}

/** A header, and the response that declares it. */
interface Declaration {
  readonly response: Response;
  readonly header: Field;
}
