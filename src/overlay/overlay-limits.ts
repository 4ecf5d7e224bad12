import { isObject, memberOf, type Path, valueAt } from '../json.js';
import { locationOf, type PatchOperation } from '../patch.js';
import { queryFor } from './json-path.js';

/** What decides which changes an overlay can make. */
export interface OverlayAbilities {
  /** Whether its version of the specification lets an action select a scalar. */
  readonly mayTargetScalars: boolean;
  /** Whether it stands in the folder of the description, and says nothing else, so that relative references mean the same in both. */
  readonly isBeside: boolean;
}

/** Why a patch cannot be written as actions of an overlay; `undefined` if it can. */
export function whyNotInOverlay(
  document: unknown,
  patch: readonly PatchOperation[],
  abilities: OverlayAbilities,
): string | undefined {
  for (const change of patch) {
    const reason = whyNot(document, change, abilities);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function whyNot(document: unknown, change: PatchOperation, abilities: OverlayAbilities): string | undefined {
  if (change.op === 'move') return 'an overlay cannot rename: the new name would come last in its object';
  const path = locationOf(change);
  if (hasReferenceAround(document, path)) return 'an overlay cannot change what stands beside a `$ref`';
  const old = valueAt(document, path);
  const holder = valueAt(document, path.slice(0, -1));
  const isAppended = change.op === 'add' && Array.isArray(holder);
  if (queryFor(document, isAppended ? path.slice(0, -1) : path) === undefined)
    return 'an overlay cannot tell this item of its array from the others, or a name has broken characters';
  // A scalar member is replaced with its object as the target; only an item has to be selected itself.
  const isScalar = old !== undefined && (typeof old !== 'object' || old === null);
  const isSelected =
    change.op === 'remove' || Array.isArray(holder) || (change.op === 'replace' && isContainer(change.value));
  if (isScalar && isSelected && !abilities.mayTargetScalars)
    return 'Overlay 1.0 cannot select a scalar: the overlay would have to say `overlay: 1.1.0`';
  if (change.op !== 'remove' && !abilities.isBeside && hasRelativeReference(change.value))
    return 'its `$ref` to another file means another one where the overlay is: keep it in the folder of the description, without `$self`';
  return undefined;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether an object on the way to a path is a reference. */
function hasReferenceAround(document: unknown, path: Path): boolean {
  let here = document;
  for (const key of path) {
    if (typeof memberOf(here, '$ref') === 'string') return true;
    here = memberOf(here, key);
  }
  return false;
}

/** Whether a value refers to another file. */
function hasRelativeReference(value: unknown): boolean {
  if (!isContainer(value)) return false;
  const reference = isObject(value) ? value['$ref'] : undefined;
  if (typeof reference === 'string' && !reference.startsWith('#') && !/^[a-z][a-z\d+.-]+:/i.test(reference))
    return true;
  return Object.values(value).some(hasRelativeReference);
}
