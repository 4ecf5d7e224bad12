import { ruleCalled } from './catalogue.js';
import { subjectAtPath, subjectsOf } from './baseline/subject.js';
import { checked, type ExceptedFinding, type Finding } from './check.js';
import { type ExceptionProblems, exceptionProblems } from './exception-problems.js';
import { type TextFile, textFileOf, type TextLocation } from './files/text-file.js';
import type { Documents, Files } from './files/documents.js';
import { severities } from './guidelines/citation.js';
import type { Guideline } from './guidelines/guideline.js';
import { addToGroup } from './grouping.js';
import { problemsOf } from './invalid-references.js';
import type { Path } from './json.js';
import type { Message } from './message.js';
import { Description } from './model/description.js';
import type { Exception } from './model/exceptions.js';
import { type FixKind, isFixable } from './obligation.js';
import { isBroken, type Problem } from './problem.js';
import type { Result, SeverityNumber } from './result.js';
import type { Rule } from './rule.js';
import type { Range } from './text-editor/line-index.js';
import type { Selection } from './user-ruleset/selection.js';

/** A finding, with its range in the text where it is written. */
export interface LocatedFinding<Found extends Finding = Finding> {
  readonly finding: Found;
  /** Where it is written: in its document, or in an overlay. */
  readonly written: TextLocation;
  readonly range: Range;
}

/** A {@link LocatedFinding} as plain data, which can be passed to another thread. */
export interface SerialisedFinding extends Message {
  readonly rule: string;
  readonly message: string;
  /** Who can fix it; `none` if there is no patch. */
  readonly fixKind: FixKind;
  /** The absolute path, or the address, of its document. */
  readonly file: string;
  readonly path: Path;
  /** The overlay that has put it there, and the path in that. */
  readonly overlay?: { readonly file: string; readonly path: Path };
  readonly range: Range;
  /** What it is about: see `baseline/subject.ts`. */
  readonly subjects: readonly string[];
  /** The exception that the description makes for it. */
  readonly exception?: Exception;
}

/** The result of linting a description. */
export interface LintOutcome extends Pick<ExceptionProblems, 'unused' | 'used'> {
  readonly located: readonly LocatedFinding[];
  /** What the description makes exceptions for. */
  readonly excepted: readonly LocatedFinding<ExceptedFinding>[];
  /** Errors in its files that do not depend on the rules, and mistakes in exceptions. */
  readonly problems: readonly Problem[];
  /** The absolute paths, or the addresses, of its files. */
  readonly documents: readonly string[];
  /** Those of them in YAML that Spectral's parser had to read, which takes longer. */
  readonly slow: readonly string[];
}

/**
 * Checks a description by rules. Files behind `$ref`s are read when a rule reaches them; ranges are looked up for findings only.
 *
 * @param files opens the files, such as a workspace
 * @param follows the guidelines that the messages name first
 */
export function lint(
  entry: TextFile,
  files: Files,
  rules: readonly Rule[],
  follows: readonly Guideline[] = [],
): LintOutcome {
  const parts = new Set([entry]);
  const description = new Description(entry, {
    open(reference, from) {
      const part = files.open(reference, from);
      if (part !== undefined) parts.add(textFileOf(part));
      return part;
    },
  });
  const found = rules.map((rule) => checked(rule, description, follows));
  const { invalidReferences } = description;
  if (description.whyTooLarge !== undefined) {
    const problems = [tooLarge(entry.uri, description.whyTooLarge)];
    return { located: [], excepted: [], problems, unused: [], used: [], documents: [entry.uri], slow: [] };
  }
  const { invalid, unused, used } = exceptionProblems(description, entry, parts, rules);
  const problems = [...parts].flatMap((part) => part.problems);
  const byName = new Map([...parts].map((part) => [part.uri, part]));
  const withSubject = (problem: Problem) => {
    const subject = subjectOfProblem(problem, byName.get(problem.file));
    return subject === undefined ? problem : { ...problem, subject };
  };
  return {
    located: located(found.flatMap(({ findings }) => findings)),
    excepted: located(found.flatMap(({ excepted }) => excepted)),
    problems: [...problems, ...problemsOf(invalidReferences, files), ...invalid].map(withSubject),
    unused: unused.map(withSubject),
    used,
    documents: [...byName.keys()],
    slow: [...parts].filter((part) => part.isReadBySpectral).map((part) => part.uri),
  };
}

/** Findings with their ranges, file by file. */
function located<Found extends Finding>(found: readonly Found[]): LocatedFinding<Found>[] {
  const byFile = new Map<TextFile, Omit<LocatedFinding<Found>, 'range'>[]>();
  for (const finding of found) {
    const { source, path } = finding.place;
    const written = textFileOf(source).originOf(path);
    addToGroup(byFile, written.file, { finding, written });
  }
  return [...byFile].flatMap(([file, findings]) => {
    const ranges = file.rangesOf(findings.map(({ written }) => written.path));
    return findings.map((one, index) => ({ ...one, range: ranges[index] as Range }));
  });
}

/** The most rounds of reading. Chains of documents that have to be waited for are shorter; the limit only prevents an endless loop. */
const mostRounds = 20;

/**
 * Does something with documents again and again, as long as it reaches documents that have to be waited for.
 *
 * @param task that the missing documents become known to, also those that only it reaches
 * @param fetch reads the missing documents
 * @returns the result of the last time
 */
export async function whenAllAreRead<T>(documents: Documents, task: () => T, fetch: () => Promise<void>): Promise<T> {
  let result = task();
  for (let round = 0; documents.missing.length > 0 && round < mostRounds; round++) {
    await fetch();
    result = task();
  }
  return result;
}

/** The problem of a description that references or aliases make too large to read, or that is nested too deeply. */
function tooLarge(file: string, message: string): Problem {
  const start = { line: 0, character: 0 };
  return { code: 'parser', message, file, path: [], range: { start, end: start } };
}

/**
 * What a problem is about. What an error of syntax is about is unknown: it may be anything behind it.
 *
 * @param file in which it is; `undefined` for an overlay
 */
function subjectOfProblem(problem: Problem, file: TextFile | undefined): string | undefined {
  const { path } = problem;
  return isBroken(problem) || path.length === 0 ? undefined : subjectAtPath(file?.data, path);
}

/** A located finding as plain data. */
export function serialised({ finding, written, range }: LocatedFinding<Finding | ExceptedFinding>): SerialisedFinding {
  const { rule, message, statement, sources, place } = finding;
  const fixKind = finding.violations.some(({ obligation }) => isFixable(obligation)) ? finding.fix : 'none';
  const parts = { message, statement, sources, fixKind };
  const overlay = { file: written.file.uri, path: written.path };
  const isInOverlay = written.file !== place.source;
  const { uri } = place.source;
  const exception = 'exception' in finding && { exception: finding.exception };
  return {
    rule: rule.id,
    ...parts,
    file: uri ?? '',
    path: place.path,
    range,
    subjects: subjectsOf(finding),
    ...(isInOverlay && { overlay }),
    ...exception,
  };
}

/**
 * The result to report for a problem.
 *
 * @param entry the absolute path of the description that it was found in
 * @returns `undefined` if the ruleset turns it off
 */
export function resultOfProblem(problem: Problem, entry: string, selection: Selection): Result | undefined {
  const { code, path, message, range, file, isDuplicate, isWarning, subject } = problem;
  const otherwise = isWarning === true ? 'warn' : 'error';
  const severity = isDuplicate === true ? selection.severityOfDuplicates(entry) : otherwise;
  if (severity === undefined) return undefined;
  const number = severities.indexOf(severity) as SeverityNumber;
  const about = subject !== undefined && { subject: { file, about: [subject] } };
  return { code, path, message, severity: number, range, source: file, ...about };
}

/**
 * The result to report for a finding.
 *
 * @param entry the absolute path of the description that it was found in
 * @returns `undefined` if the rule is off at that place
 */
export function resultOf(finding: SerialisedFinding, entry: string, selection: Selection): Result | undefined {
  const { message, statement, sources, fixKind, file, path, range, overlay = { file, path }, exception } = finding;
  const rule = ruleCalled(finding.rule);
  const severity = rule && selection.severityOf(rule, entry, file, path);
  if (rule === undefined || severity === undefined) return undefined;
  const documentationUrl = selection.linkFor(rule, entry);
  const number = severities.indexOf(severity) as SeverityNumber;
  return {
    code: finding.rule,
    path: overlay.path,
    message,
    statement,
    sources,
    fixKind,
    severity: number,
    range,
    source: overlay.file,
    documentationUrl,
    subject: { file, about: finding.subjects },
    ...(exception !== undefined && { suppression: { kind: 'inSource', justification: exception.reason } }),
  };
}
