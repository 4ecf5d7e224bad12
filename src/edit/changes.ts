import { append } from './append.js';
import type { Branch, Member } from './syntax.js';

/** A member, or an item, that is to be added. */
export interface Addition {
  /** Its name; of an item, nothing in particular. */
  readonly key: string;
  readonly value: unknown;
}

/** What is to become of the members of one object or array of a text. */
export class Changes {
  readonly branch: Branch;
  readonly #added: Addition[];
  readonly #removed: Set<Member>;
  readonly #replaced: Map<Member, unknown>;
  readonly #renamed: Map<Member, string>;

  /** @param before what has been planned for the branch so far, which stays as it is */
  constructor(branch: Branch, before?: Changes) {
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

  /** The new names of members that stay. */
  get renamed(): ReadonlyMap<Member, string> {
    return this.#renamed;
  }

  /** The members of the text that stay. */
  get remaining(): Member[] {
    return this.branch.members.filter((member) => !this.removed.has(member));
  }

  /** What has a name by now, or an index: more than one only where the text has that name twice. */
  at(key: string): readonly (Member | Addition)[] {
    const isAsWritten = this.#added.length + this.#removed.size + this.#renamed.size === 0;
    if (isAsWritten) return membersAt(this.branch, key);
    const all = [...this.remaining, ...this.#added];
    const index = Number(key);
    return this.branch.kind === 'list' ? all.slice(index, index + 1) : all.filter((one) => this.nameOf(one) === key);
  }

  /** The name that something has by now. */
  nameOf(one: Member | Addition): string {
    return isAddition(one) ? one.key : (this.#renamed.get(one) ?? one.key);
  }

  /** The value of something, if that is not the one in the text. */
  newValueOf(one: Member | Addition): unknown {
    return isAddition(one) ? one.value : this.#replaced.get(one);
  }

  add(key: string, value: unknown): void {
    this.#added.push({ key, value });
  }

  replace(one: Member | Addition, value: unknown): void {
    if (isAddition(one)) this.#added.splice(this.#added.indexOf(one), 1, { ...one, value });
    else this.#replaced.set(one, value);
  }

  rename(one: Member | Addition, key: string): void {
    if (isAddition(one)) this.#added.splice(this.#added.indexOf(one), 1, { ...one, key });
    else this.#renamed.set(one, key);
  }

  remove(one: Member | Addition): void {
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

/** The members of branches by their names, once somebody has asked for one. */
const membersByName = new WeakMap<Branch, ReadonlyMap<string, readonly Member[]>>();

/** What the text has under a name, or at an index: more than one only where it has that name twice. */
export function membersAt(branch: Branch, key: string): readonly Member[] {
  let byName = membersByName.get(branch);
  if (byName === undefined) {
    const names = new Map<string, Member[]>();
    for (const member of branch.members) append(names, member.key, member);
    byName = names;
    membersByName.set(branch, byName);
  }
  return byName.get(key) ?? [];
}
