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
import { type Unclosed, unclosedIn } from './unclosed-brackets.js';

/** What is wrong with a text, and where. */
export interface ParseError {
  readonly message: string;
  /** Empty where it is not known in which value of the document it is. */
  readonly path: Path;
  readonly span: Span;
  /** Whether it is a name that an object has twice. */
  readonly isDuplicate?: true;
}

/** A name in a text, or a value that is neither an object nor an array, by the path of what has that name or value. */
export interface KeyOrScalar {
  readonly path: Path;
  readonly isName: boolean;
}

/**
 * A YAML text as Spectral reads it: with Spectral's parser, which takes a mistake here and there for what was meant, and by its
 * rules for what becomes of keys, aliases and merge keys. An alias comes to the very object that its anchor does.
 */
export class YamlReader {
  /** What the text says; `undefined` where it says nothing. */
  readonly data: unknown;
  /** Where the text is no YAML, and which names its maps have twice, in no order. */
  readonly faults: readonly ParseError[];
  readonly #root: YAMLNode | undefined;
  readonly #firstLineEnd: number;

  /**
   * @param text without a byte order mark
   * @throws RangeError where it is nested too deeply
   */
  constructor(text: string) {
    this.#root = (load(withKnownDirectives(text), { ignoreDuplicateKeys: true }) as YAMLNode | undefined) ?? undefined;
    this.#firstLineEnd = text.indexOf('\n') + 1;
    const reading = new Reading();
    this.data = this.#root === undefined ? undefined : reading.valueOf(this.#root);
    this.faults = [...faultsIn(this.#root, text), ...reading.duplicates];
  }

  /**
   * Finds where things stand.
   *
   * @param paths to what is there. Behind an alias, it is the alias that is found
   * @returns where each of them stands as Spectral has it: an object or an array in an object begins after the colon, and ends
   *   where the last of what is in it ends
   */
  spansOf(paths: readonly Path[]): Span[] {
    const names = new MembersByName();
    return paths.map((path) => this.#spanOf(names, path));
  }

  /** What stands at an offset: a name, or a value that is neither an object nor an array; `undefined` where neither does. */
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

  #spanOf(names: MembersByName, path: Path): Span {
    if (this.#root === undefined) return { start: 0, end: 0 };
    let node = this.#root;
    for (const key of path) {
      const next = names.memberOf(node, key);
      if (next === undefined) break;
      node = next;
    }
    const isAtTop = (node.parent as YAMLNode | null) === null && node.startPosition === this.#firstLineEnd;
    const start = isAtTop ? 0 : startOf(node);
    // Where the parser fails in the midst of something, it does not know where that ends.
    return { start, end: Math.max(start, endOf(node)) };
  }
}

const moreDocuments = 'expected a single document in the stream, but found more';

/**
 * What Spectral's parser finds wrong with a text, but for what it only warns of. Where a bracket is not closed, that is what is wrong,
 * at the bracket, and whatever the parser makes of the rest of the text follows from it.
 */
function faultsIn(root: YAMLNode | undefined, text: string): ParseError[] {
  const errors = (root?.errors ?? []).filter(({ isWarning }) => !isWarning);
  const isUnclosed = errors.some(({ reason }) => /flow collection|quoted scalar/.test(reason));
  const [unclosed] = isUnclosed ? unclosedIn(text, scalarsIn(root)) : [];
  let last = 0;
  const faults = errors.flatMap(({ reason, mark }): ParseError[] => {
    // That there is more than one document comes last, and may only be what another mistake comes to.
    const at = Math.min(reason === moreDocuments ? Math.max(mark.position, last) : mark.position, text.length);
    last = Math.max(last, at);
    return at > (unclosed?.offset ?? Infinity)
      ? []
      : [{ message: sentence(reason), path: [], span: { start: at, end: at } }];
  });
  return unclosed === undefined ? faults : [...faults, unclosedFault(unclosed)];
}

/** What is wrong with a bracket or a quotation mark that nothing closes. */
export function unclosedFault({ offset, opening, closing }: Unclosed): ParseError {
  const message = `Unclosed ${opening}: its closing ${closing} is missing`;
  return { message, path: [], span: { start: offset, end: offset + 1 } };
}

/** Where the scalars of a tree stand, in the order of the text. */
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

/** A message as Spectral writes it. */
function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

/** The reading of one tree as data. */
class Reading {
  readonly duplicates: ParseError[] = [];
  readonly #read = new Map<YAMLNode, unknown>();
  /** The anchored nodes that are being read: an alias in one of them to itself comes to nothing. */
  readonly #open = new Set<YAMLNode>();
  /** The path of what is being read. */
  readonly #path: (string | number)[] = [];
  #mergedMembers = 0;

  valueOf(node: YAMLNode | null): unknown {
    // The parser leaves out what is not there.
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
        // Of a text that is broken, the parser makes up names.
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
   * An object with what is merged into it: of several members of one name, its own counts, wherever that stands; then the last
   * that is merged.
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
 * What is wrong with a name that an object has twice.
 *
 * @param path to the member
 * @param span where the name stands again
 */
export function duplicateKey(path: Path, span: Span): ParseError {
  return { message: `Duplicate key: ${path.at(-1) ?? ''}`, path, span, isDuplicate: true };
}

/** What a merge key brings in: of several, the first has the last word. */
function mergedBy(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]).toReversed() : [value];
}

function set(members: Record<string, unknown>, key: string, value: unknown): void {
  // An ordinary name in a document, but not for an assignment.
  if (key === '__proto__')
    Object.defineProperty(members, key, { value, enumerable: true, configurable: true, writable: true });
  else members[key] = value;
}

/** What a scalar that is anything but a string begins with. */
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

/** The members of maps by name, put together only for the maps that are asked for. */
class MembersByName {
  readonly #byName = new Map<YAMLNode, Map<string, YAMLMapping>>();

  /** What stands under a name; `undefined` where nothing does. */
  memberOf(node: YAMLNode, key: string): YAMLNode | undefined {
    if (node.kind === Kind.SEQ) return (node as YAMLSequence).items[Number(key)] ?? undefined;
    if (node.kind !== Kind.MAP) return undefined;
    const names = this.#byName.get(node) ?? new Map(mappingsIn(node).map((mapping) => [mapping.key.value, mapping]));
    this.#byName.set(node, names);
    const mapping = names.get(key);
    return mapping && ((mapping.value as YAMLNode | null) ?? mapping.key);
  }
}

/** The members of a map and of what is merged into it; of those with one name, the last counts. */
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

/** What ends where a node ends. */
function lastIn(node: YAMLNode): YAMLNode | undefined {
  if (node.kind === Kind.SEQ) return (node as YAMLSequence).items.at(-1) ?? undefined;
  if (node.kind === Kind.MAP) return (node as YamlMap).mappings.at(-1);
  return node.kind === Kind.MAPPING ? ((node.value as YAMLNode | null) ?? undefined) : undefined;
}
