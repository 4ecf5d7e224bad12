import type { Path, Source } from './model/location.js';

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What one operation of a patch does, and where; {@link PatchOperation} says in which document. */
export type Change =
  | { readonly op: 'add' | 'replace'; readonly path: Path; readonly value: Json }
  | { readonly op: 'remove'; readonly path: Path }
  | { readonly op: 'move'; readonly from: Path; readonly path: Path };

/**
 * One operation of a JSON Patch (RFC 6902 §4), on a document of a description. Its locations are segments instead of JSON
 * Pointers, since what follows only ever needs the segments. `move` gives a member another name in the same object.
 */
export type PatchOperation = Change & { readonly source: Source };

/** Where an operation acts: of a `move`, where from. */
export function locationOf(change: Change): Path {
  return change.op === 'move' ? change.from : change.path;
}
