import { addToGroup } from '../grouping.js';
import type { Branch, Member } from './parsed-document.js';

/** A member or an item to be added. */
export interface Addition {
  /** Its name; not used for an item. */
  readonly key: string;
  readonly value: unknown;
}

/** The changes to the members of one object or array of a text. */
export class CollectionEdits {
  readonly branch: Branch;
  readonly #added: Addition[];
  readonly #removed: Set<Member>;
  readonly #replaced: Map<Member, unknown>;
  readonly #renamed: Map<Member, string>;
  /** The members by name or index, after the changes; `undefined` if they have to be found anew. */
  #now: Map<string, (Member | Addition)[]> | undefined;

  /** @param before the changes planned for the branch so far, which are copied */
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

  /** The new values of members that remain. */
  get replaced(): ReadonlyMap<Member, unknown> {
    return this.#replaced;
  }

  /** How many members are added, removed or renamed. The cost of each grows with the number of members. */
  get rearranged(): number {
    return this.#added.length + this.#removed.size + this.#renamed.size;
  }

  /** The new names of members that remain. */
  get renamed(): ReadonlyMap<Member, string> {
    return this.#renamed;
  }

  /** The members of the text that are not removed. */
  get remaining(): Member[] {
    if (this.#removed.size === 0) return [...this.branch.members];
    return this.branch.members.filter((member) => !this.removed.has(member));
  }

  /** Whether all members of the text are removed. */
  get isAllGone(): boolean {
    return this.#removed.size === this.branch.members.length;
  }

  /** The nearest remaining member of the text, behind a member or before it. */
  neighbourOf(member: Member, direction: 1 | -1): Member | undefined {
    const { members } = this.branch;
    let index = indexOf(this.branch, member) + direction;
    while (this.#removed.has(members[index] as Member)) index += direction;
    return members[index];
  }

  /** The members with a name or an index, after the changes: more than one only where the text has that name twice. */
  at(key: string): readonly (Member | Addition)[] {
    if (this.rearranged === 0) return membersAt(this.branch, key);
    this.#now ??= this.#indexed();
    return this.#now.get(key) ?? [];
  }

  #indexed(): Map<string, (Member | Addition)[]> {
    const now = new Map<string, (Member | Addition)[]>();
    const isList = this.branch.kind === 'list';
    for (const [index, member] of [...this.remaining, ...this.#added].entries())
      addToGroup(now, isList ? String(index) : this.keyName(member), member);
    return now;
  }

  /** The name of a member, after the changes. */
  keyName(member: Member | Addition): string {
    return isAddition(member) ? member.key : (this.#renamed.get(member) ?? member.key);
  }

  /** The value of a member, where the text has another or none; otherwise `undefined`. */
  newValueOf(member: Member | Addition): unknown {
    return isAddition(member) ? member.value : this.#replaced.get(member);
  }

  add(key: string, value: unknown): void {
    const addition = { key, value };
    if (this.branch.kind === 'list') this.#now = undefined;
    else if (this.#now !== undefined) addToGroup(this.#now, key, addition);
    this.#added.push(addition);
  }

  replace(member: Member | Addition, value: unknown): void {
    if (isAddition(member)) {
      this.#now = undefined;
      this.#added.splice(this.#added.indexOf(member), 1, { ...member, value });
    } else this.#replaced.set(member, value);
  }

  rename(member: Member | Addition, key: string): void {
    this.#now = undefined;
    if (isAddition(member)) this.#added.splice(this.#added.indexOf(member), 1, { ...member, key });
    else this.#renamed.set(member, key);
  }

  remove(member: Member | Addition): void {
    if (this.branch.kind === 'list') this.#now = undefined;
    const name = this.keyName(member);
    const called = this.#now?.get(name);
    if (called !== undefined)
      this.#now?.set(
        name,
        called.filter((other) => other !== member),
      );
    if (isAddition(member)) this.#added.splice(this.#added.indexOf(member), 1);
    else {
      this.#removed.add(member);
      this.#replaced.delete(member);
      this.#renamed.delete(member);
    }
  }
}

/** Whether a member is not in the text yet. */
export function isAddition(member: Member | Addition): member is Addition {
  return !('node' in member);
}

/** The index of each member of a branch; filled when a branch is first asked about. */
const indexes = new WeakMap<Branch, ReadonlyMap<Member, number>>();

/** The index of a member in its branch. */
export function indexOf(branch: Branch, member: Member): number {
  const known = indexes.get(branch) ?? new Map(branch.members.map((listed, index) => [listed, index]));
  indexes.set(branch, known);
  return known.get(member) ?? -1;
}

/** The members of branches by name; filled when a branch is first asked about. */
const membersByName = new WeakMap<Branch, ReadonlyMap<string, readonly Member[]>>();

/** The members of the text with a name or an index: more than one only where it has that name twice. */
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
