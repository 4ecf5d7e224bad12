import { isObject, type LinkedPath, type Path, pathOf } from '../json.js';
import type { Source } from '../model/source.js';

/** Where a `$ref` stands. */
export interface ReferenceSite {
  readonly source: Source;
  readonly path: Path;
}

/** Every `$ref` in the value at a place of a file. An object that stands in several places is searched once. */
export function* referencesIn(
  source: Source,
  path: Path,
  data: unknown,
): Generator<{ site: ReferenceSite; reference: string; schema: unknown }> {
  const queue: { value: unknown; linkedPath: LinkedPath | undefined; schema: unknown }[] = [
    { value: data, linkedPath: undefined, schema: undefined },
  ];
  const seen = new Set<unknown>();
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { value, linkedPath } = next;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const reference = isObject(value) ? value['$ref'] : undefined;
    // An identifier, which the `$ref`s in there are relative to.
    const schema = isObject(value) && typeof value['$id'] === 'string' ? value : next.schema;
    if (typeof reference === 'string')
      yield { site: { source, path: [...path, ...pathOf(linkedPath)] }, reference, schema };
    for (const [key, member] of Object.entries(value)) {
      if (typeof member === 'object' && member !== null)
        queue.push({ value: member, linkedPath: { key, above: linkedPath }, schema });
    }
  }
}
