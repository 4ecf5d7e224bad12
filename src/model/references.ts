import { isObject, memberOf, type Path, pathOf } from '../json.js';
import { absolute, Anchors, type Resource, resourceAround, resourceOfDocument } from './anchors.js';
import { kindByLocation, kindMismatch } from './kind-mismatch.js';
import { aKind, isSameKind, type Kind } from './kind.js';
import { type Location, memberAt } from './location.js';
import { ReadingBudget } from './reading-budget.js';
import type { Reader, Source } from './source.js';
import { isSwagger, specificationVersionOf } from './specification-version.js';

/** Why a `$ref` does not lead to what belongs where it stands. */
export type ReferenceFault =
  /** The document that it names cannot be had. */
  | { readonly kind: 'document'; readonly document: string }
  /** Nothing stands in the document where it points. */
  | { readonly kind: 'nothing' }
  /** It is a JSON Pointer with a broken escape, or a name that nothing in the document has. */
  | { readonly kind: 'no pointer' }
  /** It leads back to itself, or through more others than anybody writes. */
  | { readonly kind: 'no end' }
  /** It leads to something of another kind. Both are named with their articles: `a Schema Object`. */
  | { readonly kind: 'misled'; readonly found: string; readonly wanted: string };

/** A `$ref` that does not lead to what belongs where it stands. */
export interface InvalidReference {
  readonly source: Source;
  /** Where the text of the `$ref` stands. */
  readonly path: Path;
  /** As it is written. */
  readonly reference: string;
  readonly fault: ReferenceFault;
}

/**
 * A chain of references longer than this is taken for one that leads nowhere, which bounds the stack that a hostile
 * document can ask for. Real chains have two or three links.
 */
const longestChain = 50;

/** The `$ref` that stands in a value, if it is one that could be followed. */
export function referenceIn(value: unknown): string | undefined {
  const reference = isObject(value) ? memberOf(value, '$ref') : undefined;
  return typeof reference === 'string' ? reference : undefined;
}

/** The segments of a JSON Pointer in a URI fragment (RFC 6901 §6); `undefined` for an anchor or a broken escape. */
function segmentsOf(fragment: string): Path | undefined {
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

/** A reference, divided at its `#`. */
function split(reference: string): [document: string, fragment: string] {
  const hash = reference.indexOf('#');
  return hash < 0 ? [reference, ''] : [reference.slice(0, hash), reference.slice(hash + 1)];
}

/** How many keys of a path can be looked at in one step. */
const segmentsAtOnce = 20;

function depthOf({ trail }: Location): number {
  let depth = 0;
  for (let here = trail; here !== undefined; here = here.above) depth++;
  return depth;
}

function wholeOf(source: Source): Location {
  return { source, trail: undefined, value: source.data };
}

/** Where a `$ref` ends in vain: why, and which other `$ref` keeps its pointer from going on. */
interface DeadEnd {
  readonly fault: ReferenceFault;
  readonly blockedBy?: Location;
}

/**
 * Follows the `$ref`s of one description. Each reference is followed once: what it came to is remembered, which keeps the
 * work linear where references lead through references, and ends a cycle.
 */
export class References {
  /** What following them, and what comes of that, has taken so far. */
  readonly budget = new ReadingBudget();
  readonly #reader: Reader;
  /** Whether the description is of version 2.0. */
  readonly #isOld: boolean;
  /** Whether its schemas are those of JSON Schema, and may have identifiers: since 3.1. */
  readonly #hasIdentifiers: boolean;
  readonly #documents = new Map<Source, Resource>();
  /** By the schema or the document that they are relative to, then by how they are written. */
  readonly #settled = new Map<unknown, Map<string, Location | undefined>>();
  /** Whether what `$ref`s lead to is of a kind, once somebody has asked. */
  readonly #verdicts = new Map<Location, Map<Kind, boolean>>();
  readonly #anchors = new Anchors((steps) => this.budget.spend(steps));
  readonly #invalidReferences = new Map<Source, Map<string, InvalidReference>>();

  constructor(root: Source, reader: Reader) {
    this.#reader = reader;
    this.budget.include(root);
    this.#isOld = isSwagger(root.data);
    this.#hasIdentifiers = specificationVersionOf(root.data).hasReferenceSiblings;
  }

  /** The `$ref`s that were come across so far and do not lead to what belongs where they stand, each once. */
  get invalidReferences(): InvalidReference[] {
    return [...this.#invalidReferences.values()].flatMap((inSource) => [...inSource.values()]);
  }

  /**
   * Follows `$ref`s until something else stands there.
   *
   * @param wanted the kind of what belongs there, if that is known
   * @returns `undefined` where the chain breaks, bites its tail or leads to something of another kind, which is then noted
   */
  reach(location: Location, wanted: Kind | undefined): Location | undefined {
    const reached = this.#settle(location);
    if (reached !== undefined && (reached === location || wanted === undefined || this.#fits(reached, wanted)))
      return reached;
    this.#note(location, wanted);
    return undefined;
  }

  #fits(reached: Location, wanted: Kind): boolean {
    const known = this.#verdicts.get(reached) ?? new Map<Kind, boolean>();
    this.#verdicts.set(reached, known);
    const fits = known.get(wanted) ?? kindMismatch(reached, wanted, this.#isOld) === undefined;
    known.set(wanted, fits);
    return fits;
  }

  /** One `$ref` followed: the place it names, of whatever kind; `undefined` where it leads nowhere. */
  hop(location: Location): Location | undefined {
    const next = this.#hop(location, 0);
    return 'fault' in next ? undefined : next;
  }

  #settle(location: Location, links = 0): Location | undefined {
    const reference = referenceIn(location.value);
    if (reference === undefined) return location;
    const { root } = this.#resourceOf(location);
    const known = this.#settled.get(root.value) ?? new Map<string, Location | undefined>();
    this.#settled.set(root.value, known);
    if (!known.has(reference)) {
      // Until it is known where it leads, it leads nowhere: that is what ends a cycle.
      known.set(reference, undefined);
      const next = this.#hop(location, links);
      known.set(reference, 'fault' in next ? undefined : this.#settle(next, links + 1));
    }
    return known.get(reference);
  }

  #hop(location: Location, links: number): Location | DeadEnd {
    const reference = referenceIn(location.value);
    if (reference === undefined || links >= longestChain) return { fault: { kind: 'no end' } };
    const [document, fragment] = split(reference);
    const resource = this.#resourceOf(location);
    this.budget.spend(1);
    if (document !== '') {
      const root = this.#opened(document, location.source, resource);
      return typeof root === 'string'
        ? { fault: { kind: 'document', document: root } }
        : this.#within(root, fragment, links);
    }
    const found = this.#within(resource.root, fragment, links);
    if (!('fault' in found) || resource.root.trail === undefined) return found;
    // Many write such a pointer as if the schema had no identifier, and tools follow it from the top of the document.
    const fromTop = this.#within(wholeOf(location.source), fragment, links);
    return 'fault' in fromTop ? found : fromTop;
  }

  /** The schema or the document that a `$ref` is relative to. */
  #resourceOf(location: Location): Resource {
    const document = this.#documents.get(location.source) ?? resourceOfDocument(location.source);
    this.#documents.set(location.source, document);
    if (!this.#hasIdentifiers) return document;
    this.budget.spend(depthOf(location) / segmentsAtOnce);
    return resourceAround(location, document);
  }

  /**
   * What a `$ref` to another document, or to something with an identifier, names without its fragment.
   *
   * @returns how a document is called that cannot be had
   */
  #opened(document: string, from: Source, { base, isNamed }: Resource): Location | string {
    const uri = absolute(document, base);
    const isIdentifier = isNamed || URL.canParse(document);
    // Looking for it takes long, and nearly every `$ref` is the name of a file.
    const known = isIdentifier ? this.#identified(uri, from) : undefined;
    if (known !== undefined) return known;
    // A working copy has the files beside each other that are elsewhere on the network once they are published.
    const names = uri === undefined || !isNamed ? [document] : /^file:/i.test(uri) ? [uri, document] : [document, uri];
    for (const name of new Set(names)) {
      const source = this.#reader.open(name, from);
      if (source === undefined) continue;
      this.budget.include(source);
      return wholeOf(source);
    }
    return (isIdentifier ? undefined : this.#identified(uri, from)) ?? names.at(-1) ?? document;
  }

  /** What is identified by a URI in a document, or in any other that has been read so far. */
  #identified(uri: string | undefined, from: Source): Location | undefined {
    return uri === undefined ? undefined : this.#anchors.identified(uri, [from, ...this.budget.documents]);
  }

  /** What a fragment names in a document, or in a schema with an identifier of its own. */
  #within(root: Location, fragment: string, links: number): Location | DeadEnd {
    const segments = segmentsOf(fragment);
    if (segments === undefined) return this.#anchors.named(root, fragment) ?? { fault: { kind: 'no pointer' } };
    let here = root;
    for (const segment of segments) {
      const whole = this.#settle(here, links + 1);
      if (whole === undefined) return { fault: { kind: 'nothing' }, blockedBy: here };
      here = memberAt(whole, segment);
    }
    return here.value === undefined ? { fault: { kind: 'nothing' } } : here;
  }

  /** Notes that a `$ref` does not lead where it should; and so, if it is another one that keeps its pointer from going on, that. */
  #note(location: Location, wanted: Kind | undefined): void {
    let blocker = this.#noteOne(location, wanted);
    while (blocker !== undefined) blocker = this.#noteOne(blocker, undefined);
  }

  /**
   * Notes which `$ref` of a chain it is that does not lead where it should, and why.
   *
   * @returns what keeps its pointer from going on, unless that is known
   */
  #noteOne(start: Location, wanted: Kind | undefined): Location | undefined {
    let culprit = start;
    let here = start;
    for (let links = 0; ; links++) {
      const next = this.#hop(here, links);
      if ('fault' in next) {
        const isNew = this.#add(next.fault.kind === 'no end' ? start : here, next.fault);
        return isNew ? next.blockedBy : undefined;
      }
      if (referenceIn(next.value) === undefined) {
        const found = wanted && kindMismatch(next, wanted, this.#isOld);
        if (found !== undefined) this.#add(culprit, { kind: 'misled', found, wanted: aKind(wanted ?? '') });
        return undefined;
      }
      const standing = wanted && kindByLocation(next);
      if (standing === undefined || isSameKind(standing, wanted ?? '')) culprit = next;
      here = next;
    }
  }

  /** @returns whether it has not been noted before */
  #add({ source, trail, value }: Location, fault: ReferenceFault): boolean {
    const inSource = this.#invalidReferences.get(source) ?? new Map<string, InvalidReference>();
    this.#invalidReferences.set(source, inSource);
    const path = [...pathOf(trail), '$ref'];
    this.budget.spendOn(path);
    const key = JSON.stringify(path);
    if (inSource.has(key)) return false;
    inSource.set(key, { source, path, reference: referenceIn(value) ?? '', fault });
    return true;
  }
}
