import { addToGroup } from '../grouping.js';
import type { Branch, Member } from './parsed-document.js';

/** How many members of a text are looked at to learn its style. */
export const sampleSize = 2000;

/** How many objects with a member of some name are looked at to learn where it stands. */
const mostSimilarObjects = 20;

/** The objects in and below a branch, which are looked at only as far as is asked for. */
export class ObjectsBelow {
  /** For each name: the names of each object that has a member of that name, among those looked at so far. */
  readonly #found = new Map<string, (readonly string[])[]>();
  readonly #rest: Iterator<Member>;

  constructor(branch: Branch) {
    this.#rest = sampled(branch.members);
  }

  /** The names of the first objects that have a member of some name. */
  *with(name: string): Generator<readonly string[]> {
    for (let index = 0; index < mostSimilarObjects; index++) {
      while (this.#found.get(name)?.[index] === undefined) if (!this.#lookOn()) return;
      yield this.#found.get(name)?.[index] ?? [];
    }
  }

  /** @returns whether there was another member to look at */
  #lookOn(): boolean {
    const next = this.#rest.next();
    if (next.done === true) return false;
    const { node } = next.value;
    const names = node.kind === 'map' ? node.members.map((member) => member.key) : [];
    for (const name of new Set(names)) addToGroup(this.#found, name, names);
    return true;
  }
}

/** The first members of a tree, level by level; of each object or array below the first level, at most 50. */
export function* sampled(members: readonly Member[], size = sampleSize): Generator<Member> {
  const queue = members.slice(0, size);
  for (const member of queue) {
    if (queue.length < size && member.node.kind !== 'leaf') queue.push(...member.node.members.slice(0, 50));
    yield member;
  }
}
