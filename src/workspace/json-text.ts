import { getLocation } from 'jsonc-parser';
import type { Path } from '../contract/place.js';
import type { Span } from '../edit/syntax.js';
import type { Spot } from './yaml-text.js';

const quote = 0x22;
const backslash = 0x5c;
const [openBracket, closeBracket] = [0x5b, 0x5d];
const [openBrace, closeBrace] = [0x7b, 0x7d];

/** What is looked for in a value: the value itself, or something in it. */
interface Wanted {
  span: Span | undefined;
  readonly members: Map<string, Wanted>;
}

/**
 * Finds where things stand in a JSON text, in one pass over it, which only looks into what leads to one of them.
 *
 * @param text JSON without a byte order mark
 * @param paths to what is there
 * @returns where each of them stands as Spectral has it: an object or an array in an object begins after the colon, and ends
 *   where the last of what is in it ends
 */
export function spansIn(text: string, paths: readonly Path[]): Span[] {
  const root: Wanted = { span: undefined, members: new Map() };
  const found = paths.map((path) => {
    let here = root;
    for (const key of path) {
      const member = here.members.get(key) ?? { span: undefined, members: new Map() };
      here.members.set(key, member);
      here = member;
    }
    return here;
  });
  new Search(text).visit(root, undefined);
  return found.map(({ span }) => span ?? { start: 0, end: 0 });
}

/**
 * Finds what stands at an offset of a JSON text: a name, or a value that is neither an object nor an array.
 *
 * @returns `undefined` where neither does
 */
export function spotIn(text: string, offset: number): Spot | undefined {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  if (previousNode === undefined || offset > previousNode.offset + previousNode.length) return undefined;
  return { path: path.map(String), isName: isAtPropertyKey };
}

class Search {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Passes a value, and notes where in it the things are that are looked for. */
  visit(wanted: Wanted, afterColon: number | undefined): void {
    this.#skipSpace();
    const start = this.#at;
    const opening = this.#text.charCodeAt(start);
    if (wanted.members.size > 0 && opening === openBrace) this.#visitMembers(wanted.members);
    else if (wanted.members.size > 0 && opening === openBracket) this.#visitItems(wanted.members);
    else this.#skipValue();
    const isBranch = opening === openBrace || opening === openBracket;
    wanted.span = isBranch
      ? { start: afterColon ?? start, end: this.#innermostEnd(this.#at) }
      : { start, end: this.#at };
  }

  #visitMembers(members: ReadonlyMap<string, Wanted>): void {
    this.#at++;
    for (this.#skipSpace(); this.#text.charCodeAt(this.#at) === quote; this.#skipComma()) {
      const start = this.#at;
      this.#skipString();
      const raw = this.#text.slice(start + 1, this.#at - 1);
      const member = members.get(raw.includes('\\') ? JSON.parse(`"${raw}"`) : raw);
      // Where there is a space before it, the colon is not where Spectral supposes it.
      const afterColon = this.#at + 1;
      this.#at = this.#text.indexOf(':', this.#at) + 1;
      this.#pass(member, afterColon);
    }
    this.#at++;
  }

  #visitItems(items: ReadonlyMap<string, Wanted>): void {
    this.#at++;
    this.#skipSpace();
    for (let index = 0; this.#text.charCodeAt(this.#at) !== closeBracket; index++) {
      this.#pass(items.get(String(index)), undefined);
      this.#skipComma();
    }
    this.#at++;
  }

  #pass(wanted: Wanted | undefined, afterColon: number | undefined): void {
    if (wanted === undefined) this.#skipValue();
    else this.visit(wanted, afterColon);
  }

  #skipSpace(): void {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at++;
  }

  #skipComma(): void {
    this.#skipSpace();
    if (this.#text[this.#at] === ',') this.#at++;
    this.#skipSpace();
  }

  #skipString(): void {
    do this.#at = this.#text.indexOf('"', this.#at + 1);
    while (this.#isEscaped(this.#at));
    this.#at++;
  }

  #isEscaped(at: number): boolean {
    let first = at;
    while (this.#text.charCodeAt(first - 1) === backslash) first--;
    return (at - first) % 2 === 1;
  }

  #skipValue(): void {
    this.#skipSpace();
    for (let depth = 0; this.#at < this.#text.length;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === quote) this.#skipString();
      else if (code === openBrace || code === openBracket) {
        depth++;
        this.#at++;
      } else if (code === closeBrace || code === closeBracket) {
        // The end of what a number, or one of the words, is in.
        if (depth === 0) return;
        depth--;
        this.#at++;
      } else if (depth === 0) {
        while (isPartOfWord(this.#text.charCodeAt(this.#at))) this.#at++;
        return;
      } else this.#at++;
      if (depth === 0) return;
    }
  }

  /** The end of the last thing in an object or array, be it far inside; an empty one is a thing itself. */
  #innermostEnd(end: number): number {
    for (let at = end; ;) {
      const before = this.#lastBefore(at - 1);
      const last = this.#text.charCodeAt(before - 1);
      if (last === openBrace || last === openBracket) return at;
      if (last !== closeBrace && last !== closeBracket) return before;
      at = before;
    }
  }

  /** The offset behind the last character before an offset that is no white space. */
  #lastBefore(offset: number): number {
    let at = offset;
    while (isSpace(this.#text.charCodeAt(at - 1))) at--;
    return at;
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Whether a character belongs to a number or to `true`, `false` or `null`. */
function isPartOfWord(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a) || [0x2b, 0x2d, 0x2e, 0x45].includes(code);
}
