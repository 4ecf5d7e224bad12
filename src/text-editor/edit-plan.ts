import type { Path } from '../json.js';
import type { PatchOperation } from '../patch.js';
import { changedAt } from './changed-data.js';
import { type Addition, CollectionEdits, isAddition, membersAt } from './collection-edits.js';
import { commentIn, reasonAgainstLoss } from './lost-text.js';
import type { Branch, Member, ParsedDocument } from './parsed-document.js';

/** A patch that cannot be made to a text without losing something that it is not about. */
export class Declined extends Error {
  override readonly name = 'Declined';
}

/** A branch that is changed, and the branches around it. */
export interface EditSite {
  readonly branch: Branch;
  /** The site around it, and the member there whose value it is; absent for the root. */
  readonly outer?: { readonly site: EditSite; readonly holder: Member };
}

/** Where a change acts in the text. */
interface EditTarget {
  readonly site: EditSite;
  /** The names from the branch to what is changed: more than one where the change is in a value that is not in the text yet. */
  readonly path: readonly [string, ...string[]];
}

/** A branch, and the changes to its members. */
interface PlannedSite {
  readonly site: EditSite;
  readonly changes: CollectionEdits;
}

/** How many members of one object or array are added, removed or renamed at most: each of these looks at all other members. */
const mostRearranged = 2000;

/** The changes to a text that are to be written: for each branch, what happens to its members. */
export class EditPlan {
  readonly #document: ParsedDocument;
  readonly #earlier: EditPlan | undefined;
  readonly #sites = new Map<Branch, PlannedSite>();

  /** @param earlier a plan that this one adds to. It stays as it is until it {@link include}s this one */
  constructor(document: ParsedDocument, earlier?: EditPlan) {
    this.#document = document;
    this.#earlier = earlier;
  }

  get isEmpty(): boolean {
    return this.#sites.size === 0;
  }

  /**
   * The changed branches, the innermost first: where an object and its last member end at one offset, the inner text comes first.
   */
  get sites(): PlannedSite[] {
    return [...this.#sites.values()].toSorted((first, second) => depthOf(second.site) - depthOf(first.site));
  }

  clear(): void {
    this.#sites.clear();
  }

  /** Takes over another plan, which adds to this one. */
  include(later: EditPlan): void {
    for (const [branch, planned] of later.#sites) this.#sites.set(branch, planned);
  }

  /** The changes to the members of a branch; `undefined` if there are none. */
  changesTo(branch: Branch): CollectionEdits | undefined {
    return this.#sites.get(branch)?.changes ?? this.#earlier?.changesTo(branch);
  }

  /**
   * Adds a change.
   *
   * @param place where it acts in the text, without aliases
   * @throws Declined if it would lose something else; the plan is then as before
   */
  add(change: PatchOperation, place: Path): void {
    const { site, path } = this.#targetAt(place);
    const { branch } = site;
    const changes = this.#sites.get(branch)?.changes ?? new CollectionEdits(branch, this.#earlier?.changesTo(branch));
    const [key, ...inner] = path;
    if (change.op !== 'replace' && inner.length === 0 && changes.rearranged >= mostRearranged)
      throw new Declined('too much else is changed around it');
    if (change.op === 'add' && inner.length === 0) changes.add(key, change.value);
    else {
      const member = theOnly(changes.at(key));
      if (inner.length === 0) this.#changeMember(changes, change, member);
      else changes.replace(member, changedAt(changes.newValueOf(member) ?? emptyLike(member), change, inner));
    }
    this.#sites.set(branch, { site, changes });
  }

  #changeMember(changes: CollectionEdits, change: PatchOperation, member: Member | Addition): void {
    if (change.op === 'move') {
      changes.rename(member, change.path.at(-1) ?? '');
      return;
    }
    const isRemoval = change.op === 'remove';
    const reason = isAddition(member) ? undefined : reasonAgainstLoss(this.#document, changes, member, isRemoval);
    if (reason !== undefined) throw new Declined(reason);
    if (isRemoval) changes.remove(member);
    else changes.replace(member, change.value);
  }

  /** Where the text has, or will have, what is at a path. */
  #targetAt(path: Path): EditTarget {
    let node = this.#document.root;
    let outer: EditSite['outer'];
    for (const [index, key] of path.entries()) {
      if (node.kind === 'leaf') throw new Declined('there is nothing there that could have members');
      const branch: Branch = node;
      if (outer !== undefined && this.#becomesBlock(branch, outer.site)) {
        return { site: outer.site, path: [path[index - 1] as string, ...path.slice(index)] as EditTarget['path'] };
      }
      if (branch.isFlow && !'{['.includes(this.#document.text[branch.start] ?? ''))
        throw new Declined('it has no brackets');
      const site: EditSite = { branch, ...(outer && { outer }) };
      const changes = this.changesTo(branch);
      const rest = path.slice(index + 1);
      if (rest.length === 0) return { site, path: [key] };
      const holder = theOnly(changes?.at(key) ?? membersAt(branch, key));
      if (isAddition(holder) || changes?.replaced.has(holder) === true) return { site, path: [key, ...rest] };
      outer = { site, holder };
      node = holder.node;
    }
    throw new Declined('that is the whole document');
  }

  /** Whether new members replace a pair of empty brackets by a block, instead of standing between them. */
  #becomesBlock(branch: Branch, around: EditSite): boolean {
    const isEmpty = branch.isFlow && branch.members.length === 0;
    const hasComment = () => commentIn(this.#document.comments, branch.start, branch.end) !== undefined;
    return isEmpty && !around.branch.isFlow && !hasComment();
  }
}

/** An empty value like the one of a member, which is a pair of empty brackets or nothing at all. */
function emptyLike(member: Member | Addition): unknown {
  return !isAddition(member) && member.node.kind === 'list' ? [] : {};
}

function theOnly<Found extends Member | Addition>(members: readonly Found[]): Found {
  const [member, duplicate] = members;
  if (duplicate !== undefined) throw new Declined(`"${duplicate.key}" is there twice`);
  if (member === undefined) throw new Declined('it comes from a merge key');
  return member;
}

/** How many objects and arrays a site is in. */
function depthOf({ outer }: EditSite): number {
  return outer === undefined ? 0 : depthOf(outer.site) + 1;
}
