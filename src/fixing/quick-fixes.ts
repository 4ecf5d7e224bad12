import type { Finding } from '../check.js';
import { type TextFile, textFileOf } from '../files/text-file.js';
import type { Documents } from '../files/documents.js';
import { addToGroup } from '../grouping.js';
import type { FixOperation } from '../obligation.js';
import type { TextEditor } from '../text-editor/editor.js';
import type { TextEdit } from '../text-editor/text-edits.js';
import type { ActiveRules } from './fix-candidates.js';
import {
  askingFor,
  editorOf,
  patchOf,
  reasonAgainstFix,
  violationsByPlace,
  type ViolationsByPlace,
} from './fix-guard.js';
import { type Trial, Trials } from './quick-fix-trials.js';
import { ReferenceGraph } from './reference-graph.js';

/** The edits that fix one finding, as long as nothing else has been changed. */
export interface QuickFix extends PossibleQuickFix {
  /** The file that is changed. */
  readonly file: TextFile;
  readonly edits: readonly TextEdit[];
}

/** A finding that may have a quick fix. */
export interface PossibleQuickFix {
  readonly finding: Finding;
  /** The other findings that the fix would lead to, which it therefore fixes, too. */
  readonly also: readonly Finding[];
}

/** Whether a quick fix only corrects the description. */
export function isSafe({ finding, also }: PossibleQuickFix): boolean {
  return [finding, ...also].every(({ fix }) => fix === 'safe');
}

/** A quick fix that has not been tried yet. */
interface ProposedFix extends QuickFix, Trial {}

/**
 * The quick fix of each finding by itself. A finding without a fix, or whose fix is declined or leads to a new finding, has none.
 *
 * @param wanted the findings to fix
 * @param findings all findings of the descriptions: a place that operations share is changed only if all of them ask for it
 * @param entries the descriptions
 * @param rules all that are on, whether or not they are to be fixed
 */
export function quickFixesFor(
  wanted: readonly Finding[],
  findings: readonly Finding[],
  entries: readonly TextFile[],
  documents: Documents,
  rules: ActiveRules,
): QuickFix[] {
  const fixable = wanted.filter(({ rule }) => rule.fix !== 'none');
  if (fixable.length === 0) return [];
  const violations = violationsByPlace(findings);
  const graph = new ReferenceGraph(documents, entries);
  const editors = new Map<TextFile, TextEditor | string>();
  const editorFor = new Map<Finding, TextEditor>();
  const proposals: Trial[] = [];
  for (const finding of fixable) {
    const patch = patchOf(finding);
    const [first] = patch;
    if (first === undefined) continue;
    const file = textFileOf(first.source);
    const editor = editors.get(file) ?? editorOf(file);
    editors.set(file, editor);
    if (typeof editor === 'string' || reasonAgainstFix(finding, editor, graph, violations) !== undefined) continue;
    editorFor.set(finding, editor);
    proposals.push(trialOf(finding, patch, violations, (change) => editor.placesChangedBy(change)));
  }
  const byEditor = new Map<TextEditor, ProposedFix[]>();
  for (const trial of new Trials(documents, rules).harmless(proposals)) {
    const editor = editorFor.get(trial.finding) as TextEditor;
    const { edits, declined } = editor.preview(trial.patch);
    const file = textFileOf((trial.patch[0] as FixOperation).source);
    if (declined === undefined) addToGroup(byEditor, editor, { ...trial, file, edits });
  }
  return [...byEditor].flatMap(([editor, ofFile]) => rightOnes(editor, ofFile));
}

function trialOf(
  finding: Finding,
  patch: readonly FixOperation[],
  violations: ViolationsByPlace,
  placesChangedBy: Trial['placesChangedBy'],
): Trial {
  const [first] = finding.violations;
  const asking = first === undefined ? [] : askingFor(finding.rule, first.obligation.place, violations);
  return { finding, patch, violations: asking, also: [], placesChangedBy };
}

/**
 * The findings that may have a quick fix, as far as the data shows. Only {@link quickFixesFor}, which takes the same arguments,
 * but longer, knows whether the text can be edited.
 */
export function quickFixable(
  wanted: readonly Finding[],
  findings: readonly Finding[],
  entries: readonly TextFile[],
  documents: Documents,
  rules: ActiveRules,
): PossibleQuickFix[] {
  const fixable = wanted.filter((finding) => finding.rule.fix !== 'none' && patchOf(finding).length > 0);
  if (fixable.length === 0) return [];
  const violations = violationsByPlace(findings);
  const graph = new ReferenceGraph(documents, entries);
  const trials = fixable
    .filter((finding) => reasonAgainstFix(finding, undefined, graph, violations) === undefined)
    .map((finding) => trialOf(finding, patchOf(finding), violations, ({ path }) => [path]));
  return new Trials(documents, rules).harmless(trials);
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
