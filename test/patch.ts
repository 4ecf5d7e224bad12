import type { Path, Reader, Source } from '../src/contract/place.js';
import type { Json, PatchOperation } from '../src/edit/patch.js';

/** A description in memory: its entry, and the other documents by the names under which `$ref`s know them. */
export function inMemory(entry: unknown, others: Readonly<Record<string, unknown>> = {}) {
  const root: Source = { uri: 'openapi.yaml', data: entry };
  const sources = new Map<string, Source>([['openapi.yaml', root]]);
  for (const [uri, data] of Object.entries(others)) sources.set(uri, { uri, data });
  const reader: Reader = { open: (reference) => sources.get(reference.replace(/^\.\//, '')) };
  return { root, reader };
}

/** The document after a patch, as RFC 6902 §4 defines it; the one given stays as it is. */
export function patched(document: unknown, patch: readonly PatchOperation[]): unknown {
  return patch.reduce(withOperation, structuredClone(document));
}

function withOperation(document: unknown, operation: PatchOperation): unknown {
  const parent = operation.path.slice(0, -1).reduce(memberOf, document);
  const key = operation.path.at(-1);
  if (typeof parent !== 'object' || parent === null || key === undefined) throw new Error('no such place');
  if (operation.op !== 'remove') (parent as Record<string, Json>)[key] = operation.value;
  else if (!Object.hasOwn(parent, key)) throw new Error('nothing to remove');
  else delete (parent as Record<string, Json>)[key];
  return document;
}

function memberOf(value: unknown, key: Path[number]): unknown {
  return (value as Record<string, unknown>)[key];
}
