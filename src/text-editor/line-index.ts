import type { Span } from './parsed-document.js';

/** How many lines apart noted lines are at most. To note every line would take as long as to find them all. */
const stride = 256;

/** The length of a long line, in UTF-16 code units. To search one for its end each time would take too long. */
const long = 4096;

/** Converts between offsets in a text and positions by line. Reads the text as far as is asked for. */
export class LineIndex {
  readonly #text: string;
  /** The numbers of the noted lines, ascending, and their offsets. Each long line is noted, and the line after it. */
  readonly #noted: number[] = [0];
  readonly #starts: number[] = [0];
  #isWhole = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads the lines up to the next one to note, or to the end of the text. */
  #readOn(): void {
    const text = this.#text;
    let line = this.#noted.at(-1) as number;
    let start = this.#starts.at(-1) as number;
    for (let end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
      const isLong = end - start >= long;
      if (isLong) this.#note(line, start);
      line++;
      start = end + 1;
      if (isLong || line % stride === 0) {
        this.#note(line, start);
        return;
      }
    }
    if (text.length - start >= long) this.#note(line, start);
    // The search never goes past the last line.
    this.#note(line + 1, text.length + 1);
    this.#isWhole = true;
  }

  #note(line: number, start: number): void {
    if (this.#noted.at(-1) === line) return;
    this.#noted.push(line);
    this.#starts.push(start);
  }

  /** The position of an offset. */
  positionAt(offset: number): Position {
    while (!this.#isWhole && (this.#starts.at(-1) as number) <= offset) this.#readOn();
    const { line, start } = this.#from(lastUpTo(this.#starts, offset), (_, next) => next <= offset);
    return { line, character: offset - start };
  }

  /** The offset of a position; the end of the text for a position behind it. */
  offsetAt({ line, character }: Position): number {
    while (!this.#isWhole && (this.#noted.at(-1) as number) <= line) this.#readOn();
    const found = this.#from(lastUpTo(this.#noted, line), (next) => next <= line);
    return found.line === line ? Math.min(found.start + character, this.#text.length) : this.#text.length;
  }

  /** The text of a line without its line break; empty for a line behind the end. */
  lineAt(line: number): string {
    const start = this.offsetAt({ line, character: 0 });
    const next = this.#text.indexOf('\n', start);
    const end = next < 0 ? this.#text.length : next;
    return this.#text.slice(start, this.#text[end - 1] === '\r' ? end - 1 : end);
  }

  /** The range of a stretch of the text. */
  rangeOf({ start, end }: Span): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  /** Moves from a noted line to the last line that is wanted. */
  #from(index: number, isWanted: (line: number, start: number) => boolean): { line: number; start: number } {
    let line = this.#noted[index] as number;
    let start = this.#starts[index] as number;
    // The line after a long line is noted, so that no long line is searched.
    while (this.#noted[index + 1] !== line + 1) {
      const end = this.#text.indexOf('\n', start);
      if (end < 0 || !isWanted(line + 1, end + 1)) break;
      line++;
      start = end + 1;
    }
    return { line, start };
  }
}

/** The index of the last of some ascending numbers up to a bound. The first number is never above it. */
function lastUpTo(numbers: readonly number[], bound: number): number {
  let [low, high] = [0, numbers.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) <= bound) low = middle;
    else high = middle;
  }
  return low;
}

/** A point between two characters of a text: line, and UTF-16 code unit in the line, both counted from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A stretch of a text. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}
