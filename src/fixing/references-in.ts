import { isObject, type LinkedPath, type Path, pathOf } from '../json.js';
import type { Source } from '../model/source.js';

/** Where a `$ref` stands. */
export interface ReferenceSite {
  readonly source: Source;
  readonly path: Path;
}

/** A `$ref` that was found. */
export interface FoundReference {
  readonly site: ReferenceSite;
  /** How many keys the path of the site has. */
  readonly depth: number;
  readonly reference: string;
  /** The object around it whose identifier it is relative to. */
  readonly schema: unknown;
}

/** Where a `$ref` was found. Few of the paths are asked for. */
class FoundSite implements ReferenceSite {
  readonly source: Source;
  readonly #base: Path;
  readonly #linkedPath: LinkedPath | undefined;
  #path: Path | undefined;

  constructor(source: Source, base: Path, linkedPath: LinkedPath | undefined) {
    this.source = source;
    this.#base = base;
    this.#linkedPath = linkedPath;
  }

  get path(): Path {
    return (this.#path ??= [...this.#base, ...pathOf(this.#linkedPath)]);
  }
}

/** Every `$ref` in the value at a place of a file. An object that stands in several places is searched once. */
export function* referencesIn(source: Source, base: Path, data: unknown): Generator<FoundReference> {
  interface Next {
    readonly value: unknown;
    readonly linkedPath: LinkedPath | undefined;
    readonly depth: number;
    readonly schema: unknown;
  }
  const queue: Next[] = [{ value: data, linkedPath: undefined, depth: base.length, schema: undefined }];
  const seen = new Set<unknown>();
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { value, linkedPath, depth } = next;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    const reference = isObject(value) ? value['$ref'] : undefined;
    // An identifier, which the `$ref`s in there are relative to.
    const schema = isObject(value) && typeof value['$id'] === 'string' ? value : next.schema;
    if (typeof reference === 'string')
      yield { site: new FoundSite(source, base, linkedPath), depth, reference, schema };
    const queued = queue.length;
    for (const key of Object.keys(value)) {
      const member: unknown = (value as Record<string, unknown>)[key];
      if (typeof member === 'object' && member !== null)
        queue.push({ value: member, linkedPath: { key, above: linkedPath }, depth: depth + 1, schema });
    }
    // Most objects have neither, and may be searched again: there is nothing to find in them.
    if (typeof reference === 'string' || queue.length > queued) seen.add(value);
  }
}
