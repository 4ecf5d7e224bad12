import type { Span } from './parsed-document.js';

/** How many lines apart those are, at most, whose beginnings are noted: noting all takes as long as finding them does. */
const stride = 256;

/** The length, in UTF-16 code units, from which on it takes too long to look for the end of a line anew. */
const long = 4096;

/** Where the lines of a text are. */
export class LineIndex {
  readonly #text: string;
  /** The numbers of some lines, ascending, and the offsets at which they begin; a long one, and the one after it, among them. */
  readonly #noted: number[] = [0];
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    let line = 0;
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      const isLong = end - start >= long;
      if (isLong) this.#note(line, start);
      line++;
      start = end + 1;
      if (isLong || line % stride === 0) this.#note(line, start);
    }
    if (text.length - start >= long) this.#note(line, start);
    // Behind the last line, nothing has to be looked for.
    this.#note(line + 1, text.length + 1);
  }

  #note(line: number, start: number): void {
    if (this.#noted.at(-1) === line) return;
    this.#noted.push(line);
    this.#starts.push(start);
  }

  /** The position of an offset, both counted in UTF-16 code units. */
  positionAt(offset: number): Position {
    const { line, start } = this.#from(lastUpTo(this.#starts, offset), (_, next) => next <= offset);
    return { line, character: offset - start };
  }

  /** The offset of a position; of one behind the last line, the end of the text. */
  offsetAt({ line, character }: Position): number {
    const found = this.#from(lastUpTo(this.#noted, line), (next) => next <= line);
    return found.line === line ? Math.min(found.start + character, this.#text.length) : this.#text.length;
  }

  /** The range of a stretch of the text. */
  rangeOf({ start, end }: Span): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  /** Goes on from a noted line, as long as the next line is wanted. */
  #from(index: number, isWanted: (line: number, start: number) => boolean): { line: number; start: number } {
    let line = this.#noted[index] as number;
    let start = this.#starts[index] as number;
    // The line after a long one is noted: there is no need to look for it.
    while (this.#noted[index + 1] !== line + 1) {
      const end = this.#text.indexOf('\n', start);
      if (end < 0 || !isWanted(line + 1, end + 1)) break;
      line++;
      start = end + 1;
    }
    return { line, start };
  }
}

/** The index of the last of some ascending numbers that is not above a bound; the first is not. */
function lastUpTo(numbers: readonly number[], bound: number): number {
  let [low, high] = [0, numbers.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) <= bound) low = middle;
    else high = middle;
  }
  return low;
}

/** A point in a text, between two characters: line and UTF-16 code unit, counted from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A stretch of a text. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}
