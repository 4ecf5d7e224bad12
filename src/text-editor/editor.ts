import { isSame, type Json, parseJson, type Path, valueAt } from '../json.js';
import { applyPatch, canApply, changeAt, locationOf, type PatchOperation } from '../patch.js';
import { blockEdits } from './block-writer.js';
import { type Addition, CollectionEdits, isAddition, membersAt } from './collection-edits.js';
import type { EditContext } from './context.js';
import { flowEdits } from './flow-writer.js';
import { jsonDocument } from './json-document.js';
import { LineBreaks, withoutLoneReturns } from './line-breaks.js';
import {
  type Branch,
  firstFrom,
  type Member,
  type ParsedDocument,
  type Span,
  UnreadableText,
} from './parsed-document.js';
import { DocumentStyle } from './style.js';
import { isFirstOnLine, lineEnd, spliced, type TextEdit } from './text-edits.js';
import { parseYamlDocument } from './yaml-document.js';

/** A patch that cannot be made to a text without touching what it is not about. */
class Declined extends Error {
  override readonly name = 'Declined';
}

/** What came of a draft: the new text and the edits that lead to it, or why there is none. */
export type EditResult = { readonly text: string; readonly edits: readonly TextEdit[] } | { readonly declined: string };

/** A branch that is changed, and how it was come by. */
interface EditSite {
  readonly branch: Branch;
  /** The site that it is in, and the member there whose value it is; absent of the root. */
  readonly outer?: { readonly site: EditSite; readonly holder: Member };
}

/** Where a change acts in the text. */
interface EditTarget {
  readonly site: EditSite;
  /** The names from the branch to what is changed: more than one where that is in a value which is not in the text yet. */
  readonly path: readonly [string, ...string[]];
}

/** How many members of one object or array are added, removed or renamed at most. Each of them takes a look at all others. */
const mostRearranged = 500;

/** What is to become of each branch, at its site. */
type EditPlan = Map<Branch, { readonly site: EditSite; readonly changes: CollectionEdits }>;

/**
 * A text that patches are made to. It takes one patch after the other; in the end it writes them all into the text, and reads
 * that again to see that it says what it should.
 */
export class TextEditor {
  readonly #lineBreaks: LineBreaks;
  readonly #text: string;
  #context: EditContext | undefined;
  readonly #plan: EditPlan = new Map();
  #data: unknown;
  /** The objects and arrays in the data that no one else has, so that they need not be copied to be changed. */
  readonly #own = new WeakSet<object>();

  /**
   * @param text JSON or YAML
   * @param conventions orders of names that new members go by, where the text has none
   * @param json what the text says, if that is known and the text is JSON; it stays as it is
   * @throws UnreadableText where it is neither, or more than one document
   */
  constructor(text: string, conventions: readonly (readonly string[])[] = [], json?: { readonly data: unknown }) {
    const document = parsedDocumentOf(text, json);
    this.#text = text;
    this.#lineBreaks = new LineBreaks(text);
    this.#context = { document, style: new DocumentStyle(document), conventions };
    this.#data = document.data;
  }

  get #open(): EditContext {
    if (this.#context === undefined) throw new Error('the draft has been finished');
    return this.#context;
  }

  get #document(): ParsedDocument {
    return this.#open.document;
  }

  /** What the text says, with what has been changed so far; it changes with the next patch. */
  get data(): unknown {
    return this.#data;
  }

  /**
   * The paths in the data that show the text of what is at a path, that path among them: more than one by aliases and merge keys.
   *
   * @returns `undefined` where they are too many to oversee
   */
  placesOf(path: Path): readonly Path[] | undefined {
    return this.#document.placesOf(path);
  }

  /**
   * The paths in the data at which a change shows: {@link placesOf} its location; but what is added, removed or renamed shows
   * only where the object or array that it is in does.
   *
   * @returns `undefined` where they are too many to oversee
   */
  placesChangedBy(change: PatchOperation): readonly Path[] | undefined {
    return change.op === 'replace' ? this.placesOf(change.path) : this.#document.placesOfMember(locationOf(change));
  }

  /**
   * Takes a patch (RFC 6902), all of it or nothing.
   *
   * @returns why it was declined; `undefined` where it was taken
   */
  take(patch: readonly PatchOperation[]): string | undefined {
    return this.#take(folded(patch));
  }

  #take(patch: readonly PatchOperation[]): string | undefined {
    // Only a patch of several changes may turn out to be impossible after something has been changed.
    const isOne = patch.length === 1;
    const plan: EditPlan = isOne ? this.#plan : new Map();
    let data = this.#data;
    const copies: object[] = [];
    const isOwn = (value: object) => isOne && this.#own.has(value);
    try {
      for (const change of patch) {
        const places = this.#plannedAt(plan, data, change);
        for (const place of places) data = changedAt(data, change, place, { isOwn, copies });
      }
    } catch (error) {
      if (error instanceof Declined) return error.message;
      throw error;
    }
    if (!isOne) for (const [branch, planned] of plan) this.#plan.set(branch, planned);
    for (const copy of copies) this.#own.add(copy);
    this.#data = data;
    return undefined;
  }

  /**
   * The edits that a patch would come to if it were the only one; it is not taken. That they lead to what they should is for
   * {@link isRight} to say, of many at once.
   *
   * @returns why it is declined; `undefined` for the edits where it is not
   */
  preview(patch: readonly PatchOperation[]): { readonly edits: readonly TextEdit[]; readonly declined?: string } {
    return this.#untouched(() => {
      try {
        const [change, ...more] = folded(patch);
        const declined = more.length > 0 ? this.#take([change as PatchOperation, ...more]) : undefined;
        if (declined !== undefined) return { edits: [], declined };
        // To change the data, the objects around the place would have to be copied, which may be large.
        if (change !== undefined && more.length === 0) this.#plannedAt(this.#plan, this.#data, change);
        return { edits: this.#edits() };
      } catch (error) {
        return { edits: [], declined: messageOf(error) };
      }
    });
  }

  /**
   * Whether the edits that some patches come to lead to what the patches say, with every comment of the text.
   *
   * @param previews patches with what {@link preview} said of them, none of which touches what another one is about
   */
  isRight(
    previews: readonly { readonly patch: readonly PatchOperation[]; readonly edits: readonly TextEdit[] }[],
  ): boolean {
    const { isJson } = this.#document;
    return this.#untouched(() => {
      if (previews.some(({ patch }) => this.take(patch) !== undefined)) return false;
      const edits = previews.flatMap((preview) => preview.edits);
      try {
        return isAsExpected(spliced(this.#text, edits), isJson, this.#data, commentsOf(this.#document));
      } catch {
        return false;
      }
    });
  }

  /** Does something after which the draft is as if nothing had been done. */
  #untouched<T>(task: () => T): T {
    if (this.#plan.size > 0) throw new Error('a patch has been taken');
    try {
      return task();
    } finally {
      this.#plan.clear();
      this.#data = this.#document.data;
    }
  }

  /** Writes all patches into the text, which is the last that is done with the draft. */
  finish(): EditResult {
    const { isJson } = this.#document;
    const comments = commentsOf(this.#document);
    try {
      const edits = this.#edits();
      const result = spliced(this.#text, edits);
      // What is known of a large text takes a lot of memory, and reading the result takes as much again.
      this.#context = undefined;
      this.#plan.clear();
      return isAsExpected(result, isJson, this.#data, comments)
        ? { text: result, edits }
        : { declined: 'it cannot be written without changing other data' };
    } catch (error) {
      return { declined: messageOf(error) };
    }
  }

  #edits(): TextEdit[] {
    // Where an object and its last member end in the same place, what is new in the inner one comes first.
    const innermostFirst = [...this.#plan.values()].toSorted((one, other) => depthOf(other.site) - depthOf(one.site));
    return this.#lineBreaks.in(innermostFirst.flatMap(({ site, changes }) => this.#editsFor(site, changes)));
  }

  /** The edits at a site; none where it has gone with what it was in. */
  #editsFor(site: EditSite, changes: CollectionEdits): TextEdit[] {
    const parents: Branch[] = [];
    for (let { outer } = site; outer !== undefined; outer = outer.site.outer) {
      const around = this.#plan.get(outer.site.branch)?.changes;
      if (around?.removed.has(outer.holder) || around?.replaced.has(outer.holder)) return [];
      parents.unshift(outer.site.branch);
    }
    return site.branch.isFlow
      ? flowEdits(changes, parents, this.#open)
      : blockEdits(changes, parents, site.outer?.holder, this.#open);
  }

  /**
   * Adds a change to a plan, if it can be done to the data.
   *
   * @returns the paths at which it shows
   */
  #plannedAt(plan: EditPlan, data: unknown, change: PatchOperation): readonly Path[] {
    if (!canApply(data, change)) throw new Declined('the text says something else there');
    const places = this.placesChangedBy(change);
    if (places === undefined) throw new Declined('an anchor shows this text in too many places');
    this.#change(plan, change, places[0] ?? []);
    return places;
  }

  /** Adds a change to a plan; nothing is added where it is declined. */
  #change(plan: EditPlan, change: PatchOperation, written: Path): void {
    const { site, path } = this.#targetOf(plan, written);
    const changes =
      plan.get(site.branch)?.changes ?? new CollectionEdits(site.branch, this.#plan.get(site.branch)?.changes);
    const [key, ...inner] = path;
    if (change.op !== 'replace' && inner.length === 0 && changes.rearranged >= mostRearranged)
      throw new Declined('too much else is changed around it');
    if (change.op === 'add' && inner.length === 0) changes.add(key, change.value);
    else {
      const one = theOnly(changes.at(key));
      if (inner.length > 0) changes.replace(one, changedAt(changes.newValueOf(one) ?? emptyLike(one), change, inner));
      else this.#changeOne(changes, change, one);
    }
    plan.set(site.branch, { site, changes });
  }

  #changeOne(changes: CollectionEdits, change: PatchOperation, one: Member | Addition): void {
    if (change.op === 'move') changes.rename(one, change.path.at(-1) ?? '');
    else {
      if (!isAddition(one)) this.#checkLoss(changes, one, change.op === 'remove');
      if (change.op === 'remove') changes.remove(one);
      else changes.replace(one, change.value);
    }
  }

  /** Declines what cannot go without something else. */
  #checkLoss(changes: CollectionEdits, member: Member, isRemoval: boolean): void {
    const { text, comments } = this.#document;
    const { start, end } = isRemoval ? removedSpan(changes, member, text) : replacedSpan(member, text);
    const lost = commentIn(comments, start, end);
    if (lost !== undefined) {
      throw new Declined(`the comment ${shortened(text.slice(lost.start, lost.end))} would be lost`);
    }
    const isReplacedAnchor = !isRemoval && !this.#document.isUsedBeyond({ start: start + 1, end });
    if (!isReplacedAnchor && this.#document.isUsedBeyond({ start, end })) throw new Declined('an alias refers to it');
    if (!isRemoval && text.slice(member.valueStart, start).includes('!')) throw new Declined('it has a tag');
  }

  /** Whether members would be put below empty brackets rather than between them. */
  #becomesBlock(branch: Branch, { branch: around }: EditSite): boolean {
    const { comments } = this.#document;
    const isEmpty = branch.isFlow && branch.members.length === 0;
    return isEmpty && !around.isFlow && commentIn(comments, branch.start, branch.end) === undefined;
  }

  /** Where the text has, or will have, what is at a path. */
  #targetOf(plan: EditPlan, path: Path): EditTarget {
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
      const changes = (plan.get(branch) ?? this.#plan.get(branch))?.changes;
      const rest = path.slice(index + 1);
      if (rest.length === 0) return { site, path: [key] };
      const holder = theOnly(changes?.at(key) ?? membersAt(branch, key));
      if (isAddition(holder) || changes?.replaced.has(holder) === true) return { site, path: [key, ...rest] };
      outer = { site, holder };
      node = holder.node;
    }
    throw new Declined('that is the whole document');
  }
}

/** A patch with as few changes: what is added to something that is new itself, or has been replaced, is a part of that. */
function folded(patch: readonly PatchOperation[]): readonly PatchOperation[] {
  const [first, ...inner] = patch;
  if (first === undefined || inner.length === 0 || (first.op !== 'add' && first.op !== 'replace')) return patch;
  const depth = first.path.length;
  const value: unknown = structuredClone(first.value);
  for (const change of inner) {
    const within = { ...change, path: change.path.slice(depth) };
    const isInside = change.op === 'add' && isSame(change.path.slice(0, depth), first.path);
    if (!isInside || !canApply(value, within)) return patch;
    applyPatch(value, [within]);
  }
  return [{ ...first, value: value as Json }];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether a text says what it should, and has every comment of the one that it was made from. */
function isAsExpected(result: string, isJson: boolean, data: unknown, comments: readonly string[]): boolean {
  if (isJson) return isSame(parseJson(result)?.data, data);
  const after = parsedDocumentOf(result);
  return isSame(after.data, data) && isSame(commentsOf(after), comments);
}

/** The syntax of a text. */
function parsedDocumentOf(original: string, json = parseJson(original)): ParsedDocument {
  const text = withoutLoneReturns(original);
  try {
    return json === undefined ? parseYamlDocument(text) : jsonDocument(text, json.data);
  } catch (error) {
    if (error instanceof RangeError) throw new UnreadableText('is nested too deeply');
    throw error;
  }
}

/** What stands between the empty brackets of a member. */
function emptyLike(one: Member | Addition): unknown {
  return !isAddition(one) && one.node.kind === 'list' ? [] : {};
}

/** The stretch of the text that goes with a member. */
function removedSpan(changes: CollectionEdits, member: Member, text: string): Span {
  const { branch } = changes;
  const next = changes.neighbourOf(member, 1);
  const before = changes.neighbourOf(member, -1);
  if (branch.isFlow) {
    if (next === undefined && before === undefined) return branch;
    return next === undefined
      ? { start: before?.end ?? member.start, end: member.end }
      : { start: member.start, end: next.start };
  }
  const { start } = member;
  return { start, end: next === undefined || isFirstOnLine(text, start) ? lineEnd(text, member.end) : next.start };
}

/** The stretch of the text that goes with the value of a member: of a block, with what is behind it on its last line. */
function replacedSpan({ node }: Member, text: string): Span {
  const isBlock = node.kind !== 'leaf' && !node.isFlow;
  return { start: node.start, end: isBlock ? lineEnd(text, node.end) : node.end };
}

/** Which objects and arrays may be changed as they are, and the copies that were made of others. */
interface Copying {
  isOwn(value: object): boolean;
  readonly copies: object[];
}

const copyAll: () => Copying = () => ({ isOwn: () => false, copies: [] });

/** Data after a change at a place in it, if it can be done there. What is not on the way to the place is shared. */
function changedAt(data: unknown, change: PatchOperation, place: Path, copying = copyAll()): unknown {
  const there = changeAt(change, place);
  return canApply(data, there) ? applyPatch(copiedAlong(data, place.slice(0, -1), copying), [there]) : data;
}

/** A document with all objects and arrays on a path copied, but for those that may be changed as they are. */
function copiedAlong(document: unknown, path: Path, { isOwn, copies }: Copying): unknown {
  const root = { '': document };
  let holder: object = root;
  for (const key of ['', ...path]) {
    const value = valueAt(holder, [key]) as object;
    if (isOwn(value)) {
      holder = value;
      continue;
    }
    const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
    copies.push(copy);
    Object.defineProperty(holder, key, { value: copy });
    holder = copy;
  }
  return root[''];
}

function theOnly<One extends Member | Addition>(all: readonly One[]): One {
  const [one, another] = all;
  if (another !== undefined) throw new Declined(`"${another.key}" is there twice`);
  if (one === undefined) throw new Declined('it comes from a merge key');
  return one;
}

/** The first comment between two offsets. */
function commentIn(comments: readonly Span[], start: number, end: number): Span | undefined {
  const comment = comments[firstFrom(comments, start)];
  return comment !== undefined && comment.start < end ? comment : undefined;
}

function shortened(comment: string): string {
  return comment.length > 40 ? `"${comment.slice(0, 39)}…"` : `"${comment}"`;
}

/** The comments of a text, in order. */
function commentsOf({ comments, text }: ParsedDocument): string[] {
  return comments.map(({ start, end }) => text.slice(start, end));
}

/** How many objects and arrays a site is in. */
function depthOf({ outer }: EditSite): number {
  return outer === undefined ? 0 : depthOf(outer.site) + 1;
}
