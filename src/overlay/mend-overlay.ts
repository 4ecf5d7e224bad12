import { TextFile } from '../files/text-file.js';
import { isSame, type Path } from '../json.js';
import { applyPatch, locationOf, type PatchOperation } from '../patch.js';
import { TextEditor } from '../text-editor/editor.js';
import { UnreadableText } from '../text-editor/parsed-document.js';
import type { TextEdit } from '../text-editor/text-edits.js';
import { fieldIn, OverlaidData } from './apply-overlay.js';
import { actionFieldsOf, type OverlayDocument, overlayIn } from './overlay-document.js';
import { applyAction } from './overlaid-file.js';

/** An overlay whose actions by hand have been fixed. */
export interface MendedOverlay {
  readonly overlay: OverlayDocument;
  readonly edits: readonly TextEdit[];
}

/**
 * Makes the changes of a patch in an overlay, as far as what they change comes from one of its actions. An action with several targets
 * stays as it is, and so does a reusable action that is used for several, since changing it would change them all.
 *
 * @param data the description after these actions, before the patch
 * @param original the data of the description before any action
 * @param selected how many nodes each applied action of the overlay has selected
 * @returns `undefined` if nothing can be changed
 */
export function mended(
  overlay: OverlayDocument,
  data: OverlaidData,
  original: unknown,
  selected: ReadonlyMap<number, number>,
  patch: readonly PatchOperation[],
): MendedOverlay | undefined {
  const { file } = overlay;
  /** How many nodes the actions have selected whose fields stand where a path begins. */
  const nodesWith = (path: Path) =>
    [...selected].reduce((sum, [index, count]) => {
      return actionFieldsOf(overlay, index).path.every((key, at) => key === path[at]) ? sum + count : sum;
    }, 0);
  const editor = editorOf(file.text);
  const made: PatchOperation[] = [];
  for (const change of patch) {
    const origin = data.originOf(locationOf(change));
    if (origin.overlay === undefined || change.op === 'move') continue;
    if (fieldIn(origin.path) !== 'update' || nodesWith(origin.path) !== 1) continue;
    if (editor?.take([{ ...change, path: origin.path }]) === undefined) made.push(change);
  }
  if (editor === undefined || made.length === 0) return undefined;
  const result = editor.finish();
  if (!('text' in result)) return undefined;
  const after = overlayIn(new TextFile(file.uri, result.text));
  const check = new OverlaidData(original);
  for (const index of selected.keys()) applyAction(check, after, index);
  const isRight = isSame(check.data, applyPatch(structuredClone(data.data), made));
  return isRight ? { overlay: after, edits: result.edits } : undefined;
}

function editorOf(text: string): TextEditor | undefined {
  try {
    return new TextEditor(text);
  } catch (error) {
    if (error instanceof UnreadableText) return undefined;
    throw error;
  }
}
