import { isObject } from '../json.js';
import type { Field } from './field.js';
import { isExtension } from './kind.js';
import { ParameterList } from './parameter-list.js';
import type { Place } from './place.js';
import { Response } from './response.js';
import type { SpecificationVersion } from './specification-version.js';
import { type Topic, type Topics, topics } from './topics.js';

/** An operation, read for what it promises about conditional requests. */
export class Operation {
  /** The path template, the key under `paths`. */
  readonly template: string;
  /** The request method in upper case; one of `additionalOperations` (since 3.2) as it is written. */
  readonly method: string;
  /** The version of the OpenAPI Specification that its description follows. */
  readonly version: SpecificationVersion;
  /** The place of the Operation Object, behind any `$ref`. */
  readonly place: Place;
  /** The operations on its path, including itself. */
  readonly onSamePath: readonly Operation[];
  /** The operations of its description, including itself. */
  readonly inDescription: readonly Operation[];
  /** The responses that it documents, without specification extensions. */
  readonly responses: readonly Response[];
  /** Its responses with a 2xx code or the range `2XX`. */
  readonly successes: readonly Response[];
  readonly #responsesByCode = new Map<string, Response>();
  readonly #topics: Topics;
  readonly #ownParameters: ParameterList;
  readonly #inheritedParameters: ParameterList;
  #headerParameters: readonly Field[] | undefined;
  #label: string | undefined;
  /** `null` if there is none; `undefined` before the first look. */
  #validator: Declaration | null | undefined;

  /**
   * @param from `entry` is the value of the method in the path item, and `inheritedParameters` are those of the path item. The lists of
   *   operations are still filled while the description is read
   */
  constructor(from: {
    template: string;
    method: string;
    entry: Place;
    inheritedParameters: ParameterList;
    version: SpecificationVersion;
    topics: Topics;
    onSamePath: readonly Operation[];
    inDescription: readonly Operation[];
  }) {
    this.template = from.template;
    this.method = from.method;
    this.version = from.version;
    this.#topics = from.topics;
    this.onSamePath = from.onSamePath;
    this.inDescription = from.inDescription;
    this.place = from.entry.target;
    this.#ownParameters = new ParameterList(this.place.child('parameters'), from.version);
    this.#inheritedParameters = from.inheritedParameters;
    const responses: Response[] = [];
    const successes: Response[] = [];
    for (const [key, entry] of this.place.child('responses').entries()) {
      if (isExtension(key)) continue;
      const response = new Response(key, entry, from.version);
      responses.push(response);
      if (response.isSuccess) successes.push(response);
      if (!this.#responsesByCode.has(response.code)) this.#responsesByCode.set(response.code, response);
    }
    this.responses = responses;
    this.successes = successes;
  }

  /** Whether it or another operation on its path may have something to do with a topic. */
  mayConcern(topic: Topic): boolean {
    return (this.#topics & topics[topic]) !== 0;
  }

  /** The request headers that it takes: its own, and those of the path item that it does not redefine. */
  get headerParameters(): readonly Field[] {
    if (this.#headerParameters === undefined) {
      const inherited = this.#inheritedParameters.headers;
      this.place.budget.spend(inherited.length);
      const others = inherited.filter(({ name }) => this.#ownParameters.named(name) === undefined);
      this.#headerParameters = [...this.#ownParameters.headers, ...others];
    }
    return this.#headerParameters;
  }

  /** The entries of its parameters of every kind: first its own, then those of the path item. */
  get parameters(): readonly Place[] {
    return [...this.#ownParameters.entries, ...this.#inheritedParameters.entries];
  }

  /** Whether all parameters are known: every `$ref` to them can be followed. */
  get parametersAreKnown(): boolean {
    return this.#ownParameters.areKnown && this.#inheritedParameters.areKnown;
  }

  /** Whether a request to it has content: a request body, or in OpenAPI 2.0 a parameter in the body or in a form. */
  get takesContent(): boolean {
    const isContent = ({ target: { value } }: Place) =>
      isObject(value) && (value['in'] === 'body' || value['in'] === 'formData');
    return this.place.child('requestBody').exists || this.parameters.some(isContent);
  }

  /** The places that it is read from and where a `$ref` may stand. */
  get parts(): Place[] {
    const schemas = this.headerParameters.flatMap((header) => header.schemas.map(({ place }) => place));
    return [...this.parameters, ...schemas, ...this.responses.flatMap((response) => response.parts)];
  }

  /** Its name in messages: `GET /orders/{id}`. */
  get label(): string {
    this.#label ??= shortened(`${shortened(this.method)} ${shortened(this.template)}`).replace(/\s+/g, ' ');
    return this.#label;
  }

  /**
   * Whether the method retrieves a representation, so that a false condition is answered with 304: GET and HEAD (RFC 9110 §13.1.2), and
   * QUERY, which is conditional as GET is.
   */
  get retrieves(): boolean {
    return ['GET', 'HEAD', 'QUERY'].includes(this.method);
  }

  /** Whether all responses, and all headers of the success responses, are known: every `$ref` to them can be followed. */
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

  /** Whether any response is documented under a code or range. `default` alone says nothing about conditions. */
  get documentsOutcomes(): boolean {
    return this.responses.some(({ code }) => /^\d(?:\d\d|XX)$/.test(code));
  }

  /**
   * Whether the method is known not to retrieve a representation (RFC 9110 §9.3, RFC 5789). For an unknown method, neither this nor
   * {@link retrieves} is true.
   */
  get neverRetrieves(): boolean {
    return ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'].includes(this.method);
  }

  /**
   * Whether a false precondition is answered with 412. That is so for all methods, unknown ones included, except those that retrieve
   * and those for which servers ignore preconditions (RFC 9110 §13.1.2, §13.2.1).
   */
  get failsOnPreconditions(): boolean {
    return !this.retrieves && !['CONNECT', 'OPTIONS', 'TRACE'].includes(this.method);
  }

  /** The response documented under a code or range, such as `304` or `3XX`. */
  response(code: string): Response | undefined {
    return this.#responsesByCode.get(code);
  }

  /** The place of a response, documented or not. */
  responsePlace(code: string): Place {
    return this.response(code)?.entry ?? this.place.child('responses').child(code);
  }

  /** The response that it documents under the code 304; the range `3XX` does not count. */
  get notModified(): Response | undefined {
    return this.response('304');
  }

  /** Whether it documents 304, under its code or under the range `3XX`. */
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
   * The request header that it takes under a name, or under the first of several names.
   *
   * @param names compared without case (RFC 9110 §5.1)
   */
  takes(...names: readonly string[]): Field | undefined {
    for (const name of names) {
      const field = this.#ownParameters.named(name) ?? this.#inheritedParameters.named(name);
      if (field !== undefined) return field;
    }
    return undefined;
  }
}

/** How many characters of a name a message shows. Real paths have up to 270. */
const longestName = 400;

function shortened(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}

/** A header, and the response that declares it. */
interface Declaration {
  readonly response: Response;
  readonly header: Field;
}
