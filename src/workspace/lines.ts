import type { Span } from '../edit/syntax.js';
import type { Position, Range } from './result.js';

/** Where the lines of a text are. */
export class Lines {
  /** The offsets at which lines begin. */
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
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
    return { line: low, character: offset - (this.#starts[low] as number) };
  }

  /** The offset of a position. */
  offsetAt({ line, character }: Position): number {
    return (this.#starts[line] ?? 0) + character;
  }

  /** The range of a stretch of the text. */
  rangeOf({ start, end }: Span): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }
}
