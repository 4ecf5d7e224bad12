// Lints a description the way the Spectral extension of VS Code does: the ruleset is bundled for a place that has neither
// modules nor a file system, where every import that is not Spectral's own would be fetched from a network.
//
// node lint.mjs FOLDER_WITH_NODE_MODULES RULESET DESCRIPTION: prints the diagnostics as JSON
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const [folder = '', ruleset = '', description = ''] = process.argv.slice(2);
const require = createRequire(join(folder, 'package.json'));
const { Document, Ruleset, Spectral } = require('@stoplight/spectral-core');
const { Yaml } = require('@stoplight/spectral-parsers');
const { migrateRuleset } = require('@stoplight/spectral-ruleset-migrator');
const { commonjs } = require('@stoplight/spectral-ruleset-bundler/plugins/commonjs');
const { stdin } = require('@stoplight/spectral-ruleset-bundler/plugins/stdin');
const { runtime } = require('@stoplight/spectral-ruleset-bundler/presets/runtime');
const { rollup } = require('rollup');

const io = {
  fs,
  fetch: (/** @type {unknown} */ url) => {
    throw new Error(`the network was asked for ${url}`);
  },
};
const module = join(dirname(ruleset), '.spectral.js');
const bundle = await rollup({
  input: module,
  plugins: [stdin(await migrateRuleset(ruleset, { format: 'esm', ...io }), module), ...runtime(io), commonjs()],
  treeshake: false,
  onwarn: () => {},
});
const { output } = await bundle.generate({ format: 'iife', exports: 'auto' });

const spectral = new Spectral();
spectral.setRuleset(new Ruleset(Function(`return ${output[0].code}`)(), { severity: 'recommended', source: module }));
const document = new Document(fs.readFileSync(description, 'utf8'), Yaml, description);
console.log(JSON.stringify(await spectral.run(document, { ignoreUnknownFormat: true })));
