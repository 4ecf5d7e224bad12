import { resolve } from 'node:path';
import { type AskOptions, planOf } from '../../asking/ask-server.js';
import { counted } from '../../counted.js';
import { shortName } from '../../files/discovery.js';
import { recognised, whyNoDescription } from '../../files/recognition.js';
import { reasonOf } from '../../files/reading.js';
import type { TextFile } from '../../files/text-file.js';
import { Workspace } from '../../files/workspace.js';
import { severities, type Severity } from '../../guidelines/citation.js';
import { Description } from '../../model/description.js';
import type { Untried } from '../../observe/observations.js';
import { bound, observedRuleCalled, observedRules } from '../../observe/observed-rules.js';
import { type Observed, Observer } from '../../observe/observer.js';
import type { Result, SeverityNumber } from '../../result.js';
import { visible } from '../../visible-text.js';
import { exitCodes, Failure } from './failure.js';
import { type FormatName, formats, formatted } from './formats/formats.js';
import { ask, showPlan } from './ask.js';
import { unknownRule } from './named-rule.js';
import { activeRules, observedResults } from './observe-results.js';
import { type Output, writeOutput } from './output.js';
import { readTraffic } from './read-traffic.js';
import { sourceLines } from './source-lines.js';
import { version } from './version.js';

/** The parsed arguments of `observe`. */
export interface ObserveOptions extends Omit<AskOptions, 'server'> {
  readonly files: readonly string[];
  /** The HAR files to learn from; none to ask the server. */
  readonly traffic: readonly string[];
  readonly server: URL | undefined;
  /** Whether to print which requests would be sent, and to send none. */
  readonly isPlan: boolean;
  /** The file to save what was seen to. */
  readonly save: string | undefined;
  /** The rules whose findings are left out. */
  readonly ignore: readonly string[];
  readonly format: FormatName;
  readonly output: string | undefined;
  readonly failSeverity: Severity;
  readonly quiet: boolean;
}

/**
 * Compares a description with what its server does.
 *
 * @param cwd the folder that names are relative to
 * @returns the exit code
 * @throws Failure if nothing could be learnt
 */
export async function runObserve(options: ObserveOptions, cwd: string, output: Output): Promise<number> {
  const { files, traffic, server, save, quiet } = options;
  const [name, another] = files;
  if (name === undefined || another !== undefined) throw new Failure('Name one OpenAPI description.');
  for (const id of options.ignore) checkRule(id);
  if (traffic.length === 0 && server === undefined)
    throw new Failure('Name recorded traffic with --traffic FILE.har, or a server to ask with --server URL.');
  if (traffic.length > 0 && options.isPlan) throw new Failure('--plan is about a server to ask: leave out --traffic.');
  const workspace = new Workspace();
  const entry = readDescription(name, workspace, cwd);
  const description = new Description(entry, workspace, 'all');
  if (description.whyTooLarge !== undefined)
    throw new Failure(`${shortName(entry.uri, cwd)}: ${description.whyTooLarge}`);
  if (options.isPlan && server !== undefined) {
    showPlan(planOf(description, { ...options, server }), output);
    return exitCodes.done;
  }
  const observer = new Observer(description.operations);
  const notes =
    traffic.length > 0 || server === undefined
      ? await readTraffic(traffic, observer, description, server, cwd)
      : await ask(description, observer, { ...options, server }, output);
  const { observed } = observer;
  const rules = bound(observed, ({ id }) => !options.ignore.includes(id));
  const results = observedResults(description, rules);
  if (save !== undefined) writeOutput(save, savedText(observed), cwd, [entry.uri]);
  const failSeverity = severities.indexOf(options.failSeverity) as SeverityNumber;
  await write(results, entry, activeRules(rules), options, cwd, output);
  if (!quiet) for (const note of [...notes, ...untriedIn(observed)]) output.err(`${note}\n`);
  return results.some(({ severity }) => severity <= failSeverity) ? exitCodes.found : exitCodes.done;
}

/** @throws Failure if there is no such rule */
function checkRule(id: string): void {
  if (observedRuleCalled(id) === undefined) throw unknownRule(id, observedRules);
}

/** @throws Failure if it is missing, broken or not an OpenAPI description */
function readDescription(name: string, workspace: Workspace, cwd: string): TextFile {
  const file = resolve(cwd, name);
  let entry: TextFile;
  try {
    entry = workspace.read(file);
  } catch (error) {
    throw new Failure(`${shortName(file, cwd)}: ${reasonOf(error)}`);
  }
  const isSound = recognised(entry) === 'description' && !entry.isBroken;
  const [problem] = isSound ? [] : [...entry.problems, ...whyNoDescription(entry)];
  if (problem !== undefined) {
    const { line, character } = problem.range.start;
    throw new Failure(`${shortName(file, cwd)}:${line + 1}:${character + 1}: ${problem.message}`);
  }
  return entry;
}

/** What was seen, as JSON that is the same for the same behaviour. */
function savedText({ format, operations }: Observed): string {
  return `${JSON.stringify({ format, operations }, null, 1)}\n`;
}

async function write(
  results: readonly Result[],
  entry: TextFile,
  rules: ReturnType<typeof activeRules>,
  { format, output: file, failSeverity, quiet }: ObserveOptions,
  cwd: string,
  output: Output,
): Promise<void> {
  const text = await formatted(results, format, {
    failSeverity: severities.indexOf(failSeverity) as SeverityNumber,
    rules,
    version: version(),
    files: [entry.uri],
    cwd,
    lineOf: sourceLines(new Map()),
    suppressed: [],
    isForFile: file !== undefined,
  });
  if (file === undefined) output.out(text);
  else writeOutput(file, text, cwd, [entry.uri]);
  if (results.length === 0 && !quiet && file === undefined && formats[format].isForPeople === true)
    output.out('The description and the server agree in all that was seen.\n');
}

/** A line for each reason why operations could not be tried, with what would change that. */
function untriedIn({ operations }: Observed): string[] {
  const byReason = new Map<string, { readonly untried: Untried; readonly labels: string[] }>();
  for (const { method, template, untried } of operations) {
    if (untried === undefined) continue;
    const key = `${untried.reason}\n${untried.remedy}`;
    const known = byReason.get(key) ?? { untried, labels: [] };
    byReason.set(key, known);
    known.labels.push(visible(`${method} ${template}`));
  }
  return [...byReason.values()].map(({ untried, labels }) => {
    const shown = labels.slice(0, mostLabels).join(', ');
    const more = labels.length > mostLabels ? ` and ${counted(labels.length - mostLabels, 'other')}` : '';
    return `Untried: ${shown}${more}: ${visible(untried.reason)}. ${visible(untried.remedy)}`;
  });
}

/** How many operations one line names. */
const mostLabels = 5;
