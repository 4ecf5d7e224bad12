import { addToGroup } from '../grouping.js';
import type { Branch, Member } from './parsed-document.js';

/** A member, or an item, that is to be added. */
export interface Addition {
  /** Its name; of an item, nothing in particular. */
  readonly key: string;
  readonly value: unknown;
}

/** What is to become of the members of one object or array of a text. */
export class CollectionEdits {
  readonly branch: Branch;
  readonly #added: Addition[];
  readonly #removed: Set<Member>;
  readonly #replaced: Map<Member, unknown>;
  readonly #renamed: Map<Member, string>;
  /** What has each name by now; it is found anew once somebody asks after something has been added, removed or renamed. */
  #now: ReadonlyMap<string, readonly (Member | Addition)[]> | undefined;

  /** @param before what has been planned for the branch so far, which stays as it is */
  constructor(branch: Branch, before?: CollectionEdits) {
    this.branch = branch;
    this.#added = [...(before?.added ?? [])];
    this.#removed = new Set(before?.removed);
    this.#replaced = new Map(before?.replaced);
    this.#renamed = new Map(before?.renamed);
  }

  /** New members, in the order in which they were added. */
  get added(): readonly Addition[] {
    return this.#added;
  }

  get removed(): ReadonlySet<Member> {
    return this.#removed;
  }

  /** The new values of members that stay. */
  get replaced(): ReadonlyMap<Member, unknown> {
    return this.#replaced;
  }

  /** How many members are added, removed or renamed: each of them takes a look at all others. */
  get rearranged(): number {
    return this.#added.length + this.#removed.size + this.#renamed.size;
  }

  /** The new names of members that stay. */
  get renamed(): ReadonlyMap<Member, string> {
    return this.#renamed;
  }

  /** The members of the text that stay. */
  get remaining(): Member[] {
    if (this.#removed.size === 0) return [...this.branch.members];
    return this.branch.members.filter((member) => !this.removed.has(member));
  }

  /** Whether none of the members of the text stays. */
  get isAllGone(): boolean {
    return this.#removed.size === this.branch.members.length;
  }

  /** The next member of the text behind one, or before it, that stays. */
  neighbourOf(member: Member, direction: 1 | -1): Member | undefined {
    const { members } = this.branch;
    let index = indexOf(this.branch, member) + direction;
    while (this.#removed.has(members[index] as Member)) index += direction;
    return members[index];
  }

  /** What has a name by now, or an index: more than one only where the text has that name twice. */
  at(key: string): readonly (Member | Addition)[] {
    if (this.rearranged === 0) return membersAt(this.branch, key);
    this.#now ??= this.#indexed();
    return this.#now.get(key) ?? [];
  }

  /** What has each name, or index, by now. */
  #indexed(): ReadonlyMap<string, readonly (Member | Addition)[]> {
    const now = new Map<string, (Member | Addition)[]>();
    const isList = this.branch.kind === 'list';
    for (const [index, one] of [...this.remaining, ...this.#added].entries())
      addToGroup(now, isList ? String(index) : this.keyName(one), one);
    return now;
  }

  /** The name that something has by now. */
  keyName(one: Member | Addition): string {
    return isAddition(one) ? one.key : (this.#renamed.get(one) ?? one.key);
  }

  /** The value of something, if that is not the one in the text. */
  newValueOf(one: Member | Addition): unknown {
    return isAddition(one) ? one.value : this.#replaced.get(one);
  }

  add(key: string, value: unknown): void {
    this.#now = undefined;
    this.#added.push({ key, value });
  }

  replace(one: Member | Addition, value: unknown): void {
    if (isAddition(one)) {
      this.#now = undefined;
      this.#added.splice(this.#added.indexOf(one), 1, { ...one, value });
    } else this.#replaced.set(one, value);
  }

  rename(one: Member | Addition, key: string): void {
    this.#now = undefined;
    if (isAddition(one)) this.#added.splice(this.#added.indexOf(one), 1, { ...one, key });
    else this.#renamed.set(one, key);
  }

  remove(one: Member | Addition): void {
    this.#now = undefined;
    if (isAddition(one)) this.#added.splice(this.#added.indexOf(one), 1);
    else {
      this.#removed.add(one);
      this.#replaced.delete(one);
      this.#renamed.delete(one);
    }
  }
}

/** Whether something is not in the text yet. */
export function isAddition(one: Member | Addition): one is Addition {
  return !('node' in one);
}

/** Where each member of a branch comes among them, once somebody has asked for one. */
const indexes = new WeakMap<Branch, ReadonlyMap<Member, number>>();

/** How many members of a branch come before one. */
export function indexOf(branch: Branch, member: Member): number {
  const known = indexes.get(branch) ?? new Map(branch.members.map((one, index) => [one, index]));
  indexes.set(branch, known);
  return known.get(member) ?? -1;
}

/** The members of branches by their names, once somebody has asked for one. */
const membersByName = new WeakMap<Branch, ReadonlyMap<string, readonly Member[]>>();

/** What the text has under a name, or at an index: more than one only where it has that name twice. */
export function membersAt(branch: Branch, key: string): readonly Member[] {
  let byName = membersByName.get(branch);
  if (byName === undefined) {
    const names = new Map<string, Member[]>();
    for (const member of branch.members) addToGroup(names, member.key, member);
    byName = names;
    membersByName.set(branch, byName);
  }
  return byName.get(key) ?? [];
}
