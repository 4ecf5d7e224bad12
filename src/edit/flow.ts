import type { Changes } from './changes.js';
import { arranged, runsIn } from './position.js';
import { type FlowLayout, flowText, jsonScript, type Script, yamlScript } from './render.js';
import type { Setting } from './setting.js';
import type { Branch, Member, Node } from './syntax.js';
import { indentationAt, isFirstOnLine, lineEnd, type TextEdit } from './text-edit.js';

/** The edits that make the changes to an object or array in brackets: JSON, and YAML's flow style. */
export function flowEdits(changes: Changes, parents: readonly Branch[], setting: Setting): TextEdit[] {
  const { branch, removed, replaced, renamed, remaining, added } = changes;
  const writer = new FlowWriter(branch, setting);
  if (remaining.length === 0) {
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
  edits.push(...removals(branch, removed));
  if (added.length === 0) return edits;
  const [next] = remaining as [Member];
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
function removals({ members }: Branch, removed: ReadonlySet<Member>): TextEdit[] {
  return members.flatMap((member, index) => {
    const before = members[index - 1];
    if (!removed.has(member) || (before !== undefined && removed.has(before))) return [];
    const next = members.slice(index + 1).find((other) => !removed.has(other));
    if (next !== undefined) return [{ start: member.start, end: next.start, text: '' }];
    return [{ start: before?.end ?? member.start, end: members.at(-1)?.end ?? member.end, text: '' }];
  });
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
    const next = this.#branch.members[this.#branch.members.indexOf(before) + 1];
    const [comma] = /^[ \t]*,/.exec(text.slice(end, lineEnd(text, end))) ?? [];
    const behind = end + (comma?.length ?? 0);
    const isEndOfLine = /^[ \t]*(?:#.*)?$/.test(text.slice(behind, lineEnd(text, behind)));
    const isNextInPlace = next === undefined || (comma !== undefined && !changes.removed.has(next));
    if (!this.#isSpread || !isEndOfLine || !isNextInPlace) {
      return [{ start: end, end, text: this.comma + members }];
    }
    const below = lineEnd(text, behind);
    const lines = this.#padding[0] + members;
    if (comma !== undefined) return [{ start: below, end: below, text: `${lines},` }];
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
