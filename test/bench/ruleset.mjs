// What the full catalogue adds to `spectral lint`: whole processes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTurns, largeDescription, root } from './describe.mjs';

const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-bench-'));
const description = join(folder, 'openapi.json');
const { text } = largeDescription();
writeFileSync(description, text);
const trivial = `rules: {trivial: {given: $.info, severity: hint, then: {field: title, function: truthy}}}`;

/** @returns {() => void} */
function lintWith(/** @type {string} */ name, /** @type {string} */ ruleset) {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, ruleset);
  const spectral = join(root, 'node_modules/.bin/spectral');
  const args = ['lint', '-q', '-r', file, '-f', 'json', '-o', join(folder, 'out.json'), description];
  return () => {
    const { status, stderr } = spawnSync('node', [spectral, ...args], { encoding: 'utf8' });
    if (status !== 0 && status !== 1) throw new Error(stderr);
  };
}

console.log(`spectral lint, ${(text.length / 1e6).toFixed(1)} MB, Node ${process.version}`);
try {
  const { base = 1, ours = 1 } = inTurns(
    {
      base: lintWith('trivial', trivial),
      ours: lintWith('ours', `extends: [[${join(root, 'dist/ruleset.mjs')}, all]]\n${trivial}`),
    },
    5,
  );
  console.log(`  the catalogue (ours) adds ${((ours / base - 1) * 100).toFixed(1)} % to one trivial rule (base)`);
} finally {
  rmSync(folder, { recursive: true });
}
