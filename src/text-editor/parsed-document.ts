import type { Path } from '../json.js';

/** A stretch of a text: offsets in UTF-16 code units, from the start up to, but not including, the end. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How a scalar is written. An `empty` one is a null of which nothing is written. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'block' | 'empty';

/** A scalar or an alias. */
export interface Leaf extends Span {
  readonly kind: 'leaf';
  readonly style: ScalarStyle;
  /** Its data; `undefined` for an alias. */
  readonly value: unknown;
}

/** An object or an array. Its span ends behind its closing bracket; in block style, where its last member does. */
export interface Branch extends Span {
  readonly kind: 'map' | 'list';
  /** Whether it is in brackets. */
  readonly isFlow: boolean;
  readonly members: readonly Member[];
}

export type Node = Leaf | Branch;

/** A member of an object or an item of an array: from its key, or its dash, to the end of its value. */
export interface Member extends Span {
  /** Its name in the data; the index of an item. */
  readonly key: string;
  /** How and where the name is written; absent for an item. */
  readonly name?: Leaf;
  readonly node: Node;
  /** Behind the colon or the dash that comes before the value. */
  readonly valueStart: number;
}

/** A parsed text: its data, and where each value stands. */
export interface ParsedDocument {
  readonly text: string;
  /** Whether the whole text is JSON. */
  readonly isJson: boolean;
  readonly data: unknown;
  readonly root: Node;
  /** In the order of the text. */
  readonly comments: readonly Span[];
  /**
   * The paths in the data that come from the same text as a path, itself included: more than one where an alias or a merge key
   * shows the text in several places. The first is the path in the text, without aliases.
   *
   * @returns `undefined` if there are too many
   */
  placesOf(path: Path): Path[] | undefined;
  /** The same for a member, with its name: fewer paths, since an alias may show only its value, under another name. */
  placesOfMember(path: Path): Path[] | undefined;
  /** Whether an alias outside a stretch of the text refers to a node inside it. */
  isUsedBeyond(span: Span): boolean;
  /** Whether the members of its blocks can be read one by one: it has no faults, no aliases, and nothing before or behind the document. */
  readonly isReadInParts: boolean;
}

/** The comments of a text, or of a stretch of it, in order. */
export function commentsIn(
  { comments, text }: ParsedDocument,
  within: Span = { start: 0, end: text.length },
): string[] {
  const inside = comments.slice(firstFrom(comments, within.start), firstFrom(comments, within.end));
  return inside.map(({ start, end }) => text.slice(start, end));
}

/** The name of a merge key of YAML 1.1, which tools for OpenAPI still read. */
export const mergeKey = '<<';

/** How many members merge keys may add to the maps of a text. Real texts have a few hundred; too many fill the memory. */
export const mostMerged = 500_000;

/** Why a text with more of them cannot be read. */
export const tooMuchMerged = `its merge keys bring in more than ${mostMerged} members`;

/** A text that cannot be read. The message says why, as a clause about the text: `is nested too deeply`. */
export class UnreadableText extends Error {
  override readonly name = 'UnreadableText';
  /** Where the fault is, in UTF-16 code units; `undefined` if it has no single place. */
  readonly offset: number | undefined;

  constructor(reason: string, offset?: number) {
    super(reason);
    this.offset = offset;
  }
}

/** The line and the column of an offset, both counted from 1; columns are UTF-16 code units. */
export function lineAndColumnOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

/** The index of the first stretch that starts at an offset or behind it. The stretches are in ascending order. */
export function firstFrom(stretches: readonly { readonly start: number }[], offset: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle] as { readonly start: number }).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
