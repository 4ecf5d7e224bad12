import { isObject, type LinkedPath, memberOf, type Path, pathOf } from '../json.js';
import { type Kind, kindOfDescription, kindOfMember } from './kind.js';
import type { Location } from './location.js';
import type { ReadingBudget } from './reading-budget.js';
import { type InvalidReference, referenceIn, References } from './references.js';
import type { Reader, Source } from './source.js';

/**
 * A place in a description: what stands there, where that is *logically* (as if every `$ref` were inlined) and where it is
 * *physically* (which document, which path in it).
 *
 * A place exists even where nothing stands yet, so that a rule can ask for something there.
 */
export class Place implements Location {
  readonly #references: References;
  readonly #key: string | undefined;
  #target: Place | undefined;
  /** `null` where nobody knows. */
  #kind: Kind | null | undefined;

  /** The document that this place is in. */
  readonly source: Source;
  /** The {@link path}, as the reading of a description leaves it. */
  readonly trail: LinkedPath | undefined;
  /** What stands here: any JSON value, a `$ref` not followed; `undefined` where nothing stands. */
  readonly value: unknown;
  /** The place that this one is a member of; `undefined` for the root of the description. */
  readonly parent: Place | undefined;
  /**
   * Whether a `$ref` that should have led here could not be followed, or leads to something of another kind, so that nothing
   * can be said about this place.
   */
  readonly lost: boolean;

  private constructor(
    references: References,
    source: Source,
    trail: LinkedPath | undefined,
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
    references.budget.spend(1);
  }

  /** The root of a description: the whole of its entry document. */
  static root(source: Source, reader: Reader): Place {
    return new Place(new References(source, reader), source, undefined, source.data, undefined, undefined, false);
  }

  /** The physical path, in {@link source}. */
  get path(): Path {
    return pathOf(this.trail);
  }

  /** What the reading of the description has taken so far. */
  get budget(): ReadingBudget {
    return this.#references.budget;
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
    return memberOf(this.value, key) !== undefined;
  }

  /** Whether a `$ref` stands here. */
  get isReference(): boolean {
    return referenceIn(this.value) !== undefined;
  }

  /** What belongs here, by the path that led here: a `$ref` that stands here has to lead to such a thing. */
  get kind(): Kind | undefined {
    if (this.#kind === undefined) {
      const above = this.parent?.kind;
      const kind = this.#key === undefined ? kindOfDescription(this.value) : above && kindOfMember(above, this.#key);
      this.#kind = kind ?? null;
    }
    return this.#kind ?? undefined;
  }

  /** The `$ref`s that the reading of the description has come across and that do not lead to what belongs where they stand. */
  get invalidReferences(): InvalidReference[] {
    return this.#references.invalidReferences;
  }

  /**
   * This place with its `$ref`s followed, across documents: itself where there is none, a lost one where they break or lead to
   * something of another kind.
   */
  get target(): Place {
    if (this.#target === undefined) {
      const location = this.#references.reach(this, this.isReference ? this.kind : undefined);
      if (location === this) this.#target = this;
      else if (location === undefined)
        this.#target = this.#moved({ source: this.source, trail: this.trail, value: undefined }, true);
      else this.#target = this.#moved(location, false);
    }
    return this.#target;
  }

  /** Where this place stands in what {@link parent} holds: itself, or the `$ref` by way of which it was found. */
  get site(): Place {
    return this.parent === undefined || this.#key === undefined ? this : this.parent.own(this.#key);
  }

  /** The nearest place at which no `$ref` stands: itself, or what holds it. */
  get holder(): Place {
    return this.isReference && this.parent !== undefined ? this.parent.holder : this;
  }

  /** Follows the `$ref`s here: see {@link target}. */
  follow(): Place {
    return this.target;
  }

  /**
   * Where the `$ref` that stands here points, one hop only, whatever is there; `undefined` where there is none or it leads
   * nowhere.
   */
  get next(): Place | undefined {
    const location = this.#references.hop(this);
    return location && this.#moved(location, false);
  }

  /** A member of what stands here, `$ref`s followed first. */
  child(key: string): Place {
    return this.target.own(key);
  }

  /** A member of the very object that stands here, beside its `$ref` if it has one. */
  own(key: string): Place {
    const trail = { key, above: this.trail };
    return new Place(this.#references, this.source, trail, memberOf(this.value, key), this, key, this.lost);
  }

  /** The keys of the object that stands here, `$ref`s followed first; none where it is no object. */
  keys(): string[] {
    const { value } = this.target;
    const keys = isObject(value) ? Object.keys(value) : [];
    this.budget.spend(keys.length);
    this.budget.spendOn(keys);
    return keys;
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
   * What a member of an object below this place comes to when its `$ref`s are followed. No place is made for it: most of most
   * descriptions is of no interest.
   *
   * @param path from this place
   * @param kind of what belongs there
   * @returns `undefined` where a `$ref` leads nowhere, or to something of another kind
   */
  settled(value: unknown, path: Path, kind: Kind): unknown {
    if (referenceIn(value) === undefined) return value;
    let { trail } = this;
    for (const key of path) trail = { key, above: trail };
    return this.#references.reach({ source: this.source, trail, value }, kind)?.value;
  }

  /** Whether every `$ref` that stands here, or inside what does, leads to what belongs there. */
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

  /** Whether this place is the other one or physically stands inside it. */
  isWithin(other: Place): boolean {
    const [path, outer] = [this.path, other.path];
    return this.source === other.source && outer.every((key, index) => path[index] === key);
  }

  #moved({ source, trail, value }: Location, lost: boolean): Place {
    return new Place(this.#references, source, trail, value, this.parent, this.#key, lost);
  }
}
