import { neededByNone } from '../../exception-problems.js';
import { resultOf, resultOfProblem } from '../../lint.js';
import { problemKey } from '../../problem.js';
import { type Result, unseenInOrder } from '../../result.js';
import type { Selection } from '../../user-ruleset/selection.js';
import type { LintReport, LintTask } from './lint-file.js';
import { nameInResults } from './lint-tasks.js';

/** The results of a run. */
export interface Results {
  readonly results: readonly Result[];
  /** Those that are not to be shown, each with the reason. */
  readonly suppressed: readonly Result[];
}

/**
 * All results, each once, even if several descriptions share the file. They are in the order of the descriptions, and within
 * one description in Spectral's order. What only some of the descriptions make an exception for is not suppressed.
 */
export function resultsOf(tasks: readonly LintTask[], reports: readonly LintReport[], selection: Selection): Results {
  const seen = new Set<string>();
  const unused = new Set(neededByNone(reports).map(problemKey));
  const each = (resultsIn: (report: LintReport, file: string) => readonly Result[]) =>
    reports.flatMap((report, index) => {
      const { file, text } = tasks[index] as LintTask;
      const name = nameInResults(file, text);
      return unseenInOrder(resultsIn(report, file), seen).map((result) =>
        result.source === file && name !== file ? { ...result, source: name } : result,
      );
    });
  const results = each((report, file) => {
    const found = report.findings.flatMap((finding) => {
      const result = resultOf(finding, file, selection);
      return result === undefined ? [] : { ...result, ...(finding.fix && { fix: finding.fix }) };
    });
    const problems = [...report.problems, ...report.unused.filter((problem) => unused.has(problemKey(problem)))];
    return [...found, ...problems.flatMap((problem) => resultOfProblem(problem, file, selection) ?? [])];
  });
  const suppressed = each(({ excepted }, file) => excepted.flatMap((one) => resultOf(one, file, selection) ?? []));
  return { results, suppressed };
}
