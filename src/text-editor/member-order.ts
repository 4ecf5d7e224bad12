import { type Addition, type CollectionEdits, isAddition } from './collection-edits.js';
import type { EditContext } from './context.js';
import type { Branch, Member } from './parsed-document.js';

/**
 * The members of a changed branch in the order that they are to have: those of the text in theirs, new ones where they belong.
 *
 * @param parents the branches that the changed one is in, the outermost first
 */
export function inMemberOrder(
  changes: CollectionEdits,
  parents: readonly Branch[],
  { conventions, style }: EditContext,
): (Member | Addition)[] {
  const all: (Member | Addition)[] = changes.remaining;
  if (changes.branch.kind === 'list') return [...all, ...changes.added];
  for (const addition of changes.added) {
    const names = all.map((one) => changes.keyName(one));
    all.splice(memberPosition(addition.key, names, ordersFor(addition.key)), 0, addition);
  }
  return all;

  function* ordersFor(name: string) {
    yield* style.likeObjects(parents, name);
    yield* conventions;
  }
}

/** New members that come together: behind a member of the text, or before all that stay. */
export interface AdditionRun {
  readonly before: Member | undefined;
  readonly added: Addition[];
}

/** The new members among arranged ones, by what they come behind. */
export function additionRuns(all: readonly (Member | Addition)[]): AdditionRun[] {
  const runs: AdditionRun[] = [{ before: undefined, added: [] }];
  for (const one of all) {
    if (isAddition(one)) runs.at(-1)?.added.push(one);
    else runs.push({ before: one, added: [] });
  }
  return runs.filter(({ added }) => added.length > 0);
}

/** A status code, or a range of them, as a key. */
const statusCode = /^[1-5](?:\d\d|XX)$/i;

/**
 * Where a new member belongs among its siblings: where their order puts it, if they are in one; else where members of the same
 * name stand in like objects, or where convention has it; else at the end.
 *
 * @param key the name of the new member
 * @param siblings the names that are there, in the order of the text
 * @param orders orders to go by where the siblings are not sorted: the names in a like object, then those of a convention
 * @returns the number of siblings that come before it
 */
export function memberPosition(key: string, siblings: readonly string[], orders: Iterable<readonly string[]>): number {
  if (statusCode.test(key)) {
    const codes = siblings.flatMap((sibling, index) => (statusCode.test(sibling) ? [index] : []));
    return sortedPosition(key, siblings, codes) ?? siblings.length;
  }
  // A merge key comes first, whatever the others are sorted by.
  const all = siblings.flatMap((sibling, index) => (sibling === '<<' ? [] : [index]));
  const sorted = siblings.length > 1 ? sortedPosition(key, siblings, all) : undefined;
  if (sorted !== undefined) return sorted;
  for (const order of orders) {
    const ranks = new Map(order.map((name, rank) => [name, rank]));
    const rank = ranks.get(key);
    if (rank === undefined) continue;
    const before = siblings.findLastIndex((sibling) => (ranks.get(sibling) ?? rank) < rank);
    if (before >= 0) return before + 1;
    const after = siblings.findIndex((sibling) => (ranks.get(sibling) ?? rank) > rank);
    if (after >= 0) return after;
  }
  return siblings.length;
}

/** Where a key belongs among some of its siblings, if those ascend. */
function sortedPosition(key: string, siblings: readonly string[], among: readonly number[]): number | undefined {
  const names = among.map((index) => (siblings[index] ?? '').toUpperCase());
  const last = among.at(-1);
  if (last === undefined || !names.every((name, index) => index === 0 || (names[index - 1] ?? '') <= name))
    return undefined;
  return among[names.findIndex((name) => name > key.toUpperCase())] ?? last + 1;
}
