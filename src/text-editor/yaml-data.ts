import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap } from 'yaml';
import { mergeKey, mostMerged, tooMuchMerged, UnreadableText } from './parsed-document.js';

/**
 * The data of a YAML text. An alias and its anchor share one object, so that aliases do not make the data larger. A map has its
 * own members first, then those of its merge keys, the last merge key first. In a list of merged maps, the first map comes first.
 *
 * @param tree whose aliases are resolved
 * @throws UnreadableText if an alias refers to nothing, or merge keys add too many members
 * @throws RangeError if it is nested too deeply
 */
export function dataOf(tree: Document.Parsed<ParsedNode>): unknown {
  return new Reading(tree).valueOf(tree.contents);
}

/** The name of a key in the data. A merge key, which is not in the data, has its name in the text. */
export function keyName(key: unknown): string {
  if (!isScalar(key)) return String(key);
  if (typeof key.value === 'symbol') return mergeKey;
  return key.value === null ? '' : String(key.value);
}

class Reading {
  readonly #tree: Document.Parsed<ParsedNode>;
  readonly #read = new Map<unknown, unknown>();
  #merged = 0;

  constructor(tree: Document.Parsed<ParsedNode>) {
    this.#tree = tree;
  }

  valueOf(node: unknown): unknown {
    if (isAlias(node)) return this.valueOf(this.#targetOf(node));
    if (isScalar(node)) return node.value;
    if (!isMap(node) && !isSeq(node)) return null;
    const known = this.#read.get(node);
    if (known !== undefined) return known;
    return isMap(node) ? this.#objectOf(node) : this.#arrayOf(node.items, node);
  }

  #targetOf(node: unknown): unknown {
    if (!isAlias(node)) return node;
    const target = node.resolve(this.#tree);
    if (target === undefined)
      throw new UnreadableText(`Unresolved alias (the anchor must be set before the alias): ${node.source}`);
    return target;
  }

  #arrayOf(items: readonly unknown[], node: unknown): unknown[] {
    const array: unknown[] = [];
    // It is noted before it is complete, since it may contain an alias of itself.
    this.#read.set(node, array);
    for (const item of items) array.push(this.valueOf(item));
    return array;
  }

  #objectOf(map: YAMLMap): object {
    const members: object = {};
    this.#read.set(map, members);
    const merges: Pair[] = [];
    for (const pair of map.items) {
      if (isMergeKey(pair.key)) merges.push(pair);
      else define(members, keyName(this.#targetOf(pair.key)), this.valueOf(pair.value));
    }
    for (const { value } of merges.toReversed()) this.#merge(members, value);
    return members;
  }

  #merge(members: object, value: unknown): void {
    const target = this.#targetOf(value);
    for (const item of isSeq(target) ? target.items : [target]) {
      if (!isMap(this.#targetOf(item))) continue;
      for (const [key, member] of Object.entries(this.valueOf(item) as object)) {
        if (++this.#merged > mostMerged) throw new UnreadableText(tooMuchMerged);
        if (!Object.hasOwn(members, key)) define(members, key, member);
      }
    }
  }
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && typeof key.value === 'symbol';
}

/** Sets a member, whatever it is called: `__proto__` is an ordinary name in a document. */
function define(members: object, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(members, key, { value, writable: true, enumerable: true, configurable: true });
  else (members as Record<string, unknown>)[key] = value;
}
