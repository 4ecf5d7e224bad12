// What the sources are held to: which part of `src` may import which, that no two modules export the same name, and that files are
// short. `node test/sources.mjs` lists what is not so.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rolldown/parseAst';

const src = join(dirname(import.meta.dirname), 'src');

/**
 * For every part, the parts that it may import, beside itself; a part is a folder or a file of `src`. What a fix is, as data, is
 * all that rules and the editing of texts have in common. The order is written here and nowhere else.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const mayKnow = {
  contract: [],
  edit: ['contract'],
  grammar: ['edit/patch.ts'],
  'guidelines.ts': [],
  'visible.ts': [],
  'obligation.ts': ['contract', 'edit/patch.ts', 'grammar', 'guidelines.ts'],
  'rule.ts': ['contract', 'guidelines.ts', 'obligation.ts', 'visible.ts'],
  rules: ['contract', 'edit/patch.ts', 'grammar', 'guidelines.ts', 'obligation.ts', 'rule.ts'],
  'catalogue.ts': ['rules', 'rule.ts'],
  'rulesets.ts': ['catalogue.ts', 'guidelines.ts', 'rule.ts'],
  'page.ts': ['guidelines.ts', 'rule.ts', 'rulesets.ts'],
  'ruleset.ts': ['catalogue.ts', 'contract', 'rule.ts'],
  workspace: [
    'catalogue.ts',
    'contract',
    'edit',
    'guidelines.ts',
    'obligation.ts',
    'rule.ts',
    'rulesets.ts',
    'visible.ts',
  ],
  'language-server': ['catalogue.ts', 'contract', 'edit', 'rule.ts', 'workspace', 'visible.ts'],
  cli: [
    'catalogue.ts',
    'edit',
    'guidelines.ts',
    'language-server',
    'page.ts',
    'rule.ts',
    'rulesets.ts',
    'workspace',
    'visible.ts',
  ],
};

/** A single module that parts may import without the rest of its folder. */
const alone = 'edit/patch.ts';

/** How many lines a file may have without a reason. */
const mostLines = 300;

/**
 * The files that are longer, and why.
 *
 * @type {Readonly<Record<string, string>>}
 */
const long = {
  'edit/draft.ts': 'each operation of a patch on a text, and what it may not touch there',
  'edit/yaml-syntax.ts': 'where things stand in a text of YAML, which has many forms for each',
  'guidelines.ts': 'the sections of all sources, for looking up',
  'rules/not-modified.ts': 'all rules whose ids begin with the word',
  'rules/precondition.ts': 'all rules whose ids begin with the word',
  'workspace/fix.ts': 'one run of fixes, whose rounds have their state in common',
  'workspace/yaml-text.ts': 'what Spectral makes of YAML, with all that it tolerates',
};

/**
 * Names that two modules export although they mean different things in them.
 *
 * @type {readonly string[]}
 */
const ambiguous = ['copyOf', 'Fault', 'Kind', 'lint', 'Linted', 'nameOf', 'positionOf', 'Source', 'Spot', 'standingOf'];

/** The modules, by their paths below `src`. */
export const modules = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .toSorted();

/** @param {string} module */
function textOf(module) {
  return readFileSync(join(src, module), 'utf8');
}

/** @param {string} module */
function statementsOf(module) {
  return parseAst(textOf(module), { lang: 'ts' }, module).body;
}

/**
 * What a module imports, or exports from elsewhere.
 *
 * @param {string} module
 * @returns {{ name: string, isPackage: boolean, isType: boolean }[]} by the path below `src` or the name of the package, and
 *   whether it is gone once the module is compiled
 */
export function importsOf(module) {
  const read = (/** @type {string} */ value, /** @type {boolean} */ isType) => {
    const isPackage = !value.startsWith('.');
    const name = isPackage ? value : relative(src, join(src, dirname(module), value)).replace(/\.js$/, '.ts');
    return { name, isPackage, isType };
  };
  const whenLoaded = statementsOf(module).flatMap((statement) => {
    if (!('source' in statement) || !statement.source) return [];
    const kind = statement.type === 'ImportDeclaration' ? statement.importKind : statement.exportKind;
    return [read(statement.source.value, kind === 'type')];
  });
  const whenUsed = [...textOf(module).matchAll(/\bimport\('([^']+)'\)/g)].map(([, value = '']) => read(value, false));
  return [...whenLoaded, ...whenUsed];
}

/**
 * The names that a module declares and exports.
 *
 * @param {string} module
 * @returns {string[]}
 */
export function exportsOf(module) {
  return statementsOf(module).flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) return [];
    const { declaration } = statement;
    const declared = 'declarations' in declaration ? declaration.declarations : [declaration];
    return declared.flatMap(({ id }) => (id?.type === 'Identifier' ? id.name : []));
  });
}

/**
 * The part of `src` that a module is in.
 *
 * @param {string} module
 */
function partOf(module) {
  return module.split('/', 1)[0] ?? module;
}

/**
 * What a module imports although its part may not know it.
 *
 * @param {string} module
 * @returns {string[]}
 */
export function forbiddenImportsOf(module) {
  const part = partOf(module);
  const known = mayKnow[part];
  if (known === undefined) return [`${part}: no row of the table is about it`];
  return importsOf(module)
    .filter(({ isPackage }) => !isPackage)
    .map(({ name }) => name)
    .filter((name) => partOf(name) !== part && !known.includes(partOf(name)))
    .filter((name) => name !== alone || !known.includes(alone));
}

/** @returns {string[]} the names that more than one module exports, with the modules; and the exceptions that are none any more */
export function namesDefinedTwice() {
  /** @type {Map<string, string[]>} */
  const homes = new Map();
  for (const module of modules)
    for (const name of new Set(exportsOf(module))) homes.set(name, [...(homes.get(name) ?? []), module]);
  const isTwice = (/** @type {string} */ name) => (homes.get(name)?.length ?? 0) > 1;
  return [
    ...[...homes]
      .filter(([name]) => isTwice(name) && !ambiguous.includes(name))
      .map(([name, all]) => `${name}: ${all.join(', ')}`),
    ...ambiguous.filter((name) => !isTwice(name)).map((name) => `${name}: is an exception without need`),
  ];
}

/** @returns {string[]} the files that are too long without a reason; and the reasons that nothing needs any more */
export function filesTooLong() {
  const lines = new Map(modules.map((module) => [module, textOf(module).trimEnd().split('\n').length]));
  const isLong = (/** @type {string} */ module) => (lines.get(module) ?? 0) > mostLines;
  return [
    ...modules
      .filter((module) => isLong(module) && !Object.hasOwn(long, module))
      .map((module) => `${module}: ${lines.get(module)} lines`),
    ...Object.keys(long)
      .filter((module) => !isLong(module))
      .map((module) => `${module}: is an exception without need`),
  ];
}

/** @returns {Record<string, string[]>} everything that is not as it should be, by what it is */
export function faultsOfSources() {
  return {
    'names that two modules export': namesDefinedTwice(),
    'imports that the order of the parts forbids': modules.flatMap((module) =>
      forbiddenImportsOf(module).map((name) => `${module}: ${name}`),
    ),
    [`files of more than ${mostLines} lines, without a reason`]: filesTooLong(),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = faultsOfSources();
  for (const [what, all] of Object.entries(faults)) {
    console.log(`${what}: ${all.length === 0 ? 'none' : all.length}`);
    for (const fault of all) console.log(`  ${fault}`);
  }
  for (const [file, reason] of Object.entries(long)) console.log(`long for a reason: ${file}: ${reason}`);
  process.exitCode = Object.values(faults).some((all) => all.length > 0) ? 1 : 0;
}
