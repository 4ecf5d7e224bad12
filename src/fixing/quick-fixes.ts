import type { Finding } from '../check.js';
import { type TextFile, textFileOf } from '../files/text-file.js';
import type { Workspace } from '../files/workspace.js';
import { addToGroup } from '../grouping.js';
import type { FixOperation } from '../obligation.js';
import type { TextEditor } from '../text-editor/editor.js';
import type { TextEdit } from '../text-editor/text-edits.js';
import { editorOf, patchOf, reasonAgainstFix, violationsByPlace } from './fix-guard.js';
import { ReferenceGraph } from './reference-graph.js';

/** The edits that fix one finding, as long as nothing else has been changed. */
export interface QuickFix {
  readonly finding: Finding;
  /** The file that is changed. */
  readonly file: TextFile;
  readonly edits: readonly TextEdit[];
}

/** A quick fix that has not been tried yet. */
interface ProposedFix extends QuickFix {
  readonly patch: readonly FixOperation[];
}

/**
 * The quick fix of each finding by itself. A finding without a fix, or whose fix is declined, has none.
 *
 * @param wanted the findings to fix
 * @param findings all findings of the descriptions: a place that operations share is changed only if all of them ask for it
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
    if (declined === undefined) addToGroup(proposals, editor, { finding, file, patch, edits });
  }
  return [...proposals].flatMap(([editor, ofFile]) => rightOnes(editor, ofFile));
}

/**
 * The findings that may have a quick fix, as far as the data shows. Only {@link quickFixesFor}, which takes the same arguments,
 * but longer, knows whether the text can be edited.
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

/** How many times a text is written to try its proposals. A proposal not tried by then is no quick fix. */
const mostTries = 200;

/** The proposals that change the text as they should. Many are tried together, since reading a text takes long. */
function rightOnes(editor: TextEditor, proposals: readonly ProposedFix[]): ProposedFix[] {
  const right: ProposedFix[] = [];
  const tries = { left: mostTries };
  for (let untried = proposals; untried.length > 0 && tries.left > 0;) {
    const { separate, rest } = divided(untried);
    for (const proposal of rightAmong(editor, separate, tries)) right.push(proposal);
    untried = rest;
  }
  return right;
}

/** Divides proposals into some that change separate places of the text, and the rest. */
function divided(proposals: readonly ProposedFix[]): { separate: ProposedFix[]; rest: ProposedFix[] } {
  const [separate, rest]: [ProposedFix[], ProposedFix[]] = [[], []];
  const changedPlaces = new Set<string>();
  for (const proposal of proposals.toSorted((first, second) => startOf(first) - startOf(second))) {
    const places = proposal.patch.map(({ op, path }) => (op === 'replace' ? path : path.slice(0, -1)).join('\n'));
    const previous = separate.at(-1);
    const isBehind = previous === undefined || endOf(previous) < startOf(proposal);
    if (isBehind && !places.some((place) => changedPlaces.has(place))) separate.push(proposal);
    else rest.push(proposal);
    for (const place of places) changedPlaces.add(place);
  }
  return { separate, rest };
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
