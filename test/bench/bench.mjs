// What the full catalogue adds to `spectral lint`: whole processes, taken in turns, as the ratio of their medians.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = dirname(dirname(import.meta.dirname));
const real = join(root, '../shared/corpus/docs/npm__@octokit__openapi@23.0.2/generated/api.github.com.json');
const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-bench-'));
const runs = 5;

/**
 * A description of about as many bytes as asked for, in which every operation is conditional and nothing is wrong: Spectral
 * takes long over each finding, and large descriptions have few.
 */
function generated(/** @type {number} */ bytes) {
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

function median(/** @type {number[]} */ values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

let description = real;
if (!existsSync(real)) {
  description = join(folder, 'openapi.json');
  writeFileSync(description, generated(13e6));
  console.log(`There is no ${real}: a generated description of the same size stands in for it.`);
}

const bytes = statSync(description).size;
const trivial = `rules: {trivial: {given: $.info, severity: hint, then: {field: title, function: truthy}}}`;
const rulesets = {
  'one trivial rule': trivial,
  'the same and all of ours': `extends: [[${join(root, 'dist/ruleset.mjs')}, all]]\n${trivial}`,
};

/** @type {Map<string, number[]>} */
const seconds = new Map(Object.keys(rulesets).map((name) => [name, []]));
try {
  for (let run = 0; run <= runs; run++) {
    for (const [name, ruleset] of Object.entries(rulesets)) {
      const file = join(folder, 'ruleset.yaml');
      writeFileSync(file, ruleset);
      const start = performance.now();
      const { status, stderr } = spawnSync(
        'node',
        [
          join(root, 'node_modules/.bin/spectral'),
          'lint',
          '-q',
          '-r',
          file,
          '-f',
          'json',
          '-o',
          join(folder, 'out.json'),
          description,
        ],
        { encoding: 'utf8' },
      );
      if (status !== 0 && status !== 1) throw new Error(stderr);
      // The first round only warms the caches of the machine.
      if (run > 0) seconds.get(name)?.push((performance.now() - start) / 1000);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}

console.log(`spectral lint, ${(bytes / 1e6).toFixed(1)} MB, medians of ${runs} runs in turns, Node ${process.version}`);
const medians = [...seconds].map(([name, values]) => {
  console.log(
    `  ${name.padEnd(26)} ${median(values).toFixed(2)} s   (${values.map((value) => value.toFixed(2)).join(' ')})`,
  );
  return median(values);
});
const [base = 1, ours = 1] = medians;
console.log(`  the catalogue adds ${((ours / base - 1) * 100).toFixed(1)} %`);
