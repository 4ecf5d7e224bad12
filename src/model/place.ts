import { depthOf, isObject, type LinkedPath, memberOf, type Path, pathOf } from '../json.js';
import { type Kind, kindOfDescription, kindOfMember } from './kind.js';
import type { Location } from './location.js';
import type { ReadingBudget } from './reading-budget.js';
import { isReferenceAs, mayBeReference } from './reference.js';
import { type InvalidReference, References } from './references.js';
import type { Reader, Source } from './source.js';

/**
 * A place in a description. It knows its value, its *logical* path (as if every `$ref` were inlined), and its *physical* location
 * (the document and the path in it).
 *
 * There are places without a value, so that a rule can require one there.
 */
export class Place implements Location {
  readonly #references: References;
  readonly #key: string | undefined;
  #target: Place | undefined;
  /** `null` if it is unknown; `undefined` before the first look. */
  #kind: Kind | null | undefined;

  /** The document that this place is in. */
  readonly source: Source;
  /** The {@link path} as a linked list. */
  readonly linkedPath: LinkedPath | undefined;
  /** The value here, any JSON value, with a `$ref` not followed; `undefined` if there is none. */
  readonly value: unknown;
  /** How many keys its {@link path} has. */
  readonly depth: number;
  /** The place that this one is a member of; `undefined` for the root of the description. */
  readonly parent: Place | undefined;
  /**
   * Whether a `$ref` on the way here leads nowhere, or to something of another kind. What stands here is then unknown, and no rule
   * says anything about it.
   */
  readonly lost: boolean;

  private constructor(
    references: References,
    source: Source,
    linkedPath: LinkedPath | undefined,
    value: unknown,
    parent: Place | undefined,
    key: string | undefined,
    lost: boolean,
    depth: number,
  ) {
    this.#references = references;
    this.#key = key;
    this.source = source;
    this.linkedPath = linkedPath;
    this.value = value;
    this.parent = parent;
    this.lost = lost;
    this.depth = depth;
    references.budget.visit(depth);
  }

  /** The root of a description: the whole of its entry document. */
  static root(source: Source, reader: Reader): Place {
    return new Place(new References(source, reader), source, undefined, source.data, undefined, undefined, false, 0);
  }

  /** The physical path in {@link source}. */
  get path(): Path {
    return pathOf(this.linkedPath);
  }

  /** The budget for reading the description, shared by all its places. */
  get budget(): ReadingBudget {
    return this.#references.budget;
  }

  /** The path from the root of the entry document, as if every `$ref` on the way were inlined. */
  get logical(): Path {
    const keys = this.#key === undefined ? [] : [this.#key];
    for (let { parent } = this; parent !== undefined; { parent } = parent)
      if (parent.#key !== undefined) keys.push(parent.#key);
    return keys.toReversed();
  }

  /** Whether there is a value here. */
  get exists(): boolean {
    return this.value !== undefined;
  }

  /** Whether the object here has a member itself; a `$ref` is not followed. */
  has(key: string): boolean {
    return memberOf(this.value, key) !== undefined;
  }

  /** Whether a `$ref` stands here, be it one that cannot be followed. */
  get isReference(): boolean {
    return mayBeReference(this.value) && isReferenceAs(this.value, this.kind);
  }

  /** The kind of object that belongs here, derived from the logical path. A `$ref` here has to lead to one. */
  get kind(): Kind | undefined {
    if (this.#kind === undefined) {
      const above = this.parent?.kind;
      const kind = this.#key === undefined ? kindOfDescription(this.value) : above && kindOfMember(above, this.#key);
      this.#kind = kind ?? null;
    }
    return this.#kind ?? undefined;
  }

  /** The `$ref`s followed so far that lead nowhere, or to something of another kind. */
  get invalidReferences(): InvalidReference[] {
    return this.#references.invalidReferences;
  }

  /** The locations to which the `$ref`s followed so far lead. */
  get referenceTargets(): Location[] {
    return this.#references.targets;
  }

  /**
   * The place behind the `$ref` here, across documents; itself if there is none. The place is {@link lost} if the `$ref` leads nowhere,
   * or to something of another kind.
   */
  get target(): Place {
    if (this.#target === undefined && !this.isReference) this.#target = this;
    if (this.#target === undefined) {
      const location = this.#references.reach(this, this.kind);
      if (location === undefined)
        this.#target = this.#moved({ source: this.source, linkedPath: this.linkedPath, value: undefined }, true);
      else this.#target = this.#moved(location, false);
    }
    return this.#target;
  }

  /** The place of the member in {@link parent} that led here: this place itself, or a `$ref` to it. */
  get site(): Place {
    return this.parent === undefined || this.#key === undefined ? this : this.parent.own(this.#key);
  }

  /** The nearest place without a `$ref`: itself, or one that contains it. */
  get holder(): Place {
    return this.isReference && this.parent !== undefined ? this.parent.holder : this;
  }

  /** Follows the `$ref`s here: see {@link target}. */
  follow(): Place {
    return this.target;
  }

  /**
   * Where the `$ref` here points: one hop, to a place of any kind; `undefined` if there is no `$ref` or it leads nowhere.
   */
  get next(): Place | undefined {
    const location = this.#references.hop(this);
    if (location === undefined) return undefined;
    const target = this.#target;
    const isEnd =
      target?.lost === false && target.source === location.source && target.linkedPath === location.linkedPath;
    return isEnd ? target : this.#moved(location, false);
  }

  /**
   * This place and, one after another, those that its `$ref`s lead to. In some objects, members beside a `$ref` count. Nothing but this
   * place if the `$ref`s lead nowhere, or to something of another kind.
   */
  get chain(): Place[] {
    const chain: Place[] = [this];
    if (!this.isReference || this.target.lost) return chain;
    for (let next = this.next; next !== undefined; next = next.next) chain.push(next);
    return chain;
  }

  /** A member of the value here, behind any `$ref`. */
  child(key: string): Place {
    return this.target.own(key);
  }

  /** A member of the value here itself; a `$ref` is not followed. */
  own(key: string): Place {
    const linkedPath = { key, above: this.linkedPath };
    const value = memberOf(this.value, key);
    return new Place(this.#references, this.source, linkedPath, value, this, key, this.lost, this.depth + 1);
  }

  /** The keys of the object here, behind any `$ref`; none if it is not an object. */
  keys(): string[] {
    const { value } = this.target;
    const keys = isObject(value) ? Object.keys(value) : [];
    this.budget.spend(keys.length);
    this.budget.spendOn(keys);
    return keys;
  }

  /** The members of the object here, behind any `$ref`; none if it is not an object. */
  entries(): [key: string, place: Place][] {
    const { target } = this;
    return this.keys().map((key) => [key, target.own(key)]);
  }

  /** The items of the array here, behind any `$ref`; none if it is not an array. */
  items(): Place[] {
    const { target } = this;
    return Array.isArray(target.value) ? target.value.map((_, index) => target.own(String(index))) : [];
  }

  /**
   * Resolves a value below this place, without the cost of making places on the way.
   *
   * @param value what stands at the path
   * @param path the path from this place
   * @param kind the kind that belongs there
   * @returns the value, or the one behind its `$ref`; `undefined` if that leads nowhere, or to something of another kind
   */
  settled(value: unknown, path: Path, kind: Kind): unknown {
    if (!isReferenceAs(value, kind)) return value;
    let { linkedPath } = this;
    for (const key of path) linkedPath = { key, above: linkedPath };
    return this.#references.reach({ source: this.source, linkedPath, value }, kind)?.value;
  }

  /** Whether every `$ref` here and below leads to something of the right kind. */
  get isSound(): boolean {
    const queue: Place[] = [this];
    const seen = new Set<unknown>();
    for (const place of queue) {
      const { value } = place;
      if (typeof value !== 'object' || value === null || seen.has(value)) continue;
      seen.add(value);
      if (place.target.lost) return false;
      for (const key of Object.keys(value)) queue.push(place.own(key));
    }
    return true;
  }

  /** Whether this place is the other one, or physically inside it. */
  isWithin(other: Place): boolean {
    const [path, outer] = [this.path, other.path];
    return this.source === other.source && outer.every((key, index) => path[index] === key);
  }

  #moved({ source, linkedPath, value }: Location, lost: boolean): Place {
    const depth = depthOf(linkedPath);
    return new Place(this.#references, source, linkedPath, value, this.parent, this.#key, lost, depth);
  }
}
