import type { Span } from './syntax.js';

/** A stretch of a text and what takes its place; an insertion where the stretch is empty. */
export interface TextEdit extends Span {
  readonly text: string;
}

/**
 * The text after some edits.
 *
 * @param edits in any order; those at one offset keep theirs
 * @throws RangeError where two of them overlap
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

/** Edits from the beginning of the text to its end; an insertion comes before what replaces the text behind it. */
export function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  return edits.toSorted((one, other) => one.start - other.start || one.end - other.end);
}

/** Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line of an offset ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  if (feed < 0) return text.length;
  return feed > offset && text[feed - 1] === '\r' ? feed - 1 : feed;
}

/** Where the line before the one of an offset ends; the beginning of the text, where there is none. */
export function previousLineEnd(text: string, offset: number): number {
  const feed = lineStart(text, offset) - 1;
  if (feed < 0) return 0;
  return text[feed - 1] === '\r' ? feed - 1 : feed;
}

/** The column of an offset, counted from 0. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset) - (text.startsWith('\uFEFF') && lineStart(text, offset) === 0 ? 1 : 0);
}

/** The blanks that the line of an offset begins with. */
export function indentationAt(text: string, offset: number): string {
  return /^\uFEFF?([ \t]*)/.exec(text.slice(lineStart(text, offset), offset))?.[1] ?? '';
}

/** Whether nothing but blanks stands before an offset on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return /^\uFEFF?[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}
