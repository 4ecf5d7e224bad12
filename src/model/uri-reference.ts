import type { Path } from '../json.js';

/** The segments of a JSON Pointer in a URI fragment (RFC 6901 §6); `undefined` for an anchor or a broken escape. */
export function segmentsOf(fragment: string): Path | undefined {
  if (fragment === '') return [];
  if (!fragment.startsWith('/')) return undefined;
  try {
    return fragment
      .slice(1)
      .split('/')
      .map((segment) => decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~'));
  } catch {
    return undefined;
  }
}

/** Splits a reference at its `#`. */
export function split(reference: string): [document: string, fragment: string] {
  const hash = reference.indexOf('#');
  return hash < 0 ? [reference, ''] : [reference.slice(0, hash), reference.slice(hash + 1)];
}

/** Whether a reference is the URL of a file (RFC 8089). */
export function isFileUrl(reference: string): boolean {
  return /^file:/i.test(reference);
}

/** Whether a reference has a scheme other than `file:`, so that no file has that name. */
export function isElsewhere(reference: string): boolean {
  return /^[a-z][a-z\d+.-]+:/i.test(reference) && !isFileUrl(reference);
}
