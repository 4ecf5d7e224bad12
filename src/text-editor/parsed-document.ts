import type { Path } from '../json.js';

/** A stretch of a text: offsets in UTF-16 code units, the end not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How a scalar is written. An `empty` one is a value that is left out: null. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'block' | 'empty';

/** A scalar, or an alias, which is written like one. */
export interface Leaf extends Span {
  readonly kind: 'leaf';
  readonly style: ScalarStyle;
  /** What it stands for; of an alias, nothing. */
  readonly value: unknown;
}

/** An object or an array: its span ends where its last member does, or after its closing bracket. */
export interface Branch extends Span {
  readonly kind: 'map' | 'list';
  /** Whether it has brackets around it. */
  readonly isFlow: boolean;
  readonly members: readonly Member[];
}

export type Node = Leaf | Branch;

/** A member of an object or an item of an array, from its key (or its dash) to the end of its value. */
export interface Member extends Span {
  /** Its name in the data; of an item, its index. */
  readonly key: string;
  /** How and where the name is written; absent of an item. */
  readonly name?: Leaf;
  readonly node: Node;
  /** Behind the colon or the dash that comes before the value. */
  readonly valueStart: number;
}

/** A text as its parser sees it: where each thing stands that its data holds. */
export interface ParsedDocument {
  readonly text: string;
  /** Whether the whole text is JSON. */
  readonly isJson: boolean;
  /** What the text says, as data. */
  readonly data: unknown;
  readonly root: Node;
  /** The offsets at which comments begin, ascending. */
  readonly comments: readonly Span[];
  /**
   * The paths of all that is written where the thing at a path is, that path among them: more than one where an alias or a
   * merge key shows the same text in several places. The first is the path in the text, without aliases.
   *
   * @returns `undefined` where there are more than anybody could oversee
   */
  placesOf(path: Path): Path[] | undefined;
  /** The same of the member at a path, name and value: fewer, since its value may be shown under other names. */
  placesOfMember(path: Path): Path[] | undefined;
  /** Whether something written in a stretch of the text is used outside of it. */
  isUsedBeyond(span: Span): boolean;
}

/** The name of a merge key, which YAML 1.1 has, and tools for OpenAPI still read. */
export const mergeKey = '<<';

/** How many members merge keys may bring into the maps of a text. Real texts have a few hundred; more fill the memory. */
export const mostMerged = 500_000;

/** Why a text with more of them is not read. */
export const tooMuchMerged = `its merge keys bring in more than ${mostMerged} members`;

/** A text that cannot be read, and why: with the place, where one is to blame. */
export class UnreadableText extends Error {
  override readonly name = 'UnreadableText';
  /** The offset of the fault, in UTF-16 code units. */
  readonly offset: number | undefined;

  constructor(reason: string, offset?: number) {
    super(reason);
    this.offset = offset;
  }
}

/** The line and the column of an offset in a text, both counted from 1; the column in UTF-16 code units. */
export function lineAndColumnOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

/** The index of the first of some stretches, which are in order, that starts at an offset or behind it. */
export function firstFrom(stretches: readonly { readonly start: number }[], offset: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle] as { readonly start: number }).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
