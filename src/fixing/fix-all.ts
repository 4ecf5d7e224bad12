import { check, type Finding, fixKindOf, type Violation } from '../check.js';
import { isDescription } from '../files/recognition.js';
import { type TextFile, UnreadableFile } from '../files/text-file.js';
import { Workspace } from '../files/workspace.js';
import { invalidReferencesToTell } from '../invalid-references.js';
import { type Path, valueAt } from '../json.js';
import { Description, whyTooLarge } from '../model/description.js';
import type { Place } from '../model/place.js';
import type { FixOperation } from '../obligation.js';
import { applyPatch, canApply, type PatchOperation } from '../patch.js';
import type { FixKind, Rule } from '../rule.js';
import { TextEditor } from '../text-editor/editor.js';
import { composed, type TextEdit } from '../text-editor/text-edits.js';
import type { Selection } from '../user-ruleset/selection.js';
import {
  editorOf,
  fieldOrders,
  patchOf,
  reasonAgainstFix,
  violationsByPlace,
  type ViolationsByPlace,
} from './fix-guard.js';
import { ReferenceGraph } from './reference-graph.js';

/** What may be fixed. */
export interface Permissions {
  /**
   * Whether what a rule finds is to be fixed at all, and its fix may be made without asking.
   *
   * @param kind who can put the finding right, which may be more than the rule's other findings take
   */
  allows(rule: Rule, kind: FixKind): boolean;
  /** Why a file must not be changed; `undefined` where it may be. */
  forbids(file: string): string | undefined;
}

/** What has become of a finding. */
export interface FixOutcome {
  readonly rule: Rule;
  readonly message: string;
  /** Where the remedy is, or would be, written. */
  readonly file: string;
  readonly kind: 'fixed' | 'declined' | 'left';
  /** Why it was declined, or left. */
  readonly reason?: string;
}

/** A file whose text has changed. */
export interface ChangedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly edits: readonly TextEdit[];
  /** What was done to its data, in order. Where an alias shows the same text elsewhere, that has changed alike. */
  readonly patch: readonly FixOperation[];
}

/** What came of fixing some descriptions. */
export interface FixResult {
  /** How many of the files are descriptions. */
  readonly descriptions: number;
  /** The rules that were on for one of them at least. */
  readonly rules: ReadonlySet<Rule>;
  readonly outcomes: readonly FixOutcome[];
  readonly changed: readonly ChangedFile[];
  /** The `$ref`s that could not be followed, by the files that they stand in. What they lead to was left alone. */
  readonly invalidReferences: readonly { readonly file: string; readonly path: Path }[];
}

/** More passes than any fix of a fix needs; the bound only ends what would go on for ever. */
const mostPasses = 20;

/**
 * Fixes what the rules find in some descriptions, over and over until nothing is left that could be fixed. Nothing is written
 * to disk.
 *
 * @param entries absolute paths of the descriptions; what they share is changed only as all of them ask for. A file that is no
 *   OpenAPI description is passed over
 * @param unsaved the texts of files that are not as they are on disk
 * @param workspace in which the descriptions have been read, and nothing has been changed; it must not be used afterwards
 * @throws UnreadableFile where one of them cannot be read
 */
export function fixDescriptions(
  entries: readonly string[],
  selection: Selection,
  permissions: Permissions,
  unsaved?: (file: string) => string | undefined,
  workspace = new Workspace(unsaved),
): FixResult {
  let result = fixedOnce(entries, selection, permissions, unsaved, workspace);
  // What an alias has kept from being changed is free once the alias has gone.
  for (let round = 1; round < mostPasses && mayGoOn(result); round++) {
    const texts = new Map(result.changed.map(({ file, after }) => [file, after]));
    const scalarText = (file: string) => texts.get(file) ?? unsaved?.(file);
    const next = fixedOnce(entries, selection, permissions, scalarText, new Workspace(scalarText));
    if (next.changed.length === 0) break;
    result = joined(result, next);
  }
  return result;
}

function fixedOnce(
  entries: readonly string[],
  selection: Selection,
  permissions: Permissions,
  unsaved: ((file: string) => string | undefined) | undefined,
  workspace: Workspace,
): FixResult {
  const unwritable = new Map<string, string>();
  for (let untouched = workspace; ; untouched = new Workspace(unsaved)) {
    const attempt = new Attempt(entries, selection, permissions, unwritable, untouched);
    attempt.run();
    const outcome = attempt.finish();
    if (outcome !== undefined) return outcome;
  }
}

function mayGoOn({ changed, outcomes }: FixResult): boolean {
  return changed.length > 0 && outcomes.some(({ kind }) => kind === 'declined');
}

/** What came of fixing, and of fixing the result of that. */
function joined(first: FixResult, next: FixResult): FixResult {
  const changed = new Map(first.changed.map((change) => [change.file, change]));
  for (const change of next.changed) {
    const earlier = changed.get(change.file);
    changed.set(change.file, earlier === undefined ? change : oneAfterTheOther(earlier, change));
  }
  const outcomes = [...first.outcomes.filter(({ kind }) => kind === 'fixed'), ...next.outcomes];
  return { ...next, outcomes, changed: [...changed.values()] };
}

function oneAfterTheOther(first: ChangedFile, next: ChangedFile): ChangedFile {
  const edits = composed(first.before.length, first.edits, next.edits);
  return { ...first, after: next.after, edits, patch: [...first.patch, ...next.patch] };
}

/** A finding in one of the descriptions, with all who demand the same of the same place. */
interface FixCandidate {
  readonly entry: TextFile;
  readonly finding: Finding;
  readonly violations: readonly Violation[];
  /** What it is known by from pass to pass. */
  readonly key: string;
}

/** A patch that was taken into a draft. */
interface Taken {
  readonly key: string;
  readonly patch: readonly FixOperation[];
}

/** One attempt to fix some descriptions, which fails if a text cannot be written as it should; the next one knows more. */
class Attempt {
  readonly #workspace: Workspace;
  readonly #entries: readonly TextFile[];
  readonly #selection: Selection;
  readonly #permissions: Permissions;
  /** Why patches cannot be written into the text, by finding: what earlier attempts have learnt. */
  readonly #unwritable: Map<string, string>;
  /** Why patches were not made in the last pass, by finding: what one pass declines, the next may find asked for by all. */
  readonly #declined = new Map<string, string>();
  readonly #editors = new Map<TextFile, TextEditor | string>();
  readonly #taken = new Map<TextFile, Taken[]>();
  readonly #done = new Set<string>();
  readonly #rules = new Set<Rule>();
  readonly #outcomes = new Map<string, FixOutcome>();
  /** The descriptions, as they were read last. */
  #descriptions: readonly Description[] = [];
  /** Who uses what: what a pass has taken away counts until the next one, as it does in what the pass was to look at. */
  #graph: ReferenceGraph;
  #isGraphStale = false;

  constructor(
    entries: readonly string[],
    selection: Selection,
    permissions: Permissions,
    unwritable: Map<string, string>,
    workspace: Workspace,
  ) {
    this.#workspace = workspace;
    const files = entries.map((file) => this.#workspace.read(file));
    this.#entries = files.filter(isDescription);
    this.#graph = new ReferenceGraph(workspace, this.#entries);
    this.#selection = selection;
    this.#permissions = permissions;
    this.#unwritable = unwritable;
  }

  /**
   * What is safe comes first: where a fix could refer to what the description has already, it sees that as it will be. The
   * others follow once nothing safe is left to do.
   */
  run(): void {
    let candidates = this.#candidates();
    for (let pass = 0; pass < mostPasses && this.#takesSome(candidates); pass++) candidates = this.#candidates();
    this.#settle(candidates);
  }

  /** @returns whether the patch of some finding was taken */
  #takesSome(candidates: readonly FixCandidate[]): boolean {
    this.#declined.clear();
    if (this.#isGraphStale) this.#graph = new ReferenceGraph(this.#workspace, this.#entries);
    this.#isGraphStale = false;
    const fixable = candidates.filter(
      ({ key, finding }) => this.#permissions.allows(finding.rule, fixKindOf(finding)) && !this.#unwritable.has(key),
    );
    const violations = violationsByPlace(fixable.length > 0 ? candidates.map(asked) : []);
    return (['safe', 'suggested'] as const).some((kind) => {
      const taken = fixable
        .filter(({ finding }) => fixKindOf(finding) === kind)
        .map((one) => this.#take(one, violations));
      return taken.includes(true);
    });
  }

  /** What the rules find now, in all descriptions; what these share, once. */
  #candidates(): FixCandidate[] {
    const candidates = new Map<string, FixCandidate & { violations: Violation[] }>();
    this.#descriptions = this.#entries.map((entry) => new Description(entry, this.#workspace));
    for (const [index, entry] of this.#entries.entries()) {
      const description = this.#descriptions[index] as Description;
      for (const rule of this.#selection.rulesFor(entry.uri)) {
        this.#rules.add(rule);
        for (const finding of check(rule, description)) {
          const { place, message } = finding;
          if (this.#selection.severityOf(rule, entry.uri, place.source.uri ?? '', place.path) === undefined) continue;
          const key = [rule.id, place.source.uri, ...place.path, message].join('\n');
          const known = candidates.get(key);
          if (known === undefined) candidates.set(key, { entry, finding, violations: [...finding.violations], key });
          else for (const violation of finding.violations) known.violations.push(violation);
        }
      }
      if (description.isTooLarge) throw new UnreadableFile(entry.uri, whyTooLarge);
    }
    return [...candidates.values()];
  }

  /** @returns whether the finding's patch was taken */
  #take({ finding, key }: FixCandidate, violations: ViolationsByPlace): boolean {
    const patch = patchOf(finding);
    const [first] = patch;
    const [violation] = finding.violations;
    if (first === undefined || violation === undefined) return false;
    const { place } = violation.obligation;
    const file = place.source as TextFile;
    this.#outcomes.set(key, { rule: finding.rule, message: finding.message, file: file.uri, kind: 'fixed' });
    if (this.#done.has(key)) {
      this.#declined.set(key, 'another rule asks for the opposite');
      return false;
    }
    // Another patch has been here in this pass: the next one sees what is left to do.
    if (!canApply(file.data, first) || hasChanged(file, first, place)) return false;
    const editor = this.#editorOf(file);
    const reason =
      this.#permissions.forbids(file.uri) ??
      reasonAgainstFix(finding, editor, this.#graph, violations) ??
      (typeof editor === 'string' ? editor : editor.take(patch));
    if (reason !== undefined || typeof editor === 'string') {
      this.#declined.set(key, reason ?? '');
      return false;
    }
    if (file.isJson) file.data = editor.data;
    else for (const change of patch) applyEverywhere(file, change, editor);
    this.#done.add(key);
    for (const change of patch) {
      if (change.op === 'add') this.#graph.include(file, change.path);
      else this.#isGraphStale ||= change.op !== 'replace';
    }
    const taken = this.#taken.get(file) ?? [];
    this.#taken.set(file, taken);
    taken.push({ key, patch });
    return true;
  }

  /** The draft of a file; or why there is none. */
  #editorOf(file: TextFile): TextEditor | string {
    const editor = this.#editors.get(file) ?? editorOf(file);
    this.#editors.set(file, editor);
    return editor;
  }

  /** Sees what is left of the findings. */
  #settle(candidates: readonly FixCandidate[]): void {
    for (const { finding, key } of candidates) {
      const { rule, message, place } = finding;
      const file = this.#outcomes.get(key)?.file ?? place.source.uri ?? '';
      const declined = this.#unwritable.get(key) ?? this.#declined.get(key);
      const isFixable = rule.fix !== 'none' && patchOf(finding).length > 0;
      const left = isFixable ? { kind: 'left', reason: 'suggested' } : { kind: 'left' };
      const outcome = declined === undefined ? left : { kind: 'declined', reason: declined };
      this.#outcomes.set(key, { rule, message, file, ...(outcome as Pick<FixOutcome, 'kind' | 'reason'>) });
    }
  }

  /** Writes the drafts. */
  finish(): FixResult | undefined {
    const changed: ChangedFile[] = [];
    let isComplete = true;
    for (const [file, editor] of this.#editors) {
      const taken = this.#taken.get(file) ?? [];
      if (typeof editor === 'string' || taken.length === 0) continue;
      const outcome = editor.finish();
      if ('text' in outcome) {
        const patch = taken.flatMap((one) => one.patch);
        const change = { file: file.uri, before: file.text, after: outcome.text, edits: outcome.edits, patch };
        if (outcome.text !== file.text) changed.push(change);
        continue;
      }
      isComplete = false;
      const writable = new Set(writableOf(file.text, taken));
      for (const patch of taken) if (!writable.has(patch)) this.#unwritable.set(patch.key, outcome.declined);
    }
    // What one rule has done and another undone comes to nothing.
    const files = new Set(changed.map(({ file }) => file));
    const outcomes = [...this.#outcomes.values()].filter(({ kind, file }) => kind !== 'fixed' || files.has(file));
    if (!isComplete) return undefined;
    const found = this.#descriptions.flatMap((description) => description.invalidReferences);
    const invalidReferences = invalidReferencesToTell(found, this.#workspace).map(({ file, path }) => {
      return { file: file.uri, path };
    });
    return { descriptions: this.#entries.length, rules: this.#rules, outcomes, changed, invalidReferences };
  }
}

function asked({ finding: { rule }, violations }: FixCandidate) {
  return { rule, violations };
}

/** Whether what is to be replaced is not what the rule has seen there: the value of the place, or a `null` on the way to it. */
function hasChanged({ data }: TextFile, { op, path }: PatchOperation, place: Place): boolean {
  const seen = path.length === place.path.length ? place.value : null;
  return op === 'replace' && !Object.is(valueAt(data, path), seen);
}

/** Changes the data of a file, as Spectral's parser sees it, wherever the text that is changed is shown. */
function applyEverywhere(file: TextFile, change: PatchOperation, editor: TextEditor): void {
  for (const place of editor.placesChangedBy(change) ?? []) {
    const to = [...place.slice(0, -1), change.path.at(-1) ?? ''];
    const here = change.op === 'move' ? { ...change, path: to, from: place } : { ...change, path: place };
    if (canApply(file.data, here)) applyPatch(file.data, [here]);
  }
}

/** How many times a text is read to find out which patches can be written into it. What has not been tried then is not made. */
const mostTries = 200;

/**
 * Those of some patches that can be written into a text together.
 *
 * @param before patches that can, and that come before them
 */
function writableOf(
  text: string,
  taken: readonly Taken[],
  before: readonly Taken[] = [],
  tries = { left: mostTries },
): readonly Taken[] {
  const all = [...before, ...taken];
  if (tries.left-- <= 0) return before;
  if (isWritable(text, all)) return all;
  if (taken.length <= 1) return before;
  const middle = taken.length >> 1;
  return writableOf(text, taken.slice(middle), writableOf(text, taken.slice(0, middle), before, tries), tries);
}

function isWritable(text: string, taken: readonly Taken[]): boolean {
  const editor = new TextEditor(text, fieldOrders);
  return taken.every(({ patch }) => editor.take(patch) === undefined) && 'text' in editor.finish();
}
