/** A byte order mark, which editors on Windows leave at the beginning of a file. */
export const byteOrderMark = '\uFEFF';

/** Reads a text as JSON (RFC 8259), with or without a byte order mark. Returns `undefined` if it is not JSON. */
export function parseJson(text: string): { data: unknown } | undefined {
  try {
    return { data: JSON.parse(text.startsWith(byteOrderMark) ? text.slice(1) : text) };
  } catch {
    return undefined;
  }
}

/** A JSON object whose values are not checked yet. */
type JsonObject = Readonly<Record<string, unknown>>;

/** Whether the value is a JSON object, whatever its prototype. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A string or number as text; the empty text for any other value. An object is not converted, since that would call its `toString`,
 * and a description may define one.
 */
export function scalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The own member of an object or array. Inherited ones do not count: `constructor` is an ordinary name in a description. */
export function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const member = (value as Record<string, unknown>)[key];
  // Most members that are asked for are not there, and it takes long to find out whose a member is.
  return member !== undefined && isMember(value, key) ? member : undefined;
}

/** The keys that lead from the root of a document to a value in it. Array indices are written as strings. */
export type Path = readonly string[];

/** A path as a linked list, from its last key to its first. Everything below shares it, so that reading a document copies no paths. */
export interface LinkedPath {
  readonly key: string;
  readonly above: LinkedPath | undefined;
}

/** Writes a linked path out. */
export function pathOf(linkedPath: LinkedPath | undefined): Path {
  const path: string[] = [];
  for (let here = linkedPath; here !== undefined; here = here.above) path.push(here.key);
  return path.toReversed();
}

/** How many keys a linked path has. */
export function depthOf(linkedPath: LinkedPath | undefined): number {
  let depth = 0;
  for (let here = linkedPath; here !== undefined; here = here.above) depth++;
  return depth;
}

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The value at a path of a document; `undefined` if there is none. Only own members count. */
export function valueAt(document: unknown, path: Path): unknown {
  let here = document;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !isMember(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** Whether an object or array has an own member. The length of an array is not one. */
function isMember(container: object, key: string): boolean {
  return Object.prototype.propertyIsEnumerable.call(container, key);
}

/**
 * Whether two values are the same data. The order of an object's members does not count. Each pair of objects is compared once,
 * however often YAML aliases repeat it, and depth does not matter.
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
      if (!isMember(right, key) || !mayBeSame((left as JsonObject)[key], (right as JsonObject)[key])) return false;
    }
  }
  return true;

  /** Compares scalars, and puts objects in the queue. */
  function mayBeSame(left: unknown, right: unknown): boolean {
    if (Object.is(left, right)) return true;
    if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
    queue.push(left, right);
    return true;
  }
}

/** A path as a JSON Pointer (RFC 6901), without the first slash. */
export function pointerOf(path: Path): string {
  return path.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
}

/** Compares two texts by their UTF-16 code units, the order of RFC 8785 §3.2.3, which is the same on every machine. */
export function comparedByCodeUnits(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
