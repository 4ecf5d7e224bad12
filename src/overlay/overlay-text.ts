import { stringify } from 'yaml';
import type { TextFile } from '../files/text-file.js';
import { isSame, type Json, memberOf, scalarText, valueAt } from '../json.js';
import type { PatchOperation } from '../patch.js';
import { TextEditor } from '../text-editor/editor.js';
import { jsonDocument } from '../text-editor/json-document.js';
import type { Branch, ParsedDocument } from '../text-editor/parsed-document.js';
import { columnOf, lineEnd, lineStart, spliced, type TextEdit } from '../text-editor/text-edits.js';
import { parseYamlDocument } from '../text-editor/yaml-document.js';
import { type DataChange, changesBetween, NotAnOverlay } from './data-changes.js';

/** An action of the new overlay. */
export interface WantedAction {
  readonly value: Json;
  /** The number of this action in the old text; absent for a new one. */
  readonly old?: number;
}

/** The text of an overlay cannot be changed; the message says why, as a clause about the text. */
export class UnchangeableOverlay extends Error {
  override readonly name = 'UnchangeableOverlay';
}

/** The text of a new overlay, as JSON or as YAML. */
export function newText(overlay: Json, isJson: boolean): string {
  return isJson ? `${JSON.stringify(overlay, null, 2)}\n` : yamlOf(overlay);
}

/** A value as YAML that is also YAML 1.1, which some programs read. */
function yamlOf(value: Json): string {
  return stringify(value, { lineWidth: 0, compat: 'yaml-1.1', singleQuote: true, aliasDuplicateObjects: false });
}

/**
 * The edits that give an overlay other actions. What is written by hand stays as it is, and no comment is lost.
 *
 * @param wanted all actions, in order. Those that are the same as before have to be in the old order
 * @param version that it is to say it has
 * @throws UnchangeableOverlay
 */
export function editsFor(
  file: TextFile,
  wanted: readonly WantedAction[],
  version: string,
): { text: string; edits: TextEdit[] } {
  const document = documentOf(file.text);
  const list =
    document.root.kind === 'map' ? document.root.members.find(({ key }) => key === 'actions')?.node : undefined;
  if (list?.kind !== 'list') throw new UnchangeableOverlay('its actions are not written as a list');
  const ofActions = list.isFlow ? flowEdits(document, list, wanted) : blockEdits(document, list, wanted);
  const edits = [...versionEdits(document, version), ...ofActions].toSorted((one, other) => one.start - other.start);
  const text = spliced(file.text, edits);
  const after = documentOf(text);
  const expected = { ...(document.data as object), overlay: version, actions: wanted.map(({ value }) => value) };
  const comments = new Set(after.comments.map(({ start, end }) => text.slice(start, end)));
  const isComplete = document.comments.every(({ start, end }) => comments.has(file.text.slice(start, end)));
  if (!isSame(after.data, expected) || !isComplete)
    throw new UnchangeableOverlay('its actions cannot be changed without changing what is written by hand');
  return { text, edits };
}

function documentOf(text: string): ParsedDocument {
  try {
    return jsonDocument(text, JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return parseYamlDocument(text);
  }
}

/** The edit of the version of the specification, where it is another one. */
function versionEdits({ text, root, data }: ParsedDocument, version: string): TextEdit[] {
  const old = scalarText(memberOf(data, 'overlay'));
  const member = root.kind === 'map' ? root.members.find(({ key }) => key === 'overlay') : undefined;
  if (member === undefined || old === version) return [];
  const { start, end } = member.node;
  return [{ start, end, text: text.slice(start, end).replace(old, version) }];
}

/** The edits for a list in brackets, as in JSON: the whole list is written anew, and unchanged items keep their text. */
function flowEdits(
  { text, comments, data }: ParsedDocument,
  list: Branch,
  wanted: readonly WantedAction[],
): TextEdit[] {
  const [first, second] = list.members;
  const last = list.members.at(-1);
  if (first === undefined || last === undefined || comments.some(({ start }) => start > list.start && start < list.end))
    throw new UnchangeableOverlay('its actions stand in brackets with comments between them: write them as lines');
  const isSpread = text.slice(list.start, first.start).includes('\n');
  const indentation = ' '.repeat(columnOf(text, first.start));
  const comma = second === undefined ? (isSpread ? `,\n${indentation}` : ', ') : text.slice(first.end, second.start);
  const unit = isSpread ? Math.max(1, columnOf(text, first.start) - indentationOf(text, list.start)) : 0;
  const items = wanted.map(({ value, old }) => {
    const member = old === undefined ? undefined : list.members[old];
    const before = member && valueAt(data, ['actions', String(old)]);
    if (member !== undefined && isSame(before, value)) return text.slice(member.start, member.end);
    const lines = JSON.stringify(value, null, unit).split('\n');
    return lines.join(`\n${indentation}`);
  });
  return [{ start: first.start, end: last.end, text: items.join(comma) }];
}

function indentationOf(text: string, offset: number): number {
  return /^\s*/.exec(text.slice(lineStart(text, offset), offset))?.[0].length ?? 0;
}

/** An item of a list in block style: the lines with comments above it, and its own. */
interface Chunk {
  readonly start: number;
  /** Where the line with its dash begins. */
  readonly dash: number;
  readonly end: number;
}

/** The edits for a list in block style: those of each action that is changed, removed or added. */
function blockEdits(document: ParsedDocument, list: Branch, wanted: readonly WantedAction[]): TextEdit[] {
  const { text } = document;
  const chunks = chunksOf(text, list);
  const indentation = ' '.repeat(columnOf(text, list.members[0]?.start ?? 0));
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const actions = (document.data as { readonly actions: readonly Json[] }).actions;
  const edits: TextEdit[] = [];
  const endOfList = chunks.at(-1)?.end ?? list.end;
  const insertAt = (offset: number, inserted: string) => {
    const isCut = offset > 0 && text[offset - 1] !== '\n';
    edits.push({ start: offset, end: offset, text: isCut ? newline + inserted.replace(/\r?\n$/, '') : inserted });
  };
  let next = 0;
  const remove = (until: number) => {
    for (; next < until; next++) {
      const chunk = chunks[next] as Chunk;
      edits.push({ start: chunk.start, end: chunk.end, text: commentsIn(document, chunk, indentation, newline) });
    }
  };
  for (const { value, old } of wanted) {
    if (old === undefined) {
      insertAt(chunks[next]?.start ?? endOfList, written(value, indentation, newline));
      continue;
    }
    remove(old);
    const chunk = chunks[old] as Chunk;
    const before = actions[old] as Json;
    if (!isSame(before, value)) {
      const inPlace = changedInPlace(text.slice(chunk.dash, chunk.end), before, value);
      const anew = () => commentsIn(document, chunk, indentation, newline) + written(value, indentation, newline);
      edits.push(
        inPlace === undefined
          ? { start: chunk.start, end: chunk.end, text: anew() }
          : { start: chunk.dash, end: chunk.end, text: inPlace },
      );
    }
    next = old + 1;
  }
  remove(chunks.length);
  return edits;
}

/** The items of a list in block style. A comment that is not indented further than the dashes belongs to the item below it. */
function chunksOf(text: string, { members }: Branch): Chunk[] {
  const dashes = members.map(({ start }) => lineStart(text, start));
  const column = columnOf(text, members[0]?.start ?? 0);
  const ends = members.map(({ end }, index) => {
    let after = afterLine(text, Math.max(end, dashes[index] ?? 0));
    for (;;) {
      const line = text.slice(after, lineEnd(text, after));
      const comment = /^(\s+)#/.exec(line);
      if (comment === null || (comment[1]?.length ?? 0) <= column) return after;
      after = afterLine(text, after);
    }
  });
  return members.map((_, index) => {
    return { start: ends[index - 1] ?? dashes[index] ?? 0, dash: dashes[index] ?? 0, end: ends[index] ?? 0 };
  });
}

/** Where the line behind the one at an offset begins. */
function afterLine(text: string, offset: number): number {
  // The span of a block scalar ends behind its last line break.
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const feed = text.indexOf('\n', offset);
  return feed < 0 ? text.length : feed + 1;
}

function written(value: Json, indentation: string, newline: string): string {
  const lines = yamlOf([value]).trimEnd().split('\n');
  return lines.map((line) => (line === '' ? newline : indentation + line + newline)).join('');
}

/** The comments on lines of their own in an item that is removed. */
function commentsIn({ text, comments }: ParsedDocument, chunk: Chunk, indentation: string, newline: string): string {
  return comments
    .filter(({ start }) => start >= chunk.start && start < chunk.end)
    .map(({ start, end }) => indentation + text.slice(start, end).trimEnd() + newline)
    .join('');
}

/** The lines of an item after the smallest change that keeps all comments; `undefined` if there is none. */
function changedInPlace(lines: string, before: Json, value: Json): string | undefined {
  try {
    const editor = new TextEditor(lines);
    for (const change of changesBetween([before], [value])) {
      for (const operation of patchOf(change, [before])) if (editor.take([operation]) !== undefined) return undefined;
    }
    const result = editor.finish();
    return 'text' in result && isSame(documentOf(result.text).data, [value]) ? result.text : undefined;
  } catch (error) {
    if (error instanceof NotAnOverlay || (error as Error).name === 'UnreadableText') return undefined;
    throw error;
  }
}

/** A change as operations of a patch. */
function patchOf(change: DataChange, document: unknown): PatchOperation[] {
  const { path } = change;
  const old = valueAt(document, path);
  switch (change.kind) {
    case 'set':
      return [{ op: old === undefined ? 'add' : 'replace', path, value: change.value }];
    case 'replace':
      return [{ op: 'replace', path, value: change.value }];
    case 'remove':
      return [{ op: 'remove', path }];
    case 'append': {
      const { length } = old as unknown[];
      return change.items.map((value, index) => ({ op: 'add', path: [...path, String(length + index)], value }));
    }
  }
}
