import type { Span } from './parsed-document.js';

/** A stretch of a text and its replacement; an insertion where the stretch is empty. */
export interface TextEdit extends Span {
  readonly text: string;
}

/**
 * The text after some edits.
 *
 * @param edits in any order; insertions at one offset stay in the order given
 * @throws RangeError if two of them overlap
 */
export function spliced(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end, text: replacement } of inOrder(edits)) {
    if (start < done) throw new RangeError(`edits overlap at offset ${start}`);
    parts.push(text.slice(done, start), replacement);
    done = end;
  }
  return [...parts, text.slice(done)].join('');
}

/** Edits in the order of the text; an insertion comes before a replacement at the same offset. */
export function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  return edits.toSorted((one, other) => one.start - other.start || one.end - other.end);
}

/** A part of a text after some edits: a stretch of the old text, or new text. */
type Piece = Span | { readonly text: string };

/**
 * Edits equal to some edits of a text followed by edits of the result.
 *
 * @param length of the text before the first edits
 */
export function composed(length: number, first: readonly TextEdit[], next: readonly TextEdit[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let done = 0;
  let added = '';
  const close = (start: number) => {
    if (start > done || added !== '') edits.push({ start: done, end: start, text: added });
    added = '';
  };
  for (const piece of replaced(replaced([{ start: 0, end: length }], first), next)) {
    if ('text' in piece) added += piece.text;
    else {
      close(piece.start);
      done = piece.end;
    }
  }
  close(length);
  return edits;
}

/** The pieces of a text after some edits. */
function replaced(pieces: readonly Piece[], edits: readonly TextEdit[]): Piece[] {
  const result: Piece[] = [];
  let [index, offset] = [0, 0];
  let piece = pieces[0];
  const pass = (end: number, isKept: boolean) => {
    while (piece !== undefined && offset < end) {
      const size = Math.min(lengthOf(piece), end - offset);
      if (isKept) result.push(cut(piece, 0, size));
      piece = size < lengthOf(piece) ? cut(piece, size) : pieces[++index];
      offset += size;
    }
  };
  for (const { start, end, text } of inOrder(edits)) {
    pass(start, true);
    result.push({ text });
    pass(end, false);
  }
  pass(Number.POSITIVE_INFINITY, true);
  return result.filter((one) => lengthOf(one) > 0);
}

function lengthOf(piece: Piece): number {
  return 'text' in piece ? piece.text.length : piece.end - piece.start;
}

function cut(piece: Piece, from: number, to = lengthOf(piece)): Piece {
  if ('text' in piece) return { text: piece.text.slice(from, to) };
  return { start: piece.start + from, end: piece.start + to };
}

/** Where the line at an offset begins. */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line at an offset ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  if (feed < 0) return text.length;
  return feed > offset && text[feed - 1] === '\r' ? feed - 1 : feed;
}

/** Where the line before the one at an offset ends; the beginning of the text where there is none. */
export function previousLineEnd(text: string, offset: number): number {
  const feed = lineStart(text, offset) - 1;
  if (feed < 0) return 0;
  return text[feed - 1] === '\r' ? feed - 1 : feed;
}

/** The column of an offset, counted from 0. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset) - (text.startsWith('\uFEFF') && lineStart(text, offset) === 0 ? 1 : 0);
}

/** The blanks at the beginning of the line at an offset. */
export function indentationAt(text: string, offset: number): string {
  return /^\uFEFF?([ \t]*)/.exec(text.slice(lineStart(text, offset), offset))?.[1] ?? '';
}

/** Whether only blanks stand before an offset on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  let start = offset;
  while (start > 0 && ' \t\uFEFF'.includes(text.charAt(start - 1))) start--;
  return start === 0 || text[start - 1] === '\n';
}
