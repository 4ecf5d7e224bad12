/**
 * The header fields of a message, in the order in which their names first appear. Case does not matter in names (RFC 9110 §5.1), and
 * several lines with one name are a list (§5.3).
 */
export class Fields {
  readonly #lines = new Map<string, { readonly name: string; readonly values: string[] }>();

  constructor(lines: Iterable<readonly [name: string, value: string]>) {
    for (const [name, value] of lines) {
      const key = name.toLowerCase();
      const known = this.#lines.get(key);
      if (known === undefined) this.#lines.set(key, { name, values: [value.trim()] });
      else known.values.push(value.trim());
    }
  }

  /** The value of a field, its lines joined by commas; `undefined` if it is not there. */
  get(name: string): string | undefined {
    return this.#lines.get(name.toLowerCase())?.values.join(', ');
  }

  /** Whether a field is there. */
  has(name: string): boolean {
    return this.#lines.has(name.toLowerCase());
  }

  /** The names, as written, and the values. */
  get entries(): readonly (readonly [name: string, value: string])[] {
    return [...this.#lines.values()].map(({ name, values }) => [name, values.join(', ')]);
  }

  /** A copy with these fields only. */
  only(names: readonly string[]): Fields {
    const wanted = new Set(names.map((name) => name.toLowerCase()));
    return new Fields(this.entries.filter(([name]) => wanted.has(name.toLowerCase())));
  }
}

/** The content of a response. */
export interface Content {
  /**
   * How many octets were transferred, content codings included, or how many of them had come when reading stopped; `undefined` if only the
   * decoded content is known.
   */
  readonly length: number | undefined;
  /** A hash of the octets, all transferred or all decoded; `undefined` if they are not all known. */
  readonly digest: string | undefined;
}

/** A request, and the final response to it. */
export interface Exchange {
  /** The request method, as sent. */
  readonly method: string;
  /** The target of the request, without fragment. */
  readonly url: URL;
  readonly request: Fields;
  readonly status: number;
  readonly response: Fields;
  /** `undefined` if nothing is known of it. */
  readonly content: Content | undefined;
  /**
   * Whether both messages are known as they were on the wire. A browser or a proxy that recorded them may have taken fields and content
   * from its cache, and may have left out what its cache added to the request.
   */
  readonly isWire: boolean;
}

/** Whether a status code says that the request succeeded (RFC 9110 §15.3). */
export function isSuccess({ status }: Pick<Exchange, 'status'>): boolean {
  return status >= 200 && status <= 299;
}

/** Whether a method retrieves a representation, so that a false condition is answered with 304 (RFC 9110 §13.1.2). */
export function retrieves({ method }: Pick<Exchange, 'method'>): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Whether a request carries a condition that a cache revalidates with (RFC 9111 §4.3.1). */
export function revalidates({ request }: Pick<Exchange, 'request'>): boolean {
  return request.has('If-None-Match') || request.has('If-Modified-Since');
}

/** The fields of a request that decide which representation is selected (RFC 9110 §12.5), or for whom. */
export const selecting: readonly string[] = ['Accept', 'Accept-Encoding', 'Accept-Language', 'Authorization', 'Cookie'];

/** Whether two requests ask for the same representation of the same resource: then their answers differ only if it has changed. */
export function selectsSame(one: Exchange, other: Exchange): boolean {
  return (
    one.url.href === other.url.href && selecting.every((name) => one.request.get(name) === other.request.get(name))
  );
}

/** The values of the fields that {@link selectsSame} compares, as a key. */
export function selectionOf({ request }: Pick<Exchange, 'request'>): string {
  return JSON.stringify(selecting.map((name) => request.get(name)));
}

/** The 200 to an earlier request for the same representation; `undefined` if there is none. */
export function originalOf(exchange: Exchange, before: readonly Exchange[]): Exchange | undefined {
  return before.find((other) => other.status === 200 && selectsSame(exchange, other));
}
