import type { Violation } from '../check.js';
import type { Workspace } from '../files/workspace.js';
import { addToGroup } from '../grouping.js';
import { isObject, type Path } from '../json.js';
import type { Operation } from '../model/operation.js';
import { Place } from '../model/place.js';
import type { Source } from '../model/source.js';
import { isSwagger } from '../model/specification-version.js';
import { userLabel } from './user-label.js';

/** A `$ref` in one of the files, by where it stands. */
interface ReferenceSite {
  readonly source: Source;
  readonly path: Path;
}

/** Who uses a thing beside those who ask for a change to it. */
export interface OtherUser {
  /** What a message calls it. */
  readonly label: string;
  /** Where its `$ref` stands, if it uses the thing by one. */
  readonly site?: ReferenceSite;
}

/** What leads to a place: the `$ref`s that lead to it, and the first that leads to it or into it. */
interface Leads {
  readonly sites: ReferenceSite[];
  readonly first: ReferenceSite;
}

/** What leads to the places of some files, by the document that a place is in, then by where it is in there. */
type Leading = Map<Source, Map<string, Leads>>;

/** Who uses what: the `$ref`s of some descriptions, by what they lead to. */
export class ReferenceGraph {
  readonly #entries: ReadonlySet<Source>;
  readonly #workspace: Workspace;
  #found: Leading | undefined;

  /**
   * @param workspace the files, all of which are looked at
   * @param entries the descriptions among them; other files only count where these refer to them
   */
  constructor(workspace: Workspace, entries: readonly Source[]) {
    this.#workspace = workspace;
    this.#entries = new Set(entries);
  }

  /** Takes notice of the `$ref`s in what has come to stand at a place of a file. What has gone from there still counts. */
  include(file: Source, path: Path): void {
    if (this.#found !== undefined) noteReferences(this.#found, file, path, this.#workspace);
  }

  get #leading(): Leading {
    if (this.#found === undefined) {
      this.#found = new Map();
      for (const file of this.#workspace.files) noteReferences(this.#found, file, [], this.#workspace);
    }
    return this.#found;
  }

  /**
   * Whether a change would touch anybody who has not asked for it.
   *
   * @param demands all who ask for a change to the place
   * @param breaks whether what stands there goes, so that nothing may refer to it, or into it
   * @returns who else uses it; `undefined` where nobody does
   */
  otherUser(violations: readonly Violation[], breaks: boolean): OtherUser | undefined {
    const [first] = violations;
    if (first === undefined) return undefined;
    const { place } = first.obligation;
    const asked = new Set<string>();
    let isAskedDirectly = false;
    for (const { obligation } of violations) {
      const passed = passedTo(obligation.place);
      for (const site of passed) asked.add(siteKey(site));
      if (passed.length === 0) isAskedDirectly = true;
    }
    if (!isAskedDirectly && this.#isLive(place)) return userAt(place);
    return (
      this.#unasked(place, asked, new Set()) ??
      (breaks ? this.#referrerInto(place) : undefined) ??
      otherOperation(violations, place)
    );
  }

  /** A use of what is around a place, by somebody who has not asked: by way of `$ref`s that lead to it. */
  #unasked(to: ReferenceSite, asked: ReadonlySet<string> | undefined, seen: Set<string>): OtherUser | undefined {
    const here = this.#leading.get(to.source) ?? new Map<string, Leads>();
    for (let length = to.path.length; length >= 0; length--) {
      for (const site of here.get(keyOf(to.path.slice(0, length)))?.sites ?? []) {
        const key = siteKey(site);
        const isAsked = asked?.has(key) === true;
        if (this.#isLive(site)) {
          if (!isAsked) return userAt(site);
          continue;
        }
        const visit = `${isAsked} ${key}`;
        if (seen.has(visit)) continue;
        seen.add(visit);
        const user = this.#unasked(site, isAsked ? asked : undefined, seen);
        if (user !== undefined) return user;
      }
    }
    return undefined;
  }

  /** A `$ref` that leads to a place or into it. */
  #referrerInto(place: ReferenceSite): OtherUser | undefined {
    const leads = this.#leading.get(place.source)?.get(keyOf(place.path));
    return leads && userAt(leads.first);
  }

  /** Whether a place is part of a description by itself, and not only where something refers to it. */
  #isLive({ source, path }: ReferenceSite): boolean {
    const [first = ''] = path;
    const holders = isSwagger(source.data) ? ['definitions', 'parameters', 'responses'] : ['components'];
    return this.#entries.has(source) && !holders.includes(first) && !first.startsWith('x-');
  }
}

/** Notes what the `$ref`s lead to that stand at a place of a file, or below it. */
function noteReferences(leading: Leading, file: Source, path: Path, workspace: Workspace): void {
  const root = Place.root(file, workspace);
  const at = (site: Path) => site.reduce((place, key) => place.own(key), root);
  const targets = new Map<string, Place | undefined>();
  for (const { site, reference } of referencesIn(file, path, at(path).value)) {
    if (!targets.has(reference)) targets.set(reference, at(site.path).next);
    const target = targets.get(reference);
    if (target === undefined) continue;
    const here = leading.get(target.source) ?? new Map<string, Leads>();
    leading.set(target.source, here);
    noteSite(here, target.path, site);
  }
}

/** Notes a `$ref` that leads to a path, and into what is on the way to that. */
function noteSite(leading: Map<string, Leads>, path: Path, site: ReferenceSite): void {
  for (let length = path.length; length >= 0; length--) {
    const key = keyOf(path.slice(0, length));
    const known = leading.get(key);
    if (known === undefined) leading.set(key, { sites: length === path.length ? [site] : [], first: site });
    else if (length === path.length) known.sites.push(site);
    // What is around it is known already.
    if (known !== undefined) return;
  }
}

/** The way to a value, from its end. */
interface Step {
  readonly value: unknown;
  readonly key: string;
  readonly above: Step | undefined;
}

/** Every `$ref` in what stands at a place of a file, each object looked at once. */
function* referencesIn(
  source: Source,
  path: Path,
  data: unknown,
): Generator<{ site: ReferenceSite; reference: string }> {
  const queue: Step[] = typeof data === 'object' && data !== null ? [{ value: data, key: '', above: undefined }] : [];
  const seen = new Set<unknown>();
  for (let step = queue.pop(); step !== undefined; step = queue.pop()) {
    const { value } = step;
    if (seen.has(value)) continue;
    seen.add(value);
    const reference = isObject(value) ? value['$ref'] : undefined;
    if (typeof reference === 'string') yield { site: { source, path: [...path, ...pathOf(step)] }, reference };
    for (const [key, member] of Object.entries(value as object)) {
      if (typeof member === 'object' && member !== null) queue.push({ value: member, key, above: step });
    }
  }
}

function pathOf(step: Step): Path {
  const path: string[] = [];
  for (let here = step; here.above !== undefined; here = here.above) path.push(here.key);
  return path.toReversed();
}

/** The `$ref`s that were followed on the way to a place. */
function passedTo(place: Place): ReferenceSite[] {
  const passed: ReferenceSite[] = [];
  for (let here = place; here.parent !== undefined; here = here.parent) {
    const entry = here.parent.own(here.logical.at(-1) ?? '');
    for (let step: Place | undefined = entry; step?.isReference && siteKey(step) !== siteKey(here); step = step.next) {
      passed.push(step);
      if (passed.length > 1000) return passed;
    }
  }
  return passed;
}

/** The operations on a path that take each parameter, by where that stands. */
const takers = new WeakMap<readonly Operation[], ReadonlyMap<string, readonly Operation[]>>();

/** Another operation on the path of one that asks, which takes the same parameter from the path item. */
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

function keyOf(path: Path): string {
  return path.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
}

function siteKey({ source, path }: ReferenceSite): string {
  return `${source.uri}#/${keyOf(path)}`;
}

function userAt(site: ReferenceSite): OtherUser {
  return { label: userLabel(site.path), site };
}
