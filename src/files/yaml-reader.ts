// There are two YAML parsers. `lint` uses Spectral's, so that it finds what `spectral lint` finds, on the same lines, also in
// texts with mistakes. It reads 10 MB in 0.6 s, where `yaml` takes 3.5 s, more than twice the 1.5 s that `lint` takes in all.
// Edits use `yaml` (`text-editor/yaml-document.ts`): Spectral's parser drops comments, quotation marks and the ends of values.
import {
  determineScalarType,
  Kind,
  load,
  parseYamlBigInteger,
  parseYamlBoolean,
  parseYamlFloat,
  ScalarType,
  type YamlMap,
  type YAMLMapping,
  type YAMLNode,
  type YAMLScalar,
  type YAMLSequence,
} from '@stoplight/yaml-ast-parser';
import type { Path } from '../json.js';
import { mergeKey, mostMerged, type Span, tooMuchMerged, UnreadableText } from '../text-editor/parsed-document.js';
import { withKnownDirectives } from '../text-editor/yaml-directives.js';
import { endOfLine, type Unclosed, unclosedIn } from './unclosed-brackets.js';

/** An error in a text. */
export interface ParseError {
  readonly message: string;
  /** Empty if it is not known which value the error is in. */
  readonly path: Path;
  readonly span: Span;
  /** Whether the error is a duplicate name. */
  readonly isDuplicate?: true;
}

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
    this.#root = (load(withKnownDirectives(text), { ignoreDuplicateKeys: true }) as YAMLNode | undefined) ?? undefined;
    this.#firstLineEnd = text.indexOf('\n') + 1;
    const reading = new Reading();
    this.data = this.#root === undefined ? undefined : reading.valueOf(this.#root);
    this.faults = [...faultsIn(this.#root, text), ...reading.duplicates];
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

  #spanOf(path: Path): Span {
    if (this.#root === undefined) return { start: 0, end: 0 };
    let node = this.#root;
    for (const key of path) {
      const next = this.#names.memberOf(node, key);
      if (next === undefined) break;
      node = next;
    }
    const isAtTop = (node.parent as YAMLNode | null) === null && node.startPosition === this.#firstLineEnd;
    const start = isAtTop ? 0 : startOf(node);
    // After an error, the parser may not know where a value ends.
    return { start, end: Math.max(start, endOf(node)) };
  }
}

const moreDocuments = 'expected a single document in the stream, but found more';

/**
 * The errors of Spectral's parser, without its warnings. An unclosed bracket is reported at the bracket, in place of the errors after
 * it, which follow from it. That there are several documents is reported at the second; where none begins, it follows from another
 * error, after which the parser takes the rest of the text for a document.
 */
function faultsIn(root: YAMLNode | undefined, text: string): ParseError[] {
  const errors = (root?.errors ?? []).filter(({ isWarning }) => !isWarning);
  const isUnclosed = errors.some(({ reason }) => /flow collection|quoted scalar/.test(reason));
  const [unclosed] = isUnclosed ? unclosedIn(text, scalarsIn(root)) : [];
  const faults = errors.flatMap(({ reason, mark }): ParseError[] => {
    const isMore = reason === moreDocuments;
    const at = isMore ? endOfBlank(text, mark.position) : Math.min(mark.position, text.length);
    const isConsequence = isMore && errors.length > 1 && !/^(?:---|\.\.\.)/.test(text.slice(at, at + 3));
    return isConsequence || at > (unclosed?.offset ?? Infinity)
      ? []
      : [{ message: sentence(reason), path: [], span: { start: at, end: at } }];
  });
  return unclosed === undefined ? faults : [...faults, unclosedFault(unclosed)];
}

/** Where the white space and the comments end that begin at an offset. */
function endOfBlank(text: string, start: number): number {
  let at = Math.max(start, 0);
  while (at < text.length && /[\s#]/.test(text.charAt(at))) at = text[at] === '#' ? endOfLine(text, at) : at + 1;
  return at;
}

/** The error of an unclosed bracket or quotation mark. */
export function unclosedFault({ offset, opening, closing }: Unclosed): ParseError {
  const message = `Unclosed ${opening}: its closing ${closing} is missing`;
  return { message, path: [], span: { start: offset, end: offset + 1 } };
}

/** The spans of the scalars of a tree, in the order of the text. */
function scalarsIn(root: YAMLNode | undefined): Span[] {
  const spans: Span[] = [];
  const left: (YAMLNode | null | undefined)[] = [root];
  for (let node = left.pop(); left.length > 0 || node !== undefined; node = left.pop()) {
    if (node === null || node === undefined) continue;
    if (node.kind === Kind.SCALAR) spans.push({ start: node.startPosition, end: node.endPosition });
    else if (node.kind === Kind.SEQ) left.push(...(node as YAMLSequence).items);
    else if (node.kind === Kind.MAP) left.push(...(node as YamlMap).mappings.flatMap(({ key, value }) => [key, value]));
  }
  return spans.filter(({ start, end }) => start < end).toSorted((one, other) => one.start - other.start);
}

/** A message with a capital, as Spectral prints it. */
function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
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

/**
 * The error of a duplicate name.
 *
 * @param path the path of the member
 * @param span the span of the second name
 */
export function duplicateKey(path: Path, span: Span): ParseError {
  return { message: `Duplicate key: ${path.at(-1) ?? ''}`, path, span, isDuplicate: true };
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

/** The beginning of a scalar that may be something other than a string. */
const mayBeOther = /^(?:[-+.\d~nNtTfF]|$)/;

function scalarIn(node: YAMLScalar): unknown {
  const { value } = node;
  if (node.plainScalar !== true || (typeof value === 'string' && !mayBeOther.test(value))) return String(value);
  switch (determineScalarType(node)) {
    case ScalarType.null:
      return null;
    case ScalarType.bool:
      return parseYamlBoolean(value);
    case ScalarType.int:
      return Number(parseYamlBigInteger(value));
    case ScalarType.float:
      return parseYamlFloat(value);
    default:
      return String(value);
  }
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

function startOf(node: YAMLNode): number {
  const parent = node.parent as YAMLNode | null;
  if (parent?.kind !== Kind.MAPPING) return node.startPosition;
  if ((parent.value as YAMLNode | null) === null) return parent.endPosition;
  return node.kind === Kind.SCALAR ? node.startPosition : parent.key.endPosition + 1;
}

function endOf(node: YAMLNode): number {
  let here = node;
  for (;;) {
    const last = lastIn(here);
    if (last === undefined) break;
    here = last;
  }
  const parent = here.parent as YAMLNode | null;
  const isNameAlone = here.kind === Kind.SCALAR && parent?.kind === Kind.MAPPING && (parent.value as unknown) === null;
  return isNameAlone ? (parent as YAMLNode).endPosition : here.endPosition;
}

function isAround({ startPosition, endPosition }: YAMLNode, offset: number): boolean {
  return startPosition <= offset && offset <= endPosition;
}

/** The last child of a node. */
function lastIn(node: YAMLNode): YAMLNode | undefined {
  if (node.kind === Kind.SEQ) return (node as YAMLSequence).items.at(-1) ?? undefined;
  if (node.kind === Kind.MAP) return (node as YamlMap).mappings.at(-1);
  return node.kind === Kind.MAPPING ? ((node.value as YAMLNode | null) ?? undefined) : undefined;
}
