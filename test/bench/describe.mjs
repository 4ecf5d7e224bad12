// The descriptions that are measured, and how medians are taken.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const root = dirname(dirname(import.meta.dirname));

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
 * @param {Readonly<Record<string, () => void>>} tasks
 * @param {number} runs how often each is run, after once to warm up
 * @returns {Record<string, number>} the median of each, in seconds
 */
export function inTurns(tasks, runs) {
  /** @type {Map<string, number[]>} */
  const seconds = new Map(Object.keys(tasks).map((name) => [name, []]));
  for (let run = 0; run <= runs; run++) {
    for (const [name, task] of Object.entries(tasks)) {
      const start = performance.now();
      task();
      // The first round only warms the caches of the machine.
      if (run > 0) seconds.get(name)?.push((performance.now() - start) / 1000);
    }
  }
  for (const [name, values] of seconds) {
    const all = values.map((value) => value.toFixed(2)).join(' ');
    console.log(`  ${name.padEnd(34)} ${median(values).toFixed(2)} s   (${all})`);
  }
  return Object.fromEntries([...seconds].map(([name, values]) => [name, median(values)]));
}

/**
 * The number of instructions that a process of Node's takes, which scatters less than seconds: of one thread, which then also does what
 * V8 gives to others. `undefined` where there is no Valgrind, or if the process does not end within five minutes.
 *
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} options
 */
export function instructionsOf(args, options = {}) {
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
