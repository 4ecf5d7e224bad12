import { availableParallelism } from 'node:os';
import type { Pool } from 'workerpool';
import type { TextFile } from '../../files/text-file.js';
import { Linter, nothingFound, type LintReport, type LintTask } from './lint-file.js';
import {
  exceedsMemory,
  type Load,
  mayExhaustMemory,
  reasonOfThread,
  sizeOf,
  threadPool,
  tooLittleMemory,
} from './threads.js';

/** The number of bytes to read that make starting another thread worthwhile. */
const worthAThread = 500_000;

/**
 * Lints files, on several threads if there is much to read.
 *
 * @param onProgress called after each file with the number of files done
 * @param read takes those of the files that this thread has read and still holds, by their absolute paths
 * @returns the report of each file, in the order of the tasks
 */
export async function lintFiles(
  tasks: readonly LintTask[],
  onProgress: (done: number) => void,
  read: Map<string, TextFile>,
): Promise<LintReport[]> {
  const sizes = tasks.map(({ file, text }) => text?.length ?? sizeOf(file));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const threads = Math.min(availableParallelism(), tasks.length, Math.floor(total / worthAThread));
  let done = 0;
  const counted = async (report: Promise<LintReport>) => {
    const result = await report;
    onProgress(++done);
    return result;
  };
  const loads = tasks.map(({ file }, index) => ({ file, size: sizes[index] ?? 0 }));
  if (threads <= 1 && !mayExhaustMemory(loads)) {
    const linter = new Linter();
    const reports: LintReport[] = [];
    for (const task of tasks) reports.push(await counted(linter.run(task)));
    for (const file of linter.files) read.set(file.uri, file);
    return reports;
  }
  const pool = await threadPool(Math.max(threads, 1));
  try {
    const reports: LintReport[] = [];
    // The largest files come first, so that no thread starts a large file when the others are done.
    const largestFirst = tasks
      .map((_, index) => index)
      .toSorted((one, other) => (sizes[other] ?? 0) - (sizes[one] ?? 0));
    await Promise.all(
      largestFirst.map(async (index) => {
        const task = tasks[index] as LintTask;
        const isTooLarge = exceedsMemory(loads[index] as Load);
        reports[index] = await counted(isTooLarge ? unlinted(task, tooLittleMemory()) : inPool(pool, task));
      }),
    );
    return reports;
  } finally {
    await pool.terminate();
  }
}

/** Lints a file on a thread. If the thread fails, only this file is reported as unreadable. */
async function inPool(pool: Pool, task: LintTask): Promise<LintReport> {
  try {
    return await pool.exec('lint', [task]);
  } catch (error) {
    return unlinted(task, reasonOfThread(error as Error));
  }
}

async function unlinted({ file }: LintTask, reason: string): Promise<LintReport> {
  const fault = { file, message: `cannot be linted: ${reason}` };
  return { kind: 'unreadable', ...nothingFound, fault };
}
