import type { Finding } from '../check.js';
import { type TextFile, textFileOf } from '../files/text-file.js';
import type { Workspace } from '../files/workspace.js';
import type { FixOperation } from '../obligation.js';
import type { TextEditor } from '../text-editor/editor.js';
import type { TextEdit } from '../text-editor/text-edits.js';
import { editorOf, patchOf, reasonAgainstFix, violationsByPlace } from './fix-guard.js';
import { ReferenceGraph } from './reference-graph.js';

/** What puts one finding right, as long as nothing else has been changed. */
export interface QuickFix {
  readonly finding: Finding;
  /** The file that is changed. */
  readonly file: TextFile;
  readonly edits: readonly TextEdit[];
}

/** A remedy that has not been tried yet. */
interface ProposedFix extends QuickFix {
  readonly patch: readonly FixOperation[];
}

/**
 * What puts findings right, each by itself. Those that have no fix, or whose fix is declined, have no remedy.
 *
 * @param wanted those of the findings whose remedies are asked for
 * @param findings all that has been found in the descriptions, since what is shared is only changed if all who share it ask for that
 * @param entries the descriptions
 */
export function quickFixesFor(
  wanted: readonly Finding[],
  findings: readonly Finding[],
  entries: readonly TextFile[],
  workspace: Workspace,
): QuickFix[] {
  const fixable = wanted.filter(({ rule }) => rule.fix !== 'none');
  if (fixable.length === 0) return [];
  const violations = violationsByPlace(findings);
  const graph = new ReferenceGraph(workspace, entries);
  const editors = new Map<TextFile, TextEditor | string>();
  const proposals = new Map<TextEditor, ProposedFix[]>();
  for (const finding of fixable) {
    const patch = patchOf(finding);
    const [first] = patch;
    if (first === undefined) continue;
    const file = textFileOf(first.source);
    const editor = editors.get(file) ?? editorOf(file);
    editors.set(file, editor);
    if (typeof editor === 'string' || reasonAgainstFix(finding, editor, graph, violations) !== undefined) continue;
    const { edits, declined } = editor.preview(patch);
    const ofDraft = proposals.get(editor) ?? [];
    proposals.set(editor, ofDraft);
    if (declined === undefined) ofDraft.push({ finding, file, patch, edits });
  }
  return [...proposals].flatMap(([editor, all]) => tried(editor, all));
}

/**
 * Those of some findings that seem to have a remedy, for all that can be told without its text: the rest is up to
 * {@link quickFixesFor}, which takes longer. It takes the same arguments.
 */
export function quickFixable(
  wanted: readonly Finding[],
  findings: readonly Finding[],
  entries: readonly TextFile[],
  workspace: Workspace,
): Finding[] {
  const fixable = wanted.filter((finding) => finding.rule.fix !== 'none' && patchOf(finding).length > 0);
  if (fixable.length === 0) return [];
  const violations = violationsByPlace(findings);
  const graph = new ReferenceGraph(workspace, entries);
  return fixable.filter((finding) => reasonAgainstFix(finding, undefined, graph, violations) === undefined);
}

/** How many times a text is read to try proposals for it. What is left then has no remedy. */
const mostTries = 200;

/** Those of some proposals that lead to what they should. Many are tried at once: reading a text takes long. */
function tried(editor: TextEditor, proposals: readonly ProposedFix[]): ProposedFix[] {
  const right: ProposedFix[] = [];
  const tries = { left: mostTries };
  for (let left = proposals; left.length > 0 && tries.left > 0;) {
    const { apart, rest } = parted(left);
    for (const proposal of rightAmong(editor, apart, tries)) right.push(proposal);
    left = rest;
  }
  return right;
}

/** Divides proposals into those that touch different places of the text, and the rest. */
function parted(proposals: readonly ProposedFix[]): { apart: ProposedFix[]; rest: ProposedFix[] } {
  const [apart, rest]: [ProposedFix[], ProposedFix[]] = [[], []];
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

function startOf({ edits }: ProposedFix): number {
  return Math.min(...edits.map(({ start }) => start));
}

function endOf({ edits }: ProposedFix): number {
  return Math.max(...edits.map(({ end }) => end));
}

function rightAmong(
  editor: TextEditor,
  proposals: readonly ProposedFix[],
  tries: { left: number },
): readonly ProposedFix[] {
  if (proposals.length === 0) return [];
  if (tries.left-- <= 0) return [];
  if (editor.isRight(proposals)) return proposals;
  if (proposals.length === 1) return [];
  const middle = proposals.length >> 1;
  return [proposals.slice(0, middle), proposals.slice(middle)].flatMap((half) => rightAmong(editor, half, tries));
}
