// This file scans JSON by hand because `visit` of jsonc-parser makes tokens of the whole text. In 13 MB of JSON the scan takes 40
// ms and `visit` 160 to 190 ms, of the 450 ms that `lint` takes in all.
import { getLocation } from 'jsonc-parser';
import type { Path } from '../json.js';
import { endOfString, endOfWord, isEscaped, isPartOfWord, isSpace } from '../text-editor/json-tokens.js';
import type { Span } from '../text-editor/parsed-document.js';
import type { KeyOrScalar } from './yaml-reader.js';

const quote = 0x22;
const colon = 0x3a;
const [openBracket, closeBracket] = [0x5b, 0x5d];
const [openBrace, closeBrace] = [0x7b, 0x7d];

type JsonObject = Readonly<Record<string, unknown>>;

/** A place to find: the value itself, or members of it. */
interface WantedPlace {
  span: Span | undefined;
  readonly members: Map<string, WantedPlace>;
}

/**
 * Finds the spans of values in a JSON text, in one pass that enters only the objects and arrays on their paths.
 *
 * @param text JSON without a byte order mark
 * @param data the parsed text
 * @param paths paths that exist in the data
 * @returns a span for each path, with Spectral's bounds: an object or array that is a member begins after the colon, and ends
 *   where its innermost last value ends
 */
export function spansIn(text: string, data: unknown, paths: readonly Path[]): Span[] {
  const root: WantedPlace = { span: undefined, members: new Map() };
  const found = paths.map((path) => {
    let here = root;
    for (const key of path) {
      const member = here.members.get(key) ?? { span: undefined, members: new Map() };
      here.members.set(key, member);
      here = member;
    }
    return here;
  });
  // If lines are indented unusually, the search by indentation is misled.
  if (!new Search(text, true).ends(root, data)) new Search(text, false).ends(root, data);
  return found.map(({ span }) => span ?? { start: 0, end: 0 });
}

/**
 * What an editor underlines of a value: of an object or array its name; the first name in it if it has none, as an item of an array; of
 * a scalar all of it.
 *
 * @param span of the value, as {@link spansIn} finds it
 */
export function markIn(text: string, span: Span): Span {
  const opening = text.charCodeAt(span.start);
  if (opening === quote || isPartOfWord(opening)) return span;
  const before = text.charCodeAt(span.start - 1);
  const end = span.start - 1;
  if ((before === colon || isSpace(before)) && text.charCodeAt(end - 1) === quote) {
    let start = end - 1;
    do start = text.lastIndexOf('"', start - 1);
    while (isEscaped(text, start));
    return { start, end };
  }
  let inside = span.start + 1;
  while (isSpace(text.charCodeAt(inside))) inside++;
  const isName = opening === openBrace && text.charCodeAt(inside) === quote;
  return isName ? { start: inside, end: endOfString(text, inside) } : { start: span.start, end: span.start + 1 };
}

/**
 * Finds the name or scalar at an offset of a JSON text.
 *
 * @returns `undefined` if there is none
 */
export function keyOrScalarAt(text: string, offset: number): KeyOrScalar | undefined {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  if (previousNode === undefined || offset > previousNode.offset + previousNode.length) return undefined;
  return { path: path.map(String), isName: isAtPropertyKey };
}

class Search {
  readonly #text: string;
  /** Whether to trust indentation. It is given up once it misleads, because a failed search for a bracket reads the whole text. */
  #isIndented: boolean;
  /** Whether what was found in some object or array is not what the data has there. */
  #isMisled = false;
  #at = 0;

  constructor(text: string, isIndented: boolean) {
    this.#text = text;
    this.#isIndented = isIndented;
  }

  /** Reads the text. @returns whether all that was read is as in the data */
  ends(wanted: WantedPlace, data: unknown): boolean {
    this.#visit(wanted, data, undefined);
    this.#skipSpace();
    return !this.#isMisled && this.#at === this.#text.length;
  }

  /** Reads a value, and notes the spans of the wanted places in it. */
  #visit(wanted: WantedPlace, data: unknown, afterColon: number | undefined): void {
    this.#skipSpace();
    const start = this.#at;
    const opening = this.#text.charCodeAt(start);
    const isBranch = this.#isBranchAt(start);
    if (wanted.members.size > 0 && opening === openBrace) this.#visitMembers(wanted.members, data as JsonObject);
    else if (wanted.members.size > 0 && opening === openBracket) this.#visitItems(wanted.members, data as unknown[]);
    else this.#at = endOfValue(this.#text, start);
    wanted.span = isBranch
      ? { start: afterColon ?? start, end: this.#innermostEnd(this.#at) }
      : { start, end: this.#at };
  }

  #isBranchAt(offset: number): boolean {
    const opening = this.#text.charCodeAt(offset);
    return opening === openBrace || opening === openBracket;
  }

  #visitMembers(members: ReadonlyMap<string, WantedPlace>, data: JsonObject): void {
    const keys = Object.keys(data);
    let count = 0;
    this.#at++;
    this.#skipSpace();
    while (this.#text.charCodeAt(this.#at) === quote) {
      const keyStart = this.#at;
      this.#at = endOfString(this.#text, keyStart);
      const raw = this.#text.slice(keyStart + 1, this.#at - 1);
      const key: string = raw.includes('\\') ? JSON.parse(`"${raw}"`) : raw;
      // Spectral assumes that the colon follows the name at once.
      const afterColon = this.#at + 1;
      this.#skipSpace();
      if (this.#text.charCodeAt(this.#at) !== colon) return this.#giveUp();
      this.#at++;
      this.#skipSpace();
      const wanted = members.get(key);
      if (wanted !== undefined) this.#visit(wanted, data[key], afterColon);
      else this.#skipMember(keyStart, key === keys[count] ? keys[count + 1] : undefined);
      this.#skipComma();
      count++;
    }
    this.#isMisled ||= count !== keys.length;
    this.#at++;
  }

  #visitItems(items: ReadonlyMap<string, WantedPlace>, data: readonly unknown[]): void {
    this.#at++;
    this.#skipSpace();
    for (let index = 0; this.#text.charCodeAt(this.#at) !== closeBracket; index++) {
      const start = this.#at;
      const wanted = items.get(String(index));
      if (wanted === undefined) this.#at = endOfValue(this.#text, start);
      else this.#visit(wanted, data[index], undefined);
      if (this.#at === start) return this.#giveUp();
      this.#skipComma();
    }
    this.#at++;
  }

  /** Ends a search that indentation has led to another place than it was to lead to. */
  #giveUp(): void {
    this.#isMisled = true;
    this.#at = this.#text.length;
  }

  /**
   * Skips the value of a member. In indented text, the first bracket with the indentation of its name closes it; the name that
   * follows confirms that.
   *
   * @param next the name of the next member, if it is known
   */
  #skipMember(keyStart: number, next: string | undefined): void {
    const indentation = this.#isIndented && next !== undefined ? this.#indentationOf(keyStart) : undefined;
    const close = indentation === undefined ? undefined : this.#closeBelow(indentation, next ?? '');
    if (indentation !== undefined && close === undefined) this.#isIndented = false;
    this.#at = close ?? endOfValue(this.#text, this.#at);
  }

  /** The indentation of a member that begins a line, and whose value opens a bracket at the end of that line. */
  #indentationOf(keyStart: number): string | undefined {
    const isBroken = this.#text[this.#at + 1] === '\n' || this.#text.startsWith('\r\n', this.#at + 1);
    if (!isBroken || !this.#isBranchAt(this.#at)) return undefined;
    const indentation = this.#text.slice(this.#text.lastIndexOf('\n', keyStart) + 1, keyStart);
    return indentation.trim() === '' ? indentation : undefined;
  }

  /** The offset after the first closing bracket with this indentation, if the expected name follows it. */
  #closeBelow(indentation: string, next: string): number | undefined {
    const closing = `\n${indentation}${this.#text.charCodeAt(this.#at) === openBrace ? '}' : ']'}`;
    const end = this.#text.indexOf(closing, this.#at) + closing.length;
    const following = end < closing.length ? -1 : this.#text.indexOf('"', end);
    const isNext = following >= 0 && this.#text.slice(end, following).trim() === ',';
    return isNext && this.#text.startsWith(JSON.stringify(next), following) ? end : undefined;
  }

  #skipSpace(): void {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at++;
  }

  #skipComma(): void {
    this.#skipSpace();
    if (this.#text[this.#at] === ',') this.#at++;
    this.#skipSpace();
  }

  /** Where the innermost last value of an object or array ends. An empty object or array counts as a value. */
  #innermostEnd(end: number): number {
    for (let at = end; ;) {
      const before = this.#lastBefore(at - 1);
      const last = this.#text.charCodeAt(before - 1);
      if (last === openBrace || last === openBracket) return at;
      if (last !== closeBrace && last !== closeBracket) return before;
      at = before;
    }
  }

  /** The offset after the last character before an offset that is not white space. */
  #lastBefore(offset: number): number {
    let at = offset;
    while (isSpace(this.#text.charCodeAt(at - 1))) at--;
    return at;
  }
}

/** The offset after a value. @param start the offset of its first character */
function endOfValue(text: string, start: number): number {
  let at = start;
  let depth = 0;
  do {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else {
      if (code === openBrace || code === openBracket) depth++;
      else if (code === closeBrace || code === closeBracket) depth--;
      else if (depth === 0) return endOfWord(text, at);
      at++;
    }
  } while (depth > 0 && at < text.length);
  return at;
}
