import type { Reader, Source } from '../src/model/source.js';

/** A description in memory: its entry document, and a reader for the other documents, by the names that `$ref`s give them. */
export function sourcesInMemory(entry: unknown, others: Readonly<Record<string, unknown>> = {}) {
  const root: Source = { uri: 'openapi.yaml', data: entry };
  const sources = new Map<string, Source>([['openapi.yaml', root]]);
  for (const [uri, data] of Object.entries(others)) sources.set(uri, { uri, data });
  const reader: Reader = { open: (reference) => sources.get(reference.replace(/^\.\//, '')) };
  return { root, reader };
}
