import type { Path, Source } from '../contract/place.js';

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * One operation of a JSON Patch (RFC 6902 §4), on a document of a description. The path is the location as segments
 * instead of as a JSON Pointer, since what follows only ever needs the segments.
 */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly source: Source; readonly path: Path; readonly value: Json }
  | { readonly op: 'remove'; readonly source: Source; readonly path: Path };
