import { byteOrderMark } from '../json.js';
import { endOfString, endOfWord, endOfSpace } from './json-tokens.js';
import type { Branch, Leaf, Member, Node, ParsedDocument } from './parsed-document.js';

const [quote, comma, openBracket, closeBracket, openBrace, closeBrace] = [0x22, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d];

/** The deepest nesting of a JSON text that is edited. Rules read no description that is nested a fifth as deep. */
const deepest = 2500;

/**
 * Reads a JSON text into values and their places.
 *
 * @param text that {@link parseJson} can read
 * @param data the result of that
 * @throws RangeError if it is nested too deeply
 */
export function jsonDocument(text: string, data: unknown): ParsedDocument {
  return {
    text,
    isJson: true,
    data,
    root: new JsonTree(text).root,
    comments: [],
    placesOf: (path) => [path],
    placesOfMember: (path) => [path],
    isUsedBeyond: () => false,
    isReadInParts: false,
  };
}

/**
 * The values of a JSON text and their places. Edits need few of them: it is noted of all objects and arrays where they end, and their members
 * are read when they are first asked for.
 */
class JsonTree {
  readonly #text: string;
  /** Where each object and array ends, in the order in which they begin. */
  readonly #ends: number[] = [];
  /** For each of them, the number of the first one that begins behind it. */
  readonly #following: number[] = [];

  constructor(text: string) {
    this.#text = text;
    const open: number[] = [];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === quote) at = endOfString(text, at) - 1;
      else if (code === openBrace || code === openBracket) {
        if (open.push(this.#ends.length) > deepest) throw new RangeError('nested too deeply');
        this.#ends.push(0);
        this.#following.push(0);
      } else if (code === closeBrace || code === closeBracket) {
        const number = open.pop() as number;
        this.#ends[number] = at + 1;
        this.#following[number] = this.#ends.length;
      }
    }
  }

  get root(): Node {
    return this.#nodeAt(endOfSpace(this.#text, this.#text.startsWith(byteOrderMark) ? 1 : 0), 0);
  }

  /** The value at an offset. @param number that of the first object or array that begins there or behind */
  #nodeAt(start: number, number: number): Node {
    const code = this.#text.charCodeAt(start);
    if (code !== openBrace && code !== openBracket) return this.#leafAt(start);
    const kind = code === openBrace ? 'map' : 'list';
    const end = this.#ends[number] as number;
    return lazily({ kind, isFlow: true, start, end }, () => this.#membersOf(kind, start, number));
  }

  #leafAt(start: number): Leaf {
    const isString = this.#text.charCodeAt(start) === quote;
    const end = isString ? endOfString(this.#text, start) : endOfWord(this.#text, start);
    return new JsonLeaf(this.#text, isString ? 'double' : 'plain', start, end);
  }

  #membersOf(kind: Branch['kind'], branchStart: number, branchNumber: number): Member[] {
    const text = this.#text;
    const last = (this.#ends[branchNumber] as number) - 1;
    const members: Member[] = [];
    let number = branchNumber + 1;
    for (let at = endOfSpace(text, branchStart + 1); at < last;) {
      const name = kind === 'map' ? this.#leafAt(at) : undefined;
      const valueStart = name === undefined ? at : text.indexOf(':', name.end) + 1;
      const node = this.#nodeAt(endOfSpace(text, valueStart), number);
      if (node.kind !== 'leaf') number = this.#following[number] as number;
      const key = String(name === undefined ? members.length : name.value);
      members.push({ key, ...(name && { name }), node, start: at, end: node.end, valueStart });
      at = endOfSpace(text, node.end);
      if (text.charCodeAt(at) === comma) at = endOfSpace(text, at + 1);
    }
    return members;
  }
}

/** A scalar that is read when its value is asked for. */
class JsonLeaf implements Leaf {
  readonly kind = 'leaf';
  readonly style: 'double' | 'plain';
  readonly start: number;
  readonly end: number;
  readonly #text: string;

  constructor(text: string, style: 'double' | 'plain', start: number, end: number) {
    this.#text = text;
    this.style = style;
    this.start = start;
    this.end = end;
  }

  get value(): unknown {
    const written = this.#text.slice(this.start, this.end);
    return this.style === 'double' && !written.includes('\\') ? written.slice(1, -1) : JSON.parse(written);
  }
}

/** A branch whose members are read when they are first used. */
export function lazily(branch: Omit<Branch, 'members'>, read: () => Member[]): Branch {
  return new LazyBranch(branch, read);
}

class LazyBranch implements Branch {
  readonly kind: Branch['kind'];
  readonly isFlow: boolean;
  readonly start: number;
  readonly end: number;
  #read: (() => Member[]) | undefined;
  #members: readonly Member[] = [];

  constructor({ kind, isFlow, start, end }: Omit<Branch, 'members'>, read: () => Member[]) {
    this.kind = kind;
    this.isFlow = isFlow;
    this.start = start;
    this.end = end;
    this.#read = read;
  }

  get members(): readonly Member[] {
    if (this.#read !== undefined) {
      this.#members = this.#read();
      this.#read = undefined;
    }
    return this.#members;
  }
}
