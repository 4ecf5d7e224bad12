import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import type { Pool } from 'workerpool';

/** The limit of V8's young generation in a thread, in MiB. Parsing makes many short-lived objects. */
const maxYoungGenerationSizeMb = 64;

/** The bundled script that a thread runs. */
const script = new URL('./worker.cjs', import.meta.url);

/** The most memory that parsing takes, in bytes for each byte of text. In YAML, even a number in a list becomes a large object. */
const memoryPerByte = { json: 40, yaml: 200 };

/** The least memory that parsing takes, in bytes for each byte of text. With less than that, even a thread takes the process down. */
const leastMemoryPerByte = 5;

/** Below this heap limit, in bytes, any description may need too much memory: the files behind its `$ref`s are not known yet. */
const plenty = 1e9;

/** A file to read, and its size in bytes. */
export interface Load {
  readonly file: string;
  readonly size: number;
}

/** A pool of threads that run `worker.ts`. */
export async function threadPool(maxWorkers: number): Promise<Pool> {
  const { default: workerpool } = await import('workerpool');
  // V8 optimises functions in each thread anew, and no core is idle then: that took almost half of the time. Much of it went into inlining,
  // which makes reading and linting no faster.
  if (maxWorkers > 1) setFlagsFromString('--no-turbo-inlining');
  return workerpool.pool(fileURLToPath(script), {
    workerType: 'thread',
    maxWorkers,
    workerThreadOpts: { resourceLimits: { maxYoungGenerationSizeMb } },
  });
}

/**
 * Whether reading some files may need more memory than there is, and so needs a thread. When memory runs out, a thread ends with
 * an error; without one, the process ends with a dump by V8.
 *
 * @param times how many times the memory for reading is needed
 */
export function mayExhaustMemory(loads: readonly Load[], times = 1): boolean {
  const { heap_size_limit: limit } = getHeapStatistics();
  const needed = loads.reduce(
    (sum, { file, size }) => sum + size * (/\.json$/i.test(file) ? memoryPerByte.json : memoryPerByte.yaml),
    0,
  );
  return limit < plenty || needed * times > limit;
}

/** Whether there is certainly not enough memory to read a file. */
export function exceedsMemory({ size }: Load): boolean {
  return size * leastMemoryPerByte > getHeapStatistics().heap_size_limit;
}

/** The message for an error that ended a thread. */
export function reasonOfThread({ message }: Error): string {
  return message.includes('memory limit') ? tooLittleMemory() : message.replace('Workerpool Worker error: ', '');
}

/** The message if there is not enough memory. */
export function tooLittleMemory(): string {
  const most = Math.round(getHeapStatistics().heap_size_limit / 2 ** 20);
  const more = 2 ** Math.ceil(Math.log2(most * 4));
  return `it needs more memory than the ${most} MiB that Node may use: allow more, such as NODE_OPTIONS=--max-old-space-size=${more}`;
}

/** The size of a file in bytes; 0 if it is unknown. Reading the file reports the error later. */
export function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
