import { comparedByCodeUnits, isObject, type Json, memberOf, type Path, valueAt } from '../json.js';
import type { DataChange } from './data-changes.js';
import { queryFor } from './json-path.js';

/** One change that an overlay makes (Overlay Specification 1.1.0, Action Object). */
export interface Action {
  /** A JSONPath query (RFC 9535). */
  readonly target: string;
  readonly update?: Json;
  readonly remove?: true;
  /** The paths in the description, before the action, that it changes. */
  readonly changed: readonly Path[];
  /** Whether it selects a scalar, which Overlay 1.0 does not allow. */
  readonly isOfScalar: boolean;
}

/** The changes with one target. */
interface Group {
  readonly removals: Action[];
  readonly updates: DataChange[];
  /** Of the target. */
  readonly path: Path;
}

/**
 * The actions that make some changes: one update for each operation, and one action for each removal. Their order depends only on what
 * they change, so that reordering the description does not change the overlay.
 *
 * @returns `undefined` if no query is certain to select a target
 */
export function actionsFor(before: unknown, changes: readonly DataChange[]): Action[] | undefined {
  const groups = new Map<string, Group>();
  for (const change of changes) {
    const path = targetOf(before, change);
    const target = queryFor(before, path);
    if (target === undefined) return undefined;
    const group = groups.get(target) ?? { removals: [], updates: [], path };
    groups.set(target, group);
    if (change.kind === 'set' || change.kind === 'append') {
      group.updates.push(change);
      continue;
    }
    const query = queryFor(before, change.path);
    if (query === undefined) return undefined;
    const isOfScalar = !isContainer(valueAt(before, change.path));
    const what = change.kind === 'remove' ? ({ remove: true } as const) : { update: change.value };
    group.removals.push({ target: query, ...what, changed: [change.path], isOfScalar });
  }
  // Actions that select an item by a condition come first; of these, those that change a member which conditions compare come last.
  // So no change makes another item fulfil the condition of a later action.
  const rankOf = ({ path, updates }: Group) =>
    isInArray(before, path) ? Number(updates.some((change) => identifies(change.path.slice(path.length)))) : 2;
  const sorted = [...groups].toSorted(([one, group], [other, otherGroup]) => {
    return rankOf(group) - rankOf(otherGroup) || comparedByCodeUnits(one, other);
  });
  return sorted.flatMap(([target, { removals, updates, path }]) => {
    const own = removals.toSorted((one, other) => comparedByCodeUnits(one.target, other.target));
    if (updates.length === 0) return own;
    const changed = updates.map((change) => change.path);
    return [...own, { target, update: merged(updates, path.length), changed, isOfScalar: false }];
  });
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** Whether conditions may compare this member to tell an item from the others. */
function identifies(path: Path): boolean {
  return path.length === 1 && ['name', 'in', '$ref'].includes(path[0] ?? '');
}

function isInArray(document: unknown, path: Path): boolean {
  return path.some((_, index) => Array.isArray(valueAt(document, path.slice(0, index))));
}

/** The path of the object that an action selects to make a change: the operation around the change, if there is one. */
function targetOf(document: unknown, { kind, path }: DataChange): Path {
  // An item is a target of its own, as nothing else says which item is meant.
  const inner = kind === 'append' ? path.slice(0, -1) : path;
  let item = 0;
  let here = document;
  for (const [index, key] of inner.entries()) {
    if (Array.isArray(here) && (index < inner.length - 1 || kind === 'append')) item = index + 1;
    here = memberOf(here, key);
  }
  return item > 0 ? path.slice(0, item) : path.slice(0, Math.min(depthOfPart(path), path.length - 1));
}

/** The members of a path item that are operations. */
const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);

/** How many keys lead to the part of a description that a path is in: an operation, a path item, a component. */
function depthOfPart(path: Path): number {
  const [part = '', , third = ''] = path;
  switch (part) {
    case 'paths':
    case 'webhooks':
      return third === 'additionalOperations' ? 4 : methods.has(third) ? 3 : 2;
    case 'components':
      return path.length > 3 ? 3 : 1;
    case 'definitions':
    case 'parameters':
    case 'responses':
      return path.length > 2 ? 2 : 0;
    default:
      return path.length > 1 ? 1 : 0;
  }
}

/** An object with all changes in it, at their places below the target. */
function merged(changes: readonly DataChange[], depth: number): Json {
  const root = new Map<string, unknown>();
  for (const change of changes) {
    const path = change.path.slice(depth);
    let here = root;
    for (const key of path.slice(0, -1)) {
      const inner = here.get(key) ?? new Map<string, unknown>();
      here.set(key, inner);
      here = inner as Map<string, unknown>;
    }
    here.set(path.at(-1) ?? '', change.kind === 'append' ? change.items : 'value' in change ? change.value : undefined);
  }
  return jsonOf(root);
}

/** A tree as JSON; the members around several changes are sorted by name. */
function jsonOf(tree: unknown): Json {
  if (!(tree instanceof Map)) return tree as Json;
  const members = [...(tree as Map<string, unknown>)].toSorted(([one], [other]) => comparedByCodeUnits(one, other));
  const result: Record<string, Json> = {};
  // `__proto__` is an ordinary name in a document.
  for (const [key, value] of members) {
    Object.defineProperty(result, key, { value: jsonOf(value), writable: true, enumerable: true, configurable: true });
  }
  return result;
}

/** Whether a value is enough of an action to be applied. */
export function isAction(value: unknown): value is Readonly<Record<string, unknown>> & { readonly target: string } {
  return isObject(value) && typeof value['target'] === 'string';
}
