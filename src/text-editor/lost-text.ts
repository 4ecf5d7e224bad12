import type { CollectionEdits } from './collection-edits.js';
import { firstFrom, type Member, type ParsedDocument, type Span } from './parsed-document.js';
import { isFirstOnLine, lineEnd } from './text-edits.js';

/**
 * Why a member cannot be removed, or its value replaced, without losing something else: a comment, what an alias refers to, or a
 * tag.
 *
 * @returns `undefined` if nothing else is lost
 */
export function reasonAgainstLoss(
  document: ParsedDocument,
  changes: CollectionEdits,
  member: Member,
  isRemoval: boolean,
): string | undefined {
  const { text, comments } = document;
  const { start, end } = isRemoval ? removedSpan(changes, member, text) : replacedSpan(member, text);
  const comment = commentIn(comments, start, end);
  if (comment !== undefined) return `the comment ${shortened(text.slice(comment.start, comment.end))} would be lost`;
  // Aliases of the value itself show the new value.
  const isReplacedAnchor = !isRemoval && !document.isUsedBeyond({ start: start + 1, end });
  if (!isReplacedAnchor && document.isUsedBeyond({ start, end })) return 'an alias refers to it';
  return !isRemoval && text.slice(member.valueStart, start).includes('!') ? 'it has a tag' : undefined;
}

/** The first comment between two offsets. */
export function commentIn(comments: readonly Span[], start: number, end: number): Span | undefined {
  const comment = comments[firstFrom(comments, start)];
  return comment !== undefined && comment.start < end ? comment : undefined;
}

function shortened(comment: string): string {
  return comment.length > 40 ? `"${comment.slice(0, 39)}…"` : `"${comment}"`;
}

/** The stretch of the text that is removed with a member. */
function removedSpan(changes: CollectionEdits, member: Member, text: string): Span {
  const { branch } = changes;
  const next = changes.neighbourOf(member, 1);
  const previous = changes.neighbourOf(member, -1);
  if (branch.isFlow) {
    if (next === undefined && previous === undefined) return branch;
    return next === undefined
      ? { start: previous?.end ?? member.start, end: member.end }
      : { start: member.start, end: next.start };
  }
  const { start } = member;
  return { start, end: next === undefined || isFirstOnLine(text, start) ? lineEnd(text, member.end) : next.start };
}

/** The stretch of the text that is replaced with a value; it includes the rest of the last line of a block. */
function replacedSpan({ node }: Member, text: string): Span {
  const isBlock = node.kind !== 'leaf' && !node.isFlow;
  return { start: node.start, end: isBlock ? lineEnd(text, node.end) : node.end };
}
