import { type Profiler, Session } from 'node:inspector/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { families } from './bench/families.mjs';
import { tasks } from './tasks.js';

const inspector = new Session();

beforeAll(async () => {
  inspector.connect();
  await inspector.post('Profiler.enable');
  await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
});

afterAll(() => inspector.disconnect());

/** How many blocks of code have run since the last call, without those of Node itself. */
async function blocksRun(): Promise<number> {
  const { result } = await inspector.post('Profiler.takePreciseCoverage');
  const ours = result.filter(({ url }) => url.startsWith('file:'));
  return ours.flatMap(({ functions }) => functions.map(stepsOf)).reduce((sum, steps) => sum + steps, 0);
}

function stepsOf({ ranges }: Profiler.FunctionCoverage): number {
  return ranges.reduce((sum, { count }) => sum + count, 0);
}

/** How many blocks of code a task runs. Unlike its time, this does not depend on how busy the machine is. */
async function stepsFor(task: () => Promise<unknown>): Promise<number> {
  await blocksRun();
  await task();
  return blocksRun();
}

/** The smaller size. It is large enough that descriptions over the reading limit are already given up at this size. */
const size = 250;

/** Half way between linear growth, which is 4, and quadratic growth, which is 16. */
const tooMuch = 10;

test.each(Object.entries(families))('%s: the steps of fix are linear in the size', async (_, make) => {
  const fix = tasks['fix'] as (text: string) => Promise<unknown>;
  const small = await stepsFor(() => fix(make(size)));
  const large = await stepsFor(() => fix(make(4 * size)));
  expect(small).toBeGreaterThan(size);
  expect(large / small).toBeLessThan(tooMuch);
});
