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

/** How often each block of code has been run since the last call, without the code of Node itself. */
async function blocksRun(): Promise<number> {
  const { result } = await inspector.post('Profiler.takePreciseCoverage');
  const ours = result.filter(({ url }) => url.startsWith('file:'));
  return ours.flatMap(({ functions }) => functions.map(stepsOf)).reduce((sum, steps) => sum + steps, 0);
}

function stepsOf({ ranges }: Profiler.FunctionCoverage): number {
  return ranges.reduce((sum, { count }) => sum + count, 0);
}

/** How many blocks of code a task runs, which is the same each time, however busy the machine is. */
async function stepsFor(task: () => Promise<unknown>): Promise<number> {
  await blocksRun();
  await task();
  return blocksRun();
}

/** Large enough that what references and aliases make too large is given up at this size already. */
const size = 250;

/** Half way between what grows with the size, by 4, and what grows with its square, by 16. */
const tooMuch = 10;

test.each(Object.entries(families))('%s: the steps of fix grow with the size alone', async (_, make) => {
  const fix = tasks['fix'] as (text: string) => Promise<unknown>;
  const small = await stepsFor(() => fix(make(size)));
  const large = await stepsFor(() => fix(make(4 * size)));
  expect(small).toBeGreaterThan(size);
  expect(large / small).toBeLessThan(tooMuch);
});
