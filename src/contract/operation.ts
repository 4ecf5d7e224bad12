import { isExtension, memberOfPathItem } from './path-item.js';
import { isObject, type Place } from './place.js';

/** The two shapes of an OpenAPI description: 2.0, and everything since. */
export type Format = 'swagger' | 'openapi';

/** A response header, as declared. Its name declares it, whether or not its definition can be read. */
export interface Header {
  /** The name, as written. */
  readonly name: string;
  /** Where its definition (or a `$ref` to it) stands. */
  readonly place: Place;
}

/** A request header that an operation takes, declared on the operation or its path item. */
export interface HeaderParameter {
  /** The name, as written. */
  readonly name: string;
  /** Where the Parameter Object stands, `$ref`s followed. */
  readonly place: Place;
}

/** A response that an operation documents. */
export class Response {
  /** The key under `responses`, ranges in upper case: `200`, `2XX`, `default`. */
  readonly code: string;
  /** Where the operation declares it: a Response Object, or a `$ref` to one. */
  readonly entry: Place;
  readonly #format: Format;

  constructor(key: string, entry: Place, format: Format) {
    this.code = key === 'default' ? key : key.toUpperCase();
    this.entry = entry;
    this.#format = format;
  }

  /** Where the Response Object stands, `$ref`s followed. */
  get place(): Place {
    return this.entry.target;
  }

  /** Whether it says that the request succeeded: a 2xx code or the range `2XX`. `default` does not. */
  get isSuccess(): boolean {
    return /^2(?:\d\d|XX)$/.test(this.code);
  }

  /** The headers that it declares. */
  get headers(): Header[] {
    return this.place
      .child('headers')
      .entries()
      .map(([name, place]) => ({ name, place }));
  }

  /**
   * The header with a name.
   *
   * @param name compared without case (RFC 9110 §5.1)
   */
  header(name: string): Header | undefined {
    return this.headers.find((header) => isSameField(header.name, name));
  }

  /**
   * Where the response declares content. An empty `content` map declares none; in OpenAPI 2.0 it is `schema` or a
   * non-empty `examples` that does, and the absence of both that says there is none.
   */
  get contents(): Place[] {
    if (this.#format === 'openapi') return [this.place.child('content')].filter(isNotEmpty);
    const schema = this.place.child('schema');
    return [...(isObject(schema.value) ? [schema] : []), ...[this.place.child('examples')].filter(isNotEmpty)];
  }
}

/** Whether something stands at a place that is a map with members. */
function isNotEmpty(map: Place): boolean {
  return map.entries().length > 0;
}

/** Whether two field names are the same one: case does not matter (RFC 9110 §5.1). */
export function isSameField(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** An operation, read as its contract on conditional requests. */
export class Operation {
  /** The path template, the key under `paths`. */
  readonly template: string;
  /** The request method, in upper case but for 3.2's `additionalOperations`, where case is the author's. */
  readonly method: string;
  /** Which shape of description it is written in. */
  readonly format: Format;
  /** Where the Operation Object stands, `$ref`s followed. */
  readonly place: Place;
  /** The responses that it documents, extensions left out. */
  readonly responses: readonly Response[];
  /** The request headers that it takes; those of the path item count where the operation does not redefine them. */
  readonly headerParameters: readonly HeaderParameter[];

  /**
   * @param from where the operation was found: `entry` is the value of the method's key, `pathItem` the value of the
   *   template's key, `$ref`s not yet followed
   */
  constructor(from: { template: string; method: string; entry: Place; pathItem: Place; format: Format }) {
    this.template = from.template;
    this.method = from.method;
    this.format = from.format;
    this.place = from.entry.target;
    this.responses = this.place
      .child('responses')
      .entries()
      .filter(([key]) => !isExtension(key))
      .map(([key, entry]) => new Response(key, entry, from.format));
    const own = headerParametersAt(this.place.child('parameters'));
    const inherited = headerParametersAt(memberOfPathItem(from.pathItem, 'parameters')).filter(
      (parameter) => !own.some(({ name }) => isSameField(name, parameter.name)),
    );
    this.headerParameters = [...own, ...inherited];
  }

  /** What a message calls it: `GET /orders/{id}`. */
  get label(): string {
    return `${this.method} ${this.template.replace(/\s+/g, ' ')}`;
  }

  /**
   * Whether the method retrieves a representation, so that a condition on it can be answered 304 (RFC 9110 §13.1.2, and
   * the QUERY method, which is defined to be conditional as GET is).
   */
  get retrieves(): boolean {
    return ['GET', 'HEAD', 'QUERY'].includes(this.method);
  }

  /** The responses that say that the request succeeded. */
  get successes(): Response[] {
    return this.responses.filter((response) => response.isSuccess);
  }

  /** Whether any response is documented under its code or range: `default` alone says nothing about conditions. */
  get documentsOutcomes(): boolean {
    return this.responses.some(({ code }) => /^\d(?:\d\d|XX)$/.test(code));
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
  get validator(): { response: Response; header: Header } | undefined {
    for (const name of ['ETag', 'Last-Modified']) {
      for (const response of this.successes) {
        const header = response.header(name);
        if (header !== undefined) return { response, header };
      }
    }
    return undefined;
  }

  /**
   * The request header that it takes under a name.
   *
   * @param name compared without case (RFC 9110 §5.1)
   */
  takes(name: string): HeaderParameter | undefined {
    return this.headerParameters.find((parameter) => isSameField(parameter.name, name));
  }
}

/** The request headers among the parameters at a place. */
function headerParametersAt(parameters: Place): HeaderParameter[] {
  return parameters.items().flatMap((item) => {
    const place = item.target;
    const { in: location, name } = isObject(place.value) ? place.value : {};
    return location === 'header' && typeof name === 'string' ? [{ name, place }] : [];
  });
}
