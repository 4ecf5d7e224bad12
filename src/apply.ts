import type { Path } from './model/location.js';
import { isObject } from './model/value.js';
import type { Change, Json } from './patch.js';

type Members = Readonly<Record<string, unknown>>;

/** What stands at a path of a document; `undefined` where nothing does. Only own members count. */
export function valueAt(document: unknown, path: Path): unknown {
  let here = document;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !isMember(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** Whether a container has a member of its own; the length of an array is none. */
function isMember(container: object, key: string): boolean {
  return Object.prototype.propertyIsEnumerable.call(container, key);
}

/** Whether an operation can be done on a document as it is: what it adds is not there yet, what it changes is. */
export function canApply(document: unknown, change: Change): boolean {
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
 * @throws RangeError where an operation cannot be done
 */
export function applied(document: unknown, changes: readonly Change[]): unknown {
  let result = document;
  for (const change of changes) {
    if (change.op === 'replace' && change.path.length === 0) result = copied(change.value);
    else applyTo(result, change);
  }
  return result;
}

function applyTo(document: unknown, change: Change): void {
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

/**
 * Whether two documents hold the same data. The order of an object's members does not count. However deep they are, and however
 * often aliases show one thing in them, each pair of objects is looked at once.
 */
export function isSame(one: unknown, other: unknown): boolean {
  const compared = new Map<object, object | Set<object>>();
  const queue: object[] = [];
  if (!mayBeSame(one, other)) return false;
  for (let right = queue.pop(); right !== undefined; right = queue.pop()) {
    const left = queue.pop() as object;
    const known = compared.get(left);
    if (known === right || (known instanceof Set && known.has(right))) continue;
    compared.set(left, known === undefined ? right : new Set([...(known instanceof Set ? known : [known]), right]));
    const keys = Object.keys(left);
    if (Array.isArray(left) !== Array.isArray(right) || keys.length !== Object.keys(right).length) return false;
    for (const key of keys) {
      if (!isMember(right, key) || !mayBeSame((left as Members)[key], (right as Members)[key])) return false;
    }
  }
  return true;

  /** Compares scalars at once, and objects later. */
  function mayBeSame(left: unknown, right: unknown): boolean {
    if (Object.is(left, right)) return true;
    if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
    queue.push(left, right);
    return true;
  }
}
