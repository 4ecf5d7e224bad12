import { type Path, valueAt } from '../json.js';
import { applyPatch, canApply, changeAt, type PatchOperation } from '../patch.js';

/** Which objects and arrays may be changed in place, and the copies that were made of others. */
export interface Copying {
  isOwn(value: object): boolean;
  readonly copies: object[];
}

const copyAll: () => Copying = () => ({ isOwn: () => false, copies: [] });

/**
 * The data after a change at a place in it, where that can be made. Shares with the old data what is not on the way to the place.
 */
export function changedAt(data: unknown, change: PatchOperation, place: Path, copying = copyAll()): unknown {
  const changeHere = changeAt(change, place);
  return canApply(data, changeHere) ? applyPatch(copiedAlong(data, place.slice(0, -1), copying), [changeHere]) : data;
}

/** A document with all objects and arrays on a path copied, except those that may be changed in place. */
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
