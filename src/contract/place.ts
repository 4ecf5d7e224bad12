/** The keys that lead from the root of a document to a value in it. Array indices are written as strings. */
export type Path = readonly string[];

/** One document of a description: the entry, or a file that a `$ref` reaches. */
export interface Source {
  /** Where the document was read from, as the host writes it (a path or a URL); `null` for text without a location. */
  readonly uri: string | null;
  /** The parsed document. Never trusted: any JSON value, of any shape. */
  readonly data: unknown;
}

/** How a model reaches the other documents of a description. Each host brings its own. */
export interface Reader {
  /**
   * Opens the document that a `$ref` names.
   *
   * @param reference the part of the `$ref` before `#`, never empty, as written (still percent-encoded)
   * @param from the document that the `$ref` stands in: what a relative reference is relative to
   * @returns the document, always the same object for the same document; `undefined` where it cannot be had
   */
  open(reference: string, from: Source): Source | undefined;
}

/** A path, from its end: shared by everything below, and written out only for what is found. */
interface Trail {
  readonly key: string;
  readonly above: Trail | undefined;
}

/** A place in one document, and what stands there: a {@link Place} without its history. */
interface Spot {
  readonly source: Source;
  readonly trail: Trail | undefined;
  readonly value: unknown;
}

function pathOf(trail: Trail | undefined): Path {
  const path: string[] = [];
  for (let here = trail; here !== undefined; here = here.above) path.push(here.key);
  return path.toReversed();
}

/**
 * A chain of references longer than this is taken for one that leads nowhere, which bounds the stack that a hostile
 * document can ask for. Real chains have two or three links.
 */
const longestChain = 50;

/** Whether the value is a JSON object, whatever its prototype. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A version, name or other scalar as text. Anything else has none: converting an object would call what it has for
 * `toString`, and a description can put anything there.
 */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The member of an object or array, looking only at its own keys: `constructor` and its like are ordinary path names. */
function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.prototype.propertyIsEnumerable.call(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** The `$ref` that stands in a value, if it is one that could be followed. */
function referenceIn(value: unknown): string | undefined {
  const reference = isObject(value) ? member(value, '$ref') : undefined;
  return typeof reference === 'string' ? reference : undefined;
}

/** The segments of a JSON Pointer in a URI fragment (RFC 6901 §6); `undefined` for an anchor or a broken escape. */
function segmentsOf(fragment: string): Path | undefined {
  if (fragment === '') return [];
  if (!fragment.startsWith('/')) return undefined;
  try {
    return fragment
      .slice(1)
      .split('/')
      .map((segment) => decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~'));
  } catch {
    return undefined;
  }
}

/** A reference, divided at its `#`. */
function split(reference: string): [document: string, fragment: string] {
  const hash = reference.indexOf('#');
  return hash < 0 ? [reference, ''] : [reference.slice(0, hash), reference.slice(hash + 1)];
}

function memberAt(spot: Spot, key: string): Spot {
  return { source: spot.source, trail: { key, above: spot.trail }, value: member(spot.value, key) };
}

/**
 * Follows the `$ref`s of one description. Each reference is followed once: what it came to is remembered, which keeps the
 * work linear where references lead through references, and ends a cycle.
 */
class References {
  readonly #reader: Reader;
  readonly #settled = new Map<Source, Map<string, Spot | undefined>>();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Follows `$ref`s until something else stands there; `undefined` where the chain breaks or bites its tail. */
  settle(spot: Spot, links = 0): Spot | undefined {
    const reference = referenceIn(spot.value);
    if (reference === undefined) return spot;
    const known = this.#settled.get(spot.source) ?? new Map<string, Spot | undefined>();
    this.#settled.set(spot.source, known);
    if (!known.has(reference)) {
      // Until it is known where it leads, it leads nowhere: that is what ends a cycle.
      known.set(reference, undefined);
      const next = this.hop(spot, links);
      known.set(reference, next && this.settle(next, links + 1));
    }
    return known.get(reference);
  }

  /** One `$ref` followed: the place it names, or `undefined` where it leads nowhere. */
  hop(spot: Spot, links = 0): Spot | undefined {
    const reference = referenceIn(spot.value);
    if (reference === undefined || links >= longestChain) return undefined;
    const [document, fragment] = split(reference);
    const source = document === '' ? spot.source : this.#reader.open(document, spot.source);
    const segments = segmentsOf(fragment);
    if (source === undefined || segments === undefined) return undefined;
    let here: Spot = { source, trail: undefined, value: source.data };
    for (const segment of segments) {
      const whole = this.settle(here, links + 1);
      if (whole === undefined) return undefined;
      here = memberAt(whole, segment);
    }
    return here.value === undefined ? undefined : here;
  }
}

/**
 * A place in a description: what stands there, where that is *logically* (as if every `$ref` were inlined) and where it is
 * *physically* (which document, which path in it).
 *
 * A place exists even where nothing stands yet, so that a rule can ask for something there.
 */
export class Place implements Spot {
  readonly #references: References;
  readonly #key: string | undefined;
  #target: Place | undefined;

  /** The document that this place is in. */
  readonly source: Source;
  /** The {@link path}, as the reading of a description leaves it. */
  readonly trail: Trail | undefined;
  /** What stands here: any JSON value, a `$ref` not followed; `undefined` where nothing stands. */
  readonly value: unknown;
  /** The place that this one is a member of; `undefined` for the root of the description. */
  readonly parent: Place | undefined;
  /** Whether a `$ref` that should have led here could not be followed, so that nothing can be said about this place. */
  readonly lost: boolean;

  private constructor(
    references: References,
    source: Source,
    trail: Trail | undefined,
    value: unknown,
    parent: Place | undefined,
    key: string | undefined,
    lost: boolean,
  ) {
    this.#references = references;
    this.#key = key;
    this.source = source;
    this.trail = trail;
    this.value = value;
    this.parent = parent;
    this.lost = lost;
  }

  /** The root of a description: the whole of its entry document. */
  static root(source: Source, reader: Reader): Place {
    return new Place(new References(reader), source, undefined, source.data, undefined, undefined, false);
  }

  /** The physical path, in {@link source}. */
  get path(): Path {
    return pathOf(this.trail);
  }

  /** The path from the root of the entry document, as if every `$ref` on the way were inlined. */
  get logical(): Path {
    const above = this.parent?.logical ?? [];
    return this.#key === undefined ? above : [...above, this.#key];
  }

  /** Whether something stands here. */
  get exists(): boolean {
    return this.value !== undefined;
  }

  /** Whether the very object that stands here has a member, be it beside a `$ref`. */
  has(key: string): boolean {
    return member(this.value, key) !== undefined;
  }

  /** Whether a `$ref` stands here. */
  get isReference(): boolean {
    return referenceIn(this.value) !== undefined;
  }

  /** This place with its `$ref`s followed, across documents: itself where there is none, a lost one where they break. */
  get target(): Place {
    if (this.#target === undefined) {
      const spot = this.#references.settle(this);
      if (spot === this) this.#target = this;
      else if (spot === undefined)
        this.#target = this.#moved({ source: this.source, trail: this.trail, value: undefined }, true);
      else this.#target = this.#moved(spot, false);
    }
    return this.#target;
  }

  /** Where the `$ref` that stands here points, one hop only; `undefined` where there is none or it leads nowhere. */
  get next(): Place | undefined {
    const spot = this.#references.hop(this);
    return spot && this.#moved(spot, false);
  }

  /** A member of what stands here, `$ref`s followed first. */
  child(key: string): Place {
    return this.target.own(key);
  }

  /** A member of the very object that stands here, beside its `$ref` if it has one. */
  own(key: string): Place {
    const trail = { key, above: this.trail };
    return new Place(this.#references, this.source, trail, member(this.value, key), this, key, this.lost);
  }

  /** The keys of the object that stands here, `$ref`s followed first; none where it is no object. */
  keys(): string[] {
    const { value } = this.target;
    return isObject(value) ? Object.keys(value) : [];
  }

  /** The members of the object that stands here, `$ref`s followed first; none where it is no object. */
  entries(): [key: string, place: Place][] {
    return this.keys().map((key) => [key, this.child(key)]);
  }

  /** The items of the array that stands here, `$ref`s followed first; none where it is no array. */
  items(): Place[] {
    const { target } = this;
    return Array.isArray(target.value) ? target.value.map((_, index) => target.own(String(index))) : [];
  }

  /**
   * What a value from the document of this place comes to when its `$ref`s are followed. No place is made for it: most of most
   * descriptions is of no interest.
   *
   * @returns `undefined` where a `$ref` leads nowhere
   */
  settled(value: unknown): unknown {
    if (referenceIn(value) === undefined) return value;
    return this.#references.settle({ source: this.source, trail: undefined, value })?.value;
  }

  /** Whether this place is the other one or physically stands inside it. */
  isWithin(other: Place): boolean {
    const [path, outer] = [this.path, other.path];
    return this.source === other.source && outer.every((key, index) => path[index] === key);
  }

  #moved({ source, trail, value }: Spot, lost: boolean): Place {
    return new Place(this.#references, source, trail, value, this.parent, this.#key, lost);
  }
}
