import { isObject, memberOf, pathOf } from '../json.js';
import { kindByLocation } from './kind-mismatch.js';
import { type Location, memberAt } from './location.js';
import type { Source } from './source.js';

/** The schemas of a document by their anchors and identifiers (JSON Schema 2020-12 core §8.2). */
interface MembersByName {
  /**
   * By `$anchor` or `$dynamicAnchor`. The key of the outer map is what the anchor belongs to: the nearest schema with an `$id`, or else
   * the document.
   */
  readonly anchors: ReadonlyMap<unknown, ReadonlyMap<string, Location>>;
  /** By `$id`, as an absolute URI; the document itself by its `$id` or, since OpenAPI 3.2, its `$self`. */
  readonly identities: ReadonlyMap<string, Location>;
  /** The other documents that its `$ref`s name, as written. */
  readonly documents: ReadonlySet<string>;
}

/** The part of a document that a `$ref` in it is relative to (JSON Schema 2020-12 core §8.2.1, §9.1.2). */
export interface Resource {
  /** The nearest schema around the `$ref` that has its own identifier, or else the whole document. */
  readonly root: Location;
  /** The absolute URI that a relative reference is resolved against (RFC 3986 §5.1); `undefined` if it is unknown. */
  readonly base: string | undefined;
  /** Whether the schema or the document states that URI itself. Otherwise it is the address that the document was read from. */
  readonly isNamed: boolean;
}

/** Finds schemas by their names. Searches each document once, when one of its names is first needed. */
export class Anchors {
  readonly #spend: (steps: number) => void;
  readonly #byDocument = new Map<Source, MembersByName>();

  /** @param spend counts the objects and arrays that are searched */
  constructor(spend: (steps: number) => void) {
    this.#spend = spend;
  }

  /**
   * The schema with an anchor.
   *
   * @param root a document, or a schema with its own identifier
   */
  named(root: Location, name: string): Location | undefined {
    return this.#namesIn(root.source).anchors.get(root.value)?.get(name);
  }

  /**
   * The schema or document with an identifier, in the first of some documents that has it.
   *
   * @param uri an absolute URI without a fragment
   */
  identified(uri: string, documents: Iterable<Source>): Location | undefined {
    for (const document of documents) {
      this.#spend(1);
      const found = this.#namesIn(document).identities.get(uri);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The other documents that the `$ref`s of a document name, as written. */
  documentsNamedIn(source: Source): Iterable<string> {
    return this.#namesIn(source).documents;
  }

  #namesIn(source: Source): MembersByName {
    const names = this.#byDocument.get(source) ?? this.#lookThrough(source);
    this.#byDocument.set(source, names);
    return names;
  }

  #lookThrough(source: Source): MembersByName {
    const anchors = new Map<unknown, Map<string, Location>>();
    const identities = new Map<string, Location>();
    const documents = new Set<string>();
    const seen = new Set<unknown>();
    const root: Location = { source, linkedPath: undefined, value: source.data };
    const queue = [{ location: root, base: urlOf(source), holder: source.data }];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const { location } = next;
      if (typeof location.value !== 'object' || location.value === null || seen.has(location.value)) continue;
      seen.add(location.value);
      this.#spend(1);
      const reference = memberOf(location.value, '$ref');
      const [document = ''] = typeof reference === 'string' ? reference.split('#', 1) : [];
      if (document !== '') documents.add(document);
      const own = identityOf(location.value, next.base);
      const identity = own !== undefined && isSchema(location) ? own : undefined;
      if (identity !== undefined && !identities.has(identity)) identities.set(identity, location);
      const holder = identity === undefined ? next.holder : location.value;
      for (const keyword of ['$anchor', '$dynamicAnchor']) {
        const name = memberOf(location.value, keyword);
        if (typeof name !== 'string' || !isSchema(location)) continue;
        const names = anchors.get(holder) ?? new Map<string, Location>();
        anchors.set(holder, names);
        if (!names.has(name)) names.set(name, location);
      }
      const base = identity ?? next.base;
      for (const key of Object.keys(location.value).toReversed())
        queue.push({ location: memberAt(location, key), base, holder });
    }
    return { anchors, identities, documents };
  }
}

/** A whole document as the resource that the `$ref`s in it are relative to. */
export function resourceOfDocument(source: Source): Resource {
  const readFrom = urlOf(source);
  const called = identityOf(source.data, readFrom);
  return {
    root: { source, linkedPath: undefined, value: source.data },
    base: called ?? readFrom,
    isNamed: called !== undefined,
  };
}

/**
 * The nearest schema around a place that has its own identifier, or else the document.
 *
 * @param document the document of the place
 */
export function resourceAround({ linkedPath }: Location, document: Resource): Resource {
  let here = document.root;
  let resource = document;
  for (const key of pathOf(linkedPath)) {
    here = memberAt(here, key);
    const identity = identityOf(here.value, resource.base);
    if (identity !== undefined && isSchema(here)) resource = { root: here, base: identity, isNamed: true };
  }
  return resource;
}

/** A reference as an absolute URI; `undefined` if it is relative and its base is unknown, or if it is no URI. */
export function absolute(reference: string, base: string | undefined): string | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base).href : undefined;
}

/** Whether a value may be a schema or a whole document. A value within an example is neither. */
function isSchema(location: Location): boolean {
  const standing = kindByLocation(location);
  return standing === undefined || location.linkedPath === undefined || standing === 'Schema Object';
}

/** The URL of the file that a document was read from, or its address on the network. */
function urlOf({ uri }: Source): string | undefined {
  if (uri === null) return undefined;
  return uri.startsWith('/') ? `file://${uri.split('/').map(encodeURIComponent).join('/')}` : absolute(uri, undefined);
}

/**
 * The absolute URI that a schema or a document states for itself. An `$id` that is only a fragment is no identifier: in older drafts of
 * JSON Schema it is an anchor.
 */
function identityOf(value: unknown, base: string | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const { $self: self, $id: id } = value;
  const own = typeof self === 'string' ? self : id;
  if (typeof own !== 'string' || own.startsWith('#') || !URL.canParse(own, base)) return undefined;
  const url = new URL(own, base);
  url.hash = '';
  return url.href;
}
