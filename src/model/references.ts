import { depthOf, type Path, pathOf } from '../json.js';
import { absolute, Anchors, type Resource, resourceAround, resourceOfDocument } from './anchors.js';
import { kindByLocation, kindMismatch } from './kind-mismatch.js';
import { aKind, isSameKind, type Kind } from './kind.js';
import { type Followed, type Location, memberAt, wholeOf } from './location.js';
import { ReadingBudget } from './reading-budget.js';
import { insteadOfText, lacksText, isReferenceAs, referenceIn } from './reference.js';
import type { Reader, Source } from './source.js';
import { isSwagger, specificationVersionOf } from './specification-version.js';
import { isElsewhere, isFileUrl, segmentsOf, split } from './uri-reference.js';

/** Why a `$ref` does not lead to an object of the kind that is expected in its place. */
export type ReferenceFault =
  /** It is not a string. What it is has its article: `an object`. */
  | { readonly kind: 'no text'; readonly found: string }
  /** The document that it names cannot be read. */
  | { readonly kind: 'document'; readonly document: string }
  /** The document has nothing at the place that it points to. */
  | { readonly kind: 'nothing' }
  /** It is a JSON Pointer with a broken escape, or an anchor that the document does not have. */
  | { readonly kind: 'no pointer' }
  /** It leads back to itself, or through a chain of more than fifty `$ref`s. */
  | { readonly kind: 'no end' }
  /** It leads to an object of another kind. Both kinds have their article: `a Schema Object`. */
  | { readonly kind: 'misled'; readonly found: string; readonly wanted: string };

/** A `$ref` that cannot be followed, or that leads to an object of another kind than is expected in its place. */
export interface InvalidReference {
  readonly source: Source;
  /** The path of the `$ref`'s own text. */
  readonly path: Path;
  /** The text of the `$ref`; empty if it is not a string. */
  readonly reference: string;
  readonly fault: ReferenceFault;
}

/**
 * A longer chain of references counts as one without an end, so that a hostile document cannot exhaust the stack. Real chains have two
 * or three links.
 */
const longestChain = 50;

/** How many keys of a path count as one step. */
const segmentsAtOnce = 20;

/** Whether the path of a location allows an object of a kind there, or does not tell. */
function mayStandAt(location: Location, kind: Kind): boolean {
  const standing = kindByLocation(location);
  return standing === undefined || isSameKind(standing, kind);
}

/** The end of a `$ref` that cannot be followed: the fault, and the `$ref` on the way of its pointer that causes it, if one does. */
interface DeadEnd {
  readonly fault: ReferenceFault;
  readonly blockedBy?: Location;
}

/**
 * Follows the `$ref`s of one description. Each reference is followed once and its target is kept. So the work stays linear where
 * references lead through references, and a cycle ends.
 */
export class References {
  /** Limits the time that following them takes, and that reading what they lead to takes. */
  readonly budget = new ReadingBudget();
  readonly #reader: Reader;
  /** Whether the description is of version 2.0. */
  readonly #isOld: boolean;
  /** Whether its schemas may have identifiers. They may since 3.1, whose schemas are those of JSON Schema. */
  readonly #hasIdentifiers: boolean;
  readonly #documents = new Map<Source, Resource>();
  /** Where references lead, by the schema or document that they are relative to, then by their text. */
  readonly #settled = new Map<unknown, Map<string, Followed>>();
  /** Whether a target is of a kind, for each target and kind that has been checked. */
  readonly #verdicts = new Map<Location, Map<Kind, boolean>>();
  /** The documents of which all others that their `$ref`s name have been read. */
  readonly #areRead = new Set<Source>();
  readonly #anchors = new Anchors((steps) => this.budget.spend(steps));
  readonly #invalidReferences = new Map<Source, Map<string, InvalidReference>>();

  constructor(root: Source, reader: Reader) {
    this.#reader = reader;
    this.budget.include(root);
    this.#isOld = isSwagger(root.data);
    this.#hasIdentifiers = specificationVersionOf(root.data).hasReferenceSiblings;
  }

  /** The invalid `$ref`s among those followed so far, each once. */
  get invalidReferences(): InvalidReference[] {
    return [...this.#invalidReferences.values()].flatMap((inSource) => [...inSource.values()]);
  }

  /** The ends of the `$ref`s followed so far. */
  get targets(): Location[] {
    return [...this.#settled.values()].flatMap((followed) => [...followed.values()].flatMap(({ end }) => end ?? []));
  }

  /**
   * Follows a chain of `$ref`s to its end.
   *
   * @param wanted the kind that is expected there, if it is known
   * @returns `undefined` if the chain breaks, leads back to itself or leads to an object of another kind; {@link invalidReferences} then
   *   has the `$ref`
   */
  reach(location: Location, wanted: Kind | undefined): Location | undefined {
    const reached = this.#settle(location);
    const isWhole = reached !== undefined && !lacksText(reached.value, wanted);
    if (isWhole && (reached === location || wanted === undefined || this.#fits(reached, wanted))) return reached;
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

  /** Follows one `$ref`, whatever the kind of its target; `undefined` if it leads nowhere. */
  hop(location: Location): Location | undefined {
    const reference = referenceIn(location.value);
    if (reference === undefined) return undefined;
    const known = this.#settled.get(this.#resourceOf(location).root.value)?.get(reference)?.next;
    const next = known ?? this.#hop(location, 0);
    return 'fault' in next ? undefined : next;
  }

  #settle(location: Location, links = 0): Location | undefined {
    const reference = referenceIn(location.value);
    if (reference === undefined) return location;
    const { root } = this.#resourceOf(location);
    const known = this.#settled.get(root.value) ?? new Map<string, Followed>();
    this.#settled.set(root.value, known);
    if (!known.has(reference)) {
      // Until its target is known, it leads nowhere. That ends a cycle.
      known.set(reference, {});
      const next = this.#hop(location, links);
      known.set(reference, 'fault' in next ? {} : { next, end: this.#settle(next, links + 1) });
    }
    return known.get(reference)?.end;
  }

  #hop(location: Location, links: number): Location | DeadEnd {
    const reference = referenceIn(location.value);
    if (reference === undefined) return { fault: { kind: 'no text', found: insteadOfText(location.value) } };
    if (links >= longestChain) return { fault: { kind: 'no end' } };
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
    if (!('fault' in found) || resource.root.linkedPath === undefined) return found;
    // Many authors write such a pointer as if the schema had no identifier, and tools follow it from the root of the document.
    const fromTop = this.#within(wholeOf(location.source), fragment, links);
    return 'fault' in fromTop ? found : fromTop;
  }

  /** The schema or the document that a `$ref` is relative to. */
  #resourceOf(location: Location): Resource {
    const document = this.#documents.get(location.source) ?? resourceOfDocument(location.source);
    this.#documents.set(location.source, document);
    if (!this.#hasIdentifiers) return document;
    this.budget.spend(depthOf(location.linkedPath) / segmentsAtOnce);
    return resourceAround(location, document);
  }

  /**
   * The document, or the schema with an identifier, that a `$ref` names before its `#`.
   *
   * @returns the name of the document, if it cannot be read
   */
  #opened(document: string, from: Source, { base, isNamed }: Resource): Location | string {
    const uri = absolute(document, base);
    const isIdentifier = isNamed || URL.canParse(document);
    // The search for an identifier is slow, and nearly every `$ref` is the name of a file.
    const known = isIdentifier ? this.#identified(uri, from) : undefined;
    if (known !== undefined) return known;
    // In a working copy, the files stand beside each other, even if they are published at other addresses.
    const names = uri === undefined || !isNamed ? [document] : isFileUrl(uri) ? [uri, document] : [document, uri];
    let last = document;
    for (const name of new Set(names)) {
      last = name;
      const identified = isElsewhere(name) ? this.#identifiedAnywhere(uri, from) : undefined;
      if (identified !== undefined) return identified;
      const source = this.#reader.open(name, from);
      if (source === undefined) continue;
      this.budget.include(source);
      return wholeOf(source);
    }
    return this.#identifiedAnywhere(uri, from) ?? last;
  }

  /** The schema or document that a URI identifies, in a document or in any other that has been read so far. */
  #identified(uri: string | undefined, from: Source): Location | undefined {
    return uri === undefined ? undefined : this.#anchors.identified(uri, [from, ...this.budget.documents]);
  }

  /**
   * The same, in any document that the `$ref`s of the description name, even if it has not been read yet: what a `$ref` leads to must
   * not depend on the order of reading. Documents on the network count only if they have been read.
   */
  #identifiedAnywhere(uri: string | undefined, from: Source): Location | undefined {
    if (uri === undefined) return undefined;
    // The set grows while it is walked.
    for (const document of this.budget.documents) {
      if (this.#areRead.has(document)) continue;
      this.#areRead.add(document);
      if (isElsewhere(document.uri ?? '')) continue;
      for (const name of this.#anchors.documentsNamedIn(document)) {
        const other = isElsewhere(name) ? undefined : this.#reader.open(name, document);
        if (other !== undefined) this.budget.include(other);
      }
    }
    return this.#identified(uri, from);
  }

  /** The target of a fragment in a document, or in a schema with its own identifier. */
  #within(root: Location, fragment: string, links: number): Location | DeadEnd {
    const segments = segmentsOf(fragment);
    if (segments === undefined) return this.#anchors.named(root, fragment) ?? { fault: { kind: 'no pointer' } };
    const literal = this.#walked(root, segments, links, true);
    if (!('fault' in literal)) return literal;
    const inlined = this.#walked(root, segments, links, false);
    return 'fault' in inlined ? literal : inlined;
  }

  /**
   * Follows a JSON Pointer. It points at what stands in the text (RFC 6901 §4), but authors also write pointers through a `$ref` into
   * its target.
   *
   * @param isLiteral whether a member that stands beside a `$ref` counts before one in the target
   */
  #walked(root: Location, segments: Path, links: number, isLiteral: boolean): Location | DeadEnd {
    let here = root;
    for (const segment of segments) {
      const own = isLiteral ? memberAt(here, segment) : undefined;
      if (own?.value !== undefined) {
        here = own;
        continue;
      }
      const whole = this.#settle(here, links + 1);
      if (whole === undefined) return { fault: { kind: 'nothing' }, blockedBy: here };
      here = memberAt(whole, segment);
    }
    return here.value === undefined ? { fault: { kind: 'nothing' } } : here;
  }

  /** Records an invalid `$ref`, and the other `$ref`s on the way of its pointer that make it invalid. */
  #note(location: Location, wanted: Kind | undefined): void {
    let blocker = this.#noteOne(location, wanted);
    while (blocker !== undefined) blocker = this.#noteOne(blocker, undefined);
  }

  /**
   * Records which `$ref` of a chain is invalid, and why.
   *
   * @returns the other `$ref` that makes it invalid; `undefined` if there is none, or if it is recorded already
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
      if (wanted !== undefined && referenceIn(next.value) === undefined) {
        const found = kindMismatch(next, wanted, this.#isOld);
        if (found !== undefined) this.#add(culprit, { kind: 'misled', found, wanted: aKind(wanted) });
      }
      if (!isReferenceAs(next.value, wanted)) return undefined;
      if (wanted === undefined || mayStandAt(next, wanted)) culprit = next;
      here = next;
    }
  }

  /**
   * Records a fault.
   *
   * @param location the `$ref`
   * @returns whether it is new
   */
  #add({ source, linkedPath, value }: Location, fault: ReferenceFault): boolean {
    const inSource = this.#invalidReferences.get(source) ?? new Map<string, InvalidReference>();
    this.#invalidReferences.set(source, inSource);
    const path = [...pathOf(linkedPath), '$ref'];
    this.budget.spendOn(path);
    const key = JSON.stringify(path);
    if (inSource.has(key)) return false;
    inSource.set(key, { source, path, reference: referenceIn(value) ?? '', fault });
    return true;
  }
}
