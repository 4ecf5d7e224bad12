import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'workerpool';
import { Linter, type Report, type Task } from './lint-file.js';

/** How much there has to be to read, in bytes, for another thread to be worth its start. */
const worthAThread = 500_000;

/** The memory that the young objects of a thread may take, in MiB: parsing makes many that are soon forgotten. */
const maxYoungGenerationSizeMb = 64;

/** The script of a thread, beside the bundled command line. */
const script = new URL('./worker.cjs', import.meta.url);

/**
 * Lints files, on several threads where there is much to read.
 *
 * @param onProgress is told after each file how many are done
 * @returns what came of each, in the order of the tasks
 */
export async function lintFiles(tasks: readonly Task[], onProgress: (done: number) => void): Promise<Report[]> {
  const sizes = tasks.map(({ file, text }) => text?.length ?? sizeOf(file));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const threads = Math.min(availableParallelism(), tasks.length, Math.floor(total / worthAThread));
  let done = 0;
  const counted = async (report: Promise<Report>) => {
    const result = await report;
    onProgress(++done);
    return result;
  };
  if (threads <= 1) {
    const linter = new Linter();
    const reports: Report[] = [];
    for (const task of tasks) reports.push(await counted(linter.run(task)));
    return reports;
  }
  const { default: workerpool } = await import('workerpool');
  const pool = workerpool.pool(fileURLToPath(script), {
    workerType: 'thread',
    maxWorkers: threads,
    workerThreadOpts: { resourceLimits: { maxYoungGenerationSizeMb } },
  });
  try {
    const reports: Report[] = [];
    // The largest come first, so that no thread is left with one when the others are done.
    const largestFirst = tasks
      .map((_, index) => index)
      .toSorted((one, other) => (sizes[other] ?? 0) - (sizes[one] ?? 0));
    await Promise.all(
      largestFirst.map(async (index) => {
        const task = tasks[index] as Task;
        reports[index] = await counted(inPool(pool, task));
      }),
    );
    return reports;
  } finally {
    await pool.terminate();
  }
}

/** Lints a file on a thread. That the thread breaks down is the fault of that file alone. */
async function inPool(pool: Pool, task: Task): Promise<Report> {
  try {
    return await pool.exec('lint', [task]);
  } catch (error) {
    const message = `cannot be linted: ${(error as Error).message.replace('Workerpool Worker error: ', '')}`;
    return {
      kind: 'unreadable',
      remarks: [],
      problems: [],
      fault: { file: task.file, message },
      remote: [],
      broken: [],
    };
  }
}

/** The size of a file; what cannot be looked at will be complained of when it is read. */
function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
