import { addToGroup } from '../grouping.js';
import type { Problem } from '../problem.js';
import type { Range } from '../text-editor/line-index.js';
import type { TextFile } from './text-file.js';

/** A problem without the range of its path. */
export type UnplacedProblem = Omit<Problem, 'file' | 'range'> & { readonly file: TextFile };

/** Problems with the ranges of their paths, file by file. */
export function placed(problems: readonly UnplacedProblem[]): Problem[] {
  const byFile = new Map<TextFile, UnplacedProblem[]>();
  for (const problem of problems) addToGroup(byFile, problem.file, problem);
  return [...byFile].flatMap(([file, here]) => {
    const ranges = file.rangesOf(here.map(({ path }) => path));
    return here.map((problem, index): Problem => ({ ...problem, file: file.uri, range: ranges[index] as Range }));
  });
}
