// A block of YAML ends where a line begins to the left of it, or with the next name in the same object, whatever stands in it. So where nothing
// refers to anything else, it is enough after an edit to read the lines of the changed members again.
import { addToGroup } from '../grouping.js';
import { isObject, isSame, memberOf, type Path, valueAt } from '../json.js';
import { indexOf } from './collection-edits.js';
import type { EditSite } from './edit-plan.js';
import { commentsIn, type Member, mergeKey, type ParsedDocument, type Span } from './parsed-document.js';
import { inOrder, isFirstOnLine, lineStart, spliced, type TextEdit } from './text-edits.js';
import { parseYamlDocument } from './yaml-document.js';

/** The lines of a member that is changed. Nothing else stands in them. */
interface ChangedLines extends Span {
  readonly path: Path;
  /** Where its name begins in the first line. */
  readonly column: number;
}

/** The lines of a changed member, and the text that replaces them. */
export interface ChangedPart extends ChangedLines {
  readonly text: string;
}

/**
 * The members of the blocks of a YAML text that some edits change.
 *
 * @param sites where the changes are that the edits write
 * @returns the outermost members, in order; `undefined` if the edits may change anything else
 */
export function changedParts(
  document: ParsedDocument,
  sites: readonly EditSite[],
  edits: readonly TextEdit[],
): ChangedPart[] | undefined {
  const { text } = document;
  const changed = sites.flatMap((site) => linesAround(site, text) ?? []);
  if (!document.isReadInParts || changed.length < sites.length) return undefined;
  const left = inOrder(edits).toReversed();
  const parts: ChangedPart[] = [];
  for (const lines of changed.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const { start, end } = lines;
    if (start < (parts.at(-1)?.end ?? 0)) continue;
    // What is inserted where the next member begins belongs to that one.
    const last = end < text.length ? end - 1 : end;
    const inside: TextEdit[] = [];
    for (let edit = left.at(-1); edit !== undefined && edit.start <= last; edit = left.at(-1)) {
      if (edit.start < start || edit.end > end) return undefined;
      inside.push({ start: edit.start - start, end: edit.end - start, text: edit.text });
      left.pop();
    }
    const after = spliced(text.slice(start, end), inside);
    if (end < text.length && !after.endsWith('\n')) return undefined;
    parts.push({ ...lines, text: after });
  }
  return left.length === 0 ? parts : undefined;
}

/** The lines of the innermost member around a site that only block objects are around. */
function linesAround(site: EditSite, text: string): ChangedLines | undefined {
  const around: NonNullable<EditSite['outer']>[] = [];
  for (let { outer } = site; outer !== undefined; outer = outer.site.outer) around.unshift(outer);
  let lines: ChangedLines | undefined;
  for (const {
    site: { branch },
    holder,
  } of around) {
    const next = branch.members[indexOf(branch, holder) + 1];
    const isBlock = branch.kind === 'map' && !branch.isFlow && holder.key !== mergeKey;
    if (!isBlock || [holder, next].some((member) => member !== undefined && !isFirstOnLine(text, member.start))) break;
    const start = lineStart(text, holder.start);
    const end = next === undefined ? (lines?.end ?? text.length) : lineStart(text, next.start);
    lines = { start, end, path: [...(lines?.path ?? []), holder.key], column: holder.start - start };
  }
  return lines;
}

/**
 * Whether the changed parts of a text, and what is left as it is, are some data together, with all comments.
 *
 * @param document before the changes
 */
export function areAsExpected(parts: readonly ChangedPart[], document: ParsedDocument, data: unknown): boolean {
  const paths = parts.map(({ path }) => path);
  return isSameBeside(document.data, data, paths) && parts.every((part) => isAsExpected(part, document, data));
}

function isAsExpected({ path, column, start, end, text }: ChangedPart, before: ParsedDocument, data: unknown): boolean {
  const part = readPart(text);
  const key = path.at(-1) ?? '';
  return (
    part !== undefined &&
    isOnly(part, key, column) &&
    isSame(memberOf(part.data, key), valueAt(data, path)) &&
    isSame(commentsIn(part), commentsIn(before, { start, end }))
  );
}

function readPart(text: string): ParsedDocument | undefined {
  try {
    const part = parseYamlDocument(text);
    return part.isReadInParts ? part : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a text is one member of a block, which begins in its first line. */
function isOnly({ root, text }: ParsedDocument, key: string, column: number): boolean {
  if (root.kind !== 'map' || root.isFlow || root.members.length !== 1) return false;
  const [member] = root.members as [Member];
  return member.key === key && member.start === column && lineStart(text, column) === 0;
}

/** Whether two values are the same but for what is at some paths. What is the same is shared by both. */
function isSameBeside(one: unknown, other: unknown, paths: readonly Path[]): boolean {
  if (Object.is(one, other) || paths.some(({ length }) => length === 0)) return true;
  const inside = new Map<string, Path[]>();
  for (const [key = '', ...rest] of paths) addToGroup(inside, key, rest);
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  const isSameMember = (key: string) =>
    Object.hasOwn(other, key) && isSameBeside(one[key], other[key], inside.get(key) ?? []);
  return keys.length === Object.keys(other).length && keys.every(isSameMember);
}
