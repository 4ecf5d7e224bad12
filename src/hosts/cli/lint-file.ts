import { ruleCalled } from '../../catalogue.js';
import { isRemote } from '../../files/address.js';
import { textOrNothing } from '../../files/discovery.js';
import { Network } from '../../files/network.js';
import { claimsToBeDescription, mayBeDescription, recognised, whyNoDescription } from '../../files/recognition.js';
import { contentsOf } from '../../files/regular-file.js';
import { reasonOf, type TextFile, UnreadableFile } from '../../files/text-file.js';
import { Workspace } from '../../files/workspace.js';
import { lint, type LocatedFinding, serialised, type SerialisedFinding } from '../../lint.js';
import { type Problem, problemKey } from '../../problem.js';
import type { ResultFix } from '../../result.js';

/** A file that is to be linted: plain data, which can go to another thread. */
export interface LintTask {
  /** Its absolute path. */
  readonly file: string;
  /** What it holds, if that is not on disk. */
  readonly text?: string;
  /** Whether it is to be a description: what is none is not passed over, but a mistake. */
  readonly isNamed: boolean;
  /** The ids of the rules that are on. */
  readonly rules: readonly string[];
  readonly allowRemote: boolean;
  /** Whether to say what puts the findings right. */
  readonly withFixes: boolean;
}

/** What came of linting a file. */
export interface LintReport {
  readonly kind: 'linted' | 'passed over' | 'no description' | 'unreadable';
  readonly findings: readonly (SerialisedFinding & { readonly fix?: ResultFix })[];
  /** What is wrong with the file, or those that it is made of, whatever the rules say; what has been reported before is left out. */
  readonly problems: readonly Problem[];
  /** What keeps the file from being read. */
  readonly fault?: FileFault;
  /** The addresses on the network that `$ref`s lead to and that were not asked; what has been reported before is left out. */
  readonly remote: readonly string[];
  /** The documents on the network that were asked for and could not be had; what has been reported before is left out. */
  readonly unfetched: readonly FileFault[];
}

/** What is wrong with a file as a whole. */
export interface FileFault {
  readonly file: string;
  readonly message: string;
}

/** How much text is kept in mind from file to file, in UTF-16 code units: what descriptions share is then read once. */
const mostText = 20e6;

/** More rounds than documents on the network refer to one another in; the bound only ends what would go on for ever. */
const mostRounds = 20;

/** Lints one file after the other. */
export class Linter {
  readonly #network = new Network();
  #workspace = this.#newWorkspace();
  #textInMind = 0;
  readonly #reported = new Set<string>();

  /** Lints a file, if it is a description. Whatever is wrong with it is in the report. */
  async run(task: LintTask): Promise<LintReport> {
    const { file, text, isNamed } = task;
    const nothing = { findings: [], problems: [], remote: [], unfetched: [] };
    try {
      if (!isNamed && !mayBeDescription(text ?? contentsOf(file, 'latin1'))) return { kind: 'passed over', ...nothing };
      const workspace =
        text === undefined ? this.#shared() : this.#newWorkspace((path) => (path === file ? text : undefined));
      const entry = workspace.read(file);
      this.#textInMind += entry.text.length;
      const standing = recognised(entry);
      if (standing === 'other' && !isNamed) return { kind: 'passed over', ...nothing };
      if (standing !== 'description') return { kind: 'no description', ...nothing, problems: whyNoDescription(entry) };
      const { findings, problems: all } = await lintedBy(entry, workspace, task);
      const problems = all.filter((problem) => this.#isNew(problemKey(problem)));
      const remote = workspace.remote.filter((address) => this.#isNew(address));
      const unfetched = workspace.unreadable
        .filter((fault) => isRemote(fault.file) && this.#isNew(fault.file))
        .map((fault) => ({ file: fault.file, message: fault.message }));
      return { kind: 'linted', findings, problems, remote, unfetched };
    } catch (error) {
      if (error instanceof UnreadableFile && !isNamed && !claimsToBeDescription(text ?? textOrNothing(file)))
        return { kind: 'passed over', ...nothing };
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

  #shared(): Workspace {
    if (this.#textInMind > mostText) {
      this.#workspace = this.#newWorkspace();
      this.#textInMind = 0;
    }
    return this.#workspace;
  }
}

async function lintedBy(
  entry: TextFile,
  workspace: Workspace,
  task: LintTask,
): Promise<Pick<LintReport, 'findings' | 'problems'>> {
  const rules = task.rules.flatMap((id) => ruleCalled(id) ?? []);
  let linted = lint(entry, workspace, rules);
  for (let round = 0; task.allowRemote && workspace.remote.length > 0 && round < mostRounds; round++) {
    await workspace.fetchRemote();
    linted = lint(entry, workspace, rules);
  }
  const { located, problems } = linted;
  return { findings: task.withFixes ? await withFixes(located, entry, workspace) : located.map(serialised), problems };
}

async function withFixes(located: readonly LocatedFinding[], entry: TextFile, workspace: Workspace) {
  const { quickFixesFor } = await import('../../fixing/quick-fixes.js');
  const findings = located.map(({ finding }) => finding);
  const quickFixes = new Map(
    quickFixesFor(findings, findings, [entry], workspace).map((quickFix) => [quickFix.finding, quickFix] as const),
  );
  return located.map((one) => {
    const quickFix = quickFixes.get(one.finding);
    if (quickFix === undefined) return serialised(one);
    const { file, edits } = quickFix;
    const isSafe = one.finding.fix === 'safe';
    const ranges = edits.map(({ start, end, text }) => ({ range: file.rangeOf({ start, end }), text }));
    return { ...serialised(one), fix: { isSafe, file: file.uri, edits: ranges } };
  });
}
