// The descriptions that are measured, and how medians are taken.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const root = dirname(dirname(import.meta.dirname));

/** Whether to take few times, and to count nothing, so that all benchmarks end within minutes: `QUICK=1 npm run bench`. */
export const isQuick = process.env['QUICK'] !== undefined;

/** How often to run something that is usually run so many times. */
export function runsOf(/** @type {number} */ usual) {
  return isQuick ? 1 : usual;
}

/** GitHub's description, 13 MB of JSON, where somebody has put it beside the project. */
const real = join(root, '../shared/corpus/docs/npm__@octokit__openapi@23.0.2/generated/api.github.com.json');

/**
 * A large description: a real one, or one of the same size that stands in for it.
 *
 * @returns {{ text: string, isReal: boolean }} JSON
 */
export function largeDescription() {
  const isReal = existsSync(real);
  if (!isReal) console.log(`There is no ${real}: a generated description of the same size stands in for it.`);
  return { text: isReal ? readFileSync(real, 'utf8') : generated(13e6), isReal };
}

/**
 * A description of about as many bytes as asked for, in which every operation is conditional and nothing is wrong: Spectral
 * takes long over each finding, and large descriptions have few.
 */
export function generated(/** @type {number} */ bytes) {
  const reference = (/** @type {string} */ name) => ({ $ref: `#/components/${name}` });
  const headers = Object.fromEntries(
    ['Cache-Control', 'ETag', 'Vary'].map((name) => [name, reference('headers/Text')]),
  );
  const operation = {
    description: 'x'.repeat(2000),
    parameters: [reference('parameters/IfNoneMatch')],
    responses: {
      200: {
        description: 'ok',
        headers,
        content: { 'application/json': { schema: reference('schemas/Order') } },
      },
      304: reference('responses/NotModified'),
    },
  };
  const count = Math.ceil(bytes / JSON.stringify(operation).length);
  const paths = Object.fromEntries(Array.from({ length: count }, (_, n) => [`/orders/${n}`, { get: operation }]));
  const components = {
    parameters: { IfNoneMatch: { name: 'If-None-Match', in: 'header', schema: { type: 'string' } } },
    headers: { Text: { schema: { type: 'string' } } },
    responses: { NotModified: { description: 'unchanged', headers } },
    schemas: {
      Order: {
        type: 'object',
        properties: Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`p${n}`, { type: 'string' }])),
      },
    },
  };
  return JSON.stringify({ openapi: '3.1.1', info: { title: 'Generated', version: '1' }, paths, components }, null, 2);
}

/**
 * A description of about as many bytes of indented JSON as asked for that is, like most, schemas for the most part: 80 operations
 * a megabyte, each of them conditional.
 */
export function mostlySchemas(/** @type {number} */ bytes) {
  const description = JSON.parse(generated(bytes / 5));
  const { schemas } = description.components;
  const count = Math.round((bytes * 0.8) / 3300);
  for (let index = 0; index < count; index++) schemas[`Order${index}`] = schemas.Order;
  return description;
}

/** The middle one of some numbers. */
export function median(/** @type {number[]} */ values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * Takes the times of some tasks in turns, so that what else the machine does meanwhile meets all of them alike.
 *
 * @template {string} Name
 * @param {Readonly<Record<Name, () => void>>} tasks
 * @param {number} runs how often each is run, after once to warm up
 * @returns {Record<Name, number[]>} the seconds of each, in the order of the rounds
 */
export function inTurns(tasks, runs) {
  const named = /** @type {[Name, () => void][]} */ (Object.entries(tasks));
  /** @type {Partial<Record<Name, number[]>>} */
  const started = {};
  for (const [name] of named) started[name] = [];
  const seconds = /** @type {Record<Name, number[]>} */ (started);
  for (let run = 0; run <= runsOf(runs); run++) {
    for (const [name, task] of named) {
      const start = performance.now();
      task();
      // The first round only warms the caches of the machine.
      if (run > 0) seconds[name].push((performance.now() - start) / 1000);
    }
  }
  for (const [name] of named) {
    const all = seconds[name].map((value) => value.toFixed(2)).join(' ');
    console.log(`  ${name.padEnd(34)} ${median(seconds[name]).toFixed(2)} s   (${all})`);
  }
  return seconds;
}

/**
 * The ratio of two medians, and between what the ratios of the single rounds are: `3.1 times (2.9 to 3.4)`.
 *
 * @param {readonly number[]} times in the order of the rounds
 * @param {readonly number[]} others of the same rounds
 */
export function ratio(times, others) {
  const inRounds = times.map((time, round) => time / (others[round] ?? Number.NaN)).filter(Number.isFinite);
  const [least, most] = [Math.min(...inRounds), Math.max(...inRounds)].map((value) => value.toFixed(2));
  return `${(median([...times]) / median([...others])).toFixed(2)} times (${least} to ${most})`;
}

/**
 * The memory that a process of Node's takes: at most at any time, in MiB; and what it allocates in all on the heaps of JavaScript up to the
 * last garbage collection, in MB, which scatters less.
 *
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} options
 */
export function memoryOf(args, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-peak-'));
  try {
    const env = { ...(options.env ?? process.env), PEAK: join(folder, 'peak') };
    const command = ['--trace-gc', '--require', join(import.meta.dirname, 'peak.cjs'), ...args];
    const { stdout } = spawnSync(process.execPath, command, { ...options, env, encoding: 'utf8', maxBuffer: 1e9 });
    let allocated = 0;
    /** @type {Map<string, number>} what the last collection left on each heap */
    const left = new Map();
    for (const [, heap = '', before, after] of stdout.matchAll(
      /\[\d+:(\w+)\] .*?(?:Scavenge|Mark-Compact)[^\d]*([\d.]+) \([\d.]+\) -> ([\d.]+)/g,
    )) {
      allocated += Math.max(0, Number(before) - (left.get(heap) ?? 0));
      left.set(heap, Number(after));
    }
    return { peak: Number(readFileSync(env.PEAK, 'utf8')) / 1024, allocated };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The number of instructions that a process of Node's takes, which scatters less than seconds: of one thread, which then also does what
 * V8 gives to others. `undefined` where there is no Valgrind, if the process does not end within five minutes, or in a quick run.
 *
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} options
 */
export function instructionsOf(args, options = {}) {
  if (isQuick) return undefined;
  const valgrind = [
    '--tool=cachegrind',
    '--cache-sim=no',
    '--cachegrind-out-file=/dev/null',
    '--smc-check=all-non-file',
  ];
  const command = [...valgrind, process.execPath, '--single-threaded', ...args];
  const { stderr } = spawnSync('valgrind', command, { ...options, encoding: 'utf8', maxBuffer: 1e9, timeout: 300_000 });
  const [, count] = /I +refs: +([\d,]+)/.exec(stderr ?? '') ?? [];
  return count === undefined ? undefined : Number(count.replaceAll(',', ''));
}
