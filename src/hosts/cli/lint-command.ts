import { catalogue } from '../../catalogue.js';
import { counted } from '../../counted.js';
import { shortName } from '../../files/discovery.js';
import type { TextFile } from '../../files/text-file.js';
import { severities, type Severity } from '../../guidelines/citation.js';
import { isBroken } from '../../problem.js';
import type { Result, SeverityNumber } from '../../result.js';
import { withoutOurRules } from '../../user-ruleset/choose-ruleset.js';
import { RulesetsByFolder } from '../../user-ruleset/rulesets-by-folder.js';
import { type Selection, withRules } from '../../user-ruleset/selection.js';
import { visible, visibleName } from '../../visible-text.js';
import { exitCodes, Failure } from './failure.js';
import { findFiles, type NamedFiles } from './find-files.js';
import { namedRule } from './named-rule.js';
import {
  type ActiveRule,
  type FormatContext,
  type FormatName,
  formats as formatsByName,
  formatted,
  hasColours,
} from './formats/formats.js';
import { coloured, plain } from './formats/paint.js';
import { type BaselineOptions, compareWithBaseline } from './lint-baseline.js';
import type { FileError, LintReport, LintTask } from './lint-file.js';
import { lintFiles } from './lint-files.js';
import { resultsOf } from './lint-results.js';
import { nameInResults, standardInputFile, tasksFor } from './lint-tasks.js';
import { type Output, writeOutput } from './output.js';
import { progressOf } from './progress.js';
import { sourceLines } from './source-lines.js';
import { version } from './version.js';

/** The parsed arguments of `lint`. */
export interface LintOptions extends BaselineOptions {
  readonly files: readonly string[];
  readonly ruleset: string | undefined;
  /** The formats to write, each to a file, or to standard output without one. */
  readonly formats: readonly { readonly format: FormatName; readonly file: string | undefined }[];
  /** The ids of the only rules to lint with; all that the ruleset holds if there are none. */
  readonly rules: readonly string[];
  readonly skippedRules: readonly string[];
  /** Whether to print counts instead of findings. */
  readonly statistics: boolean;
  readonly failSeverity: Severity;
  readonly displayOnlyFailures: boolean;
  readonly showDocumentationUrl: boolean;
  readonly quiet: boolean;
  /** Whether to say how the documents were read. */
  readonly verbose: boolean;
  /** Whether to skip named files that are not descriptions, as in folders. */
  readonly ignoreUnknownFormat: boolean;
  readonly stdinFilepath: string | undefined;
  readonly allowRemote: boolean;
  /** The overlays to apply to the description, in order. */
  readonly overlays: readonly string[];
  /** Whether to keep reports for later runs, and where, if not in the usual place. */
  readonly cache: boolean;
  readonly cacheLocation: string | undefined;
  /** The revision since which files must have changed, as git names it. */
  readonly changedSince: string | undefined;
  /** Whether to lint the descriptions that the named files are part of. */
  readonly findRelated: boolean;
  /** Which part of the files to lint, counted from 1, and the number of parts. */
  readonly shard: { readonly index: number; readonly count: number } | undefined;
}

/**
 * Lints the named files; without any, all OpenAPI descriptions in the folder and below.
 *
 * @param cwd the folder that names are relative to
 * @returns the exit code
 * @throws Failure if nothing could be linted
 */
export async function runLint(options: LintOptions, cwd: string, output: Output): Promise<number> {
  const { quiet, showDocumentationUrl, displayOnlyFailures } = options;
  if (options.overlays.length > 0 && options.files.length !== 1)
    throw new Failure('--overlay changes one description: name that one.');
  const named = await wanted(options, cwd);
  const selection = await selectionFor(named, options, cwd);
  const tasks = await tasksFor(named, options, selection, cwd);
  const progress = await progressOf(tasks.length, quiet);
  const onProgress = (done: number) => progress.update(done);
  const read = new Map<string, TextFile>();
  const linting = options.cache
    ? lintWithCache(tasks, onProgress, read, options, cwd, output)
    : lintFiles(tasks, onProgress, read);
  const reports = await linting.finally(() => progress.stop());

  const failSeverity = severities.indexOf(options.failSeverity) as SeverityNumber;
  const found = resultsOf(tasks, reports, selection);
  const asShown = (all: readonly Result[]) =>
    all
      .filter(({ severity }) => !displayOnlyFailures || severity <= failSeverity)
      .map(({ documentationUrl = '', ...result }): Result =>
        showDocumentationUrl ? { ...result, documentationUrl } : result,
      );
  const compared = await compareWithBaseline(found.results, { named, tasks, reports }, options, cwd);
  const results = asShown(compared.results);
  const filesThatAre = (...kinds: LintReport['kind'][]) =>
    tasks.filter((_, index) => kinds.includes(reports[index]?.kind ?? 'skipped')).map(({ file }) => file);
  const linted = filesThatAre('linted');
  const texts = new Map(
    tasks.flatMap(({ file, text }) => (text === undefined ? [] : [[nameInResults(file, text), text]])),
  );
  const inputs = filesThatAre('linted', 'not a description', 'unreadable');
  const suppressed = asShown([...found.suppressed, ...compared.heldBack]);
  const written = { linted, inputs, texts, read, suppressed };
  await write(results, written, options, selection, cwd, output);

  const closed = named.closed.map(({ file, message }) => `${shortName(file, cwd)}: ${message}`);
  const problems = [
    ...named.problems,
    ...closed,
    ...emptyOnes(named, options, [...linted, ...filesThatAre('unreadable')]),
  ];
  for (const [index, { kind, fault }] of reports.entries()) {
    const { file } = fault ?? (tasks[index] as LintTask);
    if (kind === 'unreadable') problems.push(`${shortName(file, cwd)}: ${visible(fault?.message ?? '')}`);
  }
  problems.push(...unfetched(reports).map(({ file, message }) => `${shortName(file, cwd)}: ${message}`));
  for (const problem of problems) output.err(`${problem}\n`);
  if (!quiet || compared.isStale) output.err(compared.messages);
  if (!quiet) output.err(notFollowed(reports) + unaffected(tasks, options));
  if (options.verbose) output.err(howRead(reports));
  const isIncomplete = reports.some((report) => report.kind === 'not a description' || report.problems.some(isBroken));
  if (problems.length > 0 || isIncomplete) return exitCodes.failed;
  const isFound = results.some(({ severity }) => severity <= failSeverity);
  return isFound || compared.isStale ? exitCodes.found : exitCodes.done;
}

/**
 * The rules for the named files.
 *
 * @throws Failure if a ruleset has none of these rules, or turns off one that is asked for
 */
async function selectionFor(named: NamedFiles, options: LintOptions, cwd: string): Promise<Selection> {
  const [only, skipped] = [options.rules, options.skippedRules].map((ids) => ids.map(namedRule));
  const rulesets = new RulesetsByFolder(options.ruleset, cwd, only);
  const files = [...named.files, ...(options.files.includes('-') ? [standardInputFile(options, cwd)] : [])];
  const selection = await rulesets.selectionForAll(files);
  const origins = await rulesets.all;
  const foreign = origins.find(({ isOurs }) => !isOurs);
  if (foreign !== undefined) throw new Failure(withoutOurRules(foreign, cwd));
  const off = only?.find((rule) => files.length > 0 && !files.some((file) => selection.rulesFor(file).includes(rule)));
  if (off !== undefined) {
    const names = origins.map(({ origin }) => shortName(origin, cwd)).join(', ');
    throw new Failure(`--rule ${off.id}: is off in ${names}; --ruleset all has every rule`);
  }
  if (options.rules.length + options.skippedRules.length === 0) return selection;
  const wantedRules = (only?.length ? only : catalogue).filter((rule) => skipped?.includes(rule) !== true);
  return withRules(selection, wantedRules);
}

/** Lints the files of which the cache has no report, and keeps theirs. */
async function lintWithCache(
  tasks: readonly LintTask[],
  onProgress: (done: number) => void,
  read: Map<string, TextFile>,
  { cacheLocation, quiet }: LintOptions,
  cwd: string,
  output: Output,
): Promise<LintReport[]> {
  const { LintCache } = await import('./lint-cache.js');
  const cache = new LintCache(cacheLocation, cwd);
  const reports = tasks.map((task) => cache.reportFor(task));
  const open = tasks.filter((_, index) => reports[index] === undefined);
  const fresh = await lintFiles(open, (done) => onProgress(tasks.length - open.length + done), read);
  for (const [index, report] of fresh.entries()) cache.keep(open[index] as LintTask, report);
  const faults = [cache.fault, cache.save()];
  if (!quiet) for (const fault of faults) if (fault !== undefined) output.err(`${fault}\n`);
  const left = fresh.values();
  return reports.map((report) => report ?? (left.next().value as LintReport));
}

/** The files to lint, besides standard input. */
async function wanted({ files, changedSince, findRelated }: LintOptions, cwd: string): Promise<NamedFiles> {
  if (findRelated && changedSince !== undefined)
    throw new Failure('--find-related and --changed-since: pass one. --changed-since finds what is related, too.');
  if (findRelated && files.length === 0) throw new Failure('--find-related: name the files that have changed.');
  const named = await findFiles(files.length > 0 ? files.filter((arg) => arg !== '-') : ['.'], cwd);
  if (!findRelated && changedSince === undefined) return named;
  const { changedAmong, relatedTo } = await import('./affected-files.js');
  return changedSince === undefined ? relatedTo(named, cwd) : changedAmong(named, changedSince, cwd);
}

/** What the output is about. */
interface WrittenAbout {
  /** The descriptions that were linted. */
  readonly linted: readonly string[];
  /** These, and the named files that are none or cannot be read. */
  readonly inputs: readonly string[];
  /** The texts that were passed in, by the name of the file. */
  readonly texts: ReadonlyMap<string, string>;
  /** Files that have been read already, by their absolute paths. */
  readonly read: ReadonlyMap<string, TextFile>;
  /** The results that are not shown. */
  readonly suppressed: readonly Result[];
}

async function write(
  results: readonly Result[],
  { linted: files, inputs, texts, read, suppressed }: WrittenAbout,
  { formats, failSeverity, statistics, quiet }: LintOptions,
  selection: Selection,
  cwd: string,
  output: Output,
): Promise<void> {
  const rules = activeRules(files, selection);
  for (const { format, file } of formats) {
    const context = {
      failSeverity: severities.indexOf(failSeverity) as SeverityNumber,
      rules,
      // Only one format needs it.
      get version() {
        return version();
      },
      files,
      cwd,
      lineOf: sourceLines(texts, read),
      suppressed,
      isForFile: file !== undefined,
    };
    const text = statistics ? await counts(results, format, context) : await formatted(results, format, context);
    if (file === undefined) output.out(text);
    else writeOutput(file, text, cwd, inputs);
    const isSilent = quiet || file !== undefined || formatsByName[format].isForPeople !== true;
    if (results.length === 0 && files.length > 0 && !isSilent) output.out(nothingFound(files.length, failSeverity));
  }
}

/** Results as counts. */
async function counts(results: readonly Result[], format: FormatName, context: FormatContext): Promise<string> {
  const { statisticsJson, statisticsOf, statisticsText } = await import('./statistics.js');
  const statistics = statisticsOf(results, context.cwd);
  return format === 'json'
    ? statisticsJson(statistics)
    : statisticsText(statistics, hasColours(context) ? coloured : plain);
}

/** The rules that are on for some of the descriptions, in the order of the catalogue. */
function activeRules(files: readonly string[], selection: Selection): ActiveRule[] {
  return catalogue.flatMap((rule) => {
    const file = files.find((candidate) => selection.rulesFor(candidate).includes(rule));
    const severity = file === undefined ? undefined : selection.severityOf(rule, file, file, []);
    if (file === undefined || severity === undefined) return [];
    const number = severities.indexOf(severity) as SeverityNumber;
    return [{ rule, severity: number, url: selection.linkFor(rule, file), follows: selection.followedFor(file) }];
  });
}

function nothingFound(count: number, failSeverity: Severity): string {
  return `No results with a severity of '${failSeverity}' ${failSeverity === 'error' ? '' : 'or higher '}found in ${counted(count, 'description')}!\n`;
}

/** A message for each folder and glob without a description. With `--shard`, another part can have one, so there is no message. */
function emptyOnes({ searched }: NamedFiles, { shard }: LintOptions, described: readonly string[]): string[] {
  const all = new Set(described);
  const empty = [...searched].filter(([, files]) => files.length === 0 || !files.some((file) => all.has(file)));
  return shard === undefined
    ? empty.map(([arg]) => `${arg === '.' ? 'this folder' : visibleName(arg)}: no OpenAPI description found`)
    : [];
}

/** A line that counts the documents on the network that were not fetched; empty if there are none. */
function notFollowed(reports: readonly LintReport[]): string {
  const { size } = new Set(reports.flatMap((report) => report.remote));
  return size === 0 ? '' : `Not followed: ${counted(size, 'document')} on the network (--allow-remote fetches them).\n`;
}

/** A line that counts the documents that were slow to read. */
function howRead(reports: readonly LintReport[]): string {
  const { size } = new Set(reports.flatMap(({ documents }) => documents));
  const slow = new Set(reports.flatMap((report) => report.slow)).size;
  return `Spectral's slower parser had to read ${slow} of ${counted(size, 'document')}.\n`;
}

/** A line that says that nothing was linted because nothing has changed; empty otherwise. */
function unaffected(tasks: readonly LintTask[], { changedSince, findRelated }: LintOptions): string {
  if (tasks.length > 0) return '';
  if (findRelated) return 'No description refers to what you named.\n';
  return changedSince === undefined ? '' : `No description has changed since ${visible(changedSince)}.\n`;
}

/** The documents on the network that could not be fetched. Without them the findings are incomplete. */
function unfetched(reports: readonly LintReport[]): FileError[] {
  const faults = reports.flatMap((report) => report.unfetched);
  return [...new Map(faults.map((fault) => [fault.file, fault])).values()];
}
