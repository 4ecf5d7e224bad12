// There are three YAML parsers. `lint` reads most texts with its own (`common-yaml.ts`), and the others with Spectral's, so that it finds
// what `spectral lint` finds, on the same lines, also in texts with mistakes. To read 10 MB takes Spectral's a second, and `yaml` three.
// Edits use `yaml` (`text-editor/yaml-document.ts`): Spectral's parser drops comments, quotation marks and the ends of values.
import {
  Kind,
  load,
  type YamlMap,
  type YAMLMapping,
  type YAMLNode,
  type YAMLScalar,
  type YAMLSequence,
} from '@stoplight/yaml-ast-parser';
import type { Path } from '../json.js';
import { mergeKey, mostMerged, type Span, tooMuchMerged, UnreadableText } from '../text-editor/parsed-document.js';
import { withKnownDirectives } from '../text-editor/yaml-directives.js';
import { duplicateKey, type ParseError } from './parse-error.js';
import { faultsInYaml, scalarsIn } from './yaml-faults.js';
import { valueOfPlain } from './yaml-scalars.js';
import { yamlSchema } from './yaml-schema.js';
import { endOf, isAround, markedIn, startOf } from './yaml-spans.js';

/** A name or a scalar in a text, by the path of its member. */
export interface KeyOrScalar {
  readonly path: Path;
  readonly isName: boolean;
}

/**
 * Reads a YAML text as Spectral does: with its parser, which tolerates some errors, and its rules for keys, aliases and merge keys.
 * An alias yields the same object as its anchor.
 */
export class YamlReader {
  /** The parsed text; `undefined` if it is empty. */
  readonly data: unknown;
  /** The errors of syntax and the duplicate names, in no order. */
  readonly faults: readonly ParseError[];
  readonly #root: YAMLNode | undefined;
  readonly #firstLineEnd: number;
  readonly #names = new MembersByName();

  /**
   * @param text without a byte order mark
   * @throws RangeError if it is nested too deeply
   */
  constructor(text: string) {
    this.#root =
      (load(withKnownDirectives(text), { ignoreDuplicateKeys: true, schema: yamlSchema() }) as YAMLNode | undefined) ??
      undefined;
    this.#firstLineEnd = text.indexOf('\n') + 1;
    const reading = new Reading();
    this.data = this.#root === undefined ? undefined : reading.valueOf(this.#root);
    this.faults = [...faultsInYaml(this.#root, text), ...reading.duplicates];
  }

  /**
   * Finds the spans of values.
   *
   * @param paths paths that exist in the data. Behind an alias, the span is that of the alias
   * @returns a span for each path, with Spectral's bounds: an object or array that is a member begins after the colon, and ends
   *   where its innermost last value ends
   */
  spansOf(paths: readonly Path[]): Span[] {
    return paths.map((path) => this.#spanOf(path));
  }

  /**
   * What an editor underlines of a value: of an object or array its name; the first name in it if it has none, as an item of an array;
   * of a scalar all of it.
   *
   * @param path exists in the data. Behind an alias, the name is that of the alias
   */
  markOf(path: Path): Span {
    const node = this.#nodeAt(path);
    const marked = node && markedIn(node);
    // After an error, the parser may not know where a node is.
    if (marked === undefined || marked.startPosition < 0 || marked.endPosition < 0) return this.#spanOf(path);
    return { start: marked.startPosition, end: marked.endPosition };
  }

  /** The spans of the names and scalars, in the order of the text. */
  get scalars(): Span[] {
    return scalarsIn(this.#root);
  }

  /** The name or scalar at an offset; `undefined` if there is none. */
  keyOrScalarAt(offset: number): KeyOrScalar | undefined {
    const path: string[] = [];
    for (let node = this.#root; node !== undefined;) {
      if (!isAround(node, offset)) return undefined;
      if (node.kind === Kind.SEQ) {
        const { items } = node as YAMLSequence;
        const index = items.findIndex((item: YAMLNode | null) => item !== null && isAround(item, offset));
        path.push(String(index));
        node = items[index];
      } else if (node.kind === Kind.MAP) {
        const mapping = (node as YamlMap).mappings.find((member) => isAround(member, offset));
        if (mapping === undefined) return undefined;
        path.push(mapping.key.value);
        if (isAround(mapping.key, offset)) return { path, isName: true };
        node = mapping.value ?? undefined;
      } else return node.kind === Kind.SCALAR ? { path, isName: false } : undefined;
    }
    return undefined;
  }

  /** The node at a path, or the last one on the way there. */
  #nodeAt(path: Path): YAMLNode | undefined {
    let node = this.#root;
    for (const key of path) {
      const next = node && this.#names.memberOf(node, key);
      if (next === undefined) break;
      node = next;
    }
    return node;
  }

  #spanOf(path: Path): Span {
    const node = this.#nodeAt(path);
    if (node === undefined) return { start: 0, end: 0 };
    const isAtTop = (node.parent as YAMLNode | null) === null && node.startPosition === this.#firstLineEnd;
    const start = isAtTop ? 0 : startOf(node);
    // After an error, the parser may not know where a value ends.
    return { start, end: Math.max(start, endOf(node)) };
  }
}

/** Converts one tree to data. */
class Reading {
  readonly duplicates: ParseError[] = [];
  readonly #read = new Map<YAMLNode, unknown>();
  /** The anchored nodes being read: an alias to one of them, from inside it, yields `null`. */
  readonly #open = new Set<YAMLNode>();
  /** The path of what is being read. */
  readonly #path: (string | number)[] = [];
  #mergedMembers = 0;

  valueOf(node: YAMLNode | null): unknown {
    // The parser has no node for an absent value.
    if (node === null || node === undefined) return null;
    switch (node.kind) {
      case Kind.SCALAR:
        return scalarIn(node as YAMLScalar);
      case Kind.MAP:
      case Kind.SEQ:
        return node.anchorId === undefined ? this.#branchIn(node) : this.#anchored(node);
      case Kind.ANCHOR_REF:
        return this.#open.has(node.value) ? null : this.valueOf(node.value);
      default:
        return null;
    }
  }

  #anchored(node: YAMLNode): unknown {
    if (!this.#read.has(node)) {
      this.#open.add(node);
      this.#read.set(node, this.#branchIn(node));
      this.#open.delete(node);
    }
    return this.#read.get(node);
  }

  #branchIn(node: YAMLNode): unknown {
    if (node.kind === Kind.SEQ) {
      return (node as YAMLSequence).items.map((item, index) => this.#memberIn(index, item));
    }
    const members: Record<string, unknown> = {};
    const merged: unknown[] = [];
    for (const { key: keyNode, value } of (node as YamlMap).mappings) {
      if (keyNode.kind !== Kind.SCALAR) continue;
      const key = String(scalarIn(keyNode));
      const member = this.#memberIn(key, value);
      if (key === mergeKey) merged.push(...mergedBy(member));
      else {
        // In broken texts, the parser makes up names, at negative offsets.
        if (Object.hasOwn(members, key) && keyNode.startPosition >= 0) this.#noteDuplicate(keyNode, key);
        set(members, key, member);
      }
    }
    return merged.length === 0 ? members : this.#merged(members, merged);
  }

  #memberIn(key: string | number, node: YAMLNode | null): unknown {
    this.#path.push(key);
    const value = this.valueOf(node);
    this.#path.pop();
    return value;
  }

  /**
   * An object with its merged members. Of several members with one name, its own counts, wherever it is; otherwise the last merged
   * one.
   */
  #merged(own: Record<string, unknown>, merged: readonly unknown[]): unknown {
    const members: Record<string, unknown> = {};
    for (const one of merged) {
      if (typeof one !== 'object' || one === null) continue;
      const entries = Object.entries(one);
      this.#mergedMembers += entries.length;
      if (this.#mergedMembers > mostMerged) throw new UnreadableText(tooMuchMerged);
      for (const [key, value] of entries) if (!Object.hasOwn(own, key)) set(members, key, value);
    }
    for (const [key, value] of Object.entries(own)) set(members, key, value);
    return members;
  }

  #noteDuplicate({ startPosition, endPosition }: YAMLNode, key: string): void {
    const span = { start: startPosition, end: endPosition };
    this.duplicates.push(duplicateKey([...this.#path.map(String), key], span));
  }
}

/** The objects that a merge key merges. The first one takes precedence, so it comes last. */
function mergedBy(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]).toReversed() : [value];
}

function set(members: Record<string, unknown>, key: string, value: unknown): void {
  // Assigning to `__proto__` would set the prototype.
  if (key === '__proto__')
    Object.defineProperty(members, key, { value, enumerable: true, configurable: true, writable: true });
  else members[key] = value;
}

function scalarIn({ value, plainScalar }: YAMLScalar): unknown {
  return plainScalar === true ? valueOfPlain(value) : value;
}

/** The members of maps by name, indexed when first needed. */
class MembersByName {
  readonly #byName = new Map<YAMLNode, Map<string, YAMLMapping>>();

  /** The member with a name; `undefined` if there is none. */
  memberOf(node: YAMLNode, key: string): YAMLNode | undefined {
    if (node.kind === Kind.SEQ) return (node as YAMLSequence).items[Number(key)] ?? undefined;
    if (node.kind !== Kind.MAP) return undefined;
    const names = this.#byName.get(node) ?? new Map(mappingsIn(node).map((mapping) => [mapping.key.value, mapping]));
    this.#byName.set(node, names);
    const mapping = names.get(key);
    return mapping && ((mapping.value as YAMLNode | null) ?? mapping.key);
  }
}

/** The members of a map, merged ones included. Of those with one name, the last counts. */
function mappingsIn(node: YAMLNode): YAMLMapping[] {
  return (node as YamlMap).mappings.flatMap((mapping) =>
    mapping.key.value === mergeKey ? mergedIn(mapping.value) : mapping,
  );
}

function mergedIn(node: YAMLNode | null): YAMLMapping[] {
  if (node?.kind === Kind.ANCHOR_REF) return mergedIn(node.value);
  if (node?.kind === Kind.SEQ) return (node as YAMLSequence).items.toReversed().flatMap(mergedIn);
  return node?.kind === Kind.MAP ? (node as YamlMap).mappings : [];
}
