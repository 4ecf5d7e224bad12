import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import type { Pool } from 'workerpool';

/** The memory that the young objects of a thread may take, in MiB: parsing makes many that are soon forgotten. */
const maxYoungGenerationSizeMb = 64;

/** The script of a thread, beside the bundled command line. */
const script = new URL('./worker.cjs', import.meta.url);

/** How much memory a byte of a text takes, at most, once it is parsed: in YAML, a number in a list is an object of many members. */
const memoryPerByte = { json: 40, yaml: 200 };

/** How much memory a byte of any text takes at least: where there is not even that, not even a thread is ended in good order. */
const leastMemoryPerByte = 5;

/** The memory below which anything may be too much, in bytes: what `$ref`s lead to is not known beforehand. */
const plenty = 1e9;

/** Something to read, and how much of it there is, in bytes. */
export interface Load {
  readonly file: string;
  readonly size: number;
}

/** Starts threads that do what `worker.ts` has for them. */
export async function threadPool(maxWorkers: number): Promise<Pool> {
  const { default: workerpool } = await import('workerpool');
  return workerpool.pool(fileURLToPath(script), {
    workerType: 'thread',
    maxWorkers,
    workerThreadOpts: { resourceLimits: { maxYoungGenerationSizeMb } },
  });
}

/**
 * Whether it takes a thread to survive the reading of some texts: where memory runs out, a thread ends, and without one the
 * process does, with nothing but a dump of V8's.
 *
 * @param times how much more is done than reading them
 */
export function mayExhaustMemory(loads: readonly Load[], times = 1): boolean {
  const { heap_size_limit: limit } = getHeapStatistics();
  const needed = loads.reduce(
    (sum, { file, size }) => sum + size * (/\.json$/i.test(file) ? memoryPerByte.json : memoryPerByte.yaml),
    0,
  );
  return limit < plenty || needed * times > limit;
}

/** Whether there is not enough memory to read a text, without a doubt. */
export function exceedsMemory({ size }: Load): boolean {
  return size * leastMemoryPerByte > getHeapStatistics().heap_size_limit;
}

/** What to say of what a thread has ended with. */
export function reasonOfThread({ message }: Error): string {
  return message.includes('memory limit') ? tooLittleMemory() : message.replace('Workerpool Worker error: ', '');
}

/** What to say where there is not enough memory. */
export function tooLittleMemory(): string {
  const most = Math.round(getHeapStatistics().heap_size_limit / 2 ** 20);
  const more = 2 ** Math.ceil(Math.log2(most * 4));
  return `it needs more memory than the ${most} MiB that Node may use: allow more, such as NODE_OPTIONS=--max-old-space-size=${more}`;
}

/** The size of a file; what cannot be looked at will be complained of when it is read. */
export function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
