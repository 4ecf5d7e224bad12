import { relative, sep } from 'node:path';
import { catalogue } from '../catalogue.js';
import { type TextFile, textFileOf } from '../files/text-file.js';
import type { Workspace } from '../files/workspace.js';
import { addToGroup } from '../grouping.js';
import type { Severity } from '../guidelines/citation.js';
import type { Guideline } from '../guidelines/guideline.js';
import { guidelines } from '../guidelines/guidelines.js';
import { isObject, scalarText } from '../json.js';
import { lint, type LocatedFinding } from '../lint.js';
import type { Rule } from '../rule.js';
import { isAskedFor, namesOfSources, severityUnder } from '../sources.js';
import type { Observations } from '../observe/observations.js';
import { promisesOf, type SeenPromises } from './promises.js';
import { coverageOf, type Lack, type OperationCoverage } from './coverage.js';

/** The counts of an API, or of all. Each is a number of operations. */
export interface Counts {
  /** GET and QUERY. */
  readonly reads: number;
  /** Those with ETag or Last-Modified on a success response. */
  readonly withValidator: number;
  /** Those that document 304. */
  readonly withNotModified: number;
  /** Those that take If-None-Match or If-Modified-Since. */
  readonly withPrecondition: number;
  /** PUT, PATCH and DELETE. */
  readonly writes: number;
  /** Those that take If-Match or If-Unmodified-Since. */
  readonly guarded: number;
}

/** The names of the counts, in the order of the report. */
export const countNames = [
  'reads',
  'withValidator',
  'withNotModified',
  'withPrecondition',
  'writes',
  'guarded',
] as const satisfies readonly (keyof Counts)[];

/** An operation that lacks something. */
export interface LackingOperation {
  /** Its name: `GET /orders/{id}`. */
  readonly operation: string;
  /** The file that it stands in, relative to the folder of the report, with `/`. */
  readonly file: string;
  /** Its line, counted from 1. */
  readonly line: number;
  readonly lacks: readonly Lack[];
}

/** What the report says about one description. */
export interface ApiReport extends Counts {
  /** Its file, relative to the folder of the report, with `/`. */
  readonly file: string;
  readonly title: string;
  readonly version: string;
  /** How many findings each rule has, for rules that have any. */
  readonly findings: FindingCounts;
  readonly operations: readonly LackingOperation[];
}

/** A rule whose fix would mend many operations of one API at once. */
export interface Opportunity {
  readonly file: string;
  readonly rule: string;
  /** How many operations it mends. */
  readonly operations: number;
  /** Whether it only corrects the description, or says something about the server. */
  readonly isSafe: boolean;
}

/** How far the descriptions are from one guideline. */
export interface GuidelineReport {
  /** The name of its ruleset. */
  readonly ruleset: string;
  readonly name: string;
  /** How many findings its ruleset has, by severity. */
  readonly errors: number;
  readonly warnings: number;
  readonly others: number;
  /** How many descriptions have an error or a warning. */
  readonly apis: number;
}

/** The report on some descriptions: plain data, with no date in it, so that the same descriptions give the same report. */
export interface Report {
  /** The version of this format. */
  readonly format: 1;
  readonly total: Counts;
  readonly apis: readonly ApiReport[];
  readonly guidelines: readonly GuidelineReport[];
  /** At most ten, the most useful first. */
  readonly opportunities: readonly Opportunity[];
  /** What was seen of the server of the description, if that is known. */
  readonly promises?: SeenPromises;
  /** The files that could not be read, each with the reason. */
  readonly unread: readonly { readonly file: string; readonly reason: string }[];
}

/** How many opportunities a report names. */
const mostOpportunities = 10;

/**
 * Makes a report.
 *
 * @param descriptions the descriptions, each with the workspace that has read it; they are read one after the other, since all at once
 *   may need more memory than there is
 * @param unread the files that could not be read, by absolute path, each with the reason; complete once all descriptions are read
 * @param folder the folder that the names in the report start from
 * @param observations what was seen of the server of the only description
 */
export function reportOn(
  descriptions: Iterable<{ readonly entry: TextFile; readonly workspace: Workspace }>,
  unread: ReadonlyMap<string, string>,
  folder: string,
  observations?: Observations,
): Report {
  const nameOf = (file: string) => (file.includes('://') ? file : relative(folder, file).split(sep).join('/'));
  const apis: ApiReport[] = [];
  const underGuidelines = new Map<Guideline, FindingCounts[]>(guidelines.map((guideline) => [guideline, []]));
  const opportunities: Opportunity[] = [];
  const tooLarge = new Map<string, string>();
  let promises: SeenPromises | undefined;
  for (const { entry, workspace } of descriptions) {
    const coverage = coverageOf(entry, workspace);
    const { findings, counts, fixes, fault } = findingsIn(entry, workspace);
    if (coverage === undefined || fault !== undefined)
      tooLarge.set(entry.uri, fault ?? 'references or aliases make it too large to read');
    else {
      const info = isObject(entry.data) && isObject(entry.data['info']) ? entry.data['info'] : {};
      const file = nameOf(entry.uri);
      if (observations !== undefined) promises = promisesOf(entry, workspace, observations);
      opportunities.push(...fixes.map((fix) => ({ file, ...fix })));
      apis.push({
        file,
        title: scalarText(info['title']) || file,
        version: scalarText(info['version']),
        ...countsOf(coverage),
        findings: counts,
        operations: lackingOperations(coverage, nameOf),
      });
      for (const [guideline, all] of underGuidelines) all.push(countsUnder(guideline, findings));
    }
  }
  return {
    format: 1,
    total: sumOf(apis),
    apis,
    guidelines: [...underGuidelines].map(([guideline, all]) => guidelineReport(guideline, all)),
    opportunities: opportunities
      .toSorted((one, other) => other.operations - one.operations || (one.file < other.file ? -1 : 1))
      .slice(0, mostOpportunities),
    ...(promises && { promises }),
    unread: [...unread, ...tooLarge].map(([file, reason]) => ({ file: nameOf(file), reason })),
  };
}

/** How many findings each rule has in a description, by its id, for rules that have any. */
type FindingCounts = Readonly<Record<string, number>>;

/** The findings in a description, how many each rule has, and what each fix would mend. */
function findingsIn(entry: TextFile, workspace: Workspace) {
  const counts: Record<string, number> = {};
  const fixable = new Map<Rule, number>();
  const { located, excepted, problems } = lint(entry, workspace, catalogue);
  // An exception says that something is not to be mended. A guideline still asks for it.
  const findings = [...located, ...excepted].map(({ finding }) => finding);
  for (const { rule, fix, violations } of findings) {
    counts[rule.id] = (counts[rule.id] ?? 0) + 1;
    // What only some guidelines ask for is not what everyone should do first.
    if (rule.recommended !== undefined && (fix === 'safe' || fix === 'suggested'))
      fixable.set(rule, (fixable.get(rule) ?? 0) + violations.length);
  }
  const fixes = [...fixable].map(([rule, operations]) => ({
    rule: rule.id,
    operations,
    isSafe: rule.fix === 'safe',
  }));
  // Nothing is known of a description that is too large or nested too deeply.
  const fault = problems.find(({ code, isDuplicate, file }) => code === 'parser' && !isDuplicate && file === entry.uri);
  return { findings, counts, fixes, fault: fault?.message };
}

/**
 * How many findings each rule has under a guideline. It may ask for only a part of what a rule reports, and its findings say the same of
 * what several sources ask for.
 *
 * @param findings those of a description under no guideline
 */
function countsUnder(guideline: Guideline, findings: readonly LocatedFinding['finding'][]): FindingCounts {
  const follows = [guideline];
  const counts: Record<string, number> = {};
  const seen = new Map<unknown, Set<string>>();
  for (const { rule, place, statement, violations } of findings) {
    if (severityUnder(rule, guideline) === undefined) continue;
    const here = seen.get(place.source) ?? new Set();
    seen.set(place.source, here);
    const before = here.size;
    const aspects = new Set(violations.map(({ obligation }) => obligation.on));
    for (const on of [...aspects].filter((aspect) => isAskedFor(rule, follows, aspect)))
      here.add(JSON.stringify([rule.id, place.path, statement, namesOfSources(rule, follows, on)]));
    if (here.size > before) counts[rule.id] = (counts[rule.id] ?? 0) + here.size - before;
  }
  return counts;
}

function countsOf(coverage: readonly OperationCoverage[]): Counts {
  const reads = coverage.filter(({ isRead }) => isRead);
  const writes = coverage.filter(({ isRead }) => !isRead);
  const without = (lack: Lack) => reads.filter(({ lacks }) => !lacks.includes(lack)).length;
  return {
    reads: reads.length,
    withValidator: without('validator'),
    withNotModified: without('304'),
    withPrecondition: without('precondition'),
    writes: writes.length,
    guarded: writes.filter(({ lacks }) => lacks.length === 0).length,
  };
}

function sumOf(apis: readonly Counts[]): Counts {
  const sum = (name: keyof Counts) => apis.reduce((total, api) => total + api[name], 0);
  return Object.fromEntries(countNames.map((name) => [name, sum(name)])) as Record<keyof Counts, number>;
}

function lackingOperations(
  coverage: readonly OperationCoverage[],
  nameOf: (file: string) => string,
): LackingOperation[] {
  const lacking = coverage.filter(({ lacks }) => lacks.length > 0);
  const byFile = new Map<TextFile, OperationCoverage[]>();
  for (const one of lacking) addToGroup(byFile, textFileOf(one.place.source), one);
  const lines = new Map<OperationCoverage, number>();
  for (const [file, here] of byFile) {
    const ranges = file.rangesOf(here.map(({ place }) => place.path));
    for (const [index, operation] of here.entries()) lines.set(operation, (ranges[index]?.start.line ?? 0) + 1);
  }
  return lacking.map((operation) => ({
    operation: operation.label,
    file: nameOf(textFileOf(operation.place.source).uri),
    line: lines.get(operation) ?? 1,
    lacks: operation.lacks,
  }));
}

/** @param counts those of each description */
function guidelineReport(guideline: Guideline, counts: readonly FindingCounts[]): GuidelineReport {
  const bySeverity = new Map(catalogue.map((rule) => [rule.id, severityUnder(rule, guideline)]));
  const sumOver = (findings: FindingCounts, wanted: readonly (Severity | undefined)[]) =>
    Object.entries(findings).reduce((sum, [id, count]) => (wanted.includes(bySeverity.get(id)) ? sum + count : sum), 0);
  const sum = (...wanted: readonly Severity[]) => counts.reduce((total, one) => total + sumOver(one, wanted), 0);
  return {
    ruleset: guideline.name,
    name: guideline.publication.label,
    errors: sum('error'),
    warnings: sum('warn'),
    others: sum('info', 'hint'),
    apis: counts.filter((one) => sumOver(one, ['error', 'warn']) > 0).length,
  };
}
