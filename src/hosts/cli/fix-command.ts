import { existsSync, realpathSync, statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { connected, shortName } from '../../files/discovery.js';
import { mayBeDescription } from '../../files/recognition.js';
import { contentsOf } from '../../files/regular-file.js';
import { reasonOf } from '../../files/reading.js';
import { UnreadableFile } from '../../files/text-file.js';
import { Workspace } from '../../files/workspace.js';
import { fixDescriptions, type Permissions } from '../../fixing/fix-all.js';
import type { FixResult } from '../../fixing/fix-result.js';
import { wantedFixes } from '../../fixing/wanted-fixes.js';
import type { Rule } from '../../rule.js';
import { withoutOurRules } from '../../user-ruleset/choose-ruleset.js';
import { RulesetsByFolder } from '../../user-ruleset/rulesets-by-folder.js';
import type { Selection } from '../../user-ruleset/selection.js';
import { visibleLines } from '../../visible-text.js';
import { namedRule } from './named-rule.js';
import { exitCodes, Failure } from './failure.js';
import { withObserved } from './fix-observed.js';
import { createFile, type NewText, planOverlay } from './fix-overlay.js';
import { findFiles, type NamedFiles, takesAway } from './find-files.js';
import { summaryOf } from './fix-summary.js';
import { removeLeftovers } from './leftovers.js';
import type { Output } from './output.js';
import { type Descriptions, readDescriptions } from './read-descriptions.js';
import type { TextChange } from './replacement.js';
import { replaceFiles } from './replace-files.js';
import { exceedsMemory, mayExhaustMemory, reasonOfThread, sizeOf, threadPool, tooLittleMemory } from './threads.js';
import { unifiedDiff } from './unified-diff.js';
import { whyNotChangeable, whyNotWritable } from './writability.js';

/** The parsed arguments of `fix`. */
export interface FixOptions {
  readonly files: readonly string[];
  readonly ruleset: string | undefined;
  readonly rules: readonly string[];
  readonly suggested: boolean;
  /** Whether fixes may remove declared headers, parameters and responses. */
  readonly remove: boolean;
  /** The file with what was seen of the server. */
  readonly observed: string | undefined;
  /** The overlay that gets the fixes, instead of the description. */
  readonly overlay: string | undefined;
  readonly dryRun: boolean;
  readonly check: boolean;
  /** Whether to fix the descriptions that the named files are part of. */
  readonly findRelated: boolean;
  /** Whether to skip named files that are not descriptions, as in folders. */
  readonly ignoreUnknownFormat: boolean;
}

/** The changes to make and the messages to print: plain data, which can be passed from another thread. */
interface Plan {
  readonly changed: readonly NewText[];
  /** Messages for standard error, one line each. */
  readonly messages: readonly string[];
  readonly summary: string;
  readonly hasComplaints: boolean;
}

/**
 * Makes the fixes in the named files.
 *
 * @param cwd the folder that names are relative to
 * @returns the exit code
 * @throws Failure if nothing was changed, and why
 */
export async function fixFiles(options: FixOptions, cwd: string, output: Output): Promise<number> {
  const { dryRun, check } = options;
  if (options.files.length === 0) throw new Failure('Name files, folders or globs to fix.');
  for (const id of options.rules) namedRule(id);
  const found = await findFiles(options.files, cwd);
  const named = options.findRelated ? await (await import('./affected-files.js')).relatedTo(found, cwd) : found;
  const [problem] = named.problems;
  if (problem !== undefined) throw new Failure(problem);
  const isDone = !dryRun && !check;
  const leftovers = new Set<string>();
  const tidyUp = (files: readonly string[]) => {
    for (const message of removeLeftovers(files, (file) => shortName(file, cwd))) leftovers.add(message);
  };
  if (isDone) tidyUp(named.files);
  const { changed, messages, summary, hasComplaints } = await planned(options, named, cwd);
  for (const message of messages) output.err(`${message}\n`);
  const kept: string[] = [];
  if (dryRun) showDiffs(changed, cwd, output);
  else if (isDone) {
    tidyUp(changed.map(({ file }) => file));
    for (const change of changed.filter(({ before }) => before === undefined)) createFile(change, cwd);
    kept.push(...replaceFiles(changed.filter(isReplacement), cwd));
  }
  for (const message of [...leftovers, ...kept]) output.err(`${message}\n`);
  (dryRun ? output.err : output.out)(summary);
  if (hasComplaints) return exitCodes.failed;
  return check && changed.length > 0 ? exitCodes.found : exitCodes.done;
}

/** Plans the fixes, on a thread if that may need more memory than there is. */
async function planned(options: FixOptions, named: NamedFiles, cwd: string): Promise<Plan> {
  const loads = named.files.map((file) => ({ file, size: sizeOf(file) }));
  // Fixing a text needs its syntax tree, and its data before and after the change.
  if (!mayExhaustMemory(loads, 3)) return planFixes(options, named, cwd);
  const [largest] = loads.toSorted((one, other) => other.size - one.size);
  const fail = (reason: string) =>
    new Failure(`${shortName(largest?.file ?? cwd, cwd)}: cannot be fixed: ${reason}. No file was changed.`);
  if (loads.some(exceedsMemory)) throw fail(tooLittleMemory());
  const pool = await threadPool(1);
  try {
    const plan: Plan | { readonly failure: string } = await pool.exec('fix', [options, named, cwd]);
    if ('failure' in plan) throw new Failure(plan.failure);
    return plan;
  } catch (error) {
    throw error instanceof Failure ? error : fail(reasonOfThread(error as Error));
  } finally {
    await pool.terminate();
  }
}

/**
 * Plans the fixes without writing any file.
 *
 * @throws Failure if nothing can be fixed, and why
 * @throws UnreadableRuleset
 */
export async function planFixes(options: FixOptions, named: NamedFiles, cwd: string): Promise<Plan> {
  const rules = options.rules.map(namedRule);
  const messages: string[] = [];
  const isDone = !options.dryRun && !options.check;
  const isTakenAway = await takesAway(named, cwd);
  const isNamed = (file: string) => named.named.has(file) && !options.ignoreUnknownFormat;
  const { candidates, unreadable } = candidatesIn(named, isNamed, cwd);
  const unread = [...named.closed, ...unreadable].map(({ file, message }) => `${shortName(file, cwd)}: ${message}`);
  const rulesets = new RulesetsByFolder(options.ruleset, cwd, rules);
  const chosen = await rulesets.selectionForAll(candidates);
  const origins = await rulesets.all;
  for (const each of origins.filter(({ isOurs }) => !isOurs)) messages.push(withoutOurRules(each, cwd));
  const { observed } = options;
  if (observed !== undefined && named.files.length !== 1)
    throw new Failure('--observed is about the server of one description: name that one.');
  const selection = observed === undefined ? chosen : withObserved(chosen, observed, cwd);
  const permissions: Permissions = {
    ...wantedFixes({ ...options, rules }),
    // What was seen may be about operations of which the description says nothing that rules look at.
    ...(observed !== undefined && { reads: 'all' }),
    forbids: onceEach(
      (file) => whyNotChangeable(file, named, isTakenAway, cwd) ?? (isDone ? whyNotWritable(file, cwd) : undefined),
    ),
  };
  if (options.overlay !== undefined) {
    const plan = planOverlay(options.overlay, named.files, selection, permissions, { cwd, isDone });
    const { changed, complaints, notes, counted } = plan;
    return {
      changed,
      messages: [...messages, ...complaints, ...notes],
      summary: summaryOf({ ...plan, changed: [] }, isDone, cwd) + counted,
      hasComplaints: complaints.length > 0,
    };
  }
  const result = fixed(candidates, isNamed, selection, permissions, cwd);
  const { changed, complaints } = result;
  messages.push(...complaints);
  for (const { id } of rules.filter((rule) => result.descriptions > 0 && !result.rules.has(rule))) {
    const names = origins.map(({ origin }) => shortName(origin, cwd)).join(', ');
    messages.push(`${id} is off in ${names}: its findings were not fixed`);
  }
  messages.push(...unread);
  return {
    changed: changed.map(({ file, before, after, edits }) => ({ file, before, after, edits })),
    messages,
    summary: summaryOf(result, isDone, cwd),
    hasComplaints: complaints.length > 0 || unread.length > 0,
  };
}

function isReplacement(text: NewText): text is NewText & TextChange {
  return text.before !== undefined;
}

/**
 * The files that may be OpenAPI descriptions, and the files in folders and globs that cannot be read.
 *
 * @throws Failure if a file that the user named cannot be read
 */
function candidatesIn(
  { files, named }: NamedFiles,
  isNamed: (file: string) => boolean,
  cwd: string,
): { candidates: string[]; unreadable: NamedFiles['closed'] } {
  const candidates: string[] = [];
  const unreadable: NamedFiles['closed'][number][] = [];
  for (const file of files) {
    try {
      if ((isNamed(file) && statSync(file).isFile()) || mayBeDescription(contentsOf(file).toString('latin1')))
        candidates.push(file);
    } catch (error) {
      const message = reasonOf(error);
      if (named.has(file)) throw new Failure(`${shortName(file, cwd)}: ${message}`);
      unreadable.push({ file, message });
    }
  }
  return { candidates, unreadable };
}

/** Fixes the descriptions among some files. Descriptions that share files are fixed together. */
function fixed(
  files: readonly string[],
  isNamed: (file: string) => boolean,
  selection: Selection,
  permissions: Permissions,
  cwd: string,
): FixResult & Pick<Descriptions, 'complaints'> {
  const groups = files.length > 1 ? connected(files) : [files];
  const outcomes = groups.map((group) => {
    const { entries, workspace, complaints } = readDescriptions(group, isNamed, selection, cwd);
    return attempted(complaints, () => {
      return { entries, ...fixDescriptions(entries, selection, permissions, workspace) };
    });
  });
  const complaints = outcomes.flatMap((outcome) => outcome.complaints);
  const changed = outcomes.flatMap((outcome) => outcome.changed);
  const isDisjoint = new Set(changed.map(({ file }) => file)).size === changed.length;
  if (!isDisjoint) {
    const entries = outcomes.flatMap((outcome) => outcome.entries);
    return attempted(complaints, () => ({
      entries,
      ...fixDescriptions(entries, selection, permissions, new Workspace()),
    }));
  }
  return {
    complaints,
    descriptions: outcomes.reduce((sum, outcome) => sum + outcome.descriptions, 0),
    rules: new Set(outcomes.flatMap((outcome) => [...outcome.rules])),
    outcomes: outcomes.flatMap((outcome) => outcome.outcomes),
    changed,
    invalidReferences: outcomes.flatMap((outcome) => outcome.invalidReferences),
  };

  type Attempt = FixResult & Pick<Descriptions, 'entries' | 'complaints'>;

  /** The result of fixing; if a description is too large, a complaint. */
  function attempted(earlier: readonly string[], fix: () => Omit<Attempt, 'complaints'>): Attempt {
    try {
      return { complaints: earlier, ...fix() };
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      const complaint = `${shortName(error.file, cwd)}: ${error.message}. No file that it shares was changed.`;
      const nothing = { descriptions: 0, rules: new Set<Rule>(), outcomes: [], changed: [], invalidReferences: [] };
      return { entries: [], complaints: [...earlier, complaint], ...nothing };
    }
  }
}

/** A function that remembers its result for each file. */
function onceEach<T>(ask: (file: string) => T): (file: string) => T {
  const known = new Map<string, T>();
  return (file) => {
    if (!known.has(file)) known.set(file, ask(file));
    return known.get(file) as T;
  };
}

/** Prints the changes as diffs that programs can apply. On a terminal, control characters are escaped. */
function showDiffs(changed: readonly NewText[], cwd: string, { out, err, isTerminal }: Output): void {
  const names = changed.map(({ file }) => nameInDiff(file, cwd));
  for (const [index, { before, edits }] of changed.entries()) {
    const diff = unifiedDiff(names[index] ?? '', before ?? '', edits, before === undefined);
    out(isTerminal ? visibleLines(diff) : diff);
  }
  if (names.some((name) => name.startsWith('../')))
    err('Some of these files are not in this folder: `git apply --unsafe-paths` changes them too.\n');
}

/** The path of a file relative to `cwd`, where the diff is applied. Links are resolved, because git and `patch` do not follow them. */
function nameInDiff(file: string, cwd: string): string {
  return relative(cwd, existsSync(file) ? realpathSync(file) : file)
    .split(sep)
    .join('/');
}
