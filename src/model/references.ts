import { isObject, memberOf, type Path, pathOf } from '../json.js';
import { Anchors } from './anchors.js';
import { misfit, standingOf } from './kind-mismatch.js';
import { aKind, isSameKind, type Kind } from './kind.js';
import { memberAt, type Spot } from './location.js';
import { Effort } from './reading-budget.js';
import type { Reader, Source } from './source.js';
import { isSwagger } from './specification-version.js';

/** Why a `$ref` does not lead to what belongs where it stands. */
export type Fault =
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
export interface Misreference {
  readonly source: Source;
  /** Where the text of the `$ref` stands. */
  readonly path: Path;
  /** As it is written. */
  readonly reference: string;
  readonly fault: Fault;
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

/** Where a `$ref` ends in vain: why, and which other `$ref` keeps its pointer from going on. */
interface DeadEnd {
  readonly fault: Fault;
  readonly blockedBy?: Spot;
}

/**
 * Follows the `$ref`s of one description. Each reference is followed once: what it came to is remembered, which keeps the
 * work linear where references lead through references, and ends a cycle.
 */
export class References {
  /** What following them, and what comes of that, has taken so far. */
  readonly effort = new Effort();
  readonly #reader: Reader;
  /** Whether the description is of version 2.0. */
  readonly #isOld: boolean;
  readonly #settled = new Map<Source, Map<string, Spot | undefined>>();
  /** Whether what `$ref`s lead to is of a kind, once somebody has asked. */
  readonly #verdicts = new Map<Spot, Map<Kind, boolean>>();
  readonly #anchors = new Anchors((steps) => this.effort.spend(steps));
  readonly #misreferences = new Map<Source, Map<string, Misreference>>();

  constructor(root: Source, reader: Reader) {
    this.#reader = reader;
    this.effort.include(root);
    this.#isOld = isSwagger(root.data);
  }

  /** The `$ref`s that were come across so far and do not lead to what belongs where they stand, each once. */
  get misreferences(): Misreference[] {
    return [...this.#misreferences.values()].flatMap((inSource) => [...inSource.values()]);
  }

  /**
   * Follows `$ref`s until something else stands there.
   *
   * @param wanted the kind of what belongs there, if that is known
   * @returns `undefined` where the chain breaks, bites its tail or leads to something of another kind, which is then noted
   */
  reach(spot: Spot, wanted: Kind | undefined): Spot | undefined {
    const reached = this.#settle(spot);
    if (reached !== undefined && (reached === spot || wanted === undefined || this.#fits(reached, wanted)))
      return reached;
    this.#note(spot, wanted);
    return undefined;
  }

  #fits(reached: Spot, wanted: Kind): boolean {
    const known = this.#verdicts.get(reached) ?? new Map<Kind, boolean>();
    this.#verdicts.set(reached, known);
    const fits = known.get(wanted) ?? misfit(reached, wanted, this.#isOld) === undefined;
    known.set(wanted, fits);
    return fits;
  }

  /** One `$ref` followed: the place it names, of whatever kind; `undefined` where it leads nowhere. */
  hop(spot: Spot): Spot | undefined {
    const next = this.#hop(spot, 0);
    return 'fault' in next ? undefined : next;
  }

  #settle(spot: Spot, links = 0): Spot | undefined {
    const reference = referenceIn(spot.value);
    if (reference === undefined) return spot;
    const known = this.#settled.get(spot.source) ?? new Map<string, Spot | undefined>();
    this.#settled.set(spot.source, known);
    if (!known.has(reference)) {
      // Until it is known where it leads, it leads nowhere: that is what ends a cycle.
      known.set(reference, undefined);
      const next = this.#hop(spot, links);
      known.set(reference, 'fault' in next ? undefined : this.#settle(next, links + 1));
    }
    return known.get(reference);
  }

  #hop(spot: Spot, links: number): Spot | DeadEnd {
    const reference = referenceIn(spot.value);
    if (reference === undefined || links >= longestChain) return { fault: { kind: 'no end' } };
    const [document, fragment] = split(reference);
    const identified = document === '' ? undefined : this.#anchors.identified(spot.source, document);
    const source = identified?.source ?? (document === '' ? spot.source : this.#reader.open(document, spot.source));
    if (source === undefined) return { fault: { kind: 'document', document } };
    this.effort.include(source);
    this.effort.spend(1);
    const segments = segmentsOf(fragment);
    if (segments === undefined) {
      const named = this.#anchors.named(source, fragment);
      return named ?? { fault: { kind: 'no pointer' } };
    }
    let here: Spot = identified ?? { source, trail: undefined, value: source.data };
    for (const segment of segments) {
      const whole = this.#settle(here, links + 1);
      if (whole === undefined) return { fault: { kind: 'nothing' }, blockedBy: here };
      here = memberAt(whole, segment);
    }
    return here.value === undefined ? { fault: { kind: 'nothing' } } : here;
  }

  /** Notes that a `$ref` does not lead where it should; and so, if it is another one that keeps its pointer from going on, that. */
  #note(spot: Spot, wanted: Kind | undefined): void {
    let blocker = this.#noteOne(spot, wanted);
    while (blocker !== undefined) blocker = this.#noteOne(blocker, undefined);
  }

  /**
   * Notes which `$ref` of a chain it is that does not lead where it should, and why.
   *
   * @returns what keeps its pointer from going on, unless that is known
   */
  #noteOne(start: Spot, wanted: Kind | undefined): Spot | undefined {
    let culprit = start;
    let here = start;
    for (let links = 0; ; links++) {
      const next = this.#hop(here, links);
      if ('fault' in next) {
        const isNew = this.#add(next.fault.kind === 'no end' ? start : here, next.fault);
        return isNew ? next.blockedBy : undefined;
      }
      if (referenceIn(next.value) === undefined) {
        const found = wanted && misfit(next, wanted, this.#isOld);
        if (found !== undefined) this.#add(culprit, { kind: 'misled', found, wanted: aKind(wanted ?? '') });
        return undefined;
      }
      const standing = wanted && standingOf(next);
      if (standing === undefined || isSameKind(standing, wanted ?? '')) culprit = next;
      here = next;
    }
  }

  /** @returns whether it has not been noted before */
  #add({ source, trail, value }: Spot, fault: Fault): boolean {
    const inSource = this.#misreferences.get(source) ?? new Map<string, Misreference>();
    this.#misreferences.set(source, inSource);
    const path = [...pathOf(trail), '$ref'];
    this.effort.spendOn(path);
    const key = JSON.stringify(path);
    if (inSource.has(key)) return false;
    inSource.set(key, { source, path, reference: referenceIn(value) ?? '', fault });
    return true;
  }
}
