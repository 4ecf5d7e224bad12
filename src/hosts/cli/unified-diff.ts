import { inOrder, lineStart, spliced, type TextEdit } from '../../text-editor/text-edits.js';
import { diffHeader } from './diff-header.js';

/** The number of unchanged lines shown around a change. */
const contextLines = 3;

/** Some lines of a text, before and after. */
interface Hunk {
  /** The index of the first of the old lines, from 0. */
  readonly start: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * The changes that edits make to a file, in the unified diff format that `patch` and `git apply` read.
 *
 * @param name the path of the file, relative to the folder where the diff is applied
 * @param isNew whether the file is not there yet
 */
export function unifiedDiff(name: string, text: string, edits: readonly TextEdit[], isNew = false): string {
  const lines = linesOf(text);
  const hunks = hunksOf(text, edits);
  const parts: string[] = [diffHeader(name, isNew)];
  let shift = 0;
  for (let index = 0; index < hunks.length;) {
    const group = [hunks[index++] as Hunk];
    while (index < hunks.length && gapBetween(group.at(-1) as Hunk, hunks[index] as Hunk) <= 2 * contextLines)
      group.push(hunks[index++] as Hunk);
    const first = group[0] as Hunk;
    const last = group.at(-1) as Hunk;
    const start = Math.max(0, first.start - contextLines);
    const end = Math.min(lines.length, last.start + last.before.length + contextLines);
    const body: string[] = [];
    let position = start;
    let added = 0;
    for (const { start: from, before, after } of group) {
      body.push(marked(' ', lines.slice(position, from)), marked('-', before), marked('+', after));
      position = from + before.length;
      added += after.length - before.length;
    }
    body.push(marked(' ', lines.slice(position, end)));
    const length = end - start;
    parts.push(`@@ -${range(start, length)} +${range(start + shift, length + added)} @@\n`, body.join(''));
    shift += added;
  }
  return parts.join('');
}

/** The lines of a text, each with its line break. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The hunks of the edits: edits on the same lines form one hunk, without the unchanged lines at its ends. */
function hunksOf(text: string, edits: readonly TextEdit[]): Hunk[] {
  const hunks: Hunk[] = [];
  let lineNumber = 0;
  let counted = 0;
  const ordered = inOrder(edits);
  for (let index = 0; index < ordered.length;) {
    const start = lineStart(text, (ordered[index] as TextEdit).start);
    const group: TextEdit[] = [];
    let end = start;
    for (
      let next = ordered[index];
      next !== undefined && (group.length === 0 || isBefore(next, end, text));
      next = ordered[index]
    ) {
      group.push(next);
      // One line can be as long as the text and have many edits: do not search for its end again.
      if (next.end >= end) end = lineAfter(text, next.end);
      index++;
    }
    lineNumber += linesOf(text.slice(counted, start)).length;
    counted = start;
    const shifted = group.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    const old = text.slice(start, end);
    for (const hunk of trimmed(lineNumber, linesOf(old), linesOf(spliced(old, shifted)))) hunks.push(hunk);
  }
  return hunks;
}

/** Whether an edit starts before an offset that is the start of a line or the end of the text. */
function isBefore({ start }: TextEdit, end: number, text: string): boolean {
  return start < end || (end === text.length && !text.endsWith('\n'));
}

/** The offset at which the next line starts; the end of the text if there is none. */
function lineAfter(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  return feed < 0 ? text.length : feed + 1;
}

/** A hunk without the unchanged lines at its start and end; none if nothing changes. */
function trimmed(start: number, before: readonly string[], after: readonly string[]): Hunk[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  if (head === before.length && head === after.length) return [];
  const cut = (lines: readonly string[]) => lines.slice(head, lines.length - tail);
  return [{ start: start + head, before: cut(before), after: cut(after) }];
}

function gapBetween(one: Hunk, next: Hunk): number {
  return next.start - (one.start + one.before.length);
}

function range(start: number, length: number): string {
  return `${length === 0 ? start : start + 1},${length}`;
}

/** Lines with a mark before each. */
function marked(mark: string, lines: readonly string[]): string {
  const withMarks = lines.map((line) => {
    return line.endsWith('\n') ? `${mark}${line}` : `${mark}${line}\n\\ No newline at end of file\n`;
  });
  return withMarks.join('');
}
