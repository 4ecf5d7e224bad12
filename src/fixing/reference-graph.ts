import type { Violation } from '../check.js';
import type { Documents } from '../files/documents.js';
import { addToGroup } from '../grouping.js';
import { type Path, pointerOf } from '../json.js';
import { kindByPath, kindMismatch } from '../model/kind-mismatch.js';
import { isExampleData, isSameKind, type Kind, kindOfMember } from '../model/kind.js';
import type { Operation } from '../model/operation.js';
import { Place } from '../model/place.js';
import type { Source } from '../model/source.js';
import { isTooDeep } from '../model/reading-budget.js';
import { isSwagger } from '../model/specification-version.js';
import { type ReferenceSite, referencesIn } from './references-in.js';
import { userLabel } from './user-label.js';

/** A use of a shared place by an operation, or another part of a description, that does not ask for the change. */
export interface OtherUser {
  /** Its name in messages. */
  readonly label: string;
  /** Where the `$ref` stands by which it uses the place; absent if there is none. */
  readonly site?: ReferenceSite;
}

/** The `$ref`s to a place. */
interface Referrers {
  readonly sites: ReferenceSite[];
  /** The first `$ref` to the place or to anything inside it. */
  readonly first: ReferenceSite;
}

/** The `$ref`s to each place, by the document of the place, then by its path. */
type ReferrersByPlace = Map<Source, Map<string, Referrers>>;

/** The `$ref`s of some descriptions, by the places that they lead to. It tells who else uses a place. */
export class ReferenceGraph {
  readonly #entries: ReadonlySet<Source>;
  readonly #documents: Documents;
  #found: ReferrersByPlace | undefined;
  #deep: ReferenceSite | undefined;

  /**
   * @param documents the files, all of which are searched
   * @param entries the descriptions among them. Other files count only where these refer to them
   */
  constructor(documents: Documents, entries: readonly Source[]) {
    this.#documents = documents;
    this.#entries = new Set(entries);
  }

  /** Adds the `$ref`s of a value that a fix has put at a place. The `$ref`s of the old value still count. */
  include(file: Source, path: Path): void {
    if (this.#found !== undefined) this.#deep ??= noteReferences(this.#found, file, path, this.#documents);
  }

  /** Why it is not known who uses a place; `undefined` if it is known. */
  get whyUnknown(): string | undefined {
    const site = this.#referrers === undefined ? undefined : this.#deep;
    return site && `a $ref below ${userLabel(site.path.slice(0, 9))} is nested too deeply to see what it leads to`;
  }

  get #referrers(): ReferrersByPlace {
    if (this.#found === undefined) {
      this.#found = new Map();
      for (const file of this.#documents.files) this.#deep ??= noteReferences(this.#found, file, [], this.#documents);
    }
    return this.#found;
  }

  /**
   * Finds a use of a place by an operation, or another part of a description, that does not ask for the change.
   *
   * @param violations all that ask for the change
   * @param breaks whether the change takes the place away, so that a `$ref` to it, or to anything inside it, would break
   * @returns `undefined` if there is none
   */
  otherUser(violations: readonly Violation[], breaks: boolean): OtherUser | undefined {
    const [first] = violations;
    if (first === undefined) return undefined;
    const { place } = first.obligation;
    const asking = new Set<string>();
    let isDirect = false;
    for (const { obligation } of violations) {
      const passed = referencesTo(obligation.place);
      for (const site of passed) asking.add(siteKey(site));
      if (passed.length === 0) isDirect = true;
    }
    if (!isDirect && this.#isLive(place)) return userAt(place);
    return (
      this.#notAsking(place, asking, new Set()) ??
      this.#expectingOtherKind(place) ??
      (breaks ? this.#referrerInto(place) : undefined) ??
      otherOperation(violations, place)
    );
  }

  /** A use of a place, by `$ref`s to it or to a place around it, that is not among those that ask for the change. */
  #notAsking(place: ReferenceSite, asking: ReadonlySet<string> | undefined, seen: Set<string>): OtherUser | undefined {
    const inDocument = this.#referrers.get(place.source) ?? new Map<string, Referrers>();
    for (let length = place.path.length; length >= 0; length--) {
      for (const site of inDocument.get(pointerOf(place.path.slice(0, length)))?.sites ?? []) {
        const key = siteKey(site);
        const isAsking = asking?.has(key) === true;
        if (this.#isLive(site)) {
          if (!isAsking) return userAt(site);
          continue;
        }
        const visit = `${isAsking} ${key}`;
        if (seen.has(visit)) continue;
        seen.add(visit);
        const user = this.#notAsking(site, isAsking ? asking : undefined, seen);
        if (user !== undefined) return user;
      }
    }
    return undefined;
  }

  /**
   * A `$ref` to a place, or to a place around it, that expects another kind of object there than a change of the place would make. What
   * stands there now fits both kinds, so it is not known which is meant. The `$ref` counts even if nothing uses it.
   */
  #expectingOtherKind(place: Place): OtherUser | undefined {
    const kinds = kindsAround(place);
    const seen = new Set<string>();
    const uses: ReferenceSite[] = [place];
    for (const { source, path } of uses) {
      for (let length = path.length; length >= 0; length--) {
        const outer = path.slice(0, length);
        for (const site of this.#referrers.get(source)?.get(pointerOf(outer))?.sites ?? []) {
          if (seen.has(siteKey(site))) continue;
          seen.add(siteKey(site));
          const inside = path.slice(length);
          const expected = kindByPath(site.source, site.path);
          if (expected !== undefined && !isExampleData(expected)) {
            if (!isSameInside(expected, inside, kinds) && this.#mayBe(expected, source, outer)) return userAt(site);
          }
          uses.push({ source: site.source, path: [...site.path, ...inside] });
        }
      }
    }
    return undefined;
  }

  /** Whether what stands at a path, or what the `$ref` there leads to, may be of a kind. */
  #mayBe(kind: Kind, source: Source, path: Path): boolean {
    const { target } = path.reduce((above, key) => above.own(key), Place.root(source, this.#documents));
    return !target.lost && kindMismatch(target, kind, isSwagger(source.data)) === undefined;
  }

  /** A `$ref` to a place, or to anything inside it. */
  #referrerInto(place: ReferenceSite): OtherUser | undefined {
    const referrers = this.#referrers.get(place.source)?.get(pointerOf(place.path));
    return referrers && userAt(referrers.first);
  }

  /** Whether a place is part of a description even if no `$ref` leads to it, unlike a component. */
  #isLive({ source, path }: ReferenceSite): boolean {
    const [first = ''] = path;
    const holders = isSwagger(source.data) ? ['definitions', 'parameters', 'responses'] : ['components'];
    return this.#entries.has(source) && !holders.includes(first) && !first.startsWith('x-');
  }
}

/**
 * Notes the `$ref`s that stand at a place of a file, or inside it.
 *
 * @returns the first that is nested too deeply, or leads to something that is; the others are then not noted
 */
function noteReferences(
  referrers: ReferrersByPlace,
  file: Source,
  path: Path,
  documents: Documents,
): ReferenceSite | undefined {
  const root = Place.root(file, documents);
  const at = (site: Path) => site.reduce((place, key) => place.own(key), root);
  const targets = new Map<unknown, Map<string, ReferenceSite[] | 'lost'>>();
  for (const { site, depth, reference, schema } of referencesIn(file, path, at(path).value)) {
    if (isTooDeep(depth)) return site;
    const known = targets.get(schema) ?? new Map<string, ReferenceSite[] | 'lost'>();
    targets.set(schema, known);
    const sites = known.get(reference);
    if (sites === undefined) {
      const target = at(site.path).next;
      if (target !== undefined && isTooDeep(target.depth)) return site;
      known.set(reference, target === undefined ? 'lost' : sitesWith(referrers, target, site));
    } else if (sites !== 'lost') sites.push(site);
  }
  return undefined;
}

/**
 * Notes a `$ref` at the place that it leads to, and at all paths around that.
 *
 * @returns the `$ref`s to the place
 */
function sitesWith(referrers: ReferrersByPlace, { source, path }: ReferenceSite, site: ReferenceSite): ReferenceSite[] {
  const inDocument = referrers.get(source) ?? new Map<string, Referrers>();
  referrers.set(source, inDocument);
  const here = referrersAt(path);
  here.sites.push(site);
  return here.sites;

  function referrersAt(around: Path): Referrers {
    const key = pointerOf(around);
    const known = inDocument.get(key);
    if (known !== undefined) return known;
    const created: Referrers = { sites: [], first: site };
    inDocument.set(key, created);
    if (around.length > 0) referrersAt(around.slice(0, -1));
    return created;
  }
}

/** The kinds that belong at a place and at the places around it in the same document, from the inside out. */
function kindsAround(place: Place): (Kind | undefined)[] {
  const kinds: (Kind | undefined)[] = [];
  const depth = place.path.length;
  for (let around: Place | undefined = place; around !== undefined; around = around.parent) {
    if (!place.isWithin(around) || around.path.length !== depth - kinds.length) break;
    kinds.push(around.kind);
  }
  return kinds;
}

/**
 * Whether something of a kind has, on the way to a member deep inside, the kinds that others expect there.
 *
 * @param path of the member
 * @param expected the kinds that others expect, from the member outwards
 */
function isSameInside(outer: Kind, path: Path, expected: readonly (Kind | undefined)[]): boolean {
  let kind: Kind | undefined = outer;
  for (let depth = 0; depth <= path.length; depth++) {
    if (depth > 0) kind = kind && kindOfMember(kind, path[depth - 1] ?? '');
    const other = expected[path.length - depth];
    if (other !== undefined && (kind === undefined || !isSameKind(kind, other))) return false;
  }
  return true;
}

/** How many `$ref`s on the way to a place are looked at. */
const mostFollowed = 1000;

/** The `$ref`s that were followed on the way to a place. */
function referencesTo(place: Place): ReferenceSite[] {
  const followed: ReferenceSite[] = [];
  for (let end = place; end.parent !== undefined; end = end.parent) {
    const start = end.parent.own(end.logical.at(-1) ?? '');
    for (let hop: Place | undefined = start; hop?.isReference && siteKey(hop) !== siteKey(end); hop = hop.next) {
      followed.push(hop);
      if (followed.length > mostFollowed) return followed;
    }
  }
  return followed;
}

/** For each path, the operations that take each header parameter, by where the parameter stands. */
const takers = new WeakMap<readonly Operation[], ReadonlyMap<string, readonly Operation[]>>();

/** An operation that does not ask for the change, but takes the same parameter from the path item. */
function otherOperation(violations: readonly Violation[], place: Place): OtherUser | undefined {
  const asking = new Set(violations.map(({ operation }) => operation));
  const { source, path } = place;
  const around = path.map((_, index) => siteKey({ source, path: path.slice(0, index + 1) }));
  for (const onSamePath of new Set(violations.map(({ operation }) => operation.onSamePath))) {
    const known = takers.get(onSamePath) ?? takersOn(onSamePath);
    takers.set(onSamePath, known);
    const other = around.flatMap((key) => known.get(key) ?? []).find((operation) => !asking.has(operation));
    if (other !== undefined) return { label: other.label };
  }
  return undefined;
}

function takersOn(onSamePath: readonly Operation[]): ReadonlyMap<string, readonly Operation[]> {
  const byPlace = new Map<string, Operation[]>();
  for (const operation of onSamePath) {
    for (const { place } of operation.headerParameters) addToGroup(byPlace, siteKey(place), operation);
  }
  return byPlace;
}

function siteKey({ source, path }: ReferenceSite): string {
  return `${source.uri}#/${pointerOf(path)}`;
}

function userAt(site: ReferenceSite): OtherUser {
  return { label: userLabel(site.path), site };
}
