import { isObject, memberOf } from '../json.js';
import { kindByLocation } from './kind-mismatch.js';
import { type Location, memberAt } from './location.js';
import type { Source } from './source.js';

/** What the schemas of a document are known by, beside where they stand (JSON Schema 2020-12 core §8.2). */
interface MembersByName {
  /** By `$anchor` or `$dynamicAnchor`, but for those in a schema with an `$id`, which has its names to itself. */
  readonly anchors: ReadonlyMap<string, Location>;
  /** By `$id`; the document itself by its `$id` or, since OpenAPI 3.2, its `$self`. As absolute URIs. */
  readonly identities: ReadonlyMap<string, Location>;
}

/** The names in some documents, each document looked through once, when one of its names is first asked for. */
export class Anchors {
  readonly #spend: (steps: number) => void;
  readonly #byDocument = new Map<Source, MembersByName>();

  /** @param spend is told how many objects and arrays have been looked at */
  constructor(spend: (steps: number) => void) {
    this.#spend = spend;
  }

  /** The schema that has a name in a document. */
  named(source: Source, name: string): Location | undefined {
    return this.#namesIn(source).anchors.get(name);
  }

  /**
   * What is identified by a URI, in a document.
   *
   * @param reference as a `$ref` in that document has it, without its fragment
   */
  identified(source: Source, reference: string): Location | undefined {
    const base = identityOf(source.data, undefined);
    // Looking for it takes long, and nearly every `$ref` is the name of a file.
    if (base === undefined && !URL.canParse(reference)) return undefined;
    const uri = URL.canParse(reference, base) ? new URL(reference, base).href : '';
    return this.#namesIn(source).identities.get(uri);
  }

  #namesIn(source: Source): MembersByName {
    const names = this.#byDocument.get(source) ?? this.#lookThrough(source);
    this.#byDocument.set(source, names);
    return names;
  }

  #lookThrough(source: Source): MembersByName {
    const [anchors, identities] = [new Map<string, Location>(), new Map<string, Location>()];
    const seen = new Set<unknown>();
    const root: Location = { source, trail: undefined, value: source.data };
    const queue: { location: Location; base: string | undefined; isOwn: boolean }[] = [
      { location: root, base: undefined, isOwn: true },
    ];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const { location } = next;
      if (typeof location.value !== 'object' || location.value === null || seen.has(location.value)) continue;
      seen.add(location.value);
      this.#spend(1);
      const identity = identityOf(location.value, next.base);
      const isOwn = next.isOwn && (location === root || identity === undefined);
      if (identity !== undefined && isSchema(location)) identities.set(identity, location);
      for (const keyword of isOwn ? ['$anchor', '$dynamicAnchor'] : []) {
        const name = memberOf(location.value, keyword);
        if (typeof name === 'string' && !anchors.has(name) && isSchema(location)) anchors.set(name, location);
      }
      const base = identity ?? next.base;
      for (const key of Object.keys(location.value).toReversed())
        queue.push({ location: memberAt(location, key), base, isOwn });
    }
    return { anchors, identities };
  }
}

/** Whether something may be a schema, or a whole document; what is shown as an example is neither. */
function isSchema(location: Location): boolean {
  const standing = kindByLocation(location);
  return standing === undefined || location.trail === undefined || standing === 'Schema Object';
}

/** The absolute URI that a schema or a document gives itself. */
function identityOf(value: unknown, base: string | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const own = ['$self', '$id'].map((key) => value[key]).find((name) => typeof name === 'string');
  if (typeof own !== 'string' || !URL.canParse(own, base)) return undefined;
  const url = new URL(own, base);
  url.hash = '';
  return url.href;
}
