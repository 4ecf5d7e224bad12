// Compiles the sources and bundles them. The ruleset becomes one file without imports, which every host of Spectral can load. The
// command line is bundled with the packages that it uses, so that this package has no dependencies.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { rolldown } from 'rolldown';

const root = import.meta.dirname;
const build = mkdtempSync(join(root, '.build-'));
const compiled = join(build, 'compiled');
const bundled = join(build, 'bundled');
mkdirSync(bundled);
process.on('exit', () => rmSync(build, { recursive: true, force: true }));

const { status } = spawnSync('tsc', ['--outDir', compiled], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(1);

const ruleset = await rolldown({
  input: join(compiled, 'hosts/spectral.js'),
  platform: 'neutral',
  logLevel: 'silent',
  // No names of temporary folders.
  experimental: { attachDebugInfo: 'none' },
});
const [rulesetCode] = (
  await ruleset.generate({
    format: 'iife',
    name: 'ruleset',
    exports: 'named',
    comments: { legal: true, annotation: false, jsdoc: false },
  })
).output;

/** A text as a template literal that keeps its lines. */
const literal = (text) => `\`${text.replaceAll(/[\\`]|\$\{/g, '\\$&')}\``;

// In each run, Spectral analyses every line of a ruleset to join it to the user's, which takes ten times as long as to compile and run it. It
// does not analyse a text. Spectral itself then makes a function of the text of all rulesets, so hosts that forbid that cannot run it anyway.
const namedExports = rulesetCode.exports.filter((name) => name !== 'default').join(', ');
writeFileSync(
  join(bundled, 'ruleset.mjs'),
  `const code = ${literal(rulesetCode.code)};
const ruleset = new Function(\`'use strict';\\n\${code}\\nreturn ruleset;\\n//# sourceURL=spectral-conditional-requests/ruleset.mjs\`)();
export default ruleset.default;
export const { ${namedExports} } = ruleset;
`,
);
copyFileSync(join(compiled, 'hosts/spectral.d.ts'), join(bundled, 'ruleset.d.ts'));

// A ruleset in YAML can pass nothing to a module that it extends, so there is a module for each guideline.
const { guidelines } = await import(pathToFileURL(join(compiled, 'guidelines/guidelines.js')).href);
mkdirSync(join(bundled, 'rulesets'));
for (const { name } of guidelines) {
  const text = `import { rulesetOfGuideline } from '../ruleset.mjs';\nexport default rulesetOfGuideline('${name}');\n`;
  writeFileSync(join(bundled, 'rulesets', `${name}.mjs`), text);
}

const folders = createRequire(import.meta.url).resolve.paths('any');
const installed = (file) => JSON.stringify(folders.map((folder) => join(folder, file)).find(existsSync));

/** The Spectral formatters in use, and their files. */
const formatters = {
  html: '@stoplight/spectral-formatters/dist/html/index.js',
  json: '@stoplight/spectral-formatters/dist/json.js',
  pretty: '@stoplight/spectral-formatters/dist/pretty.js',
  text: '@stoplight/spectral-formatters/dist/text.js',
};

/** The source of a module that loads each of its exports from a file at first use. */
const lazily = (members) =>
  Object.entries(members)
    .map(
      ([name, file]) =>
        `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => require(${installed(file)}).${name} });`,
    )
    .join('\n');

/** The exports of the YAML parser in use. Linting JSON does not load them. */
const yamlParts = [
  'determineScalarType',
  'Kind',
  'load',
  'parseYamlBigInteger',
  'parseYamlBoolean',
  'parseYamlFloat',
  'ScalarType',
];

/** Packages that load much more than the command line needs, and the smaller module that replaces each. */
const parts = {
  '@stoplight/spectral-formatters': lazily(formatters),
  '@stoplight/spectral-runtime': `export * from ${installed('@stoplight/spectral-runtime/dist/utils/printPath.js')};`,
  '@stoplight/json': `export { decodePointerFragment, pathToPointer } from ${installed('@stoplight/json/index.es.js')};`,
  '@stoplight/yaml-ast-parser': lazily(
    Object.fromEntries(yamlParts.map((name) => [name, '@stoplight/yaml-ast-parser/dist/src/index.js'])),
  ),
  ...Object.fromEntries(
    Object.entries({ Schema: 'schema', Type: 'type' }).map(([name, module]) => {
      const file = `@stoplight/yaml-ast-parser/dist/src/${module}.js`;
      return [file, lazily({ [name]: file })];
    }),
  ),
  lodash: `export { default as template } from ${installed('lodash/template.js')};`,
};

/** @type {import('rolldown').Plugin} */
const onlyParts = {
  name: 'only-parts',
  async resolveId(id, importer, options) {
    // The two functions in use need none of this package's imports, so without side effects the bundler drops them.
    if (importer?.includes('/@stoplight/json/'))
      return { ...(await this.resolve(id, importer, { ...options, skipSelf: true })), moduleSideEffects: false };
    return id in parts ? `\0${id}` : null;
  },
  load: (id) => (id.startsWith('\0') ? parts[id.slice(1)] : null),
};

/** Whether a module of the platform is only asked for where it may be missing: the YAML parser reads binary values without `Buffer`. */
const withoutBuffer = {
  name: 'without-buffer',
  resolveId: (id) => (id === 'buffer' ? '\0buffer' : null),
  load: (id) => (id === '\0buffer' ? 'export const Buffer = undefined;' : null),
};

// The API reaches no module of Node, so that it runs in browsers, too. What it shares with the plugin for Redocly is in one file.
const modules = await rolldown({
  input: { api: join(compiled, 'hosts/api/api.js'), redocly: join(compiled, 'hosts/redocly.js') },
  external: /^node:/,
  platform: 'browser',
  resolve: { mainFields: ['module', 'main'] },
  plugins: [withoutBuffer, onlyParts],
  logLevel: 'warn',
});
const modulesBundle = await modules.write({
  dir: bundled,
  entryFileNames: '[name].mjs',
  chunkFileNames: '[name].mjs',
  codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
  comments: { legal: true, annotation: true, jsdoc: false },
});

copyFileSync(join(compiled, 'hosts/redocly.d.ts'), join(bundled, 'redocly.d.ts'));

/** A declaration file without what it imports, which is in the same text, and without its first comment. */
const declarations = (name) =>
  readFileSync(join(compiled, 'hosts/api', name), 'utf8').replaceAll(/^(?:import|export type \*) .*\n/gm, '');
const rulesetNames = ['recommended', ...guidelines.map(({ name }) => name), 'all'].map((name) => `'${name}'`);
writeFileSync(
  join(bundled, 'api.d.ts'),
  `/** The names of the rulesets in the package. */
export type RulesetName =\n  | ${rulesetNames.join('\n  | ')};
${declarations('types.d.ts')}${declarations('api.d.ts')}`,
);

/**
 * Modules that linting JSON rarely needs, by the file of the command line that holds them. It is loaded at the first use of one of their
 * exports. To compile them would take longer than to lint a small description.
 */
const late = {
  'yaml-text': [join(compiled, 'files/yaml-text.js')],
  'yaml-parser': Object.keys(parts).filter((id) => id.startsWith('@stoplight/yaml-ast-parser')),
  'json-parser': ['jsonc-parser'],
  'observed-rules': [join(compiled, 'observe/observed-rules.js')],
  hyperlinks: ['supports-hyperlinks'],
};

/** The names of what the sources import from a module. */
function importedFrom(module) {
  const names = new Set();
  for (const file of readdirSync(compiled, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js')) continue;
    const text = readFileSync(join(compiled, file), 'utf8');
    for (const [, list, from] of text.matchAll(/^import \{([^}]+)\} from '(.+)';$/gm)) {
      if ((from.startsWith('.') ? resolve(compiled, dirname(file), from) : from) !== module) continue;
      for (const [, name] of list.matchAll(/(\w+)(?: as \w+)?/g)) names.add(name);
    }
  }
  return [...names];
}

/** @type {import('rolldown').Plugin} */
const loadedLate = {
  name: 'loaded-late',
  resolveId(id, importer) {
    if (importer === undefined) return id in late ? `\0file:${id}` : null;
    if (importer.startsWith('\0file:')) return this.resolve(id, join(compiled, 'any.js'), { skipSelf: true });
    if (importer.startsWith('\0late:')) return { id, external: true };
    const module = id.startsWith('.') ? resolve(dirname(importer), id) : id;
    const name = Object.keys(late).find((file) => late[file].includes(module));
    return name === undefined ? null : `\0late:${name}`;
  },
  load(id) {
    const [, kind, name] = /^\0(file|late):(.+)$/.exec(id) ?? [];
    if (name === undefined) return null;
    const exported = late[name].map((module) => ({ module, names: importedFrom(module) }));
    if (kind === 'file')
      return exported
        .map(({ module, names }) => `export { ${names.join(', ')} } from ${JSON.stringify(module)};`)
        .join('\n');
    const getters = exported
      .flatMap(({ names }) => names)
      .map(
        (each) =>
          `Object.defineProperty(exports, '${each}', { enumerable: true, get: () => (file ??= require('./${name}.cjs')).${each} });`,
      );
    return `let file;\n${getters.join('\n')}`;
  },
};

const cli = await rolldown({
  input: {
    'conditional-requests': join(compiled, 'hosts/cli/main.js'),
    worker: join(compiled, 'hosts/cli/worker.js'),
    ...Object.fromEntries(Object.keys(late).map((name) => [name, name])),
  },
  platform: 'node',
  resolve: { mainFields: ['module', 'main'] },
  plugins: [loadedLate, onlyParts],
  logLevel: 'warn',
});
const { output } = await cli.write({
  dir: join(bundled, 'bin'),
  // Node loads CommonJS faster than ES modules.
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name].cjs',
  comments: { legal: true, annotation: false, jsdoc: false },
  // Loading each file takes time, so the modules for linting are in one file, without other modules.
  codeSplitting: {
    groups: [
      { name: 'base', test: /compiled\/hosts\/cli\/(?:arguments|failure|version)\.js$/, priority: 2 },
      {
        name: 'lint',
        test: /compiled\/hosts\/cli\/(?:commands|lint-(?!cache)[a-z]+|formats\/code-frame)\.js$/,
        priority: 1,
      },
    ],
  },
  banner: (chunk) => (chunk.name === 'conditional-requests' ? '#!/usr/bin/env node' : ''),
});

chmodSync(join(bundled, 'bin/conditional-requests.cjs'), 0o755);

/** The packages in bundles, sorted by name. */
const packagesIn = (chunks) =>
  chunks
    .flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
    .flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? [])
    .filter((folder, index, all) => all.indexOf(folder) === index)
    .map((folder) => ({ folder, ...JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));

/** Writes the licences of the packages in some programs to a file. */
function writeLicenses(file, programs, packages) {
  const notices = packages.map(({ folder, name, version, license }) => {
    const texts = readdirSync(folder)
      .filter((each) => /^(?:licen[cs]e|notice)/i.test(each))
      .map((each) => `\n\n${readFileSync(join(folder, each), 'utf8').trim()}`);
    return `${name} ${version}, ${license}${texts.join('')}\n`;
  });
  const rule = `\n${'-'.repeat(80)}\n\n`;
  writeFileSync(file, `${programs} these packages:\n${rule}${notices.join(rule)}`);
}

const packages = packagesIn([...output, ...modulesBundle.output]);
const programs = 'The command line, the API and the plugin for Redocly contain';
writeLicenses(join(bundled, 'bin/LICENSES.txt'), programs, packages);

/** A package as a component of the bill of materials, with its package URL (https://github.com/package-url/purl-spec). */
function componentOf({ name, version, license }, type = Enums.ComponentType.Library) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const licenses = new Models.LicenseRepository([new Models.SpdxLicense(license)]);
  return new Models.Component(type, name, { bomRef: purl, purl, version, licenses });
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const own = componentOf(manifest, Enums.ComponentType.Application);
const components = packages.map((each) => componentOf(each));
for (const { bomRef } of components) own.dependencies.add(bomRef);
const bill = new Models.Bom({
  metadata: new Models.Metadata({ component: own }),
  components: new Models.ComponentRepository(components),
});
const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
writeFileSync(join(bundled, 'bin/sbom.cdx.json'), `${serializer.serialize(bill, { sortLists: true, space: 2 })}\n`);

// The extension for VS Code, as a folder to package: it brings a server along, which is this package as far as the server needs it.
const extensionSources = join(root, 'src/hosts/vscode-extension');
const extensionFolder = join(bundled, 'vscode-extension');
const extension = await rolldown({
  input: join(compiled, 'hosts/vscode-extension/extension.js'),
  external: 'vscode',
  platform: 'node',
  logLevel: 'warn',
});
const extensionBundle = await extension.write({ file: join(extensionFolder, 'extension.cjs'), format: 'cjs' });
// In a browser no server runs: the extension checks documents itself. VS Code loads it there as one script, whose name ends in `.js`.
const extensionInBrowser = await rolldown({
  input: join(compiled, 'hosts/vscode-extension/browser.js'),
  external: 'vscode',
  platform: 'browser',
  resolve: { mainFields: ['module', 'main'] },
  plugins: [withoutBuffer, onlyParts],
  logLevel: 'warn',
});
const browserBundle = await extensionInBrowser.write({ file: join(extensionFolder, 'browser.js'), format: 'cjs' });
const packagesOfExtension = packagesIn([...extensionBundle.output, ...browserBundle.output]);
writeLicenses(join(extensionFolder, 'LICENSES.txt'), 'The extension contains', packagesOfExtension);
const { name, version, license, bin } = manifest;
const writeManifest = (folder, content) => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(content, undefined, 2)}\n`);
};
const ofExtension = JSON.parse(readFileSync(join(extensionSources, 'manifest.json'), 'utf8'));
writeManifest(extensionFolder, { ...ofExtension, version, license });
for (const file of ['README.md', 'icon.png', 'images'])
  if (existsSync(join(extensionSources, file)))
    cpSync(join(extensionSources, file), join(extensionFolder, file), { recursive: true });
for (const file of ['CHANGELOG.md', 'LICENSE']) copyFileSync(join(root, file), join(extensionFolder, file));
writeManifest(join(extensionFolder, 'server'), { name, version, license, bin });
cpSync(join(bundled, 'bin'), join(extensionFolder, 'server/dist/bin'), { recursive: true });
cpSync(join(root, 'rulesets/README.md'), join(extensionFolder, 'server/rulesets/README.md'));

// `npx` in a clone builds, perhaps while another program runs the last build. A file that is renamed is never missing or half written.
const dist = join(root, 'dist');
const filesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    : [];
const built = filesIn(bundled);
for (const file of built) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  renameSync(join(bundled, file), join(dist, file));
}
for (const file of filesIn(dist)) if (!built.includes(file)) rmSync(join(dist, file));
