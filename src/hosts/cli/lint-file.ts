import type { Hash } from 'node:crypto';
import { ruleCalled } from '../../catalogue.js';
import { isRemote } from '../../files/address.js';
import { textOrNothing } from '../../files/discovery.js';
import { claimsToBeDescription, mayBeDescription, recognised, whyNoDescription } from '../../files/recognition.js';
import { contentsOf } from '../../files/regular-file.js';
import { reasonOf } from '../../files/reading.js';
import { TextFile, UnreadableFile } from '../../files/text-file.js';
import { WorkspaceCache } from '../../files/workspace-cache.js';
import { networkOnDemand, Workspace } from '../../files/workspace.js';
import type { FixableFinding } from '../../fixing/result-fixes.js';
import type { Guideline } from '../../guidelines/guideline.js';
import { lint, serialised, type SerialisedFinding, whenAllAreRead } from '../../lint.js';
import { type Problem, problemKey } from '../../problem.js';

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
  /** Whether the report may be kept for later runs: then it names its files, and is complete on its own. */
  readonly isCached: boolean;
}

/**
 * The result of linting a file. Unless it may be kept for later runs, what an earlier report of the same {@link Linter} contains is left
 * out of its lists.
 */
export interface LintReport {
  readonly kind: 'linted' | 'skipped' | 'not a description' | 'unreadable';
  readonly findings: readonly FixableFinding[];
  /** What the description makes exceptions for. */
  readonly excepted: readonly SerialisedFinding[];
  /** The exceptions that nothing in the description needs. Another description may need those in a file that they share. */
  readonly unused: readonly Problem[];
  /** The keys that the problems of the others would have. */
  readonly used: readonly string[];
  /** The errors in the file, and in files that its `$ref`s name, that do not depend on the rules. */
  readonly problems: readonly Problem[];
  /** Why the file cannot be read. */
  readonly fault?: FileError;
  /** The URLs in `$ref`s that were not fetched. */
  readonly remote: readonly string[];
  /** The documents on the network that could not be fetched. */
  readonly unfetched: readonly FileError[];
  /** The absolute paths, or the addresses, of the files of the description. */
  readonly documents: readonly string[];
  /** Those of them in YAML that Spectral's parser had to read. */
  readonly slow: readonly string[];
  /**
   * The hash of the contents of each file that the report depends on, or why there are none; by absolute path. Absent if the report may
   * not be kept.
   */
  readonly parts?: Readonly<Record<string, string>>;
}

/** The lists of a report in which nothing was found. */
export const nothingFound = {
  findings: [],
  excepted: [],
  problems: [],
  unused: [],
  used: [],
  remote: [],
  unfetched: [],
  documents: [],
  slow: [],
};

/** Why a file cannot be read, or a document cannot be fetched. */
export interface FileError {
  readonly file: string;
  readonly message: string;
}

/** Lints files one after the other. They share a cache of files and documents. */
export class Linter {
  readonly #network = networkOnDemand();
  readonly #cache = new WorkspaceCache(() => this.#newWorkspace());
  readonly #reported = new Set<string>();

  /** The files on disk that were read last. */
  get files(): readonly TextFile[] {
    return this.#cache.files;
  }

  /** Lints a file if it is a description. Errors are part of the report, not thrown. */
  async run(task: LintTask): Promise<LintReport> {
    const { file, text, isNamed, overlays = [] } = task;
    try {
      const bytes = isNamed || text !== undefined ? undefined : contentsOf(file);
      if (!isNamed && !mayBeDescription(text ?? bytes?.toString('latin1') ?? ''))
        return {
          kind: 'skipped',
          ...nothingFound,
          ...(task.isCached && bytes && { parts: { [file]: hashOf(bytes) } }),
        };
      const workspace =
        text === undefined && overlays.length === 0
          ? this.#cache.current
          : this.#newWorkspace((path) => (path === file ? text : undefined));
      workspace.takeAsked();
      const entry = workspace.read(file);
      this.#cache.note(entry);
      const standing = recognised(entry);
      if (standing !== 'description') {
        const parts = partsOf(workspace.takeAsked(), task);
        return standing === 'other' && !isNamed
          ? { kind: 'skipped', ...nothingFound, ...parts }
          : { kind: 'not a description', ...nothingFound, problems: whyNoDescription(entry), ...parts };
      }
      if (overlays.length > 0) {
        const { applyOverlays } = await import('../../overlay/overlaid-file.js');
        const fault = applyOverlays(entry, overlays, workspace);
        if (fault !== undefined) return { kind: 'unreadable', ...nothingFound, fault };
      }
      const found = await lintedBy(entry, workspace, task);
      const isWanted = (key: string) => task.isCached || this.#isNew(key);
      const problems = found.problems.filter((problem) => isWanted(problemKey(problem)));
      const asked = workspace.takeAsked();
      const remote = workspace.missing.filter((address) => asked.has(address) && isWanted(address));
      const unfetched = workspace.unreadable
        .filter((fault) => isRemote(fault.file) && asked.has(fault.file) && isWanted(fault.file))
        .map((fault) => ({ file: fault.file, message: fault.message }));
      return { kind: 'linted', ...found, problems, remote, unfetched, ...partsOf(asked, task) };
    } catch (error) {
      if (error instanceof UnreadableFile && !isNamed && !claimsToBeDescription(text ?? textOrNothing(file)))
        return { kind: 'skipped', ...nothingFound };
      return { kind: 'unreadable', ...nothingFound, fault: { file, message: reasonOf(error) } };
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

/** The parts of a report, if it may be kept: not if they were fetched, since they may be others the next time. */
function partsOf(asked: ReturnType<Workspace['takeAsked']>, task: LintTask): Pick<LintReport, 'parts'> {
  const files = [...asked].filter(([path]) => !isRemote(path));
  if (!task.isCached || (task.allowRemote && files.length < asked.size)) return {};
  const hashes = files.map(([path, file]) => [
    path,
    file instanceof TextFile ? hashOfText(file) : (file?.message ?? ''),
  ]);
  return { parts: Object.fromEntries(hashes) as Record<string, string> };
}

/** The hashes of files that several descriptions share. */
const known = new WeakMap<TextFile, string>();

function hashOfText(file: TextFile): string {
  const hash = known.get(file) ?? hashOf(file.text);
  known.set(file, hash);
  return hash;
}

async function lintedBy(
  entry: TextFile,
  workspace: Workspace,
  { rules: ids, follows, allowRemote, withFixes }: LintTask,
): Promise<Pick<LintReport, 'findings' | 'excepted' | 'problems' | 'unused' | 'used' | 'documents' | 'slow'>> {
  const rules = ids.flatMap((id) => ruleCalled(id) ?? []);
  const linted = () => lint(entry, workspace, rules, follows);
  const { located, excepted, ...others } = allowRemote
    ? await whenAllAreRead(workspace, linted, () => workspace.fetchRemote())
    : linted();
  const found = { excepted: excepted.map(serialised), ...others };
  if (!withFixes) return { findings: located.map(serialised), ...found };
  // Few formats show fixes, and finding them takes modules that linting does not need.
  const { serialisedWithFixes } = await import('../../fixing/result-fixes.js');
  return { findings: serialisedWithFixes(located, entry, workspace, rules, follows), ...found };
}

/** Starts a hash. Loading `node:crypto` takes noticeable time, and most runs need none of it. */
export function newHash(): Hash {
  return process.getBuiltinModule('node:crypto').createHash('sha256');
}

/** The hash of a text in UTF-8, or of bytes. */
export function hashOf(contents: string | Buffer): string {
  return newHash().update(contents).digest('base64url');
}
