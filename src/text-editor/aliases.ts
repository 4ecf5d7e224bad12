import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isSeq,
  type ParsedNode,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { addToGroup } from '../grouping.js';
import type { Path } from '../json.js';
import { firstFrom, mergeKey, type Span } from './parsed-document.js';
import { keyName } from './yaml-data.js';

/** How many places aliases may show one text in. With more, a change to the text is declined. */
const mostPlaces = 200;

/** A map with a merge key, and its path. */
interface MergingMap {
  readonly path: Path;
  readonly map: YAMLMap;
}

/** The offset of an anchored node, and those of its first and last alias. */
interface AliasTarget {
  readonly start: number;
  readonly firstUse: number;
  lastUse: number;
}

/** The texts that aliases and merge keys show in more than one place. */
export class Aliases {
  readonly #tree: Tree;
  readonly #members = new MemberIndex();
  /** In the order of the text. */
  readonly #targets: readonly AliasTarget[];
  /** The paths at which each anchored node is shown, its own first. */
  readonly #shown = new Map<unknown, Path[]>();
  /** The maps that each map is merged into. */
  readonly #mergers = new Map<unknown, MergingMap[]>();

  constructor(tree: Tree) {
    this.#tree = tree;
    const anchored = new Map<unknown, Path>();
    const targets = new Map<unknown, AliasTarget>();
    visit(tree, {
      Value: (_, node, ancestors) => {
        if (node.anchor !== undefined) anchored.set(node, this.#members.pathOf(node, ancestors));
      },
      Alias: (key, alias, ancestors) => {
        const node = alias.resolve(tree) as ParsedNode;
        const [use] = (alias as Alias.Parsed).range;
        const target = targets.get(node) ?? { start: node.range[0], firstUse: use, lastUse: use };
        targets.set(node, target);
        target.lastUse = use;
        if (!this.#shown.has(node)) this.#shown.set(node, [anchored.get(node) ?? []]);
        const path = key === 'key' ? [] : this.#members.pathOf(alias, ancestors);
        const merge = path.lastIndexOf(mergeKey);
        if (merge < 0) this.#shown.get(node)?.push(path);
        else this.#noteMerger(node, path.slice(0, merge), ancestors);
      },
    });
    this.#targets = [...targets.values()].toSorted((first, second) => first.start - second.start);
  }

  #noteMerger(merged: ParsedNode, path: Path, ancestors: readonly unknown[]): void {
    const merger = ancestors.findLast((ancestor) => isMap(ancestor)) as YAMLMap;
    addToGroup(this.#mergers, merged, { path, map: merger });
  }

  /**
   * The paths at which the text of a path is shown, the path in the text first.
   *
   * @param depth how many names of the path may lead through an alias
   * @returns `undefined` if there are too many
   */
  placesOf(path: Path, depth: number): Path[] | undefined {
    if (this.#shown.size === 0) return [path];
    const places = [this.#writtenAt(path)];
    const known = new Set(places.map((place) => place.join('\n')));
    for (const place of places) {
      for (const other of this.#alsoShownAt(place, place.length - path.length + depth)) {
        if (other === undefined) return undefined;
        const key = other.join('\n');
        if (known.has(key)) continue;
        if (places.length === mostPlaces) return undefined;
        known.add(key);
        places.push(other);
      }
    }
    return places;
  }

  /** Whether an alias outside a stretch of the text refers to a node inside it. */
  isUsedBeyond({ start, end }: Span): boolean {
    for (let index = firstFrom(this.#targets, start); ; index++) {
      const target = this.#targets[index];
      if (target === undefined || target.start >= end) return false;
      if (target.firstUse < start || target.lastUse >= end) return true;
    }
  }

  /** The path in the text, without aliases and merge keys, for a path in the data. */
  #writtenAt(path: Path): Path {
    let node: unknown = this.#tree.contents;
    let written: Path = [];
    for (const [index, key] of path.entries()) {
      if (isAlias(node)) {
        node = node.resolve(this.#tree);
        written = this.#shown.get(node)?.[0] ?? written;
      }
      const holder = this.#holderOf(node, key);
      if (holder === undefined) return [...written, ...path.slice(index)];
      if (holder !== node) written = this.#shown.get(holder)?.[0] ?? written;
      written = [...written, key];
      node = this.#members.at(holder, key);
    }
    return written;
  }

  /** The other paths that show the text of a path; `undefined` as the last where there are too many. */
  *#alsoShownAt(path: Path, depth: number): Generator<Path | undefined> {
    let node: unknown = this.#tree.contents;
    let passed = 0;
    for (let index = 0; index <= depth; index++) {
      if (isAlias(node) && index < path.length) node = node.resolve(this.#tree);
      const rest = path.slice(index);
      for (const place of this.#shown.get(node) ?? []) yield [...place, ...rest];
      const key = rest[0];
      if (key === undefined) return;
      for (const merger of this.#mergers.get(node) ?? []) {
        if (++passed > mostMergers) return yield undefined;
        if (!this.#members.has(merger.map, key)) yield [...merger.path, ...rest];
      }
      const holder = this.#holderOf(node, key);
      if (holder === undefined) return;
      node = this.#members.at(holder, key);
    }
  }

  /** The collection that has a member: a node, or a map merged into it. */
  #holderOf(node: unknown, key: string): unknown {
    if (this.#members.at(node, key) !== undefined) return node;
    const merged = this.#members.mergedInto(node);
    return merged
      .map((item) => (isAlias(item) ? item.resolve(this.#tree) : undefined))
      .find((target) => this.#members.at(target, key) !== undefined);
  }
}

/** Finds members by name or index. Each collection is indexed when it is first used. */
class MemberIndex {
  readonly #values = new Map<unknown, ReadonlyMap<string, unknown>>();
  readonly #indexes = new Map<unknown, ReadonlyMap<unknown, number>>();
  readonly #merged = new Map<unknown, readonly unknown[]>();

  /** The value of a member or an item; of two members with one name, the last. */
  at(node: unknown, key: string): unknown {
    if (isMap(node)) return this.#valuesOf(node).get(key);
    return isSeq(node) ? node.items[Number(key)] : undefined;
  }

  /** Whether a map has a member, not counting those merged into it. */
  has(map: YAMLMap, key: string): boolean {
    return this.#valuesOf(map).has(key);
  }

  /** What the merge keys of a map name: maps, or lists of maps, whose items are given one by one. */
  mergedInto(node: unknown): readonly unknown[] {
    if (!isMap(node) || !this.#valuesOf(node).has(mergeKey)) return [];
    const known = this.#merged.get(node) ?? mergedIn(node);
    this.#merged.set(node, known);
    return known;
  }

  /** The path of a node, from its ancestors. Merge keys count as names. */
  pathOf(node: unknown, ancestors: readonly unknown[]): Path {
    return ancestors.flatMap((ancestor, index) => {
      if (isPair(ancestor)) return [keyName(ancestor.key)];
      return isSeq(ancestor) ? [String(this.#indexIn(ancestor, ancestors[index + 1] ?? node))] : [];
    });
  }

  #valuesOf(map: YAMLMap): ReadonlyMap<string, unknown> {
    let values = this.#values.get(map);
    if (values === undefined) {
      values = new Map(map.items.map(({ key, value }) => [keyName(key), value]));
      this.#values.set(map, values);
    }
    return values;
  }

  #indexIn(list: YAMLSeq, item: unknown): number {
    let indexes = this.#indexes.get(list);
    if (indexes === undefined) {
      indexes = new Map(list.items.map((listed, index) => [listed, index]));
      this.#indexes.set(list, indexes);
    }
    return indexes.get(item) ?? -1;
  }
}

export type Tree = Document.Parsed<ParsedNode>;

/** How many maps that one map is merged into are looked at. Some show the member in question, others override it. */
export const mostMergers = 1000;

export function mergedIn(map: YAMLMap): readonly unknown[] {
  const merged = map.items.filter((pair) => keyName(pair.key) === mergeKey).map(({ value }) => value);
  return merged.flatMap((value): unknown[] => (isSeq(value) ? value.items : [value]));
}
