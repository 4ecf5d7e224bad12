import { type Path, valueAt } from '../json.js';
import { applyPatch, canApply, changeAt, type PatchOperation } from '../patch.js';

/** Which objects and arrays may be changed in place. It is told of each copy that is made of another. */
export interface Copying {
  isOwn(value: object): boolean;
  note(copy: object): void;
}

const copyAll: Copying = { isOwn: () => false, note: () => {} };

/**
 * The data after a change at a place in it, where that can be made. Shares with the old data what is not on the way to the place.
 */
export function changedAt(data: unknown, change: PatchOperation, place: Path, copying = copyAll): unknown {
  const changeHere = changeAt(change, place);
  return canApply(data, changeHere) ? applyPatch(copiedAlong(data, place.slice(0, -1), copying), [changeHere]) : data;
}

/** A document with all objects and arrays on a path copied, except those that may be changed in place. */
function copiedAlong(document: unknown, path: Path, { isOwn, note }: Copying): unknown {
  const root = { '': document };
  let holder: object = root;
  for (const key of ['', ...path]) {
    const value = valueAt(holder, [key]) as object;
    if (isOwn(value)) {
      holder = value;
      continue;
    }
    const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
    note(copy);
    Object.defineProperty(holder, key, { value: copy });
    holder = copy;
  }
  return root[''];
}
