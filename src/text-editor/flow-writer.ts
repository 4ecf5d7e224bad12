import { type Changes, indexOf } from './collection-edits.js';
import type { Setting } from './context.js';
import { arranged, runsIn } from './member-order.js';
import type { Branch, Member, Node } from './parsed-document.js';
import { type FlowLayout, flowText, jsonScript, type Script, yamlScript } from './printer.js';
import { indentationAt, isFirstOnLine, lineEnd, type TextEdit } from './text-edits.js';

/** The edits that make the changes to an object or array in brackets: JSON, and YAML's flow style. */
export function flowEdits(changes: Changes, parents: readonly Branch[], setting: Setting): TextEdit[] {
  const { branch, removed, replaced, renamed, added } = changes;
  const writer = new FlowWriter(branch, setting);
  if (changes.isAllGone) {
    const all = arranged(changes, parents, setting);
    if (all.length === 0 && removed.size === 0) return [];
    const end = branch.end - 1;
    const hasComments = branch.members.length === 0 && /\S/.test(setting.syntax.text.slice(branch.start + 1, end));
    return [{ start: hasComments ? end : branch.start + 1, end, text: writer.interior(runsIn(all)[0]?.added ?? []) }];
  }
  const edits = [...replaced].map(([member, value]) => writer.replacement(member, value));
  for (const [{ name }, key] of renamed) {
    if (name !== undefined) edits.push({ start: name.start, end: name.end, text: writer.name(key) });
  }
  edits.push(...removals(changes));
  if (added.length === 0) return edits;
  const [next] = changes.remaining as [Member];
  for (const { before, added: run } of runsIn(arranged(changes, parents, setting))) {
    if (before === undefined) {
      edits.push({ start: next.start, end: next.start, text: writer.members(run) + writer.comma });
    } else edits.push(...writer.insertion(before, run, changes));
  }
  return edits;
}

/** How far the lines are indented on which a branch begins, and its members do. */
function indentationsOf({ start, members }: Branch, text: string, unit: string): { outer: string; inner: string } {
  const outer = indentationAt(text, start);
  const onOwnLine = members.find((member) => isFirstOnLine(text, member.start));
  return { outer, inner: onOwnLine === undefined ? outer + unit : indentationAt(text, onOwnLine.start) };
}

/** Members go with the comma behind them, or, where none stays behind them, with the one before. */
function removals(changes: Changes): TextEdit[] {
  const { branch, removed } = changes;
  return [...removed].flatMap((member) => {
    const before = branch.members[indexOf(branch, member) - 1];
    if (before !== undefined && removed.has(before)) return [];
    const next = changes.neighbourOf(member, 1);
    if (next !== undefined) return [{ start: member.start, end: next.start, text: '' }];
    return [{ start: before?.end ?? member.start, end: branch.members.at(-1)?.end ?? member.end, text: '' }];
  });
}

/** A comma and the blanks before it. */
const upToComma = /[ \t]*,/y;

/** Blanks, and a comment, up to the end of a line. */
const restOfLine = /[ \t]*(?:#[^\n]*)?(?=\r?\n|$)/y;

/** Where what fits a pattern ends that stands at an offset; `undefined` where nothing does. A line may be as long as the text. */
function endOf(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Writes what is new between brackets. */
class FlowWriter {
  readonly #branch: Branch;
  readonly #setting: Setting;
  readonly #layout: FlowLayout;
  readonly #script: Script;
  readonly #isSpread: boolean;
  /** What stands between two members. */
  readonly comma: string;
  /** What stands between the brackets and the members beside them. */
  readonly #padding: readonly [before: string, behind: string];

  constructor(branch: Branch, setting: Setting) {
    const { manners, syntax } = setting;
    this.#branch = branch;
    this.#setting = setting;
    this.#script = this.#scriptFor();
    this.#isSpread = manners.isSpread(branch);
    const comma = manners.comma(branch);
    const unit = manners.unit;
    const { outer, inner } = this.#isSpread ? indentationsOf(branch, syntax.text, unit) : { outer: '', inner: '' };
    const isInner = this.#isSpread && manners.spreadsValues(branch);
    const padding = isInner ? '' : manners.padding(branch);
    this.comma = this.#isSpread ? `,\n${inner}` : comma;
    const pad = branch.kind === 'map' ? padding : '';
    this.#padding = this.#isSpread ? [`\n${inner}`, `\n${outer}`] : [pad, pad];
    this.#layout = {
      colon: this.#script === jsonScript ? manners.colon(branch) : ': ',
      comma,
      padding,
      ...(isInner && { spread: { indentation: inner, unit } }),
    };
  }

  name(key: string): string {
    return this.#script.name(key);
  }

  /** New members, or items, with commas between them. */
  members(added: Changes['added']): string {
    const texts = added.map(({ key, value }) => {
      const text = flowText(value, this.#layout, this.#script, this.#branch.kind === 'map' ? key : undefined);
      return this.#branch.kind === 'map' ? `${this.name(key)}${this.#layout.colon}${text}` : text;
    });
    return texts.join(this.comma);
  }

  /** What stands between brackets that had nothing, or nothing that stays, between them. */
  interior(added: Changes['added']): string {
    return added.length === 0 ? '' : this.#padding.join(this.members(added));
  }

  replacement({ node, valueStart }: Member, value: unknown): TextEdit {
    const { text } = this.#setting.syntax;
    const instead = flowText(value, this.#layout, this.#scriptFor(node));
    if (node.start < node.end) return { start: node.start, end: node.end, text: instead };
    const colon = text[valueStart - 1] === ':' ? ' ' : ': ';
    return { start: valueStart, end: valueStart, text: colon + instead };
  }

  /** The edits that add members behind another one; what else is on the line of that, a comment perhaps, stays there. */
  insertion(before: Member, added: Changes['added'], changes: Changes): TextEdit[] {
    const { text } = this.#setting.syntax;
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

  #scriptFor(instead?: Node): Script {
    const { manners, syntax } = this.#setting;
    const isJson = syntax.isJson || manners.isJson(this.#branch);
    return isJson ? jsonScript : yamlScript(this.#branch, manners, true, instead);
  }
}
