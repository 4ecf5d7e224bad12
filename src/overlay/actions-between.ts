import { isSame } from '../json.js';
import { ActionFailure, OverlaidData } from './apply-overlay.js';
import { changesBetween, NotAnOverlay } from './data-changes.js';
import { type Action, actionsFor } from './overlay-actions.js';

/**
 * The actions that lead from one document to another. They have been tried: they give exactly that document.
 *
 * @returns `undefined` if no overlay can make the change
 */
export function actionsBetween(before: unknown, after: unknown): Action[] | undefined {
  try {
    const actions = actionsFor(before, changesBetween(before, after));
    const check = new OverlaidData(before);
    for (const [index, action] of actions?.entries() ?? []) check.apply(action, 0, ['actions', String(index)]);
    return isSame(check.data, after) ? actions : undefined;
  } catch (error) {
    if (error instanceof NotAnOverlay || error instanceof ActionFailure) return undefined;
    throw error;
  }
}
