// Bundles what `tsc` has compiled: the ruleset into one file that imports nothing, since that is what every host of Spectral can
// load; the command line with the packages that it needs, so that the package depends on none.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const root = import.meta.dirname;

const ruleset = await rolldown({ input: join(root, 'dist/ruleset.js'), platform: 'neutral', logLevel: 'silent' });
await ruleset.write({ file: join(root, 'dist/ruleset.mjs') });

const cli = await rolldown({
  input: { 'conditional-requests': join(root, 'dist/cli/main.js'), worker: join(root, 'dist/cli/worker.js') },
  platform: 'node',
  resolve: { mainFields: ['module', 'main'] },
  logLevel: 'warn',
});
rmSync(join(root, 'dist/bin'), { recursive: true, force: true });
const { output } = await cli.write({
  dir: join(root, 'dist/bin'),
  entryFileNames: '[name].mjs',
  chunkFileNames: '[name].mjs',
  comments: { legal: true, annotation: false, jsdoc: false },
  // Each file takes its time to be loaded: what linting needs is in one, and what it does not need is not.
  codeSplitting: {
    groups: [
      { name: 'base', test: /dist\/cli\/(?:arguments|failure|version)\.js$/, priority: 2 },
      { name: 'lint', test: /dist\/cli\/lint-[a-z]+\.js$/, priority: 1 },
    ],
  },
  banner: (chunk) => (chunk.name === 'conditional-requests' ? '#!/usr/bin/env node' : ''),
});

const modules = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
const folders = new Set(modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []));
const notices = [...folders].toSorted().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((candidate) => /^licen[cs]e/i.test(candidate));
  const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`;
  return `${name} ${version}, ${license}${text}\n`;
});
const rule = `\n${'-'.repeat(80)}\n\n`;
writeFileSync(
  join(root, 'dist/bin/LICENSES.txt'),
  `The command line contains these packages:\n${rule}${notices.join(rule)}`,
);
