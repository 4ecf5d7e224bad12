import { expect, test } from 'vitest';
import { families } from './bench/families.mjs';
import { tasks } from './tasks.js';

/** The processor time that a task takes, in milliseconds. */
async function timeOf(task: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await task();
  return process.cpuUsage(start).user / 1000;
}

/** How much longer the task takes for four times as much: about 4 where it grows with the size alone, 16 where with its square. */
async function growthOf(make: (size: number) => string, task: (text: string) => Promise<unknown>): Promise<number> {
  let size = 125;
  let small = 0;
  // What takes next to no time says nothing of how it grows.
  for (; small < 10 && size < 8_000; size *= 2) small = await timeOf(() => task(make(size)));
  size /= 2;
  const large = await timeOf(() => task(make(4 * size)));
  return large / small;
}

/** Half way between what grows with the size, by 4, and what grows with its square, by 16. */
const tooMuch = 10;

for (const [name, make] of Object.entries(families)) {
  test.each(Object.keys(tasks))(`${name}: the time of %s grows with the size alone`, async (task) => {
    let growth = Infinity;
    // Other processes, and the collection of garbage, make one measurement or the other too large.
    for (let tries = 0; tries < 8 && growth >= tooMuch; tries++) {
      growth = Math.min(growth, await growthOf(make, tasks[task] as (text: string) => Promise<unknown>));
    }
    if (process.env['SHOW']) console.log(name, task, growth.toFixed(1));
    expect(growth).toBeLessThan(tooMuch);
  });
}
