import type { Finding } from '../check.js';
import type { TextFile } from '../files/text-file.js';
import type { Workspace } from '../files/workspace.js';
import type { PatchOperation } from '../obligation.js';
import type { TextEditor } from '../text-editor/editor.js';
import type { TextEdit } from '../text-editor/text-edits.js';
import { demandsByPlace, editorOf, objectionTo, patchOf } from './fix-guard.js';
import { Sharing } from './reference-graph.js';

/** What puts one finding right, as long as nothing else has been changed. */
export interface Remedy {
  readonly finding: Finding;
  /** The file that is changed. */
  readonly file: TextFile;
  readonly edits: readonly TextEdit[];
}

/** A remedy that has not been tried yet. */
interface Proposal extends Remedy {
  readonly patch: readonly PatchOperation[];
}

/**
 * What puts findings right, each by itself. Those that have no fix, or whose fix is declined, have no remedy.
 *
 * @param wanted those of the findings whose remedies are asked for
 * @param findings all that has been found in the descriptions, since what is shared is only changed if all who share it ask for that
 * @param entries the descriptions
 */
export function remediesFor(
  wanted: readonly Finding[],
  findings: readonly Finding[],
  entries: readonly TextFile[],
  workspace: Workspace,
): Remedy[] {
  const fixable = wanted.filter(({ rule }) => rule.fix !== 'none');
  if (fixable.length === 0) return [];
  const demands = demandsByPlace(findings);
  const sharing = new Sharing(workspace, entries);
  const editors = new Map<TextFile, TextEditor | string>();
  const proposals = new Map<TextEditor, Proposal[]>();
  for (const finding of fixable) {
    const patch = patchOf(finding);
    const file = patch[0]?.source as TextFile | undefined;
    if (file === undefined) continue;
    const editor = editors.get(file) ?? editorOf(file);
    editors.set(file, editor);
    if (typeof editor === 'string' || objectionTo(finding, editor, sharing, demands) !== undefined) continue;
    const { edits, declined } = editor.preview(patch);
    const ofDraft = proposals.get(editor) ?? [];
    proposals.set(editor, ofDraft);
    if (declined === undefined) ofDraft.push({ finding, file, patch, edits });
  }
  return [...proposals].flatMap(([editor, all]) => tried(editor, all));
}

/**
 * Those of some findings that seem to have a remedy, for all that can be told without its text: the rest is up to
 * {@link remediesFor}, which takes longer. It takes the same arguments.
 */
export function remediable(
  wanted: readonly Finding[],
  findings: readonly Finding[],
  entries: readonly TextFile[],
  workspace: Workspace,
): Finding[] {
  const fixable = wanted.filter((finding) => finding.rule.fix !== 'none' && patchOf(finding).length > 0);
  if (fixable.length === 0) return [];
  const demands = demandsByPlace(findings);
  const sharing = new Sharing(workspace, entries);
  return fixable.filter((finding) => objectionTo(finding, undefined, sharing, demands) === undefined);
}

/** How many times a text is read to try proposals for it. What is left then has no remedy. */
const mostTries = 200;

/** Those of some proposals that lead to what they should. Many are tried at once: reading a text takes long. */
function tried(editor: TextEditor, proposals: readonly Proposal[]): Proposal[] {
  const right: Proposal[] = [];
  const tries = { left: mostTries };
  for (let left = proposals; left.length > 0 && tries.left > 0;) {
    const { apart, rest } = parted(left);
    for (const proposal of rightAmong(editor, apart, tries)) right.push(proposal);
    left = rest;
  }
  return right;
}

/** Divides proposals into those that touch different places of the text, and the rest. */
function parted(proposals: readonly Proposal[]): { apart: Proposal[]; rest: Proposal[] } {
  const [apart, rest]: [Proposal[], Proposal[]] = [[], []];
  const taken = new Set<string>();
  for (const proposal of proposals.toSorted((one, other) => startOf(one) - startOf(other))) {
    const around = proposal.patch.map(({ op, path }) => (op === 'replace' ? path : path.slice(0, -1)).join('\n'));
    const previous = apart.at(-1);
    const isApart = previous === undefined || endOf(previous) < startOf(proposal);
    if (isApart && !around.some((place) => taken.has(place))) apart.push(proposal);
    else rest.push(proposal);
    for (const place of around) taken.add(place);
  }
  return { apart, rest };
}

function startOf({ edits }: Proposal): number {
  return Math.min(...edits.map(({ start }) => start));
}

function endOf({ edits }: Proposal): number {
  return Math.max(...edits.map(({ end }) => end));
}

function rightAmong(editor: TextEditor, proposals: readonly Proposal[], tries: { left: number }): readonly Proposal[] {
  if (proposals.length === 0) return [];
  if (tries.left-- <= 0) return [];
  if (editor.isRight(proposals)) return proposals;
  if (proposals.length === 1) return [];
  const middle = proposals.length >> 1;
  return [proposals.slice(0, middle), proposals.slice(middle)].flatMap((half) => rightAmong(editor, half, tries));
}
