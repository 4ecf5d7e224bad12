import { endOfString } from './json-positions.js';
import { duplicateKey, type ParseError } from './yaml-reader.js';

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBracket, closeBracket] = [0x5b, 0x5d];
const [openBrace, closeBrace] = [0x7b, 0x7d];

/** The length, in UTF-16 code units, from which on reading every name takes a time that somebody might notice. */
const large = 1e6;

/** The members of a description whose objects no rule reads: what bodies consist of, and what they may be. */
const unread: ReadonlySet<string> = new Set(['properties', 'items', 'additionalProperties', 'value', 'example']);

/** More names than that are looked up, rather than compared with one another. */
const few = 12;

/**
 * The names that objects of a JSON text have twice, each where it stands again. In a large text, only objects that rules read are
 * looked at, unless one is found there.
 *
 * @param text which `JSON.parse` can read, without a byte order mark
 */
export function duplicateNamesIn(text: string): ParseError[] {
  // What is passed over by indentation may not end where it seems to: only a look at everything is sure.
  if (text.length > large && new Scan(text, true).run().length === 0) return [];
  return new Scan(text, false).run();
}

/** The hashes of {@link unread}: most names need not be looked at more closely. */
const unreadHashes: ReadonlySet<number> = new Set([...unread].map(hashOf));

class Scan {
  readonly #text: string;
  readonly #isQuick: boolean;
  readonly #found: ParseError[] = [];
  /** The names of the objects that are open, one object after the other: their hashes, and where they stand. */
  readonly #hashes: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** Of what is around the innermost object or array: its first name, below 0 in an array; how many names, and which item. */
  readonly #firsts: number[] = [];
  readonly #counts: number[] = [];
  readonly #items: number[] = [];

  constructor(text: string, isQuick: boolean) {
    this.#text = text;
    this.#isQuick = isQuick;
  }

  run(): ParseError[] {
    const text = this.#text;
    let isNameNext = false;
    let [first, count, item] = [-1, 0, 0];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code <= 0x20) continue;
      if (code === quote) {
        at = (isNameNext ? this.#readName(at, count++) : endOfString(text, at)) - 1;
        isNameNext = false;
      } else if (code === comma) {
        isNameNext = first >= 0;
        item++;
      } else if (code === openBrace || code === openBracket) {
        isNameNext = code === openBrace;
        this.#firsts.push(first);
        this.#counts.push(count);
        this.#items.push(item);
        first = isNameNext ? count : -1;
        item = 0;
      } else if (code === closeBrace || code === closeBracket) {
        if (first >= 0 && count - first > 1) this.#compare(first, count);
        isNameNext = false;
        first = this.#firsts.pop() ?? -1;
        count = this.#counts.pop() ?? 0;
        item = this.#items.pop() ?? 0;
      }
    }
    return this.#found;
  }

  /** Notes a name; passes over what it names, if no rule reads that. @returns the offset behind that */
  #readName(start: number, index: number): number {
    const text = this.#text;
    let hash = 0;
    let hasEscapes = false;
    let at = start + 1;
    for (let code = text.charCodeAt(at); code !== quote; code = text.charCodeAt(++at)) {
      if (code === backslash) {
        hasEscapes = true;
        at++;
      }
      hash = (Math.imul(hash, 31) + code) | 0;
    }
    const end = at + 1;
    this.#hashes[index] = hasEscapes ? hashOf(JSON.parse(text.slice(start, end)) as string) : hash;
    this.#starts[index] = start;
    this.#ends[index] = end;
    const isRead = !this.#isQuick || !unreadHashes.has(hash) || !unread.has(text.slice(start + 1, at));
    return isRead ? end : this.#endOfBlock(start, end);
  }

  /** The offset behind the value of a member, if lines are indented as is usual and it is one block of them. */
  #endOfBlock(start: number, end: number): number {
    const [, bracket] = /^\s*:\s*([{[])\r?\n/.exec(this.#text.slice(end, end + 8)) ?? [];
    const indentation = this.#text.slice(this.#text.lastIndexOf('\n', start) + 1, start);
    if (bracket === undefined || indentation.trim() !== '') return end;
    const closing = `\n${indentation}${bracket === '{' ? '}' : ']'}`;
    const found = this.#text.indexOf(closing, end);
    return found < 0 ? end : found + closing.length;
  }

  /** Compares the names of the innermost object: their hashes first, and themselves only if two of these are the same. */
  #compare(first: number, count: number): void {
    if (!this.#hasHashTwice(first, count)) return;
    const names = new Set<string>();
    for (let index = first; index < count; index++) {
      const name = this.#nameAt(index);
      const span = { start: this.#starts[index] as number, end: this.#ends[index] as number };
      if (names.has(name)) this.#found.push(duplicateKey([...this.#path(), name], span));
      names.add(name);
    }
  }

  #hasHashTwice(first: number, count: number): boolean {
    if (count - first > few) return new Set(this.#hashes.slice(first, count)).size < count - first;
    for (let index = first; index < count; index++) {
      const hash = this.#hashes[index];
      for (let other = first; other < index; other++) if (this.#hashes[other] === hash) return true;
    }
    return false;
  }

  /** The path of the innermost object. */
  #path(): string[] {
    return this.#firsts.slice(1).map((first, depth) => {
      return first < 0 ? String(this.#items[depth + 1]) : this.#nameAt((this.#counts[depth + 1] as number) - 1);
    });
  }

  #nameAt(index: number): string {
    return JSON.parse(this.#text.slice(this.#starts[index], this.#ends[index])) as string;
  }
}

function hashOf(name: string): number {
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0;
  return hash;
}
