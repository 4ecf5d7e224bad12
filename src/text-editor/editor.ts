import { isSame, type Json, parseJson, type Path } from '../json.js';
import { applyPatch, canApply, locationOf, type PatchOperation } from '../patch.js';
import { blockEdits } from './block-writer.js';
import { changedAt } from './changed-data.js';
import { areAsExpected, changedParts } from './changed-parts.js';
import type { CollectionEdits } from './collection-edits.js';
import type { EditContext } from './context.js';
import { Declined, EditPlan, type EditSite } from './edit-plan.js';
import { flowEdits } from './flow-writer.js';
import { jsonDocument } from './json-document.js';
import { LineBreaks, withoutLoneReturns } from './line-breaks.js';
import { type Branch, commentsIn, type ParsedDocument, UnreadableText } from './parsed-document.js';
import { DocumentStyle } from './style.js';
import { spliced, type TextEdit } from './text-edits.js';
import { parseYamlDocument } from './yaml-document.js';

/** The new text and the edits that lead to it; or why there is none. */
export type EditResult = { readonly text: string; readonly edits: readonly TextEdit[] } | { readonly declined: string };

/**
 * Makes patches to a text. It takes one patch after another, and writes them all into the text at the end. Then it reads the new
 * text, or the parts of it that the rest does not depend on and that have changed: unless that is the patched data, with all comments, the
 * edit is declined.
 */
export class TextEditor {
  readonly #lineBreaks: LineBreaks;
  readonly #text: string;
  #work: { readonly context: EditContext; readonly plan: EditPlan } | undefined;
  #data: unknown;
  /** The objects and arrays in the data that are copies already, and need not be copied again to be changed. */
  readonly #own = new WeakSet<object>();

  /**
   * @param text JSON or YAML
   * @param conventions orders of names: where the text shows no order, a new member follows the first that knows its name
   * @param json the data of the text, if the text is JSON and has been parsed; it is not changed
   * @throws UnreadableText if the text is neither JSON nor YAML, or more than one document
   */
  constructor(text: string, conventions: readonly (readonly string[])[] = [], json?: { readonly data: unknown }) {
    const document = parsedDocumentOf(text, json);
    this.#text = text;
    this.#lineBreaks = new LineBreaks(text);
    const context = { document, style: new DocumentStyle(document), conventions };
    this.#work = { context, plan: new EditPlan(document) };
    this.#data = document.data;
  }

  get #unfinished(): { readonly context: EditContext; readonly plan: EditPlan } {
    if (this.#work === undefined) throw new Error('the text has been written already');
    return this.#work;
  }

  get #document(): ParsedDocument {
    return this.#unfinished.context.document;
  }

  get #plan(): EditPlan {
    return this.#unfinished.plan;
  }

  /** The data with the patches taken so far. The next patch changes it. */
  get data(): unknown {
    return this.#data;
  }

  /**
   * The paths in the data that come from the same text as a path, itself included: more than one where the text has aliases or
   * merge keys.
   *
   * @returns `undefined` if there are too many
   */
  placesOf(path: Path): readonly Path[] | undefined {
    return this.#document.placesOf(path);
  }

  /**
   * The paths in the data that a change changes: {@link placesOf} its location. A member that is added, removed or renamed
   * changes only the places of the object or array around it.
   *
   * @returns `undefined` if there are too many
   */
  placesChangedBy(change: PatchOperation): readonly Path[] | undefined {
    return change.op === 'replace' ? this.placesOf(change.path) : this.#document.placesOfMember(locationOf(change));
  }

  /**
   * Takes a patch (RFC 6902), all of it or nothing.
   *
   * @returns why it was declined; `undefined` if it was taken
   */
  take(patch: readonly PatchOperation[]): string | undefined {
    return this.#take(folded(patch));
  }

  #take(patch: readonly PatchOperation[]): string | undefined {
    // A single change is declined before anything has been changed. Only several changes need a plan that can be given up.
    const isSingle = patch.length === 1;
    const plan = isSingle ? this.#plan : new EditPlan(this.#document, this.#plan);
    let data = this.#data;
    // What the patch has copied itself can be changed in place as well: nobody else sees it unless the patch is taken.
    const copies = new Set<object>();
    const copying = {
      isOwn: (value: object) => copies.has(value) || (isSingle && this.#own.has(value)),
      note: (copy: object) => void copies.add(copy),
    };
    try {
      for (const change of patch) {
        const places = this.#planned(plan, data, change);
        for (const place of places) data = changedAt(data, change, place, copying);
      }
    } catch (error) {
      if (error instanceof Declined) return error.message;
      throw error;
    }
    if (!isSingle) this.#plan.include(plan);
    for (const copy of copies) this.#own.add(copy);
    this.#data = data;
    return undefined;
  }

  /**
   * The edits for a patch alone; the patch is not taken. The new text has not been read: {@link isRight} does that, for many
   * patches at once.
   *
   * @returns the edits; or none, and why the patch is declined
   */
  preview(patch: readonly PatchOperation[]): { readonly edits: readonly TextEdit[]; readonly declined?: string } {
    return this.#undone(() => {
      try {
        const [change, ...more] = folded(patch);
        const declined = more.length > 0 ? this.#take([change as PatchOperation, ...more]) : undefined;
        if (declined !== undefined) return { edits: [], declined };
        // A single change is only planned: to change the data as well, it would copy the objects around, which may be large.
        if (change !== undefined && more.length === 0) this.#planned(this.#plan, this.#data, change);
        return { edits: this.#edits() };
      } catch (error) {
        return { edits: [], declined: messageOf(error) };
      }
    });
  }

  /**
   * Whether the text after the edits of some patches is the patched data, with all comments.
   *
   * @param previews patches and the edits from {@link preview}. No patch may change what another is about
   */
  isRight(
    previews: readonly { readonly patch: readonly PatchOperation[]; readonly edits: readonly TextEdit[] }[],
  ): boolean {
    const { isJson } = this.#document;
    return this.#undone(() => {
      if (previews.some(({ patch }) => this.take(patch) !== undefined)) return false;
      const edits = previews.flatMap((preview) => preview.edits);
      try {
        return isAsExpected(spliced(this.#text, edits), isJson, this.#data, commentsIn(this.#document));
      } catch {
        return false;
      }
    });
  }

  /** Runs a task, and forgets the patches that it has taken. */
  #undone<T>(task: () => T): T {
    if (!this.#plan.isEmpty) throw new Error('a patch has been taken');
    try {
      return task();
    } finally {
      this.#plan.clear();
      this.#data = this.#document.data;
    }
  }

  /** Writes all patches into the text. The editor cannot be used afterwards. */
  finish(): EditResult {
    const { isJson } = this.#document;
    const comments = commentsIn(this.#document);
    try {
      const edits = this.#edits();
      const text = spliced(this.#text, edits);
      const isRight = this.#isRightInParts(edits);
      // The parsed document of a large text takes much memory, and reading the new text takes as much again.
      this.#work = undefined;
      return isRight || isAsExpected(text, isJson, this.#data, comments)
        ? { text, edits }
        : { declined: 'it cannot be written without changing other data' };
    } catch (error) {
      return { declined: messageOf(error) };
    }
  }

  /** Whether some edits change only parts of the text that can be read by themselves, and these are then as expected. */
  #isRightInParts(edits: readonly TextEdit[]): boolean {
    const document = this.#document;
    if (document.text !== this.#text) return false;
    const sites = this.#plan.sites.map(({ site }) => site);
    const parts = changedParts(document, sites, edits);
    return parts !== undefined && areAsExpected(parts, document, this.#data);
  }

  #edits(): TextEdit[] {
    return this.#lineBreaks.in(this.#plan.sites.flatMap(({ site, changes }) => this.#editsFor(site, changes)));
  }

  /** The edits at a site; none where a branch around it is removed or replaced. */
  #editsFor(site: EditSite, changes: CollectionEdits): TextEdit[] {
    const parents: Branch[] = [];
    for (let { outer } = site; outer !== undefined; outer = outer.site.outer) {
      const around = this.#plan.changesTo(outer.site.branch);
      if (around?.removed.has(outer.holder) || around?.replaced.has(outer.holder)) return [];
      parents.unshift(outer.site.branch);
    }
    const { context } = this.#unfinished;
    return site.branch.isFlow
      ? flowEdits(changes, parents, context)
      : blockEdits(changes, parents, site.outer?.holder, context);
  }

  /**
   * Adds a change to a plan, if it can be made to the data.
   *
   * @returns the paths in the data that it changes
   */
  #planned(plan: EditPlan, data: unknown, change: PatchOperation): readonly Path[] {
    if (!canApply(data, change)) throw new Declined('the text says something else there');
    const places = this.placesChangedBy(change);
    if (places === undefined) throw new Declined('an anchor shows this text in too many places');
    plan.add(change, places[0] ?? []);
    return places;
  }
}

/**
 * The same patch in fewer operations: what is added to a value that the patch itself adds or replaces becomes part of that value.
 */
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

/** Whether a text is the expected data, with the expected comments. */
function isAsExpected(text: string, isJson: boolean, data: unknown, comments: readonly string[]): boolean {
  if (isJson) return isSame(parseJson(text)?.data, data);
  const document = parsedDocumentOf(text);
  return isSame(document.data, data) && isSame(commentsIn(document), comments);
}

function parsedDocumentOf(original: string, json = parseJson(original)): ParsedDocument {
  const text = withoutLoneReturns(original);
  try {
    return json === undefined ? parseYamlDocument(text) : jsonDocument(text, json.data);
  } catch (error) {
    if (error instanceof RangeError) throw new UnreadableText('is nested too deeply');
    throw error;
  }
}
