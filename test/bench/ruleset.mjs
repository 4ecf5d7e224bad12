// What the full catalogue adds to `spectral lint`: whole processes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTurns, instructionsOf, largeDescription, median, root } from './describe.mjs';

const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-bench-'));
const description = join(folder, 'openapi.json');
const { text } = largeDescription();
writeFileSync(description, text);
const trivial = `rules: {trivial: {given: $.info, severity: hint, then: {field: title, function: truthy}}}`;

/** What to run: `spectral lint` with a ruleset. */
function lintWith(/** @type {string} */ name, /** @type {string} */ ruleset) {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, ruleset);
  const spectral = join(root, 'node_modules/@stoplight/spectral-cli/dist/index.js');
  return [spectral, 'lint', '-q', '-r', file, '-f', 'json', '-o', join(folder, 'out.json'), description];
}

function run(/** @type {string[]} */ args) {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0 && status !== 1) throw new Error(stderr);
}

console.log(`spectral lint, ${(text.length / 1e6).toFixed(1)} MB, Node ${process.version}`);
try {
  const commands = {
    base: lintWith('trivial', trivial),
    ours: lintWith('ours', `extends: [[${join(root, 'dist/ruleset.mjs')}, all]]\n${trivial}`),
  };
  const added = (/** @type {number} */ ours, /** @type {number} */ base) => `${((ours / base - 1) * 100).toFixed(1)} %`;
  const { base, ours } = inTurns({ base: () => run(commands.base), ours: () => run(commands.ours) }, 7);
  const inRounds = ours.map((seconds, round) => added(seconds, base[round] ?? Number.NaN)).join(', ');
  console.log(
    `  the catalogue (ours) adds ${added(median(ours), median(base))} to one trivial rule (base): ${inRounds}`,
  );
  const [baseCount, ourCount] = [instructionsOf(commands.base), instructionsOf(commands.ours)];
  if (baseCount !== undefined && ourCount !== undefined)
    console.log(`  ${added(ourCount, baseCount)} of ${(baseCount / 1e6).toFixed(0)} M instructions`);
} finally {
  rmSync(folder, { recursive: true });
}
