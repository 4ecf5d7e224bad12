import { parse } from 'yaml';
import { withoutLoneReturns } from './line-breaks.js';
import type { Leaf, Node, ParsedDocument } from './parsed-document.js';

/** The block scalars (`|` and `>`) of a text, by their values: what is copied from one is written as one of the same style. */
export class BlockScalars {
  readonly #document: ParsedDocument;
  #byValue: ReadonlyMap<string, Leaf> | undefined;

  constructor(document: ParsedDocument) {
    this.#document = document;
  }

  /**
   * A string as a block scalar, with the style, the line breaks and the chomping of the one in the text that has this value.
   *
   * @param step by how many columns its lines are indented further than what holds it
   * @returns its lines, the first with `|` or `>` alone; `undefined` if there is none in the text
   */
  linesFor(value: string, step: number): string[] | undefined {
    if (!value.includes('\n')) return undefined;
    this.#byValue ??= blockScalarsIn(this.#document.root);
    const leaf = this.#byValue.get(value);
    if (leaf === undefined) return undefined;
    const [header = '', ...lines] = this.#document.text.slice(leaf.start, leaf.end).split(/\r?\n/);
    const [, mark = '', indicators = ''] = /^([|>])([-+\d]*)/.exec(header) ?? [];
    const isText = (line: string) => line.trim() !== '';
    const inText = indentationOf(lines.find(isText) ?? '');
    const inValue = indentationOf(value.split('\n').find(isText) ?? '');
    const chomping = indicators.replaceAll(/\d/g, '');
    const head = mark + (value.startsWith(' ') || inValue > 0 ? step : '') + chomping;
    const shifted = lines.map((line) => line.slice(inText - inValue)).map((line) => line && ' '.repeat(step) + line);
    // A block scalar of blanks alone, or one that a tab indents, is written in another way.
    return isRead([head, ...shifted], value) ? [head, ...shifted] : undefined;
  }
}

function blockScalarsIn(root: Node): Map<string, Leaf> {
  const byValue = new Map<string, Leaf>();
  const queue: Node[] = [root];
  for (const node of queue) {
    if (node.kind !== 'leaf') for (const { node: inner } of node.members) queue.push(inner);
    else if (node.style === 'block' && typeof node.value === 'string' && !byValue.has(node.value))
      byValue.set(node.value, node);
  }
  return byValue;
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Whether the lines of a block scalar are read as a value. */
function isRead(lines: readonly string[], value: string): boolean {
  try {
    const read: unknown = parse(withoutLoneReturns(`a: ${lines.join('\n')}\n`));
    return typeof read === 'object' && read !== null && 'a' in read && read.a === value;
  } catch {
    return false;
  }
}
