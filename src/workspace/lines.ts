import type { Span } from '../edit/syntax.js';
import type { Position, Range } from './result.js';

/** How many lines apart those are whose beginnings are noted: noting all takes as long as finding them does. */
const stride = 256;

/** Where the lines of a text are. */
export class Lines {
  readonly #text: string;
  /** The offsets at which every so manieth line begins. */
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    let line = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
      if (++line % stride === 0) starts.push(end + 1);
    }
    this.#text = text;
    this.#starts = starts;
  }

  /** The position of an offset, both counted in UTF-16 code units. */
  positionAt(offset: number): Position {
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    let line = low * stride;
    let start = this.#starts[low] as number;
    for (let end = this.#text.indexOf('\n', start); end >= 0 && end < offset; end = this.#text.indexOf('\n', start)) {
      line++;
      start = end + 1;
    }
    return { line, character: offset - start };
  }

  /** The offset of a position; of one behind the last line, the end of the text. */
  offsetAt({ line, character }: Position): number {
    const last = this.#starts.length - 1;
    const noted = Math.min(Math.floor(line / stride), last);
    let start = this.#starts[noted] as number;
    for (let here = noted * stride; here < line; here++) {
      const end = this.#text.indexOf('\n', start);
      if (end < 0) return this.#text.length;
      start = end + 1;
    }
    return start + character;
  }

  /** The range of a stretch of the text. */
  rangeOf({ start, end }: Span): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }
}
