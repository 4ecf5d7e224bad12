import type { BlockScalars } from './block-scalars.js';
import { type CollectionEdits, indexOf } from './collection-edits.js';
import type { EditContext } from './context.js';
import { additionRuns, inMemberOrder } from './member-order.js';
import type { Branch, Member, Span } from './parsed-document.js';
import {
  type BlockLayout,
  blockLines,
  flowText,
  indented,
  inlineLines,
  itemLines,
  memberLines,
  type ScalarWriter,
  yamlScalars,
} from './printer.js';
import { columnOf, isFirstOnLine, lineEnd, lineStart, previousLineEnd, type TextEdit } from './text-edits.js';

/**
 * The edits for the changes to an object or array in YAML's block style.
 *
 * @param parents the branches around it, the outermost first
 * @param holder the member whose value it is; absent for the root
 */
export function blockEdits(
  changes: CollectionEdits,
  parents: readonly Branch[],
  holder: Member | undefined,
  context: EditContext,
): TextEdit[] {
  const { branch, replaced, renamed } = changes;
  const { text } = context.document;
  const writer = new BlockWriter(branch, context);
  const edits = [...replaced].flatMap(([member, value]) => writer.replacement(member, value));
  for (const [{ name }, key] of renamed) {
    if (name !== undefined) edits.push({ start: name.start, end: name.end, text: writer.name(key) });
  }
  const [first] = branch.members;
  if (first === undefined) return edits;
  const runs = changes.added.length === 0 ? [] : additionRuns(inMemberOrder(changes, parents, context));
  if (!changes.isAllGone) {
    const insertions = runs.map(({ before, added }) => writer.insertion(before, added, changes, holder));
    return [...edits, ...removals(changes, text), ...insertions];
  }
  const [run] = runs;
  const brackets = branch.kind === 'map' ? '{}' : '[]';
  if (run === undefined && holder !== undefined && isFirstOnLine(text, first.start)) {
    const end = propertiesEnd(holder, text);
    return [{ start: end, end, text: ` ${brackets}` }, ...removals(changes, text)];
  }
  const instead = run === undefined ? brackets : writer.entries(run.added).trimStart();
  return [{ start: first.start, end: first.end, text: instead }, ...removals(changes, text, first)];
}

/**
 * Removes members with their lines. Where a removed member follows a dash, the next remaining member takes its place there.
 *
 * @param except a member that another edit replaces
 */
function removals(changes: CollectionEdits, text: string, except?: Member): TextEdit[] {
  const { branch, removed } = changes;
  const spans: Span[] = [];
  for (const member of [...removed].toSorted((first, second) => first.start - second.start)) {
    if (member === except) continue;
    const next = changes.neighbourOf(member, 1);
    const previous = branch.members[indexOf(branch, member) - 1];
    const end = lineEnd(text, member.end);
    if (!isFirstOnLine(text, member.start) && next !== undefined) spans.push({ start: member.start, end: next.start });
    else if (lineStart(text, member.start) > 0) {
      spans.push({ start: startAbove(member, (previous === except ? undefined : previous?.end) ?? 0, text), end });
    } else spans.push({ start: member.start, end: text.indexOf('\n', end) + 1 || end });
  }
  return united(spans).map((span) => ({ ...span, text: '' }));
}

/** Where the line above a member ends. Between two empty lines, the one above is removed with the member. */
function startAbove(member: Member, least: number, text: string): number {
  const above = previousLineEnd(text, member.start);
  const higher = previousLineEnd(text, above);
  const end = lineEnd(text, member.end);
  const lineBelow = text.slice(end, lineEnd(text, text.indexOf('\n', end) + 1 || text.length));
  const isBetweenEmptyLines = /^\s+$/.test(text.slice(higher, above)) && lineBelow.trim() === '';
  return isBetweenEmptyLines && higher >= least ? higher : above;
}

/** Joins spans that overlap. They are in ascending order. */
function united(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last === undefined || last.end <= span.start) result.push(span);
    else result.splice(-1, 1, { start: last.start, end: Math.max(last.end, span.end) });
  }
  return result;
}

/** Where the anchor and the tag of a member's value end; behind the colon or dash where there are none. */
function propertiesEnd({ valueStart }: Member, text: string): number {
  const [properties = ''] =
    /^(?:[ \t]+[&!][^\s,[\]{}]*)*/.exec(text.slice(valueStart, lineEnd(text, valueStart))) ?? [];
  return valueStart + properties.length;
}

/** Writes new text into a block. */
class BlockWriter {
  readonly #branch: Branch;
  readonly #context: EditContext;
  readonly #column: number;
  readonly #layout: BlockLayout;
  readonly #scalars: ScalarWriter;
  /** Between two members: a line break, or two where empty lines separate the members. */
  readonly #between: string;

  constructor(branch: Branch, context: EditContext) {
    const { style, document } = context;
    const { text } = document;
    this.#branch = branch;
    this.#context = context;
    this.#column = columnOf(text, branch.members[0]?.start ?? branch.start);
    this.#scalars = yamlScalars(branch, style, false);
    this.#layout = {
      step: style.step(branch),
      dashes: style.dashes(branch),
      inBrackets: (value, name) => (style.hasBrackets(branch, name) ? this.#inBrackets(value, name) : undefined),
    };
    this.#between = style.isAiry(branch) ? '\n\n' : '\n';
  }

  name(key: string): string {
    return this.#scalars.name(key);
  }

  /** The lines of new members or items, without a final line break. */
  entries(added: CollectionEdits['added']): string {
    return added.map(({ key, value }) => this.#joined(this.#entry(key, value), this.#column)).join(this.#between);
  }

  /** The edit that adds members behind another one, or before all that remain. */
  insertion(
    before: Member | undefined,
    added: CollectionEdits['added'],
    changes: CollectionEdits,
    holder: Member | undefined,
  ): TextEdit {
    const { text } = this.#context.document;
    const [first] = this.#branch.members as [Member];
    const [next] = changes.remaining as [Member];
    const entries = this.entries(added);
    if (before !== undefined || !isFirstOnLine(text, first.start)) {
      const start = this.#endOf(before ?? next);
      return { start, end: start, text: this.#between + entries };
    }
    const top = holder && lineEnd(text, propertiesEnd(holder, text));
    const between = top === undefined ? '' : text.slice(top, first.start);
    if (top !== undefined && between.split('\n').every((line) => /^\s*(?:#|$)/.test(line))) {
      return { start: top, end: top, text: `\n${entries}${this.#between.slice(1)}` };
    }
    const start = lineStart(text, next.start) || next.start - this.#column;
    return { start, end: start, text: entries + this.#between };
  }

  /** The edits that replace the value of a member. */
  replacement(member: Member, value: unknown): TextEdit[] {
    const { node, valueStart } = member;
    const { text } = this.#context.document;
    const scalars = yamlScalars(this.#branch, this.#context.style, false, node);
    const inline = inlineLines(value, this.#layout, scalars);
    const lines = inline.length > 0 ? [] : blockLines(value as object, this.#layout, scalars);
    const properties = propertiesEnd(member, text);
    if (node.kind !== 'leaf' && !node.isFlow) {
      const column = columnOf(text, node.start);
      if (lines.length > 0) {
        const isInside = column > this.#column || (Array.isArray(value) && this.#branch.kind === 'map');
        const block = this.#joined(lines, isInside ? column : this.#column + this.#layout.step);
        return [{ start: node.start, end: node.end, text: block.slice(column) }];
      }
      const start = isFirstOnLine(text, node.start) ? previousLineEnd(text, node.start) : node.start;
      const gap = start === node.start ? '' : ' ';
      const head = start === node.start ? start : properties;
      return [
        { start: head, end: head, text: gap + this.#joined(inline, this.#column).trimStart() },
        { start, end: node.end, text: '' },
      ];
    }
    const isThere = node.start < node.end;
    if (inline.length > 0) {
      const instead = this.#joined(inline, this.#column).trimStart();
      if (isThere) return [{ start: node.start, end: node.end, text: instead }];
      return [{ start: properties, end: properties, text: ` ${instead}` }];
    }
    const end = lineEnd(text, Math.max(properties, node.end));
    if (this.#branch.kind === 'list' && isThere && properties === valueStart && end === node.end) {
      const inner = columnOf(text, node.start);
      return [{ start: node.start, end, text: this.#joined(lines, inner).trimStart() }];
    }
    const column =
      this.#column + (Array.isArray(value) && this.#branch.kind === 'map' ? this.#layout.dashes : this.#layout.step);
    const below = { start: end, end, text: `\n${this.#joined(lines, column)}` };
    return isThere ? [{ start: Math.max(valueStart, properties), end: node.end, text: '' }, below] : [below];
  }

  #entry(key: string, value: unknown): string[] {
    // Where all other objects and arrays of the branch are in brackets, a new one is too.
    const isFlow = this.#context.style.hasBracketsAlone(this.#branch);
    const layout: BlockLayout = isFlow
      ? { ...this.#layout, inBrackets: (inside, name) => this.#inBrackets(inside, name) }
      : this.#layout;
    if (this.#branch.kind === 'map') return memberLines(key, value, layout, this.#scalars);
    const [first] = this.#branch.members;
    const between = first && this.#context.document.text.slice(first.valueStart, first.node.start);
    const gap = between !== undefined && /^ +$/.test(between) ? between : ' ';
    const inBrackets = isFlow && typeof value === 'object' && value !== null ? this.#inBrackets(value) : undefined;
    if (inBrackets !== undefined) return [`-${gap}${inBrackets}`];
    return itemLines(value, `-${gap}`, this.#layout, this.#scalars);
  }

  /** @returns `undefined` for a value with a block scalar, which cannot stand in brackets */
  #inBrackets(value: unknown, name?: string): string | undefined {
    if (hasBlock(value, this.#context.style.blockScalars)) return undefined;
    const { style } = this.#context;
    const layout = { colon: ': ', comma: ', ', padding: style.padding(this.#branch) };
    return flowText(value, layout, yamlScalars(this.#branch, style, true), name);
  }

  /** The end of the last line of a member, with the comments behind it, and those below that are indented further. */
  #endOf(member: Member): number {
    const { text } = this.#context.document;
    let end = lineEnd(text, member.end);
    for (;;) {
      const next = /^\r?\n([ \t]*)#[^\n]*/.exec(text.slice(end, lineEnd(text, text.indexOf('\n', end) + 1)));
      if (next === null || (next[1] ?? '').length <= this.#column) return end;
      end = lineEnd(text, end + next[0].length);
    }
  }

  #joined(lines: readonly string[], column: number): string {
    return indented(lines, column).join('\n');
  }
}

/** Whether a value is, or contains, a string that stands in the text as a block scalar. */
function hasBlock(value: unknown, blocks: BlockScalars): boolean {
  if (typeof value === 'string') return blocks.linesFor(value, 2) !== undefined;
  return typeof value === 'object' && value !== null && Object.values(value).some((one) => hasBlock(one, blocks));
}
