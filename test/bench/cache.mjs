// What a second `lint --cache` of 2,000 unchanged descriptions takes, by what the first takes: whole processes, in a folder of YAML in
// which every description has findings and a fragment of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { isQuick, median, mostlySchemas, ratio, root, runsOf } from './describe.mjs';

const count = isQuick ? 200 : 2000;
/** The size of each description, in bytes of JSON: that of the middle one of the real descriptions. */
const size = 50_000;
const runs = runsOf(3);

const cli = join(root, 'dist/bin/conditional-requests.cjs');
const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-bench-'));

/** Lints the folder. @returns the seconds that it takes, and what it prints */
function lint(/** @type {string[]} */ ...args) {
  const start = performance.now();
  const options = /** @type {const} */ ({ cwd: folder, encoding: 'utf8', maxBuffer: 1e9 });
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'lint', '-r', 'recommended', ...args], options);
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return { seconds: (performance.now() - start) / 1000, stdout };
}

try {
  const description = mostlySchemas(size);
  for (const { get } of Object.values(description.paths).slice(0, 2)) delete get.responses[304];
  description.paths['/part'] = { $ref: 'PART' };
  const text = stringify(description, { lineWidth: 0, aliasDuplicateObjects: false });
  for (let index = 0; index < count; index++) {
    writeFileSync(join(folder, `api-${index}.yaml`), text.replace('PART', `part-${index}.yaml`));
    writeFileSync(
      join(folder, `part-${index}.yaml`),
      "get: {responses: {'200': {description: ok, headers: {ETag: {schema: {type: string}}}}}}\n",
    );
  }
  console.log(`${count} descriptions of ${(text.length / 1000).toFixed(0)} kB of YAML, each with a fragment`);
  const cache = join(folder, '.conditional-requests-cache');
  const [plain, first, second] = Array.from({ length: runs }, () => {
    rmSync(cache, { force: true });
    const [without, one, other] = [lint(), lint('--cache'), lint('--cache')];
    if (without.stdout !== one.stdout || one.stdout !== other.stdout) throw new Error('the runs differ');
    return [without, one, other].map(({ seconds }) => seconds);
  }).reduce(
    (columns, row) => row.map((seconds, index) => [...(columns[index] ?? []), seconds]),
    /** @type {number[][]} */ ([]),
  );
  const [without = 0, one = 0, other = 0] = [plain, first, second].map((column) => median(column ?? []));
  console.log(`  without --cache ${without.toFixed(2)} s, the first run with it ${one.toFixed(2)} s`);
  console.log(`  the second run ${other.toFixed(2)} s: the first takes ${ratio(first ?? [], second ?? [])} as long`);
  console.log(`  the cache has ${(statSync(cache).size / 1e6).toFixed(1)} MB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
