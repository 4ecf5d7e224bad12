import { existsSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { Baseline, type BaselineEntry } from '../../baseline/baseline.js';
import { baselineAround, readBaseline, UnreadableBaseline } from '../../baseline/baseline-file.js';
import { baselineName } from '../../baseline/baseline-name.js';
import { baselineText } from '../../baseline/baseline-text.js';
import { ruleCalled } from '../../catalogue.js';
import { counted } from '../../counted.js';
import { isRemote } from '../../files/address.js';
import { shortName } from '../../files/discovery.js';
import type { Result } from '../../result.js';
import { visible } from '../../visible-text.js';
import { Failure } from './failure.js';
import type { NamedFiles } from './find-files.js';
import type { LintOptions } from './lint-command.js';
import type { LintReport, LintTask } from './lint-file.js';

/** The options of `lint` about baselines. */
export interface BaselineOptions {
  /** The file of the baseline; the nearest one if there is no name. */
  readonly baseline: string | undefined;
  readonly updateBaseline: boolean;
  readonly pruneBaseline: boolean;
  readonly strictBaseline: boolean;
}

/** The results of a run, compared with a baseline. */
export interface ComparedResults {
  /** Those that are not in the baseline. */
  readonly results: readonly Result[];
  readonly heldBack: readonly Result[];
  /** Lines about the baseline, for people. */
  readonly messages: string;
  /** Whether stale entries make the run fail. */
  readonly isStale: boolean;
}

/** What has been linted. */
export interface LintedFiles {
  readonly named: NamedFiles;
  readonly tasks: readonly LintTask[];
  readonly reports: readonly LintReport[];
}

/**
 * Compares results with the baseline, and writes it anew if that is wanted.
 *
 * @throws Failure if a baseline that the user names does not exist, or the baseline cannot be read or written
 */
export async function compareWithBaseline(
  results: readonly Result[],
  linted: LintedFiles,
  options: LintOptions,
  cwd: string,
): Promise<ComparedResults> {
  const { updateBaseline, pruneBaseline, strictBaseline } = options;
  const file = options.baseline === undefined ? baselineAround(cwd) : resolve(cwd, options.baseline);
  const isThere = file !== undefined && existsSync(file);
  if (!isThere && options.baseline !== undefined && !updateBaseline)
    throw new Failure(`${shortName(file ?? '', cwd)}: no such baseline; --update-baseline writes one`);
  if (!isThere && pruneBaseline) throw new Failure('There is no baseline to prune: --update-baseline writes one.');
  const target = file ?? resolve(cwd, baselineName);
  const { baseline, text } = isThere ? read(target) : { baseline: new Baseline(target, []), text: undefined };
  const isInBaseline = results.map((result) => baseline.holds(result));
  const stale = staleEntries(baseline, linted, options, cwd);
  const isStale = new Set(stale);
  const name = shortName(target, cwd);
  const write = (entries: readonly BaselineEntry[]) => writeBaseline(target, text, baselineText(entries), cwd);
  if (updateBaseline) {
    const others = baseline.entries.filter((entry) => !isStale.has(entry) && !baseline.isMet(entry));
    const now = new Baseline(target, [...others, ...results.flatMap((result) => baseline.entriesFor(result))]);
    await write(now.entries);
    const isHeldBack = results.map((result) => now.holds(result));
    const messages = `Written: ${name}, with ${counted(now.entries.length, 'entry', 'entries')}\n`;
    return { ...divided(results, isHeldBack), messages, isStale: false };
  }
  if (!isThere) return { results, heldBack: [], messages: '', isStale: false };
  if (pruneBaseline) await write(baseline.entries.filter((entry) => !isStale.has(entry)));
  const divisions = divided(results, isInBaseline);
  const messages = [
    `Held back by ${name}: ${counted(divisions.heldBack.length, 'finding')}\n`,
    ...(stale.length === 0 ? [] : [staleLines(stale, name, pruneBaseline)]),
  ];
  return { ...divisions, messages: messages.join(''), isStale: strictBaseline && !pruneBaseline && stale.length > 0 };
}

function read(file: string) {
  try {
    return readBaseline(file);
  } catch (error) {
    throw error instanceof UnreadableBaseline ? new Failure(error.message) : error;
  }
}

/** Writes a baseline. The modules for that are loaded only if there is something to write. */
async function writeBaseline(file: string, before: string | undefined, after: string, cwd: string): Promise<void> {
  if (before === after) return;
  if (before === undefined) {
    const { createFile } = await import('./fix-overlay.js');
    createFile({ file, before, after, edits: [] }, cwd);
  } else {
    const { replaceFiles } = await import('./replace-files.js');
    replaceFiles([{ file, before, after }], cwd);
  }
}

function divided(results: readonly Result[], isHeldBack: readonly boolean[]) {
  return {
    results: results
      .filter((_, index) => !isHeldBack[index])
      .map((result): Result => ({ ...result, baselineState: 'new' })),
    heldBack: results
      .filter((_, index) => isHeldBack[index])
      .map((result): Result => ({ ...result, baselineState: 'unchanged', suppression: { kind: 'external' } })),
  };
}

function staleLines(stale: readonly BaselineEntry[], name: string, isPruned: boolean): string {
  const count = counted(stale.length, 'entry', 'entries');
  const head = isPruned
    ? `Removed from ${name}: ${count} for what is no longer found`
    : `Stale in ${name}: ${count} for what is no longer found (--prune-baseline removes them)`;
  const lines = stale.map(({ file, about, rule }) => `  ${visible(file)}  ${visible(about)}  ${visible(rule)}\n`);
  return `${head}\n${lines.join('')}`;
}

/**
 * The entries for what this run would have found, and did not. Nothing is known of a file that was not linted, of a rule that was off, of
 * an overlaid description, or of a document on the network. Of a file that is part of descriptions, something is known only if all
 * descriptions in its folder were linted.
 */
function staleEntries(
  baseline: Baseline,
  { named, tasks, reports }: LintedFiles,
  options: LintOptions,
  cwd: string,
): BaselineEntry[] {
  if (options.overlays.length > 0) return [];
  const rulesOf = new Map<string, ReadonlySet<string>>();
  const parts = new Set<string>();
  for (const [index, { kind, documents }] of reports.entries()) {
    const { file, rules } = tasks[index] as LintTask;
    if (kind === 'linted') rulesOf.set(file, new Set(rules));
    for (const document of documents) parts.add(document);
  }
  const allRules = new Set([...rulesOf.values()].flatMap((rules) => [...rules]));
  const isWhole =
    options.shard === undefined &&
    options.changedSince === undefined &&
    !options.findRelated &&
    named.negated.length === 0 &&
    reports.every(({ kind }) => kind === 'linted' || kind === 'skipped');
  const searched = isWhole ? [...named.searched.keys()].map((arg) => resolve(cwd, arg)) : [];
  const isInSearched = (file: string) => searched.some((folder) => file.startsWith(folder + sep));
  return baseline.entries.filter((entry) => {
    const file = baseline.fileOf(entry);
    if (baseline.isMet(entry) || isRemote(file)) return false;
    const isPart = isInSearched(file) && (parts.has(file) || !existsSync(file));
    const rules = rulesOf.get(file) ?? (isPart ? allRules : undefined);
    return rules !== undefined && (rules.has(entry.rule) || ruleCalled(entry.rule) === undefined);
  });
}
