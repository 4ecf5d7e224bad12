// Fixing is a state machine:
//
//   START  read the descriptions from their texts ...................................... FIND
//   FIND   run the rules on the data, which shows the patches taken so far ............. TAKE
//   TAKE   take the safe patches; if none can be taken, the others
//            some were taken ........................................................... FIND
//            none was taken ............................................................ WRITE
//   WRITE  write all patches that were taken into the texts
//            some have led to a finding that was not there before, or cannot be written:
//            remember them, and take them no more ...................................... START, on the same texts
//            texts have changed, and a patch was declined: the alias that stood in its
//            way may have gone ......................................................... START, on the new texts
//            otherwise ................................................................. DONE
import type { Documents } from '../files/documents.js';
import { isDescription } from '../files/recognition.js';
import { type TextFile, textFileOf, UnreadableFile } from '../files/text-file.js';
import { invalidReferencesToTell } from '../invalid-references.js';
import { valueAt } from '../json.js';
import { Description } from '../model/description.js';
import type { Place } from '../model/place.js';
import type { FixKind } from '../obligation.js';
import { canApply, type PatchOperation } from '../patch.js';
import { isBroken, messageWithLine } from '../problem.js';
import type { Rule } from '../rule.js';
import type { Selection } from '../user-ruleset/selection.js';
import { FilePatches } from './file-patches.js';
import { candidatesIn, type DescriptionFile, type FixCandidate } from './fix-candidates.js';
import { patchOf, reasonAgainstFix, violationsByPlace, type ViolationsByPlace } from './fix-guard.js';
import { type ChangedFile, combined, type FixOutcome, type FixResult } from './fix-result.js';
import { FixHistory } from './new-findings.js';
import { ReferenceGraph } from './reference-graph.js';

/** What may be fixed. */
export interface Permissions {
  /**
   * Whether the fix of a finding may be made without asking.
   *
   * @param rule that found it
   * @param kind of this finding's fix; other findings of the rule may have another kind
   */
  allows(rule: Rule, kind: FixKind): boolean;
  /** Why a file must not be changed; `undefined` if it may be. */
  forbids(file: string): string | undefined;
  /**
   * Why a patch must not be made, although its file may be changed.
   *
   * @param data of the file, before the patch
   */
  declines?(data: unknown, patch: readonly PatchOperation[]): string | undefined;
  /** The only rules whose findings are to be fixed; absent for all. No fix may lead to a finding of any other rule either. */
  readonly rules?: readonly Rule[];
  /** Which operations the rules look at: `all`, or those that may have to do with conditional requests. */
  readonly reads?: 'all';
}

/** How often the machine goes from TAKE to FIND, and from WRITE to START on new texts: more than any fix needs. */
const mostRepeats = 20;

/**
 * Fixes what the rules find in some descriptions, until nothing is left that can be fixed. Writes nothing to disk.
 *
 * @param entries addresses of the descriptions, such as absolute paths. A place that they share is changed only if all of them ask for
 *   it. A file that is not an OpenAPI description is left out
 * @param documents the files, with their data unchanged. It must not be used afterwards
 * @throws UnreadableFile if a description cannot be read, is too large, or has a part that is broken
 */
export function fixDescriptions(
  entries: readonly string[],
  selection: Selection,
  permissions: Permissions,
  documents: Documents,
): FixResult {
  let texts = new Map<string, string>();
  let refused = new Map<string, string>();
  let result: FixResult | undefined;
  let round = 1;
  let fix = new Fix(entries, selection, permissions, refused, documents);
  for (;;) {
    fix.find();
    if (fix.take()) continue;
    const written = fix.write();
    if (written !== undefined) {
      if (result !== undefined && written.changed.length === 0) return result;
      result = result === undefined ? written : combined(result, written);
      const { changed, outcomes } = result;
      const mayGoOn = changed.length > 0 && outcomes.some(({ kind }) => kind === 'declined');
      if (!mayGoOn || round++ === mostRepeats) return result;
      texts = new Map(changed.map(({ file, after }) => [file, after]));
      refused = new Map();
    }
    fix = new Fix(entries, selection, permissions, refused, documents.afresh(texts));
  }
}

/** The fix of some texts, from START to WRITE. */
class Fix {
  readonly #documents: Documents;
  readonly #entries: readonly TextFile[];
  readonly #selection: Selection;
  readonly #permissions: Permissions;
  /** Why patches must not be taken, by finding: they cannot be written into the texts, or lead to a finding that was not there before. */
  readonly #refused: Map<string, string>;
  /** Why patches were declined in the last TAKE, by finding: after the next FIND, all may ask for what only some did. */
  readonly #declined = new Map<string, string>();
  readonly #files = new Map<TextFile, FilePatches>();
  readonly #fixed = new Set<string>();
  readonly #outcomes = new Map<string, FixOutcome>();
  readonly #history = new FixHistory();
  #descriptions: readonly DescriptionFile[] = [];
  #candidates: readonly FixCandidate[] = [];
  #repeats = 0;
  /** The `$ref`s of the descriptions. One that a patch takes away counts until the next TAKE, as it did in FIND. */
  #graph: ReferenceGraph;
  #isGraphStale = false;

  /** START. */
  constructor(
    entries: readonly string[],
    selection: Selection,
    permissions: Permissions,
    refused: Map<string, string>,
    documents: Documents,
  ) {
    this.#documents = documents;
    const files = entries.map((file) => this.#documents.read(file));
    this.#entries = files.filter(isDescription);
    this.#graph = new ReferenceGraph(documents, this.#entries);
    this.#selection = selection;
    this.#permissions = permissions;
    this.#refused = refused;
  }

  /** FIND. */
  find(): void {
    this.#descriptions = this.#entries.map((entry) => {
      return { file: entry.uri, description: new Description(entry, this.#documents, this.#permissions.reads) };
    });
    this.#candidates = candidatesIn(this.#descriptions, this.#selection);
    this.#history.found(this.#candidates);
  }

  /**
   * TAKE. Safe patches come first: a suggested fix may then refer to what they have added.
   *
   * @returns whether a patch was taken
   */
  take(): boolean {
    if (this.#repeats++ === mostRepeats) return false;
    this.#declined.clear();
    if (this.#isGraphStale) this.#graph = new ReferenceGraph(this.#documents, this.#entries);
    this.#isGraphStale = false;
    const fixable = this.#candidates.filter(
      ({ key, finding, rule }) =>
        finding.fix !== 'none' &&
        this.#isWanted(rule) &&
        this.#permissions.allows(rule, finding.fix) &&
        !this.#refused.has(key),
    );
    const violations = violationsByPlace(fixable.length > 0 ? this.#candidates : []);
    return [true, false].some((isSafe) => {
      const taken = fixable
        .filter(({ finding }) => (finding.fix === 'safe') === isSafe)
        .map((candidate) => this.#takePatch(candidate, violations));
      return taken.includes(true);
    });
  }

  /** @returns whether the patch was taken */
  #takePatch(candidate: FixCandidate, violations: ViolationsByPlace): boolean {
    const { finding, key } = candidate;
    const patch = patchOf(finding);
    const [first] = patch;
    const [violation] = finding.violations;
    if (first === undefined || violation === undefined) return false;
    const { place } = violation.obligation;
    const file = textFileOf(place.source);
    this.#outcomes.set(key, { rule: finding.rule, message: finding.message, file: file.uri, kind: 'fixed' });
    if (this.#fixed.has(key)) {
      this.#declined.set(key, 'another rule asks for the opposite');
      return false;
    }
    // Another patch has changed this place since FIND, which must look at it again.
    if (!canApply(file.data, first) || hasChanged(file, first, place)) return false;
    const patches = this.#files.get(file) ?? new FilePatches(file);
    this.#files.set(file, patches);
    const reason =
      this.#permissions.forbids(file.uri) ??
      this.#permissions.declines?.(file.data, patch) ??
      reasonAgainstFix(finding, patches.editor, this.#graph, violations) ??
      patches.take(key, finding.rule, patch);
    if (reason !== undefined) {
      this.#declined.set(key, reason);
      return false;
    }
    this.#fixed.add(key);
    this.#history.made({ ...candidate, patch });
    for (const change of patch) {
      if (change.op === 'add') this.#graph.include(file, change.path);
      else this.#isGraphStale ||= change.op !== 'replace';
    }
    return true;
  }

  /**
   * WRITE.
   *
   * @returns `undefined` if some patches should not have been taken, or cannot be written, which are then refused
   * @throws UnreadableFile if a file that `$ref`s lead to is broken: the rules have seen only a part of the description
   */
  write(): FixResult | undefined {
    const broken = this.#entries.length > 0 && this.#documents.files.find((file) => file.isBroken);
    const problem = broken ? broken.problems.find(isBroken) : undefined;
    if (problem !== undefined) throw new UnreadableFile(problem.file, messageWithLine(problem));
    const refusals = this.#history.refusals();
    for (const [key, reason] of refusals) this.#refused.set(key, reason);
    if (refusals.size > 0) return undefined;
    this.#noteRemaining();
    const changed: ChangedFile[] = [];
    let isComplete = true;
    for (const patches of this.#files.values()) {
      const written = patches.write();
      if (written === undefined) continue;
      if ('change' in written) changed.push(written.change);
      else {
        isComplete = false;
        for (const key of written.unwritable) this.#refused.set(key, written.reason);
      }
    }
    if (!isComplete) return undefined;
    // Where one rule has undone the fix of another, the file is unchanged and nothing was fixed.
    const files = new Set(changed.map(({ file }) => file));
    const outcomes = [...this.#outcomes.values()].filter(({ kind, file }) => kind !== 'fixed' || files.has(file));
    const on = this.#entries.flatMap(({ uri }) => this.#selection.rulesFor(uri));
    const rules = new Set(on.filter((rule) => this.#isWanted(rule)));
    const found = this.#descriptions.flatMap(({ description }) => description.invalidReferences);
    const invalidReferences = invalidReferencesToTell(found, this.#documents).map(({ file, path }) => {
      return { file: file.uri, path };
    });
    return { descriptions: this.#entries.length, rules, outcomes, changed, invalidReferences };
  }

  #isWanted(rule: Rule): boolean {
    return this.#permissions.rules?.includes(rule) ?? true;
  }

  /** Notes the outcome of each finding that remains. */
  #noteRemaining(): void {
    for (const { finding, key } of this.#candidates) {
      const { rule, message, place } = finding;
      if (!this.#isWanted(rule)) continue;
      const file = this.#outcomes.get(key)?.file ?? place.source.uri ?? '';
      const declined = this.#refused.get(key) ?? this.#declined.get(key);
      const isFixable = rule.fix !== 'none' && patchOf(finding).length > 0;
      const outcome = { rule, message, file };
      if (declined !== undefined) this.#outcomes.set(key, { ...outcome, kind: 'declined', reason: declined });
      else this.#outcomes.set(key, { ...outcome, kind: 'left', ...(isFixable && { fix: finding.fix }) });
    }
  }
}

/** Whether the value to be replaced is no longer the one that the rule saw: that of the place, or a `null` on the way to it. */
function hasChanged({ data }: TextFile, { op, path }: PatchOperation, place: Place): boolean {
  const seen = path.length === place.path.length ? place.value : null;
  return op === 'replace' && !Object.is(valueAt(data, path), seen);
}
