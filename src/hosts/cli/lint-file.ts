import { ruleCalled } from '../../catalogue.js';
import { isRemote } from '../../files/address.js';
import { textOrNothing } from '../../files/discovery.js';
import { Network } from '../../files/network.js';
import { claimsToBeDescription, mayBeDescription, recognised, whyNoDescription } from '../../files/recognition.js';
import { contentsOf } from '../../files/regular-file.js';
import { reasonOf, type TextFile, UnreadableFile } from '../../files/text-file.js';
import { WorkspaceCache } from '../../files/workspace-cache.js';
import { Workspace } from '../../files/workspace.js';
import type { Guideline } from '../../guidelines/guideline.js';
import type { ActiveRules } from '../../fixing/fix-candidates.js';
import { lint, type LocatedFinding, serialised, type SerialisedFinding } from '../../lint.js';
import { type Problem, problemKey } from '../../problem.js';
import type { ResultFix } from '../../result.js';
import type { Rule } from '../../rule.js';

/** A file to lint: plain data, which can be passed to another thread. */
export interface LintTask {
  /** The absolute path of the file. */
  readonly file: string;
  /** The text, if it is not read from disk. */
  readonly text?: string;
  /** Whether the user has named the file: if it is not a description, that is an error. Other files are skipped. */
  readonly isNamed: boolean;
  /** The ids of the rules that are on. */
  readonly rules: readonly string[];
  /** The guidelines that the messages name first. */
  readonly follows: readonly Guideline[];
  readonly allowRemote: boolean;
  /** The absolute paths of the overlays to apply to the description, in order. */
  readonly overlays?: readonly string[];
  /** Whether the report contains fixes. */
  readonly withFixes: boolean;
}

/** The result of linting a file. What an earlier report of the same {@link Linter} contains is left out of its lists. */
export interface LintReport {
  readonly kind: 'linted' | 'skipped' | 'not a description' | 'unreadable';
  readonly findings: readonly (SerialisedFinding & { readonly fix?: ResultFix })[];
  /** The errors in the file, and in files that its `$ref`s name, that do not depend on the rules. */
  readonly problems: readonly Problem[];
  /** Why the file cannot be read. */
  readonly fault?: FileError;
  /** The URLs in `$ref`s that were not fetched. */
  readonly remote: readonly string[];
  /** The documents on the network that could not be fetched. */
  readonly unfetched: readonly FileError[];
}

/** Why a file cannot be read, or a document cannot be fetched. */
export interface FileError {
  readonly file: string;
  readonly message: string;
}

/** The most rounds of fetching. Chains of remote documents are shorter; the limit only prevents an endless loop. */
const mostRounds = 20;

/** Lints files one after the other. They share a cache of files and documents. */
export class Linter {
  readonly #network = new Network();
  readonly #cache = new WorkspaceCache(() => this.#newWorkspace());
  readonly #reported = new Set<string>();

  /** Lints a file if it is a description. Errors are part of the report, not thrown. */
  async run(task: LintTask): Promise<LintReport> {
    const { file, text, isNamed, overlays = [] } = task;
    const nothing = { findings: [], problems: [], remote: [], unfetched: [] };
    try {
      if (!isNamed && !mayBeDescription(text ?? contentsOf(file).toString('latin1')))
        return { kind: 'skipped', ...nothing };
      const workspace =
        text === undefined && overlays.length === 0
          ? this.#cache.current
          : this.#newWorkspace((path) => (path === file ? text : undefined));
      const entry = workspace.read(file);
      this.#cache.note(entry);
      const standing = recognised(entry);
      if (standing === 'other' && !isNamed) return { kind: 'skipped', ...nothing };
      if (standing !== 'description')
        return { kind: 'not a description', ...nothing, problems: whyNoDescription(entry) };
      if (overlays.length > 0) {
        const { applyOverlays } = await import('../../overlay/overlaid-file.js');
        const fault = applyOverlays(entry, overlays, workspace);
        if (fault !== undefined) return { kind: 'unreadable', ...nothing, fault };
      }
      const { findings, problems: all } = await lintedBy(entry, workspace, task);
      const problems = all.filter((problem) => this.#isNew(problemKey(problem)));
      const remote = workspace.remote.filter((address) => this.#isNew(address));
      const unfetched = workspace.unreadable
        .filter((fault) => isRemote(fault.file) && this.#isNew(fault.file))
        .map((fault) => ({ file: fault.file, message: fault.message }));
      return { kind: 'linted', findings, problems, remote, unfetched };
    } catch (error) {
      if (error instanceof UnreadableFile && !isNamed && !claimsToBeDescription(text ?? textOrNothing(file)))
        return { kind: 'skipped', ...nothing };
      return { kind: 'unreadable', ...nothing, fault: { file, message: reasonOf(error) } };
    }
  }

  #isNew(address: string): boolean {
    const isNew = !this.#reported.has(address);
    this.#reported.add(address);
    return isNew;
  }

  #newWorkspace(unsaved?: (file: string) => string | undefined): Workspace {
    return new Workspace(unsaved, this.#network);
  }
}

async function lintedBy(
  entry: TextFile,
  workspace: Workspace,
  task: LintTask,
): Promise<Pick<LintReport, 'findings' | 'problems'>> {
  const rules = task.rules.flatMap((id) => ruleCalled(id) ?? []);
  let linted = lint(entry, workspace, rules, task.follows);
  for (let round = 0; task.allowRemote && workspace.remote.length > 0 && round < mostRounds; round++) {
    await workspace.fetchRemote();
    linted = lint(entry, workspace, rules, task.follows);
  }
  const { located, problems } = linted;
  return {
    findings: task.withFixes
      ? await withFixes(located, entry, workspace, rules, task.follows)
      : located.map(serialised),
    problems,
  };
}

async function withFixes(
  located: readonly LocatedFinding[],
  entry: TextFile,
  workspace: Workspace,
  rules: readonly Rule[],
  follows: readonly Guideline[],
) {
  const { isSafe, quickFixesFor } = await import('../../fixing/quick-fixes.js');
  const findings = located.map(({ finding }) => finding);
  const active: ActiveRules = { rulesFor: () => [...rules], severityOf: () => 'error', followedFor: () => follows };
  const quickFixes = new Map(
    quickFixesFor(findings, findings, [entry], workspace, active).map(
      (quickFix) => [quickFix.finding, quickFix] as const,
    ),
  );
  return located.map((one) => {
    const quickFix = quickFixes.get(one.finding);
    if (quickFix === undefined) return serialised(one);
    const { file, edits } = quickFix;
    const ranges = edits.map(({ start, end, text }) => ({ range: file.rangeOf({ start, end }), text }));
    return { ...serialised(one), fix: { isSafe: isSafe(quickFix), file: file.uri, edits: ranges } };
  });
}
