import { isObject, isSame, type Json, type Path, valueAt } from './json.js';

/**
 * One operation of a JSON Patch (RFC 6902 §4). Its locations are keys instead of JSON Pointers. `move` only renames a member of an
 * object.
 */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: Path; readonly value: Json }
  | { readonly op: 'remove'; readonly path: Path }
  | { readonly op: 'move'; readonly from: Path; readonly path: Path };

/** The location that an operation changes; for a `move`, the old one. */
export function locationOf(change: PatchOperation): Path {
  return change.op === 'move' ? change.from : change.path;
}

/** The same operation at another place: a `move` gives the member there the same new name. */
export function changeAt(change: PatchOperation, place: Path): PatchOperation {
  if (change.op !== 'move') return { ...change, path: place };
  return { ...change, from: place, path: [...place.slice(0, -1), change.path.at(-1) ?? ''] };
}

/** Whether an operation can be applied to a document: what it adds is not there yet, and what it changes is. */
export function canApply(document: unknown, change: PatchOperation): boolean {
  const { path } = change;
  const isThere = valueAt(document, path) !== undefined;
  if (change.op === 'replace') return isThere;
  if (path.length === 0) return false;
  if (change.op === 'remove') return isThere;
  const around = path.slice(0, -1);
  const container = valueAt(document, around);
  if (change.op === 'add' && Array.isArray(container)) return path.at(-1) === String(container.length);
  if (!isObject(container) || isThere) return false;
  if (change.op !== 'move') return true;
  return isSame(change.from.slice(0, -1), around) && valueAt(document, change.from) !== undefined;
}

/**
 * Does the operations of a patch (RFC 6902 §4) to a document, which is changed; a member that is given another name keeps its
 * position.
 *
 * @returns the document, which is another one only where its root was replaced
 * @throws RangeError if an operation cannot be done
 */
export function applyPatch(document: unknown, changes: readonly PatchOperation[]): unknown {
  let result = document;
  for (const change of changes) {
    if (change.op === 'replace' && change.path.length === 0) result = copied(change.value);
    else applyTo(result, change);
  }
  return result;
}

function applyTo(document: unknown, change: PatchOperation): void {
  const container = valueAt(document, change.path.slice(0, -1));
  const key = change.path.at(-1);
  if (key === undefined || !canApply(document, change)) {
    throw new RangeError(`cannot ${change.op} /${change.path.join('/')}`);
  }
  if (change.op === 'move') rename(container as Record<string, unknown>, change.from.at(-1) as string, key);
  else if (change.op !== 'remove') define(container as object, key, copied(change.value));
  else if (Array.isArray(container)) container.splice(Number(key), 1);
  else delete (container as Record<string, unknown>)[key];
}

/** Gives a member of an object another name. Names like those of array indices come first in any case. */
function rename(container: Record<string, unknown>, from: string, to: string): void {
  const members = Object.entries(container);
  for (const [key] of members) delete container[key];
  for (const [key, value] of members) define(container, key === from ? to : key, value);
}

/** Sets a member, whatever it is called: `__proto__` is an ordinary name in a document. */
function define(container: object, key: string, value: unknown): void {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

/** A value of its own for every place that it is put in. */
function copied(value: Json): unknown {
  return structuredClone(value);
}
