import type { Exception } from '../model/exceptions.js';
import type { Position, Range } from '../text-editor/line-index.js';
import type { Span } from '../text-editor/parsed-document.js';

/** The word with which a comment excepts the next line from rules: `# conditional-requests-ignore-next-line RULE, RULE -- reason`. */
const word = 'conditional-requests-ignore-next-line';

/** An exception that a comment makes for the next line. */
export interface CommentException extends Exception {
  /** Where the comment names the rule; the whole comment, if it names none. */
  readonly range: Range;
  /** What the comment is about: the beginning of the next line that is neither empty nor a comment. */
  readonly about: Position;
}

/**
 * The exceptions that the comments of a YAML text make. A comment that names no rule makes one from a rule without a name.
 *
 * @param scalarsIn finds the spans of its scalars, in order; what looks like a comment in one of them is none
 */
export function commentExceptionsIn(text: string, scalarsIn: () => readonly Span[]): readonly CommentException[] {
  if (!text.includes(word)) return [];
  const lines = text.split('\n');
  const scalars = scalarsIn();
  const exceptions: CommentException[] = [];
  let [offset, nextScalar, nextContent] = [0, 0, 0];
  for (const [line, content] of lines.entries()) {
    const character = beginOfComment(content);
    const start = offset + character;
    offset += content.length + 1;
    if (character < 0) continue;
    while ((scalars[nextScalar]?.end ?? Infinity) <= start) nextScalar++;
    if ((scalars[nextScalar]?.start ?? Infinity) < start) continue;
    nextContent = Math.max(nextContent, line + 1);
    while (/^\s*(?:#|$)/.test(lines[nextContent] ?? '-')) nextContent++;
    const [indent = ''] = /^\s*(?:-\s+)*/.exec(lines[nextContent] ?? '') ?? [];
    const about = { line: nextContent, character: indent.length };
    exceptions.push(...exceptionsIn(content.slice(character).trimEnd(), { line, character }, about));
  }
  return exceptions;
}

/** The column at which such a comment begins; -1 if there is none. */
function beginOfComment(line: string): number {
  const found = /(?:^|\s)#\s*conditional-requests-ignore-next-line(?![\w-])/.exec(line);
  return found === null ? -1 : line.indexOf('#', found.index);
}

/** The exceptions of one comment, which begins at a position. */
function exceptionsIn(comment: string, { line, character }: Position, about: Position): CommentException[] {
  const from = comment.indexOf(word) + word.length;
  const separator = /\s--(?:\s|$)/.exec(comment.slice(from));
  const end = separator === null ? comment.length : from + separator.index;
  const reason = separator === null ? '' : comment.slice(end + separator[0].length).trim();
  const rangeOf = (start: number, length: number): Range => {
    const first = { line, character: character + start };
    return { start: first, end: { line, character: first.character + length } };
  };
  const rules = [...comment.slice(from, end).matchAll(/[^\s,]+/g)];
  if (rules.length === 0) return [{ rule: '', range: rangeOf(0, comment.length), about }];
  return rules.map(({ 0: rule, index }) => {
    return { rule, range: rangeOf(from + index, rule.length), about, ...(reason !== '' && { reason }) };
  });
}
