import { inOrder, type TextEdit } from './text-edits.js';

/** A line break of JSON or YAML (YAML 1.2.2 §5.4). */
const anyBreak = /\r\n?|\n/g;

/** A text of the same length with a line feed for each lone carriage return, which the parsers do not take for a line break. */
export function withoutLoneReturns(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r(?!\n)/g, '\n') : text;
}

/** The line breaks of a text. */
export class LineBreaks {
  readonly #text: string;
  /** The kinds that the text has. */
  readonly #kinds: ReadonlySet<string>;

  constructor(text: string) {
    this.#text = text;
    this.#kinds = new Set(text.includes('\r') ? text.match(anyBreak) : []);
  }

  /**
   * Gives edits the line breaks of the text. A new line has that of the line before it, or else behind it. A line that remains
   * keeps its own.
   *
   * @param edits with `\n` for every line break
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
    // Without its end, this line would take over the line break of the removed text.
    const isNextForeign = next !== '' && next !== own && isBehindSomething && !text.includes('\n');
    if (isNextForeign) return { start, end: end + next.length, text: text + own };
    return { start, end, text: text.replaceAll('\n', own) };
  }

  /** The first line break from an offset on. */
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

/** Joins edits that touch. */
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
