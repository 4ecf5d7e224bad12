import { type Addition, type Changes, isAddition } from './collection-edits.js';
import { positionOf } from './order.js';
import type { Setting } from './context.js';
import type { Branch, Member } from './parsed-document.js';

/**
 * The members of a changed branch in the order that they are to have: those of the text in theirs, new ones where they belong.
 *
 * @param parents the branches that the changed one is in, the outermost first
 */
export function arranged(
  changes: Changes,
  parents: readonly Branch[],
  { conventions, manners }: Setting,
): (Member | Addition)[] {
  const all: (Member | Addition)[] = changes.remaining;
  if (changes.branch.kind === 'list') return [...all, ...changes.added];
  for (const addition of changes.added) {
    const names = all.map((one) => changes.nameOf(one));
    all.splice(positionOf(addition.key, names, ordersFor(addition.key)), 0, addition);
  }
  return all;

  function* ordersFor(name: string) {
    yield* manners.likeObjects(parents, name);
    yield* conventions;
  }
}

/** New members that come together: behind a member of the text, or before all that stay. */
export interface Run {
  readonly before: Member | undefined;
  readonly added: Addition[];
}

/** The new members among arranged ones, by what they come behind. */
export function runsIn(all: readonly (Member | Addition)[]): Run[] {
  const runs: Run[] = [{ before: undefined, added: [] }];
  for (const one of all) {
    if (isAddition(one)) runs.at(-1)?.added.push(one);
    else runs.push({ before: one, added: [] });
  }
  return runs.filter(({ added }) => added.length > 0);
}
