import { isObject, isSame, type Json, memberOf, type Path } from '../json.js';

/** A change that an action of an overlay can make. */
export type DataChange =
  /** A member of an object is added, or a scalar member gets another value. */
  | { readonly kind: 'set'; readonly path: Path; readonly value: Json }
  /** Items are added at the end of an array, which is at the path. */
  | { readonly kind: 'append'; readonly path: Path; readonly items: readonly Json[] }
  /** A member of an object, or an item of an array, is removed. */
  | { readonly kind: 'remove'; readonly path: Path }
  /** A scalar in an array gets another value. */
  | { readonly kind: 'replace'; readonly path: Path; readonly value: Json };

/** No overlay can make the change between two documents. */
export class NotAnOverlay extends Error {
  override readonly name = 'NotAnOverlay';
}

/**
 * The changes that lead from one document to another. What an update cannot merge is removed first, and added again.
 *
 * @throws NotAnOverlay if items of an array have changed places, or new ones stand before old ones
 */
export function changesBetween(before: unknown, after: unknown, path: Path = []): DataChange[] {
  if (before === after) return [];
  if (Array.isArray(before) && Array.isArray(after)) return changesOfItems(before, after, path);
  if (!isObject(before) || !isObject(after) || !isSameHolder(before, after)) throw new NotAnOverlay();
  const changes: DataChange[] = [];
  for (const key of Object.keys(before)) {
    if (memberOf(after, key) === undefined) changes.push({ kind: 'remove', path: [...path, key] });
  }
  for (const [key, value] of Object.entries(after)) {
    const old = memberOf(before, key);
    const here = [...path, key];
    if (old === value) continue;
    if (old === undefined || (isScalar(old) && isScalar(value))) {
      changes.push({ kind: 'set', path: here, value: value as Json });
    } else if (mergeable(old, value)) {
      for (const change of changesBetween(old, value, here)) changes.push(change);
    } else {
      changes.push({ kind: 'remove', path: here }, { kind: 'set', path: here, value: value as Json });
    }
  }
  return changes;
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** Whether an update can lead from one value to another. An array can only grow at its end, but its items can be changed. */
function mergeable(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) || Array.isArray(after)) return Array.isArray(before) && Array.isArray(after);
  return isObject(before) && isObject(after) && isSameHolder(before, after);
}

/** Whether both objects are references, or neither: what is merged into a reference would stand beside its `$ref`. */
function isSameHolder(before: unknown, after: unknown): boolean {
  return (memberOf(before, '$ref') === undefined) === (memberOf(after, '$ref') === undefined);
}

/** The changes of the items of an array, by the method that needs fewer of them. */
function changesOfItems(before: readonly unknown[], after: readonly unknown[], path: Path): DataChange[] {
  const found = [inPlace, aligned].flatMap((changesOf) => {
    try {
      return [changesOf(before, after, path)];
    } catch (error) {
      if (error instanceof NotAnOverlay) return [];
      throw error;
    }
  });
  const [fewest] = found.toSorted((one, other) => one.length - other.length);
  if (fewest === undefined) throw new NotAnOverlay();
  return fewest;
}

/** The changes if every item has kept its place, and new ones have come after them. */
function inPlace(before: readonly unknown[], after: readonly unknown[], path: Path): DataChange[] {
  if (after.length < before.length) throw new NotAnOverlay();
  const changes = before.flatMap((item, index) => changesOfItem(item, after[index], [...path, String(index)]));
  return [...changes, ...appended(after.slice(before.length), path)];
}

/** The changes if items may have gone: equal items are paired first, then those between them. */
function aligned(before: readonly unknown[], after: readonly unknown[], path: Path): DataChange[] {
  const changes: DataChange[] = [];
  let [old, now] = [0, 0];
  while (old < before.length) {
    const [nextOld, nextNow] = nextPair(before, after, old, now);
    const isAtEnd = nextOld === before.length;
    if (!isAtEnd && nextNow - now > nextOld - old) throw new NotAnOverlay();
    const changed = pairsBetween(before.slice(old, nextOld), after.slice(now, nextNow));
    for (const [index, value] of changed) {
      for (const change of changesOfItem(before[old + index], value, [...path, String(old + index)]))
        changes.push(change);
    }
    const paired = changed.filter(([, value]) => value !== undefined).length;
    [old, now] = isAtEnd ? [nextOld, now + paired] : [nextOld + 1, nextNow + 1];
  }
  return [...changes, ...appended(after.slice(now), path)];
}

function appended(items: readonly unknown[], path: Path): DataChange[] {
  return items.length === 0 ? [] : [{ kind: 'append', path, items: items as readonly Json[] }];
}

/** The changes of an item; without a new value, it is removed. */
function changesOfItem(item: unknown, value: unknown, path: Path): DataChange[] {
  if (isSame(item, value)) return [];
  if (value === undefined) return [{ kind: 'remove', path }];
  if (isScalar(item) && isScalar(value)) return [{ kind: 'replace', path, value: value as Json }];
  if (mergeable(item, value)) return changesBetween(item, value, path);
  throw new NotAnOverlay();
}

/** The next item that is in both arrays; the ends of both if there is none. */
function nextPair(before: readonly unknown[], after: readonly unknown[], old: number, now: number): [number, number] {
  for (let index = old; index < before.length; index++) {
    const found = after.findIndex((item, at) => at >= now && isSame(item, before[index]));
    if (found >= 0) return [index, found];
  }
  return [before.length, after.length];
}

/** Pairs old items with new ones, in order. If there are fewer new ones, an old item with another name than the next new one gets none. */
function pairsBetween(before: readonly unknown[], after: readonly unknown[]): [index: number, value: unknown][] {
  const nameOf = (item: unknown) => memberOf(item, 'name') ?? memberOf(item, '$ref');
  const left = [...after];
  return before.map((item, index) => {
    const missing = before.length - index - left.length;
    const isAlike = left.length > 0 && (missing <= 0 || nameOf(item) === nameOf(left[0]));
    return [index, isAlike ? left.shift() : undefined];
  });
}
