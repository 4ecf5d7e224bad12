import { LineReading, notCommon } from './common-yaml-lines.js';
import { valueOfPlain } from './yaml-scalars.js';

const [tab, lineFeed, carriageReturn, space, doubleQuote, hash] = [0x09, 0x0a, 0x0d, 0x20, 0x22, 0x23];
const [singleQuote, dash, colon, above, question, backslash] = [0x27, 0x2d, 0x3a, 0x3e, 0x3f, 0x5c];

/** The characters with which no plain text begins. */
const indicators = new Set([...'"#%&\'*,>@[]`{|}!\t\n\r '].map((character) => character.charCodeAt(0)));

/** What may stand behind a backslash, apart from hexadecimal numbers and line breaks, and what each means, in the same order. */
const escapes = '0abtnvfre "/\\N_LP';
const meanings = '\0\u0007\b\t\n\v\f\r\u001B "/\\\u0085\u00A0\u2028\u2029';

/** The number of a character, as it stands behind a backslash. */
const hexadecimal = /^(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U00(?:0[\da-fA-F]|10)[\da-fA-F]{4})/;

/** How many names are kept at hand: a power of two. */
const namesAtHand = 1024;

/** Reads the scalars of common YAML. */
export class ScalarReading extends LineReading {
  readonly #names: (string | undefined)[] = Array<undefined>(namesAtHand);

  /**
   * The name that a plain text is. Those that look like numbers in an unusual way are not common. Most names are read again and again:
   * it takes less time and memory to find them among the last ones.
   */
  protected nameAt(start: number, end: number): string {
    const { text } = this;
    const [first, middle, last] = [
      text.charCodeAt(start),
      text.charCodeAt((start + end) >> 1),
      text.charCodeAt(end - 1),
    ];
    const slot = (first * 31 + middle * 131 + last * 7 + end - start) & (namesAtHand - 1);
    const known = this.#names[slot];
    if (known !== undefined && known.length === end - start && text.startsWith(known, start)) return known;
    const name = text.slice(start, end);
    if (String(valueOfPlain(name)) !== name) throw notCommon;
    this.#names[slot] = name;
    return name;
  }

  /** Checks the beginning of a plain text. */
  protected checkPlainStart(): void {
    const code = this.text.charCodeAt(this.at);
    if (indicators.has(code)) throw notCommon;
    if ((code === dash || code === question) && this.isBlankAt(this.at + 1)) throw notCommon;
  }

  /**
   * Reads a plain text as far as it goes in a line.
   *
   * @returns where it ends. {@link at} is where the colon of a name, a comment or the end of the line is
   */
  protected endOfPlain(): number {
    const { text } = this;
    let at = this.at;
    for (let code = text.charCodeAt(at); ; code = text.charCodeAt(++at)) {
      if (code > colon) continue;
      if (code === colon) {
        if (this.isBlankAt(at + 1)) break;
      } else if (code === lineFeed || code === carriageReturn) break;
      else if (code === tab) throw notCommon;
      else if (code === hash && text.charCodeAt(at - 1) === space) break;
    }
    const start = this.at;
    this.at = at;
    while (at > start && text.charCodeAt(at - 1) === space) at--;
    return at;
  }

  /**
   * Reads the rest of a plain value, the first line of which has been read, and moves on to the next content.
   *
   * @param parent the column that its other lines are to the right of
   * @param start where it begins
   * @param firstEnd where its first line ends
   */
  protected plain(parent: number, start: number, firstEnd: number): unknown {
    const { text } = this;
    this.end = firstEnd;
    let code = text.charCodeAt(this.at);
    if (code === colon || firstEnd === start) throw notCommon;
    let value = text.slice(start, firstEnd);
    while (code !== hash) {
      const breakAt = this.at;
      const lineStart = text.indexOf('\n', breakAt) + 1;
      this.toContent(lineStart, false);
      const isComment = text.charCodeAt(this.at) === hash;
      if (isComment) this.toContent(lineStart);
      if (isComment || this.indent <= parent) return valueOfPlain(value);
      const between = this.#folded(breakAt, this.at);
      const from = this.at;
      this.end = this.endOfPlain();
      code = text.charCodeAt(this.at);
      if (code === colon || this.end === from) throw notCommon;
      value += between + text.slice(from, this.end);
    }
    this.toContent(text.indexOf('\n', this.at) + 1);
    return valueOfPlain(value);
  }

  /** What the line breaks in a stretch of white space mean in a text. */
  #folded(start: number, end: number): string {
    let breaks = 0;
    for (let at = this.text.indexOf('\n', start); at >= 0 && at < end; at = this.text.indexOf('\n', at + 1)) breaks++;
    return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
  }

  /**
   * Moves over line breaks in a quoted text.
   *
   * @param parent the column that its lines are to the right of
   * @returns what they mean
   */
  #fold(parent: number): string {
    const start = this.at;
    this.toEnclosedLine(parent);
    return this.#folded(start, this.at);
  }

  /** Reads a text in quotation marks. @param parent the column that its lines are to the right of */
  protected quoted(parent: number): string {
    const value =
      this.text.charCodeAt(this.at) === doubleQuote ? this.#doubleQuoted(parent) : this.#singleQuoted(parent);
    this.end = this.at;
    return value;
  }

  /** Reads a name in quotation marks. */
  protected quotedName(): string {
    const { at } = this;
    const name = this.quoted(0);
    if (this.text.slice(at, this.end).includes('\n')) throw notCommon;
    return name;
  }

  #doubleQuoted(parent: number): string {
    const { text } = this;
    let value = '';
    let start = ++this.at;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === doubleQuote) {
        value += text.slice(start, this.at++);
        return value;
      }
      if (code === backslash) {
        value += text.slice(start, this.at++);
        value += this.#escape(parent);
        start = this.at;
      } else if (code === lineFeed || code === carriageReturn) {
        value += text.slice(start, this.at);
        value += this.#fold(parent);
        start = this.at;
      } else this.at++;
    }
  }

  /** Reads what follows a backslash. */
  #escape(parent: number): string {
    const character = this.text.charAt(this.at);
    const index = escapes.indexOf(character);
    if (index >= 0) {
      this.at++;
      return meanings.charAt(index);
    }
    if (character === '\n' || character === '\r') {
      this.#fold(parent);
      return '';
    }
    const [digits = ''] = hexadecimal.exec(this.text.slice(this.at, this.at + 9)) ?? [];
    if (digits === '') throw notCommon;
    this.at += digits.length;
    return String.fromCodePoint(Number.parseInt(digits.slice(1), 16));
  }

  #singleQuoted(parent: number): string {
    const { text } = this;
    let value = '';
    let start = ++this.at;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === singleQuote) {
        value += text.slice(start, this.at++);
        if (text.charCodeAt(this.at) !== singleQuote) return value;
        start = this.at++;
        // Spectral's parser loses an apostrophe at the end of a line.
        if (this.isBlankAt(this.at) && text.charCodeAt(this.at) !== space) throw notCommon;
      } else if (code === lineFeed || code === carriageReturn) {
        value += text.slice(start, this.at);
        value += this.#fold(parent);
        start = this.at;
      } else this.at++;
    }
  }

  /**
   * Reads a text in block style as Spectral's parser does, which differs from YAML: it drops empty lines at the beginning, it drops a line
   * break at the end after `+`, and it adds one at the beginning after a digit. Moves on to the next content.
   *
   * @param parent the column that its lines are to the right of
   */
  protected blockScalar(parent: number): string {
    const { text } = this;
    const isFolded = text.charCodeAt(this.at) === above;
    const [header = '', before = '', digit = '', behind = ''] =
      /^[|>]([-+]?)([1-9]?)([-+]?)/.exec(text.slice(this.at, this.at + 4)) ?? [];
    if (before !== '' && behind !== '') throw notCommon;
    const chomping = before + behind;
    this.at += header.length;
    this.checkLineEnd();
    const parts: string[] = [];
    let [indent, isFound, isMore, empty] = [parent + (digit === '' ? 1 : Number(digit)), digit !== '', false, 0];
    let lineStart = text.indexOf('\n', this.at) + 1;
    for (let end = lineStart; ; lineStart = end) {
      let at = lineStart;
      const most = isFound ? indent : Infinity;
      while (at - lineStart < most && text.charCodeAt(at) === space) at++;
      const column = at - lineStart;
      if (!isFound && column > indent) indent = column;
      const first = text.charCodeAt(at);
      if (first === lineFeed || first === carriageReturn) {
        empty++;
        end = text.indexOf('\n', at) + 1;
        continue;
      }
      if (column < indent) break;
      const isMoreHere = first === space || first === tab;
      if (!isFolded) {
        if (isFound) parts.push('\n'.repeat(empty + 1));
      } else if (isMoreHere || isMore) parts.push('\n'.repeat(empty + 1));
      else if (empty > 0) parts.push('\n'.repeat(empty));
      else if (isFound) parts.push(' ');
      isMore = isMoreHere;
      isFound = true;
      empty = 0;
      end = text.indexOf('\n', at) + 1;
      parts.push(text.slice(at, text.charCodeAt(end - 2) === carriageReturn ? end - 2 : end - 1));
    }
    if (chomping === '+') parts.push('\n'.repeat(empty));
    else if (chomping !== '-' && isFound) parts.push('\n');
    this.end = lineStart - 1;
    this.toContent(lineStart);
    return parts.join('');
  }
}
