import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Returns a list of test files, by their paths below `test`, after checking that each exists. */
function existing(files: readonly string[]): readonly string[] {
  const gone = files.filter((file) => !existsSync(join(import.meta.dirname, file)));
  if (gone.length > 0) throw new Error(`test/slow.ts names test files that do not exist: ${gone.join(', ')}`);
  return files;
}

/**
 * The tests that run only in `npm run test:slow`. They install packages, build, wait for other programs, start or kill hundreds of
 * processes, let each of many processes load Spectral, wait for the network, change files while a command runs, measure time, or read every real description.
 */
export const slow = existing([
  'build.test.ts',
  'hosts/cli/baseline-corpus.test.ts',
  'hosts/cli/boundaries.test.ts',
  'hosts/cli/cache.test.ts',
  'hosts/cli/changed.test.ts',
  'hosts/cli/edited-meanwhile.test.ts',
  'hosts/cli/exit-codes.test.ts',
  'hosts/cli/interrupted.test.ts',
  'hosts/cli/little-memory.test.ts',
  'hosts/cli/named-files.test.ts',
  'hosts/cli/rulesets-by-folder.test.ts',
  'hosts/cli/same-as-spectral.test.ts',
  'corpus.test.ts',
  'files/network.test.ts',
  'files/yaml-corpus.test.ts',
  'growth-in-time.test.ts',
  'growth.test.ts',
  'hygiene.test.ts',
  'odd-values.test.ts',
  'hosts/language-server/neovim.test.ts',
  'package.test.ts',
  'installed/container.test.ts',
  'installed/github-action.test.ts',
  'installed/ibm-validator.test.ts',
  'installed/node-versions.test.ts',
  'installed/package-managers.test.ts',
  'installed/spectral-versions.test.ts',
  'pre-commit.test.ts',
  'report/page.test.ts',
  'fixing/corpus.test.ts',
  'hosts/api/playground.test.ts',
  'hosts/redocly/redocly.test.ts',
  'hosts/vscode/browser.test.ts',
  'hosts/vscode/package.test.ts',
  'hosts/vscode/window.test.ts',
  'overlay/programs.test.ts',
  'overlay/generators.test.ts',
  'observe/chromium.test.ts',
  'observe/large.test.ts',
  'observe/proxy.test.ts',
  'observe/real-servers.test.ts',
]);

/** The tests of generated documents, which run in both. CASES sets the number of documents: a few in `npm test`, more in the slow run. */
export const generative = existing([
  'text-editor/laws.test.ts',
  'fuzz/fuzz.test.ts',
  'fixing/laws.test.ts',
  'overlay/laws.test.ts',
  'overlay/actions-between.test.ts',
  'files/reading.test.ts',
  'files/yaml.test.ts',
  'fixing/wrong-kinds.test.ts',
]);
