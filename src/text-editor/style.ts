import { BlockScalars } from './block-scalars.js';
import type { Branch, Leaf, Member, Node, ParsedDocument, ScalarStyle } from './parsed-document.js';
import { ObjectsBelow, sampled, sampleSize } from './samples.js';
import { columnOf, indentationAt } from './text-edits.js';

/** The quotation marks of a scalar, or none. */
export type Quotes = Extract<ScalarStyle, 'plain' | 'single' | 'double'>;

/** How a text is written, so that new text can look the same. The nearest examples count first. */
export class DocumentStyle {
  /** The block scalars of the text. */
  readonly blockScalars: BlockScalars;
  readonly #document: ParsedDocument;
  #sample: readonly Member[] | undefined;
  readonly #objectsBelow = new Map<Branch, ObjectsBelow>();
  readonly #airy = new WeakMap<Branch, boolean>();
  readonly #insides = new WeakMap<Branch, readonly Member[]>();
  readonly #samples = new Map<(member: Member) => boolean, readonly Member[]>();
  readonly #named = new Map<string, readonly Member[]>();
  #unit: string | undefined;

  constructor(document: ParsedDocument) {
    this.#document = document;
    this.blockScalars = new BlockScalars(document);
  }

  /** Whether names in and near a map are in double quotation marks, as in JSON. */
  isJson(branch: Branch): boolean {
    const names = firstOf(20, this.#near(branch), ({ name }) => name);
    return names.length > 0 && names.every(({ style }) => style === 'double');
  }

  /** How names are quoted: status codes like the nearest status code; other names only if all examples are. */
  nameStyles(branch: Branch): { readonly codes: Quotes; readonly others: Quotes } {
    const named = (isCode: boolean) => (member: Member) =>
      isStatusCode(member.name?.value) === isCode ? member.name : undefined;
    const [example] = firstOf(1, this.#near(branch, hasName), named(true));
    const code = example?.style ?? this.quotes(branch);
    return {
      codes: code === 'single' || code === 'double' ? code : 'plain',
      others: commonStyle(firstOf(40, this.#near(branch, hasName), named(false))),
    };
  }

  /** How a new string is quoted: only if all examples are. */
  textStyle(branch: Branch): Quotes {
    return commonStyle(firstOf(40, this.#near(branch, isTextMember), ({ node }) => node as Leaf));
  }

  /** How a new string under some name is quoted: as the nearest under that name; `undefined` if there is none. */
  textStyleOf(branch: Branch, name: string): Quotes | undefined {
    const nearest = this.#called(branch, name).find(({ node }) => isText(node));
    return (nearest?.node as Leaf | undefined)?.style as Quotes | undefined;
  }

  /** Whether the nearest object or array under some name is in brackets. */
  hasBrackets(branch: Branch, name: string): boolean {
    const nearest = this.#called(branch, name).find(({ node }) => node.kind !== 'leaf' && node.members.length > 0);
    return nearest !== undefined && isFilledFlow(nearest.node);
  }

  /** Whether a branch holds objects or arrays, all of them in brackets. Empty ones do not count. */
  hasBracketsAlone(branch: Branch): boolean {
    const filled = branch.members
      .slice(0, sampleSize)
      .filter(({ node }) => node.kind !== 'leaf' && node.members.length > 0);
    return filled.length > 0 && filled.every(({ node }) => isFilledFlow(node));
  }

  /** The quotation marks where some are necessary. */
  quotes(branch: Branch): 'single' | 'double' {
    const [example] = firstOf(1, this.#near(branch), ({ name, node }) =>
      [name, isText(node) ? node : undefined].find((leaf) => leaf?.style === 'single' || leaf?.style === 'double'),
    );
    return example?.style === 'double' ? 'double' : 'single';
  }

  /** By how many columns the members of a block map are indented further than its name. */
  step(branch: Branch): number {
    for (const { name, node } of this.#near(branch, isBlockMember)) {
      const [first] = (node as Branch).members;
      const step =
        first && name && columnOf(this.#document.text, first.start) - columnOf(this.#document.text, name.start);
      if (step !== undefined && step > 0) return step;
    }
    return 2;
  }

  /** By how many columns the dashes of a block list are indented further than its name. */
  dashes(branch: Branch): number {
    const { text } = this.#document;
    const [list] = this.#near(branch, isBlockList);
    const item = (list?.node as Branch | undefined)?.members[0];
    if (list === undefined || item === undefined) return this.step(branch);
    return Math.max(0, columnOf(text, item.start) - columnOf(text, list.start));
  }

  /** Whether empty lines separate the members of a block. */
  isAiry(branch: Branch): boolean {
    const known = this.#airy.get(branch) ?? this.#hasEmptyLines(branch);
    this.#airy.set(branch, known);
    return known;
  }

  #hasEmptyLines({ members }: Branch): boolean {
    const gaps = members.slice(1).map(({ start }, index) => this.#document.text.slice(members[index]?.end, start));
    return gaps.length > 0 && gaps.every((gap) => /\n[ \t]*\r?\n/.test(gap));
  }

  /** The colon and the blanks between name and value of a member in brackets. */
  colon(branch: Branch): string {
    const { text } = this.#document;
    const colonOf = ({ name, node }: Member) => {
      const between = name === undefined || node.start === node.end ? '' : text.slice(name.end, node.start);
      return /^ ?: ?$/.test(between) ? between : undefined;
    };
    for (const member of branch.members.slice(0, sampleSize))
      if (colonOf(member) !== undefined) return colonOf(member) as string;
    for (const member of this.#near(branch)) if (colonOf(member) !== undefined) return colonOf(member) as string;
    return ': ';
  }

  /** The comma and the blanks between two members in brackets on one line. */
  comma(branch: Branch): string {
    const [first, second] = branch.members;
    const between = first && second && this.#document.text.slice(first.end, second.start);
    if (between !== undefined && /^,[ \t]*$/.test(between)) return between;
    return this.colon(branch).endsWith(' ') ? ', ' : ',';
  }

  /** The blanks between a bracket and the member beside it, on one line. */
  padding(branch: Branch): string {
    const { text } = this.#document;
    const isPadded = (candidate: Branch) => text[candidate.start + 1] === ' ';
    if (branch.members.length > 0 && !this.isSpread(branch)) return isPadded(branch) ? ' ' : '';
    const onOneLine = ({ node }: Member) => (this.isSpread(node as Branch) ? undefined : (node as Branch));
    const [example] = firstOf(1, this.#near(branch, isFilledFlowMap), onOneLine);
    return example !== undefined && isPadded(example) ? ' ' : '';
  }

  /** Whether members in brackets stand on their own lines; for empty brackets, whether those of the document do. */
  isSpread(branch: Branch): boolean {
    const [first] = branch.members;
    if (first !== undefined) return this.#document.text.slice(branch.start, first.start).includes('\n');
    const { root } = this.#document;
    return root.kind !== 'leaf' && root.isFlow && root.members.length > 0 && this.isSpread(root);
  }

  /** Whether the members of a new value in brackets stand on their own lines. */
  spreadsValues(branch: Branch): boolean {
    if (!this.isSpread(branch)) return false;
    const members = branch.members.slice(0, sampleSize);
    const isFilled = ({ node }: Member) => isFilledFlow(node);
    return (
      members.some((member) => isFilled(member) && this.isSpread(member.node as Branch)) || !members.some(isFilled)
    );
  }

  /** The blanks that each level of brackets adds to the indentation. */
  get unit(): string {
    return (this.#unit ??= this.#findUnit());
  }

  #findUnit(): string {
    const { root, text } = this.#document;
    const branches = [root, ...this.#all().map(({ node }) => node)].filter(isFilledFlow);
    for (const branch of branches) {
      const [first] = branch.members;
      if (first === undefined || !this.isSpread(branch)) continue;
      const outer = indentationAt(text, branch.start);
      const inner = indentationAt(text, first.start);
      if (inner.startsWith(outer) && inner.length > outer.length) return inner.slice(outer.length);
    }
    return '  ';
  }

  /** The names in similar objects: those nearby that have a member of some name. */
  *similarObjects(parents: readonly Branch[], key: string): Generator<readonly string[]> {
    for (const parent of parents.toReversed().slice(0, 3)) {
      const below = this.#objectsBelow.get(parent) ?? new ObjectsBelow(parent);
      this.#objectsBelow.set(parent, below);
      yield* below.with(key);
    }
  }

  /** The wanted members in and below a branch, then those of the whole text. */
  *#near(branch: Branch, isWanted: (member: Member) => boolean = isAny): Generator<Member> {
    const inside = this.#insides.get(branch) ?? [...sampled(branch.members, 200)];
    this.#insides.set(branch, inside);
    const near = inside.filter(isWanted);
    yield* near;
    if (near.length >= 2) return;
    const all = this.#samples.get(isWanted) ?? this.#all().filter(isWanted);
    this.#samples.set(isWanted, all);
    yield* all;
  }

  /** The members with some name in and below a branch, then those of the whole text. */
  #called(branch: Branch, name: string): readonly Member[] {
    const inside = [...this.#near(branch)].filter(({ key }) => key === name);
    const all = this.#named.get(name) ?? this.#all().filter(({ key }) => key === name);
    this.#named.set(name, all);
    return [...inside, ...all];
  }

  #all(): readonly Member[] {
    const { root } = this.#document;
    this.#sample ??= root.kind === 'leaf' ? [] : [...sampled(root.members)];
    return this.#sample;
  }
}

/** The first of what some members have. Most texts have many members, of which few are asked for. */
function firstOf<Found>(most: number, members: Iterable<Member>, find: (member: Member) => Found | undefined): Found[] {
  const found: Found[] = [];
  for (const member of members) {
    const one = find(member);
    if (one !== undefined && found.push(one) === most) break;
  }
  return found;
}

function isText(node: Node): node is Leaf {
  return node.kind === 'leaf' && typeof node.value === 'string' && node.style !== 'block';
}

function isFilledFlow(node: Node): node is Branch {
  return node.kind !== 'leaf' && node.isFlow && node.members.length > 0;
}

function isAny(): boolean {
  return true;
}

function hasName({ name }: Member): boolean {
  return name !== undefined;
}

function isTextMember({ node }: Member): boolean {
  return isText(node);
}

function isFilledFlowMap({ node }: Member): boolean {
  return isFilledFlow(node) && node.kind === 'map';
}

function isBlockList(member: Member): boolean {
  return isBlockMember(member) && member.node.kind === 'list';
}

function isBlockMember({ name, node }: Member): boolean {
  return name !== undefined && node.kind !== 'leaf' && !node.isFlow;
}

function isStatusCode(name: unknown): boolean {
  return /^\d+$/.test(String(name));
}

/** The quotation marks that all of some scalars have; `plain` where they differ, or where there are fewer than two. */
function commonStyle(leaves: readonly Leaf[]): Quotes {
  const [first] = leaves;
  const style = first?.style;
  const isCommon = leaves.length > 1 && leaves.every((leaf) => leaf.style === style);
  return isCommon && (style === 'single' || style === 'double') ? style : 'plain';
}
