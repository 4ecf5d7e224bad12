import { query } from 'json-p3';
import { isObject, memberOf, type Path } from '../json.js';
import { isAction } from './overlay-actions.js';
import type { ActionFields } from './overlay-document.js';

/** Where a value comes from, in a description that overlays have changed. */
export interface Origin {
  /** The number of the overlay, in the order in which they are applied, from 0; `undefined` for the description itself. */
  readonly overlay: number | undefined;
  /** Its path in there. */
  readonly path: Path;
}

/** An action cannot be applied. */
export class ActionFailure extends Error {
  override readonly name = 'ActionFailure';
  /** The path in the overlay. */
  readonly path: Path;

  constructor(reason: string, path: Path) {
    super(reason);
    this.path = path;
  }
}

/** What has become of an action. */
interface Applied {
  /** How many nodes its target has selected. */
  readonly selected: number;
}

/**
 * The data of a description, to which overlays are applied (Overlay Specification 1.2.0). It remembers where each value comes from.
 * The data that it starts with is not changed.
 */
export class OverlaidData {
  #data: unknown;
  /** The copies made so far, which can be changed. */
  readonly #own = new WeakSet<object>();
  /** The origins of the members that do not come from the same text as their object. */
  readonly #origins = new WeakMap<object, Map<string, Origin>>();

  constructor(data: unknown) {
    this.#data = data;
  }

  get data(): unknown {
    return this.#data;
  }

  /** Where the value at a path comes from; for a value that is missing, where it would stand. */
  originOf(path: Path): Origin {
    let origin: Origin = { overlay: undefined, path: [] };
    let here = this.#data;
    for (const key of path) {
      const own = isContainer(here) ? this.#origins.get(here)?.get(key) : undefined;
      origin = own ?? memberOrigin(origin, key);
      here = memberOf(here, key);
    }
    return origin;
  }

  /**
   * Applies an action.
   *
   * @param overlay the number of its overlay
   * @param path of the action in its overlay
   * @param fields what it does: it says so itself, or the reusable action does that it refers to
   * @throws ActionFailure
   */
  apply(action: unknown, overlay: number, path: Path, fields: ActionFields = { value: action, path }): Applied {
    if (!isAction(action)) throw new ActionFailure('expected an object with a target', path);
    const { target } = action;
    const [update, copy, remove] = ['update', 'copy', 'remove'].map((name) => memberOf(fields.value, name));
    const at = (member: string): Path => [...fields.path, member];
    const selected = this.#select(target, [...path, 'target']);
    if (remove === true) {
      if (selected.some((place) => place.length === 0))
        throw new ActionFailure('the root of a description cannot be removed', [...path, 'target']);
      // The last item goes first, so that the others keep their places until they are removed.
      for (const place of selected.toSorted(lastFirst)) this.#remove(place);
    } else if (typeof copy === 'string' && update === undefined) {
      const sources = this.#select(copy, at('copy'));
      if (selected.length === 0) return { selected: 0 };
      const [source] = sources;
      if (source === undefined || sources.length > 1)
        throw new ActionFailure(`expected it to select one node, not ${sources.length}`, at('copy'));
      this.#updateAll(selected, valueOf(this.#data, source), { overlay, path: at('copy') });
    } else if (update !== undefined && copy === undefined) {
      this.#updateAll(selected, update, { overlay, path: at('update') });
    }
    return { selected: selected.length };
  }

  #select(expression: string, at: Path): Path[] {
    try {
      const places = query(expression, this.#data as Parameters<typeof query>[1]).locations();
      const byKey = new Map(places.map((place) => [JSON.stringify(place), place.map(String)]));
      return [...byKey.values()];
    } catch (error) {
      throw new ActionFailure(`it is not a JSONPath query: ${(error as Error).message}`, at);
    }
  }

  #updateAll(places: readonly Path[], value: unknown, origin: Origin): void {
    const kinds = new Set(places.map((place) => kindOf(valueOf(this.#data, place))));
    if (kinds.size > 1) {
      const all = [...kinds].join(' and ');
      throw new ActionFailure(`its target selects ${all}: one update cannot change them all`, origin.path);
    }
    for (const place of places) this.#update(place, structuredClone(value), origin);
  }

  #update(place: Path, value: unknown, origin: Origin): void {
    const old = valueOf(this.#data, place);
    if (Array.isArray(old)) {
      this.#append(this.#writable(place) as unknown[], value, origin);
    } else if (isObject(old)) {
      if (!isObject(value)) throw incompatible(value, old, origin);
      this.#merge(place, value, origin);
    } else {
      if (isContainer(value)) throw incompatible(value, old, origin);
      this.#set(place, value, origin);
    }
  }

  #merge(place: Path, update: Readonly<Record<string, unknown>>, origin: Origin): void {
    for (const [key, value] of Object.entries(update)) {
      const here = [...place, key];
      const from = memberOrigin(origin, key);
      const old = memberOf(valueOf(this.#data, place), key);
      if (old === undefined) this.#set(here, value, from);
      else if (isObject(old) && isObject(value)) this.#merge(here, value, from);
      else if (Array.isArray(old) && Array.isArray(value)) this.#append(this.#writable(here) as unknown[], value, from);
      else if (!isContainer(old) && !isContainer(value)) this.#set(here, value, from);
      else throw incompatible(value, old, from);
    }
  }

  #append(array: unknown[], value: unknown, origin: Origin): void {
    const origins = this.#originsIn(array);
    for (const [index, item] of (Array.isArray(value) ? (value as unknown[]) : [value]).entries()) {
      origins.set(String(array.length), Array.isArray(value) ? memberOrigin(origin, String(index)) : origin);
      array.push(item);
    }
  }

  #set(place: Path, value: unknown, origin: Origin): void {
    const holder = this.#writable(place.slice(0, -1));
    const key = place.at(-1) ?? '';
    this.#originsIn(holder).set(key, origin);
    Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
  }

  #remove(place: Path): void {
    const around = place.slice(0, -1);
    const key = place.at(-1) ?? '';
    const holder = this.#writable(around);
    const origins = this.#originsIn(holder);
    if (!Array.isArray(holder)) {
      origins.delete(key);
      delete (holder as Record<string, unknown>)[key];
      return;
    }
    const behind = holder
      .slice(Number(key) + 1)
      .map((_, index) => this.originOf([...around, String(Number(key) + 1 + index)]));
    holder.splice(Number(key), 1);
    origins.delete(String(holder.length));
    for (const [index, origin] of behind.entries()) origins.set(String(Number(key) + index), origin);
  }

  #originsIn(holder: object): Map<string, Origin> {
    const known = this.#origins.get(holder) ?? new Map<string, Origin>();
    this.#origins.set(holder, known);
    return known;
  }

  /** The object or array at a path, for a change: it and all around it are copied once, since an alias may show the original elsewhere. */
  #writable(path: Path): object {
    this.#data = this.#copied(this.#data as object);
    let here = this.#data as object;
    for (const key of path) {
      const copy = this.#copied(memberOf(here, key) as object);
      Object.defineProperty(here, key, { value: copy, writable: true, enumerable: true, configurable: true });
      here = copy;
    }
    return here;
  }

  #copied(value: object): object {
    if (this.#own.has(value)) return value;
    const copy: object = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
    this.#own.add(copy);
    const origins = this.#origins.get(value);
    if (origins !== undefined) this.#origins.set(copy, new Map(origins));
    return copy;
  }
}

/** Where a member comes from, if its object comes from a given place. What an action copies has no place of its own in the overlay. */
function memberOrigin({ overlay, path }: Origin, key: string): Origin {
  return { overlay, path: overlay !== undefined && fieldIn(path) === 'copy' ? path : [...path, key] };
}

/** The field of an action, or of a reusable one, that a path in an overlay leads to or into. */
export function fieldIn(path: Path): string | undefined {
  return path[path[0] === 'components' ? 4 : 2];
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function valueOf(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => memberOf(value, key), document);
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'arrays' : isObject(value) ? 'objects' : 'scalars';
}

function incompatible(value: unknown, old: unknown, { path }: Origin): ActionFailure {
  return new ActionFailure(`it is of ${kindOf(value)}, which cannot be merged into ${kindOf(old)}`, path);
}

/** Orders paths so that of two items of an array, the later one comes first, and what is inside something comes before it. */
function lastFirst(one: Path, other: Path): number {
  for (let index = 0; index < Math.min(one.length, other.length); index++) {
    const difference = Number(other[index]) - Number(one[index]);
    if (one[index] !== other[index]) return Number.isNaN(difference) ? 0 : difference;
  }
  return other.length - one.length;
}
