import { isObject, memberOf } from '../json.js';
import { standingOf } from './kind-mismatch.js';
import { memberAt, type Spot } from './location.js';
import type { Source } from './source.js';

/** What the schemas of a document are known by, beside where they stand (JSON Schema 2020-12 core §8.2). */
interface Names {
  /** By `$anchor` or `$dynamicAnchor`, but for those in a schema with an `$id`, which has its names to itself. */
  readonly anchors: ReadonlyMap<string, Spot>;
  /** By `$id`; the document itself by its `$id` or, since OpenAPI 3.2, its `$self`. As absolute URIs. */
  readonly identities: ReadonlyMap<string, Spot>;
}

/** The names in some documents, each document looked through once, when one of its names is first asked for. */
export class Anchors {
  readonly #spend: (steps: number) => void;
  readonly #byDocument = new Map<Source, Names>();

  /** @param spend is told how many objects and arrays have been looked at */
  constructor(spend: (steps: number) => void) {
    this.#spend = spend;
  }

  /** The schema that has a name in a document. */
  named(source: Source, name: string): Spot | undefined {
    return this.#namesIn(source).anchors.get(name);
  }

  /**
   * What is identified by a URI, in a document.
   *
   * @param reference as a `$ref` in that document has it, without its fragment
   */
  identified(source: Source, reference: string): Spot | undefined {
    const base = identityOf(source.data, undefined);
    // Looking for it takes long, and nearly every `$ref` is the name of a file.
    if (base === undefined && !URL.canParse(reference)) return undefined;
    const uri = URL.canParse(reference, base) ? new URL(reference, base).href : '';
    return this.#namesIn(source).identities.get(uri);
  }

  #namesIn(source: Source): Names {
    const names = this.#byDocument.get(source) ?? this.#lookThrough(source);
    this.#byDocument.set(source, names);
    return names;
  }

  #lookThrough(source: Source): Names {
    const [anchors, identities] = [new Map<string, Spot>(), new Map<string, Spot>()];
    const seen = new Set<unknown>();
    const root: Spot = { source, trail: undefined, value: source.data };
    const queue: { spot: Spot; base: string | undefined; isOwn: boolean }[] = [
      { spot: root, base: undefined, isOwn: true },
    ];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const { spot } = next;
      if (typeof spot.value !== 'object' || spot.value === null || seen.has(spot.value)) continue;
      seen.add(spot.value);
      this.#spend(1);
      const identity = identityOf(spot.value, next.base);
      const isOwn = next.isOwn && (spot === root || identity === undefined);
      if (identity !== undefined && isSchema(spot)) identities.set(identity, spot);
      for (const keyword of isOwn ? ['$anchor', '$dynamicAnchor'] : []) {
        const name = memberOf(spot.value, keyword);
        if (typeof name === 'string' && !anchors.has(name) && isSchema(spot)) anchors.set(name, spot);
      }
      const base = identity ?? next.base;
      for (const key of Object.keys(spot.value).toReversed()) queue.push({ spot: memberAt(spot, key), base, isOwn });
    }
    return { anchors, identities };
  }
}

/** Whether something may be a schema, or a whole document; what is shown as an example is neither. */
function isSchema(spot: Spot): boolean {
  const standing = standingOf(spot);
  return standing === undefined || spot.trail === undefined || standing === 'Schema Object';
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
