import { type CollectionEdits, indexOf } from './collection-edits.js';
import type { EditContext } from './context.js';
import { additionRuns, inMemberOrder } from './member-order.js';
import type { Branch, Member, Node } from './parsed-document.js';
import { type FlowLayout, flowText, jsonScalars, type ScalarWriter, yamlScalars } from './printer.js';
import { indentationAt, isFirstOnLine, lineEnd, type TextEdit } from './text-edits.js';

/** The edits for the changes to an object or array in brackets: JSON, and YAML's flow style. */
export function flowEdits(changes: CollectionEdits, parents: readonly Branch[], context: EditContext): TextEdit[] {
  const { branch, removed, replaced, renamed, added } = changes;
  const writer = new FlowWriter(branch, context);
  if (changes.isAllGone) {
    const all = inMemberOrder(changes, parents, context);
    if (all.length === 0 && removed.size === 0) return [];
    const end = branch.end - 1;
    const hasComments = branch.members.length === 0 && /\S/.test(context.document.text.slice(branch.start + 1, end));
    return [
      { start: hasComments ? end : branch.start + 1, end, text: writer.interior(additionRuns(all)[0]?.added ?? []) },
    ];
  }
  const edits = [...replaced].map(([member, value]) => writer.replacement(member, value));
  for (const [{ name }, key] of renamed) {
    if (name !== undefined) edits.push({ start: name.start, end: name.end, text: writer.name(key) });
  }
  edits.push(...removals(changes));
  if (added.length === 0) return edits;
  const [next] = changes.remaining as [Member];
  for (const { before, added: run } of additionRuns(inMemberOrder(changes, parents, context))) {
    if (before === undefined) {
      edits.push({ start: next.start, end: next.start, text: writer.members(run) + writer.comma });
    } else edits.push(...writer.insertion(before, run, changes));
  }
  return edits;
}

/** The indentation of the line on which a branch begins, and of the lines on which its members begin. */
function indentationsOf({ start, members }: Branch, text: string, unit: string): { outer: string; inner: string } {
  const outer = indentationAt(text, start);
  const onOwnLine = members.find((member) => isFirstOnLine(text, member.start));
  return { outer, inner: onOwnLine === undefined ? outer + unit : indentationAt(text, onOwnLine.start) };
}

/** Removes members with the comma behind them; where no remaining member follows, with the comma before them. */
function removals(changes: CollectionEdits): TextEdit[] {
  const { branch, removed } = changes;
  return [...removed].flatMap((member) => {
    const previous = branch.members[indexOf(branch, member) - 1];
    if (previous !== undefined && removed.has(previous)) return [];
    const next = changes.neighbourOf(member, 1);
    if (next !== undefined) return [{ start: member.start, end: next.start, text: '' }];
    return [{ start: previous?.end ?? member.start, end: branch.members.at(-1)?.end ?? member.end, text: '' }];
  });
}

/** Blanks and a comma. */
const upToComma = /[ \t]*,/y;

/** Blanks, and perhaps a comment, up to the end of a line. */
const restOfLine = /[ \t]*(?:#[^\n]*)?(?=\r?\n|$)/y;

/**
 * Where the match of a sticky pattern at an offset ends; `undefined` if it does not match. The text is not cut into lines
 * first, since one line may be all of a large text.
 */
function endOf(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Writes new text between brackets. */
class FlowWriter {
  readonly #branch: Branch;
  readonly #context: EditContext;
  readonly #layout: FlowLayout;
  readonly #scalars: ScalarWriter;
  readonly #isSpread: boolean;
  /** Between two members. */
  readonly comma: string;
  /** Between the brackets and the members beside them. */
  readonly #padding: readonly [before: string, behind: string];

  constructor(branch: Branch, context: EditContext) {
    const { style, document } = context;
    this.#branch = branch;
    this.#context = context;
    this.#scalars = this.#scalarsFor();
    this.#isSpread = style.isSpread(branch);
    const comma = style.comma(branch);
    const unit = style.unit;
    const { outer, inner } = this.#isSpread ? indentationsOf(branch, document.text, unit) : { outer: '', inner: '' };
    const isInner = this.#isSpread && style.spreadsValues(branch);
    const padding = isInner ? '' : style.padding(branch);
    this.comma = this.#isSpread ? `,\n${inner}` : comma;
    const pad = branch.kind === 'map' ? padding : '';
    this.#padding = this.#isSpread ? [`\n${inner}`, `\n${outer}`] : [pad, pad];
    this.#layout = {
      colon: this.#scalars === jsonScalars ? style.colon(branch) : ': ',
      comma,
      padding,
      ...(isInner && { spread: { indentation: inner, unit } }),
    };
  }

  name(key: string): string {
    return this.#scalars.name(key);
  }

  /** New members or items, with commas between them. */
  members(added: CollectionEdits['added']): string {
    const texts = added.map(({ key, value }) => {
      const text = flowText(value, this.#layout, this.#scalars, this.#branch.kind === 'map' ? key : undefined);
      return this.#branch.kind === 'map' ? `${this.name(key)}${this.#layout.colon}${text}` : text;
    });
    return texts.join(this.comma);
  }

  /** All text between the brackets, where no member of the text remains there. */
  interior(added: CollectionEdits['added']): string {
    return added.length === 0 ? '' : this.#padding.join(this.members(added));
  }

  replacement({ node, valueStart }: Member, value: unknown): TextEdit {
    const { text } = this.#context.document;
    const instead = flowText(value, this.#layout, this.#scalarsFor(node));
    if (node.start < node.end) return { start: node.start, end: node.end, text: instead };
    const colon = text[valueStart - 1] === ':' ? ' ' : ': ';
    return { start: valueStart, end: valueStart, text: colon + instead };
  }

  /** The edits that add members behind another one. A comment behind that one stays on its line. */
  insertion(before: Member, added: CollectionEdits['added'], changes: CollectionEdits): TextEdit[] {
    const { text } = this.#context.document;
    const members = this.members(added);
    const { end } = before;
    const next = this.#branch.members[indexOf(this.#branch, before) + 1];
    const behind = endOf(upToComma, text, end) ?? end;
    const hasComma = behind > end;
    const isEndOfLine = endOf(restOfLine, text, behind) !== undefined;
    const isNextInPlace = next === undefined || (hasComma && !changes.removed.has(next));
    if (!this.#isSpread || !isEndOfLine || !isNextInPlace) {
      return [{ start: end, end, text: this.comma + members }];
    }
    const below = lineEnd(text, behind);
    const lines = this.#padding[0] + members;
    if (hasComma) return [{ start: below, end: below, text: `${lines},` }];
    return [
      { start: end, end, text: ',' },
      { start: below, end: below, text: lines },
    ];
  }

  #scalarsFor(instead?: Node): ScalarWriter {
    const { style, document } = this.#context;
    const isJson = document.isJson || style.isJson(this.#branch);
    return isJson ? jsonScalars : yamlScalars(this.#branch, style, true, instead);
  }
}
