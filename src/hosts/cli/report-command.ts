import { extname, resolve } from 'node:path';
import { textOrNothing } from '../../files/discovery.js';
import { claimsToBeDescription, mayBeDescription, recognised, whyNoDescription } from '../../files/recognition.js';
import { contentsOf } from '../../files/regular-file.js';
import { reasonOf } from '../../files/reading.js';
import type { TextFile } from '../../files/text-file.js';
import { WorkspaceCache } from '../../files/workspace-cache.js';
import type { Workspace } from '../../files/workspace.js';
import { isBroken, messageWithLine } from '../../problem.js';
import { changesSince, parseReport, type ReportChanges } from '../../report/changes.js';
import { reportPage } from '../../report/html.js';
import { reportMarkdown } from '../../report/markdown.js';
import { type Report, reportOn } from '../../report/report.js';
import { visible } from '../../visible-text.js';
import type { ReportForm } from './commands.js';
import { exitCodes, Failure } from './failure.js';
import { findFiles } from './find-files.js';
import { readObservations } from './fix-observed.js';
import { type Output, writeOutput } from './output.js';

/** The forms of a report, by their names. */
const forms = {
  html: reportPage,
  json: (report: Report) => `${JSON.stringify(report, null, 1)}\n`,
  markdown: reportMarkdown,
} as const satisfies Readonly<Record<ReportForm, (report: Report, changes?: ReportChanges) => string>>;

/** The form of a file, by its extension. */
const formOfExtension: Readonly<Record<string, ReportForm>> = { '.html': 'html', '.json': 'json', '.md': 'markdown' };

/** The parsed arguments of `report`. */
export interface ReportOptions {
  readonly files: readonly string[];
  readonly output: string | undefined;
  readonly format: ReportForm | undefined;
  /** An earlier report in JSON, to compare with. */
  readonly since: string | undefined;
  /** The file with what was seen of the server of the description. */
  readonly observed: string | undefined;
}

/**
 * Writes a report on the named descriptions; without any, on all in the folder and below.
 *
 * @returns the exit code
 * @throws Failure if there is nothing to report on, or the report cannot be written
 */
export async function runReport(options: ReportOptions, cwd: string, output: Output): Promise<number> {
  const form = formFor(options);
  const earlier = options.since === undefined ? undefined : earlierReport(options.since, cwd);
  const named = await findFiles(options.files.length > 0 ? options.files : ['.'], cwd);
  const unread = new Map(named.closed.map(({ file, message }) => [file, message]));
  const { observed } = options;
  if (observed !== undefined && named.files.length !== 1)
    throw new Failure('--observed is about the server of one description: name that one.');
  const observations = observed === undefined ? undefined : readObservations(observed, cwd);
  const report = reportOn(descriptionsAmong(named.files, named.named, unread), unread, cwd, observations);
  const problems = [
    ...named.problems,
    ...report.unread.map(({ file, reason }) => `${visible(file)}: ${visible(reason)}`),
  ];
  for (const problem of problems) output.err(`${problem}\n`);
  if (report.apis.length === 0) throw new Failure('No OpenAPI description found to report on.');
  const text = forms[form](report, earlier && changesSince(earlier, report));
  if (options.output === undefined) output.out(text);
  else
    writeOutput(
      options.output,
      text,
      cwd,
      [...report.apis, ...report.unread].map(({ file }) => resolve(cwd, file)),
    );
  return problems.length > 0 ? exitCodes.failed : exitCodes.done;
}

function formFor({ format, output }: ReportOptions): ReportForm {
  if (format !== undefined) return format;
  if (output === undefined) return 'markdown';
  const form = formOfExtension[extname(output).toLowerCase()];
  if (form === undefined)
    throw new Failure(`--output ${visible(output)}: end it in .html, .json or .md, or say which with --format`);
  return form;
}

function earlierReport(name: string, cwd: string): Report {
  const file = resolve(cwd, name);
  let text: string;
  try {
    text = contentsOf(file).toString();
  } catch (error) {
    throw new Failure(`--since ${visible(name)}: ${reasonOf(error)}`);
  }
  const report = parseReport(text);
  if (typeof report === 'string')
    throw new Failure(`--since ${visible(name)}: ${visible(report)}. Make one with --format json.`);
  return report;
}

/** The descriptions among some files, one after the other. Adds to `unread` what cannot be read, and what is named and no description. */
function* descriptionsAmong(
  files: readonly string[],
  named: ReadonlySet<string>,
  unread: Map<string, string>,
): Generator<{ entry: TextFile; workspace: Workspace }> {
  const cache = new WorkspaceCache();
  for (const file of files) {
    const isNamed = named.has(file);
    try {
      if (!isNamed && !mayBeDescription(contentsOf(file).toString('latin1'))) continue;
      const workspace = cache.current;
      const entry = workspace.read(file);
      cache.note(entry);
      const standing = recognised(entry);
      const [problem] =
        standing === 'description' ? entry.problems.filter(() => entry.isBroken) : whyNoDescription(entry);
      if (problem !== undefined && (isNamed || standing !== 'other'))
        unread.set(file, isBroken(problem) ? messageWithLine(problem) : problem.message);
      if (standing !== 'description' || entry.isBroken) continue;
      const known = new Set(workspace.files);
      yield { entry, workspace };
      // Without all of its parts, the report may miss what the description promises.
      for (const part of workspace.files) {
        const [fault] = known.has(part) ? [] : part.problems.filter(isBroken);
        if (fault !== undefined) unread.set(part.uri, messageWithLine(fault));
      }
    } catch (error) {
      if (isNamed || claimsToBeDescription(textOrNothing(file))) unread.set(file, reasonOf(error));
    }
  }
}
