import { expect, test } from 'vitest';
import { TextFile } from '../src/files/text-file.js';
import { families } from './bench/families.mjs';
import { framed, tasks } from './tasks.js';

/** The processor time of a task, in milliseconds. */
async function timeOf(task: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await task();
  return process.cpuUsage(start).user / 1000;
}

/** How many times longer a task takes for a text of four times the size: about 4 if the time is linear, 16 if it is quadratic. */
async function growthOf(make: (size: number) => string, task: (text: string) => Promise<unknown>): Promise<number> {
  let size = 125;
  let small = 0;
  // A time that is too short cannot be compared.
  for (; small < 10 && size < 8_000; size *= 2) small = await timeOf(() => task(make(size)));
  size /= 2;
  const large = await timeOf(() => task(make(4 * size)));
  return large / small;
}

/** Half way between linear growth, which is 4, and quadratic growth, which is 16. */
const tooMuch = 10;

test('the time to frame findings in one long line is linear in the size', async () => {
  const textOf = (size: number) => `a,${'b'.repeat(200)}`.repeat(size);
  let growth = Infinity;
  for (let tries = 0; tries < 8 && growth >= tooMuch; tries++)
    growth = Math.min(growth, await growthOf(textOf, (text) => Promise.resolve(framed(text))));
  expect(growth).toBeLessThan(tooMuch);
});

test('the time to search a large JSON text for duplicate names is linear, even if its indentation misleads', async () => {
  // The space before the colon prevents counting, and no line begins with two spaces and a closing brace.
  const item = '{\n  "properties" : {\n"a" : 1}}';
  const textOf = (size: number) => `[${`${item},`.repeat(300 * size)}${item}]`;
  let growth = Infinity;
  for (let tries = 0; tries < 8 && growth >= tooMuch; tries++)
    growth = Math.min(
      growth,
      await growthOf(textOf, (text) => Promise.resolve(new TextFile('/a.json', text).problems)),
    );
  expect(growth).toBeLessThan(tooMuch);
});

for (const [name, make] of Object.entries(families)) {
  test.each(Object.keys(tasks))(`${name}: the time of %s is linear in the size`, async (task) => {
    let growth = Infinity;
    // Other processes and garbage collection make some measurements too long.
    for (let tries = 0; tries < 8 && growth >= tooMuch; tries++) {
      growth = Math.min(growth, await growthOf(make, tasks[task] as (text: string) => Promise<unknown>));
    }
    if (process.env['SHOW']) console.log(name, task, growth.toFixed(1));
    expect(growth).toBeLessThan(tooMuch);
  });
}
