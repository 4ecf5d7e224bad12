import { inOrder, type TextEdit } from './text-edits.js';

/** A line break, as JSON and YAML have it (YAML 1.2.2 §5.4). */
const anyBreak = /\r\n?|\n/g;

/** A text of the same length in which a carriage return that stands alone is a line feed: what reads it knows two line breaks. */
export function withoutLoneReturns(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r(?!\n)/g, '\n') : text;
}

/** The line breaks of a text. */
export class LineBreaks {
  readonly #text: string;
  /** Each kind that the text has. */
  readonly #kinds: ReadonlySet<string>;

  constructor(text: string) {
    this.#text = text;
    this.#kinds = new Set(text.includes('\r') ? text.match(anyBreak) : []);
  }

  /**
   * Edits with the line breaks of the text. What is new has those of the line that it comes behind, or before; and each line
   * that stays keeps its own.
   *
   * @param edits with `\n` for line breaks, and no other
   * @returns as many edits, or fewer
   */
  in(edits: readonly TextEdit[]): TextEdit[] {
    const [only = '\n'] = this.#kinds;
    if (this.#kinds.size > 1) return joined(edits).map((edit) => this.#withOwnBreaks(edit));
    return only === '\n' ? [...edits] : edits.map((edit) => ({ ...edit, text: edit.text.replaceAll('\n', only) }));
  }

  #withOwnBreaks({ start, end, text }: TextEdit): TextEdit {
    const own = this.#breakFrom(start) ?? this.#breakBefore(start);
    const next = /^(?:\r\n?|\n)/.exec(this.#text.slice(end, end + 2))?.[0] ?? '';
    const isBehindSomething = start > 0 && !'\r\n'.includes(this.#text.charAt(start - 1));
    // A line that loses what came behind it would have the line break of that.
    const isNextForeign = next !== '' && next !== own && isBehindSomething && !text.includes('\n');
    if (isNextForeign) return { start, end: end + next.length, text: text + own };
    return { start, end, text: text.replaceAll('\n', own) };
  }

  /** The line break that ends the line of an offset. */
  #breakFrom(offset: number): string | undefined {
    const pattern = new RegExp(anyBreak);
    pattern.lastIndex = offset;
    return pattern.exec(this.#text)?.[0];
  }

  /** The last line break before an offset. */
  #breakBefore(offset: number): string {
    const text = this.#text;
    const last = Math.max(text.lastIndexOf('\n', offset), text.lastIndexOf('\r', offset));
    return text.slice(last - 1, last + 1) === '\r\n' ? '\r\n' : text.charAt(last);
  }
}

/** Edits of which those are one that touch. */
function joined(edits: readonly TextEdit[]): TextEdit[] {
  const result: TextEdit[] = [];
  for (const edit of inOrder(edits)) {
    const last = result.at(-1);
    if (last?.end === edit.start)
      result.splice(-1, 1, { start: last.start, end: edit.end, text: last.text + edit.text });
    else result.push(edit);
  }
  return result;
}
