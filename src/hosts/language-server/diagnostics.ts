import type { Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Baseline } from '../../baseline/baseline.js';
import type { Finding } from '../../check.js';
import { type TextFile, textFileOf, UnreadableFile } from '../../files/text-file.js';
import { addToGroup } from '../../grouping.js';
import type { Path } from '../../json.js';
import { type LocatedFinding, resultOf, resultOfProblem, serialised } from '../../lint.js';
import { type Problem, problemKey } from '../../problem.js';
import type { Result } from '../../result.js';
import type { Position, Range } from '../../text-editor/line-index.js';
import type { Selection } from '../../user-ruleset/selection.js';
import { visible } from '../../visible-text.js';

/** The `source` of every diagnostic. */
const diagnosticSource = 'conditional-requests';

/** A finding with the diagnostic that the editor shows for it. */
export interface PublishedFinding {
  readonly finding: Finding;
  /** The name of the document that it is in. */
  readonly file: string;
  /** Its range is what the editor underlines: of an object or array only the name. */
  readonly diagnostic: Diagnostic;
  /** The range of all that the finding is about. */
  readonly about: Range;
  /** The same for the same finding in another description. */
  readonly key: string;
  /** Whether the baseline holds it back, so that the editor does not show it. */
  readonly isHeldBack: boolean;
}

/** An error in a document that does not depend on the rules, with the diagnostic that the editor shows for it. */
export type PublishedProblem = Omit<PublishedFinding, 'finding' | 'about'>;

/**
 * The findings in a description, with their diagnostics. A finding that the ruleset turns off is left out.
 *
 * @param entry the name of the description
 * @param uriOf the URI of a document, by its name
 * @param baseline of the description, if there is one
 */
export function publishedFindings(
  located: readonly LocatedFinding[],
  entry: string,
  selection: Selection,
  uriOf: (name: string) => string,
  baseline: Baseline | undefined,
): PublishedFinding[] {
  const causes = located.map(({ finding }) => finding.violations[0]?.obligation.cause?.entry);
  const written = located.map(({ written: { file, path }, range }) => ({ file, path, range }));
  const marks = marksOf(written);
  const causeMarks = marksOf(causes.map((cause) => cause && { file: textFileOf(cause.source), path: cause.path }));
  return located.flatMap((one, index) => {
    const result = resultOf(serialised(one), entry, selection);
    if (result === undefined) return [];
    const { code, message, documentationUrl = '' } = result;
    const [cause, there] = [causes[index], causeMarks[index]];
    const because = one.finding.violations[0]?.obligation.because ?? '';
    const diagnostic: Diagnostic = {
      ...diagnosticOf({ ...result, range: marks[index] ?? result.range }),
      codeDescription: { href: documentationUrl },
      ...(cause &&
        there && {
          relatedInformation: [
            { location: { uri: uriOf(cause.source.uri ?? ''), range: there }, message: visible(because) },
          ],
        }),
    };
    const key = [code, result.source, ...result.path, message].join('\n');
    const isHeldBack = baseline?.holds(result) === true;
    return { finding: one.finding, file: result.source, diagnostic, about: result.range, key, isHeldBack };
  });
}

/** A value in a file. */
interface Written {
  readonly file: TextFile;
  readonly path: Path;
  /** Its range, if that is known. */
  readonly range?: Range;
}

/** What the editor underlines of values. The values of a file are looked for together. */
function marksOf(all: readonly (Written | undefined)[]): (Range | undefined)[] {
  const marks: (Range | undefined)[] = all.map(() => undefined);
  const byFile = new Map<TextFile, (Written & { readonly at: number })[]>();
  for (const [at, written] of all.entries())
    if (written !== undefined) addToGroup(byFile, written.file, { ...written, at });
  for (const [file, here] of byFile) {
    const paths = here.map(({ path }) => path);
    const known = here.flatMap(({ range }) => range ?? []);
    const found = file.marksOf(paths, known.length === here.length ? known : file.rangesOf(paths));
    for (const [index, { at }] of here.entries()) marks[at] = found[index];
  }
  return marks;
}

/** The problems in the documents of a description, with their diagnostics. A problem that the ruleset turns off is left out. */
export function publishedProblems(
  problems: readonly Problem[],
  entry: string,
  selection: Selection,
  baseline: Baseline | undefined,
): PublishedProblem[] {
  return problems.flatMap((problem) => {
    const result = resultOfProblem(problem, entry, selection);
    if (result === undefined) return [];
    const isHeldBack = baseline?.holds(result) === true;
    return { file: problem.file, diagnostic: diagnosticOf(result), key: problemKey(problem), isHeldBack };
  });
}

/** The diagnostics of a document that has a syntax error or cannot be read. */
export function faultsIn(fault: readonly Problem[] | UnreadableFile): Diagnostic[] {
  if (fault instanceof UnreadableFile) {
    const start = { line: 0, character: 0 };
    return [diagnosticOf({ code: 'parser', message: fault.message, severity: 0, range: { start, end: start } })];
  }
  const mistakes = fault.filter(({ isDuplicate }) => isDuplicate !== true);
  return mistakes.map((problem) => diagnosticOf({ ...problem, severity: 0 }));
}

function diagnosticOf({
  code,
  message,
  severity,
  range,
}: Pick<Result, 'code' | 'message' | 'severity' | 'range'>): Diagnostic {
  return {
    range,
    severity: (severity + 1) as DiagnosticSeverity,
    code,
    source: diagnosticSource,
    message: visible(message),
  };
}

/**
 * Moves ranges of a text to where they are after an edit in one place. Everything after the edit has moved by whole lines.
 *
 * @param before the text before the edit
 * @param after the text after the edit
 */
export function shiftBetween(before: string, after: string): (range: Range) => Range {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(old.length, now.length);
  let [same, sameAtEnd] = [0, 0];
  while (same < shorter && old[same] === now[same]) same++;
  while (sameAtEnd < shorter - same && old.at(-1 - sameAtEnd) === now.at(-1 - sameAtEnd)) sameAtEnd++;
  const shifted = ({ line, character }: Position) => {
    return { line: line >= old.length - sameAtEnd ? line + now.length - old.length : line, character };
  };
  return ({ start, end }) => ({ start: shifted(start), end: shifted(end) });
}
