import { type Addition, type CollectionEdits, isAddition } from './collection-edits.js';
import type { EditContext } from './context.js';
import type { Branch, Member } from './parsed-document.js';

/**
 * The members of a changed branch in order: those of the text keep theirs, and each new one is put where it belongs.
 *
 * @param parents the branches around it, the outermost first
 */
export function inMemberOrder(
  changes: CollectionEdits,
  parents: readonly Branch[],
  { conventions, style }: EditContext,
): (Member | Addition)[] {
  const members: (Member | Addition)[] = changes.remaining;
  if (changes.branch.kind === 'list') return [...members, ...changes.added];
  for (const addition of changes.added) {
    const names = members.map((member) => changes.keyName(member));
    members.splice(memberPosition(addition.key, names, ordersFor(addition.key, names)), 0, addition);
  }
  return members;

  function* ordersFor(name: string, siblings: readonly string[]) {
    yield* style.similarObjects(parents, name);
    // Objects of different kinds can have a member of this name. The order with most of the siblings is that of the right kind.
    const known = new Map(
      conventions.map((order) => [order, siblings.filter((sibling) => order.includes(sibling)).length]),
    );
    yield* conventions.toSorted((one, other) => (known.get(other) ?? 0) - (known.get(one) ?? 0));
  }
}

/** New members that stand together: behind a member of the text, or before all that remain. */
export interface AdditionRun {
  readonly before: Member | undefined;
  readonly added: Addition[];
}

/** Groups the new members among others by the member of the text that they follow. */
export function additionRuns(members: readonly (Member | Addition)[]): AdditionRun[] {
  const runs: AdditionRun[] = [{ before: undefined, added: [] }];
  for (const member of members) {
    if (isAddition(member)) runs.at(-1)?.added.push(member);
    else runs.push({ before: member, added: [] });
  }
  return runs.filter(({ added }) => added.length > 0);
}

/** A key that is a status code or a range of them. */
const statusCode = /^[1-5](?:\d\d|XX)$/i;

/**
 * Where a new member belongs among its siblings. Sorted siblings stay sorted. Otherwise the member stands where members of the
 * same name stand in similar objects, or where a convention puts it; or at the end.
 *
 * @param key the name of the new member
 * @param siblings the names in the text, in order
 * @param orders to follow where the siblings are not sorted: those of similar objects, then conventions
 * @returns how many siblings come before it
 */
export function memberPosition(key: string, siblings: readonly string[], orders: Iterable<readonly string[]>): number {
  if (statusCode.test(key)) {
    const codes = siblings.flatMap((sibling, index) => (statusCode.test(sibling) ? [index] : []));
    return sortedPosition(key, siblings, codes) ?? siblings.length;
  }
  // A merge key comes first, also among sorted names.
  const named = siblings.flatMap((sibling, index) => (sibling === '<<' ? [] : [index]));
  const sorted = siblings.length > 1 ? sortedPosition(key, siblings, named) : undefined;
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

/** Where a key belongs among some of its siblings, if those are sorted. */
function sortedPosition(key: string, siblings: readonly string[], among: readonly number[]): number | undefined {
  const names = among.map((index) => (siblings[index] ?? '').toUpperCase());
  const last = among.at(-1);
  if (last === undefined || !names.every((name, index) => index === 0 || (names[index - 1] ?? '') <= name))
    return undefined;
  return among[names.findIndex((name) => name > key.toUpperCase())] ?? last + 1;
}
