// Edits use the parser `yaml`, which keeps comments, quotation marks, indentation, and where each value ends. `lint` needs none of these:
// it reads texts as Spectral's parser does (`files/yaml-text.ts`), so that it agrees with Spectral, and is many times as fast.
import {
  type Alias,
  Composer,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  Parser,
  type Scalar,
  visit,
  type YAMLError,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Path } from '../json.js';
import { Aliases, type Tree } from './aliases.js';
import { lazily } from './json-document.js';
import {
  type Branch,
  type Leaf,
  type Member,
  type Node,
  type ParsedDocument,
  type ScalarStyle,
  type Span,
  UnreadableText,
} from './parsed-document.js';
import { lineStart } from './text-edits.js';
import { dataOf, keyName } from './yaml-data.js';
import { withKnownDirectives } from './yaml-directives.js';

/** A parser that notes the comments, and whether there are aliases. */
class ObservantParser extends Parser {
  readonly comments: Span[] = [];
  hasAliases = false;
  #isScalarNext = false;

  override next(source: string): ReturnType<Parser['next']> {
    if (!this.#isScalarNext) {
      if (source.startsWith('#')) this.comments.push({ start: this.offset, end: this.offset + source.length });
      else if (source.startsWith('*')) this.hasAliases = true;
    }
    this.#isScalarNext = !this.#isScalarNext && source === scalarFollows;
    return super.next(source);
  }
}

/** The token that the lexer of `yaml` puts before a scalar. */
const scalarFollows = '\u001F';

/**
 * Parses a YAML text (1.2, with the merge keys of 1.1, which tools for OpenAPI still read).
 *
 * @throws UnreadableText if it is not YAML, or more than one document
 * @throws RangeError if it is nested too deeply
 */
export function parseYamlDocument(text: string): ParsedDocument {
  let lenient = withKnownDirectives(text);
  for (let mended = 0; ; mended++) {
    const { documents, comments, hasAliases } = parseYaml(lenient);
    const [tree, another] = documents;
    if (another !== undefined) throw new UnreadableText('holds more than one YAML document', another.range[0]);
    const error = tree?.errors.find(({ message }) => !isHarmless.test(message));
    if (error?.code === 'RESOURCE_EXHAUSTION') throw new RangeError(error.message);
    if (tree !== undefined && error === undefined) {
      const isFaulty = mended > 0 || tree.errors.length > 0;
      return new YamlDocument(text, tree, comments, { hasAliases, isFaulty });
    }
    const joined = error && mended * text.length < mostReadAgain ? withLineJoined(lenient, error) : undefined;
    if (joined === undefined) throw new UnreadableText(error?.message ?? 'is empty', error?.pos[0]);
    lenient = joined;
  }
}

/** A fault with only one possible meaning: `"a"# b`. */
const isHarmless = /^Comments must be separated from other tokens/;

/** How many characters are read again, in all, to get past faults of continued lines. A text with more is unreadable. */
const mostReadAgain = 5e6;

/**
 * Joins two lines of a quoted scalar, without changing the length of the text. A quoted scalar must be continued with more
 * indentation than the node around it. Some real descriptions do not do so, and all other tools read them.
 *
 * @returns `undefined` if the error is a different one
 */
function withLineJoined(text: string, { code, message, pos: [position] }: YAMLError): string | undefined {
  if (code !== 'MISSING_CHAR' || !message.startsWith('Missing closing')) return undefined;
  const feed = text.indexOf('\n', position - 1);
  return feed < 0 ? undefined : `${text.slice(0, feed).replace(/\r$/, ' ')} ${text.slice(feed + 1)}`;
}

function parseYaml(text: string): { documents: Tree[]; comments: readonly Span[]; hasAliases: boolean } {
  const parser = new ObservantParser();
  const composer = new Composer<ParsedNode>({
    merge: true,
    // Which of two members with one name counts is looked at where it matters; comparing all keys takes quadratic time.
    uniqueKeys: false,
    logLevel: 'silent',
    prettyErrors: false,
  });
  const documents: Tree[] = [];
  for (const document of composer.compose(parser.parse(text), true, text.length)) documents.push(document as Tree);
  if (parser.hasAliases) documents.forEach(resolveAliases);
  return { documents, comments: parser.comments, hasAliases: parser.hasAliases };
}

/** Resolves all aliases at once. `yaml` would search the document from its start for each of them. */
function resolveAliases(tree: Tree): void {
  const anchored = new Map<string, Scalar | YAMLMap | YAMLSeq>();
  visit(tree, {
    Value: (_, node) => {
      if (node.anchor !== undefined) anchored.set(node.anchor, node);
    },
    Alias: (_, alias) => {
      const target = anchored.get(alias.source);
      alias.resolve = () => target;
    },
  });
}

class YamlDocument implements ParsedDocument {
  readonly text: string;
  readonly isJson = false;
  readonly data: unknown;
  readonly root: Node;
  readonly comments: readonly Span[];
  readonly isReadInParts: boolean;
  readonly #tree: Tree;
  readonly #hasAliases: boolean;
  #aliasesIfRead: Aliases | undefined;

  constructor(
    text: string,
    tree: Tree,
    comments: readonly Span[],
    { hasAliases, isFaulty }: { readonly hasAliases: boolean; readonly isFaulty: boolean },
  ) {
    this.text = text;
    this.#tree = tree;
    this.#hasAliases = hasAliases;
    this.isReadInParts = !isFaulty && !hasAliases && !/^(?:%|\uFEFF|\.\.\.)/m.test(text);
    this.comments = comments;
    this.data = dataOf(tree);
    this.root = nodeOf(tree.contents, text, tree.range[0]);
  }

  placesOf(path: Path): Path[] | undefined {
    return this.#hasAliases ? this.#aliases.placesOf(path, path.length) : [path];
  }

  placesOfMember(path: Path): Path[] | undefined {
    return this.#hasAliases ? this.#aliases.placesOf(path, path.length - 1) : [path];
  }

  isUsedBeyond(span: Span): boolean {
    return this.#hasAliases && this.#aliases.isUsedBeyond(span);
  }

  get #aliases(): Aliases {
    return (this.#aliasesIfRead ??= new Aliases(this.#tree));
  }
}

function nodeOf(node: unknown, text: string, from: number): Node {
  if (isMap(node) || isSeq(node)) return branchOf(node as YAMLMap.Parsed | YAMLSeq.Parsed, text);
  return leafOf(node as Scalar.Parsed | Alias.Parsed | null, text, from);
}

/** @param from where the value would stand, if it is empty */
function leafOf(node: Scalar.Parsed | Alias.Parsed | null, text: string, from: number): Leaf {
  if (node === null || (isScalar(node) && node.range[0] === node.range[1] && node.type === 'PLAIN')) {
    return { kind: 'leaf', style: 'empty', value: null, start: from, end: from };
  }
  const [start, end] = node.range;
  const style = isScalar(node) ? styleOf(node) : 'plain';
  const value = isScalar(node) ? node.value : undefined;
  return { kind: 'leaf', style, value, start, end: style === 'block' ? blockEnd(text, start, end) : end };
}

function styleOf({ type }: Scalar): ScalarStyle {
  if (type === 'QUOTE_DOUBLE') return 'double';
  if (type === 'QUOTE_SINGLE') return 'single';
  return type === 'BLOCK_FOLDED' || type === 'BLOCK_LITERAL' ? 'block' : 'plain';
}

/** Where a block scalar ends: before the empty lines behind it; with `+`, which keeps these, before its last line break. */
function blockEnd(text: string, start: number, end: number): number {
  const [header = ''] = /^[|>]\S*/.exec(text.slice(start, start + 4)) ?? [];
  const content = text.slice(start, end);
  return start + (header.includes('+') ? content.replace(/\r?\n$/, '') : content.trimEnd()).length;
}

function branchOf(node: YAMLMap.Parsed | YAMLSeq.Parsed, text: string): Branch {
  const isFlow = node.flow === true;
  const kind = isMap(node) ? 'map' : 'list';
  const members = () => (isMap(node) ? membersOf(node, text) : itemsOf(node, text));
  const [start, end] = node.range;
  if (isFlow) return lazily({ kind, isFlow, start, end }, members);
  return lazily({ kind, isFlow, start, end: contentEnd(node, text) }, members);
}

/** Where the content of a node ends, without the comments and empty lines behind it. */
function contentEnd(node: unknown, text: string): number {
  let last: unknown = node;
  let from = 0;
  while (isCollection(last) && last.flow !== true) {
    const [start] = (last as YAMLMap.Parsed | YAMLSeq.Parsed).range;
    const item: unknown = last.items.at(-1);
    from = isPair(item) ? colonEnd(item as PairOfNodes, text) : dashEnd((item as ParsedNode).range[0], text, start);
    last = isPair(item) ? item.value : item;
  }
  return isCollection(last) ? (last as YAMLMap.Parsed).range[1] : leafOf(last as Scalar.Parsed, text, from).end;
}

type PairOfNodes = Pair<ParsedNode, ParsedNode | null>;

/** The offset behind the colon of a member; behind its key, where there is no colon. */
function colonEnd({ key }: PairOfNodes, text: string): number {
  const end = isCollection(key) ? key.range[1] : leafOf(key as Scalar.Parsed, text, key.range[0]).end;
  const [gap = ''] = /^\s*:/.exec(text.slice(end, end + 200)) ?? [];
  return end + gap.length;
}

/**
 * The offset behind the dash of an item; of the item itself, if its dash cannot be found.
 *
 * @param listStart the offset of the first dash of the list; all its dashes are in one column
 */
function dashEnd(itemStart: number, text: string, listStart: number): number {
  const column = listStart - lineStart(text, listStart);
  let line = lineStart(text, itemStart);
  while (line + column > listStart && !(text[line + column] === '-' && line + column < itemStart)) {
    line = lineStart(text, line - 1);
  }
  const dash = Math.max(line + column, listStart);
  return text[dash] === '-' && dash < itemStart + 1 ? dash + 1 : itemStart;
}

function membersOf(map: YAMLMap.Parsed, text: string): Member[] {
  return map.items.map((item) => {
    const pair = item as PairOfNodes;
    const name = leafOf(pair.key as Scalar.Parsed, text, pair.key.range[0]);
    const valueStart = colonEnd(pair, text);
    const node = nodeOf(pair.value, text, valueStart);
    const start = map.flow === true ? name.start : memberStart(name.start, text);
    return { key: keyName(pair.key), name, node, start, end: Math.max(node.end, valueStart), valueStart };
  });
}

/** Where a member begins: before the `?`, the anchor or the tag of its key. */
function memberStart(nameStart: number, text: string): number {
  const before = text.slice(lineStart(text, nameStart), nameStart);
  if (before.trim() === '') return nameStart;
  const words = before.split(/(?<=[ \t])(?=[^ \t])/);
  let start = nameStart;
  let word = words.pop();
  for (; word !== undefined && /^[&!]\S*[ \t]+$/.test(word); word = words.pop()) start -= word.length;
  return word !== undefined && /^\?[ \t]+$/.test(word) ? start - word.length : start;
}

function itemsOf(list: YAMLSeq.Parsed, text: string): Member[] {
  return list.items.map((item, index) => {
    const valueStart = list.flow === true ? item.range[0] : dashEnd(item.range[0], text, list.range[0]);
    const node = nodeOf(item, text, valueStart);
    const start = list.flow === true ? node.start : valueStart - 1;
    return { key: String(index), node, start, end: Math.max(node.end, valueStart), valueStart };
  });
}
