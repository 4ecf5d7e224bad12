import { availableParallelism } from 'node:os';
import type { Pool } from 'workerpool';
import { Linter, type LintReport, type LintTask } from './lint-file.js';
import {
  exceedsMemory,
  type Load,
  mayExhaustMemory,
  reasonOfThread,
  sizeOf,
  threadPool,
  tooLittleMemory,
} from './threads.js';

/** How much there has to be to read, in bytes, for another thread to be worth its start. */
const worthAThread = 500_000;

/**
 * Lints files, on several threads where there is much to read.
 *
 * @param onProgress is told after each file how many are done
 * @returns what came of each, in the order of the tasks
 */
export async function lintFiles(tasks: readonly LintTask[], onProgress: (done: number) => void): Promise<LintReport[]> {
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
    return reports;
  }
  const pool = await threadPool(Math.max(threads, 1));
  try {
    const reports: LintReport[] = [];
    // The largest come first, so that no thread is left with one when the others are done.
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

/** Lints a file on a thread. That the thread breaks down is the fault of that file alone. */
async function inPool(pool: Pool, task: LintTask): Promise<LintReport> {
  try {
    return await pool.exec('lint', [task]);
  } catch (error) {
    return unlinted(task, reasonOfThread(error as Error));
  }
}

async function unlinted({ file }: LintTask, reason: string): Promise<LintReport> {
  const fault = { file, message: `cannot be linted: ${reason}` };
  return { kind: 'unreadable', findings: [], problems: [], fault, remote: [], unfetched: [] };
}
