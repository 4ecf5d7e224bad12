import { type TextFile, UnreadableFile } from '../files/text-file.js';
import type { Workspace } from '../files/workspace.js';
import { ActionFailure, OverlaidData } from './apply-overlay.js';
import { actionFieldsOf, InvalidOverlay, type OverlayDocument, overlayIn } from './overlay-document.js';

/**
 * Gives a description the data that overlays make of it. Values that an overlay has added are located in the overlay.
 *
 * @param overlays absolute paths, in the order in which they are applied
 * @param workspace reads them
 * @returns which overlay cannot be read or applied, and why
 */
export function applyOverlays(
  description: TextFile,
  overlays: readonly string[],
  workspace: Workspace,
): { readonly file: string; readonly message: string } | undefined {
  const data = new OverlaidData(description.data);
  const files: TextFile[] = [];
  for (const [number, path] of overlays.entries()) {
    try {
      const overlay = overlayIn(workspace.read(path));
      files.push(overlay.file);
      for (const index of overlay.actions.keys()) applyAction(data, overlay, index, number);
    } catch (error) {
      if (error instanceof UnreadableFile) return { file: path, message: error.message };
      if (error instanceof InvalidOverlay) return { file: path, message: error.atItsPlace };
      throw error;
    }
  }
  description.overlay(data.data, (path) => {
    const origin = data.originOf(path);
    const overlay = origin.overlay === undefined ? undefined : files[origin.overlay];
    return { file: overlay ?? description, path: origin.path };
  });
  return undefined;
}

/**
 * Applies an action of an overlay.
 *
 * @param number of the overlay, in the order in which they are applied
 * @returns how many nodes its target has selected
 * @throws InvalidOverlay if it cannot be applied
 */
export function applyAction(data: OverlaidData, overlay: OverlayDocument, index: number, number = 0): number {
  const { file, actions } = overlay;
  try {
    return data.apply(actions[index], number, ['actions', String(index)], actionFieldsOf(overlay, index)).selected;
  } catch (error) {
    if (error instanceof ActionFailure) throw new InvalidOverlay(file, error.path, error.message);
    throw error;
  }
}
