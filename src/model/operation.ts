import type { Field } from './field.js';
import { isExtension } from './kind.js';
import { ParameterList } from './parameter-list.js';
import type { Place } from './place.js';
import { Response } from './response.js';
import type { SpecificationVersion } from './specification-version.js';

/** An operation, read as its contract on conditional requests. */
export class Operation {
  /** The path template, the key under `paths`. */
  readonly template: string;
  /** The request method, in upper case but for 3.2's `additionalOperations`, where case is the author's. */
  readonly method: string;
  /** What its description's version makes different. */
  readonly version: SpecificationVersion;
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
    version: SpecificationVersion;
    onSamePath: readonly Operation[];
    inDescription: readonly Operation[];
  }) {
    this.template = from.template;
    this.method = from.method;
    this.version = from.version;
    this.onSamePath = from.onSamePath;
    this.inDescription = from.inDescription;
    this.place = from.entry.target;
    this.#ownParameters = new ParameterList(this.place.child('parameters'), from.version);
    this.#inheritedParameters = from.inheritedParameters;
  }

  /** The responses that it documents, extensions left out. */
  get responses(): readonly Response[] {
    this.#responses ??= this.place
      .child('responses')
      .entries()
      .filter(([key]) => !isExtension(key))
      .map(([key, entry]) => new Response(key, entry, this.version));
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
      this.place.budget.spend(inherited.length);
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
