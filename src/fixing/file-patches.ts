import type { TextFile } from '../files/text-file.js';
import type { Path } from '../json.js';
import type { FixOperation } from '../obligation.js';
import { changeAt, type PatchOperation } from '../patch.js';
import type { Rule } from '../rule.js';
import { type EditResult, TextEditor } from '../text-editor/editor.js';
import { editorOf, fieldOrders } from './fix-guard.js';
import type { ChangedFile } from './fix-result.js';
import { newComponents } from './new-components.js';

/** A patch, and the finding that it fixes. */
interface FindingPatch {
  readonly finding: string;
  readonly rule: Rule;
  readonly patch: readonly FixOperation[];
  /** The paths in the data that it changes. */
  readonly places: readonly Path[];
  /** Its operations, each at every path at which the data shows it. */
  readonly operations: readonly PatchOperation[];
}

/** The new text of a file; or which findings' patches cannot be written, and why. */
export type WrittenFile =
  { readonly change: ChangedFile } | { readonly unwritable: readonly string[]; readonly reason: string };

/** The patches taken for one file. Its data shows each at once; its text is written at the end, with all of them. */
export class FilePatches {
  readonly file: TextFile;
  /** The editor of the text; or why the text cannot be edited. */
  readonly editor: TextEditor | string;
  readonly #taken: FindingPatch[] = [];
  readonly #before: unknown;

  constructor(file: TextFile) {
    this.file = file;
    this.editor = editorOf(file);
    this.#before = typeof this.editor === 'string' ? undefined : this.editor.data;
  }

  /**
   * Takes a patch, and changes the data of the file.
   *
   * @param finding by which {@link write} names the patch
   * @param rule that asks for it
   * @returns why the patch was declined; `undefined` if it was taken
   */
  take(finding: string, rule: Rule, patch: readonly FixOperation[]): string | undefined {
    const { editor, file } = this;
    if (typeof editor === 'string') return editor;
    const declined = editor.take(patch);
    if (declined !== undefined) return declined;
    const places = patch.map((change) => editor.placesChangedBy(change) ?? []);
    if (file.isJson) file.replaceData(editor.data);
    else for (const [index, change] of patch.entries()) file.changeData(change, places[index] ?? []);
    this.#taken.push({ finding, rule, patch, places: places.flat(), operations: atAllPlaces(patch, editor) });
    return undefined;
  }

  /**
   * Writes the text, after which no patch can be taken. Equal definitions that the patches have added become one component, if that can
   * be written.
   *
   * @returns `undefined` if the text stays as it is
   */
  write(): WrittenFile | undefined {
    const { editor, file } = this;
    if (typeof editor === 'string' || this.#taken.length === 0) return undefined;
    const patch = this.#taken.flatMap((taken) => taken.patch);
    const components = newComponents(file, editor, patch).map((change) => ({ ...change, source: file }));
    const withoutComponents = editor.data;
    const hasComponents = components.length > 0 && editor.take(components) === undefined;
    const operations = this.#taken.flatMap((taken) => taken.operations);
    const shared = hasComponents ? [...operations, ...atAllPlaces(components, editor)] : operations;
    let result = editor.finish();
    const isShared = hasComponents && 'text' in result;
    if (hasComponents && !isShared) result = written(file.text, this.#taken);
    if ('text' in result) {
      if (result.text === file.text) return undefined;
      const { text: after, edits } = result;
      const [changes, made] = isShared ? [[...patch, ...components], shared] : [patch, operations];
      const data = { before: this.#before, after: isShared ? editor.data : withoutComponents };
      const { uri, text: before } = file;
      return {
        change: { file: uri, before, after, edits, patch: changes, operations: made, data, causes: this.#taken },
      };
    }
    const writable = new Set(writableTogether(file.text, this.#taken));
    const unwritable = this.#taken.filter((taken) => !writable.has(taken)).map(({ finding }) => finding);
    return { unwritable, reason: result.declined };
  }
}

/** Operations, each at every path at which the data shows what it changes. */
function atAllPlaces(patch: readonly PatchOperation[], editor: TextEditor): PatchOperation[] {
  return patch.flatMap((change) => (editor.placesChangedBy(change) ?? []).map((place) => changeAt(change, place)));
}

/** How many times a text is written to find the patches that can be written. A patch not tried by then is not written. */
const mostTries = 200;

/**
 * The patches that can be written into a text together, found by bisection.
 *
 * @param before patches that can be written, and come before the others
 */
function writableTogether(
  text: string,
  patches: readonly FindingPatch[],
  before: readonly FindingPatch[] = [],
  tries = { left: mostTries },
): readonly FindingPatch[] {
  const together = [...before, ...patches];
  if (tries.left-- <= 0) return before;
  if (isWritable(text, together)) return together;
  if (patches.length <= 1) return before;
  const middle = patches.length >> 1;
  const writableBefore = writableTogether(text, patches.slice(0, middle), before, tries);
  return writableTogether(text, patches.slice(middle), writableBefore, tries);
}

function isWritable(text: string, patches: readonly FindingPatch[]): boolean {
  return 'text' in written(text, patches);
}

/** Writes patches into a text, all or none. */
function written(text: string, patches: readonly FindingPatch[]): EditResult {
  const editor = new TextEditor(text, fieldOrders);
  for (const { patch } of patches) {
    const declined = editor.take(patch);
    if (declined !== undefined) return { declined };
  }
  return editor.finish();
}
