import { endOfString, isEscaped } from '../text-editor/json-tokens.js';
import { duplicateKey, type ParseError } from './parse-error.js';

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBracket, closeBracket] = [0x5b, 0x5d];
const [openBrace, closeBrace] = [0x7b, 0x7d];

/** The length, in UTF-16 code units, above which reading every name takes noticeable time. */
const large = 1e6;

/** The members of a description that no rule reads: the properties and examples of bodies. */
const unread: ReadonlySet<string> = new Set(['properties', 'items', 'additionalProperties', 'value', 'example']);

/** Up to this many names, comparing each with each is faster than a set. */
const few = 12;

/**
 * Finds names that occur twice in an object of a JSON text, each at its second place. If the names cannot simply be counted, a large
 * text is first searched only in the objects that rules read; if nothing is found there, the rest is not searched.
 *
 * @param text which `JSON.parse` can read, without a byte order mark
 * @param data the parsed text
 */
export function duplicateNamesIn(text: string, data: unknown): ParseError[] {
  const count = namesIn(text);
  if (count !== undefined) return count === namesOf(data) ? [] : new Scan(text, false).run();
  // The quick search skips by indentation, which may mislead it: only the full search is certain.
  if (text.length > large && new Scan(text, true).run().length === 0) return [];
  return new Scan(text, false).run();
}

/**
 * Counts the names in a JSON text, by the colons after them.
 *
 * @returns at least the number of names; `undefined` if it would take a full search to be sure of that
 */
function namesIn(text: string): number | undefined {
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    let end = at;
    while (text.charCodeAt(end - 1) <= 0x20) end--;
    if (text.charCodeAt(end - 1) !== quote) continue;
    // Such a colon may also be within a string.
    if (end < at) return undefined;
    if (!isEscaped(text, end - 1)) count++;
  }
  return count;
}

/** Counts the names of all objects in some data. */
function namesOf(data: unknown): number {
  let count = 0;
  const left = [data];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) if (typeof item === 'object' && item !== null) left.push(item);
      continue;
    }
    const object = value as Readonly<Record<string, unknown>>;
    for (const name in object) {
      count++;
      const member = object[name];
      if (typeof member === 'object' && member !== null) left.push(member);
    }
  }
  return count;
}

/** The hashes of {@link unread}, which rule out most names without a comparison of texts. */
const unreadHashes: ReadonlySet<number> = new Set([...unread].map(hashOf));

class Scan {
  readonly #text: string;
  readonly #isQuick: boolean;
  readonly #found: ParseError[] = [];
  /** The names of all open objects, outermost first: their hashes and offsets. */
  readonly #hashes: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** For each enclosing object or array: the index of its first name (-1 in an array), its count of names, and its current item. */
  readonly #firsts: number[] = [];
  readonly #counts: number[] = [];
  readonly #items: number[] = [];

  /** The ends of blocks that do not occur in the rest of the text. */
  readonly #missing = new Set<string>();

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

  /** Notes a name, and skips its value if no rule reads that. @returns the offset after it */
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

  /** The offset after the value of a member, if the value is an indented block of lines. */
  #endOfBlock(start: number, end: number): number {
    const [, bracket] = /^\s*:\s*([{[])\r?\n/.exec(this.#text.slice(end, end + 8)) ?? [];
    // Without this bracket the text may be one long line, whose beginning is far.
    if (bracket === undefined) return end;
    const indentation = this.#text.slice(this.#text.lastIndexOf('\n', start) + 1, start);
    if (indentation.trim() !== '') return end;
    const closing = `\n${indentation}${bracket === '{' ? '}' : ']'}`;
    if (this.#missing.has(closing)) return end;
    const found = this.#text.indexOf(closing, end);
    if (found >= 0) return found + closing.length;
    // Nor will it be found from anywhere further on.
    this.#missing.add(closing);
    return end;
  }

  /** Compares the names of the innermost object, by hash first. */
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
