// Checks the sources: each room of `src` imports only the rooms that it may, no two modules export the same name, and files are short.
// `node test/imports.mjs` lists the violations.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rolldown/parseAst';

const src = join(dirname(import.meta.dirname), 'src');

/** What each host that reads files may import. */
const forFileHosts = [
  'json.ts',
  'grouping.ts',
  'counted.ts',
  'visible-text.ts',
  'patch.ts',
  'model',
  'guidelines',
  'obligation.ts',
  'rule.ts',
  'message.ts',
  'check.ts',
  'catalogue.ts',
  'rulesets.ts',
  'sources.ts',
  'text-editor',
  'result.ts',
  'problem.ts',
  'files',
  'user-ruleset',
  'invalid-references.ts',
  'exception-problems.ts',
  'baseline',
  'lint.ts',
  'fixing',
];

/**
 * The rooms, and the other rooms that each may import. A room is a folder or file of `src`, or a folder or file of `src/hosts`. This is the
 * only place where the order is written: a room imports only rooms above it.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const mayKnow = {
  'json.ts': [],
  'grouping.ts': [],
  'counted.ts': [],
  'visible-text.ts': [],
  'nearest-name.ts': [],
  'patch.ts': ['json.ts'],
  model: ['json.ts'],
  grammar: ['json.ts'],
  guidelines: [],
  'obligation.ts': ['json.ts', 'patch.ts', 'model', 'grammar'],
  'rule.ts': ['model', 'guidelines', 'obligation.ts'],
  'sources.ts': ['guidelines', 'rule.ts'],
  'message.ts': ['visible-text.ts', 'model', 'guidelines', 'obligation.ts', 'rule.ts', 'sources.ts'],
  'check.ts': ['model', 'guidelines', 'obligation.ts', 'rule.ts', 'sources.ts', 'message.ts'],
  rules: ['json.ts', 'patch.ts', 'model', 'grammar', 'guidelines', 'obligation.ts', 'rule.ts'],
  'catalogue.ts': ['rules', 'rule.ts'],
  observe: ['json.ts', 'counted.ts', 'model', 'grammar', 'guidelines', 'obligation.ts', 'rule.ts', 'rules'],
  'rulesets.ts': ['guidelines', 'rule.ts', 'sources.ts', 'catalogue.ts'],
  'ruleset-marks.ts': ['guidelines', 'rulesets.ts'],
  'markdown.ts': [],
  'guideline-schema.ts': ['guidelines', 'catalogue.ts', 'rulesets.ts'],
  'guideline-docs.ts': ['guidelines', 'rule.ts', 'sources.ts', 'rulesets.ts', 'markdown.ts'],
  'rule-docs.ts': ['guidelines', 'rule.ts', 'sources.ts', 'rulesets.ts', 'observe', 'markdown.ts', 'guideline-docs.ts'],
  'text-editor': ['json.ts', 'patch.ts', 'grouping.ts'],
  'result.ts': ['json.ts', 'obligation.ts', 'observe', 'text-editor'],
  'problem.ts': ['json.ts', 'text-editor'],
  files: ['json.ts', 'patch.ts', 'grouping.ts', 'visible-text.ts', 'model', 'text-editor', 'result.ts', 'problem.ts'],
  'user-ruleset': [
    'json.ts',
    'grouping.ts',
    'visible-text.ts',
    'nearest-name.ts',
    'guidelines',
    'rule.ts',
    'catalogue.ts',
    'rulesets.ts',
    'ruleset-marks.ts',
    'sources.ts',
    'files',
  ],
  'invalid-references.ts': ['json.ts', 'grouping.ts', 'model', 'text-editor', 'files', 'problem.ts'],
  baseline: [
    'json.ts',
    'grouping.ts',
    'visible-text.ts',
    'model',
    'obligation.ts',
    'check.ts',
    'result.ts',
    'problem.ts',
    'files',
  ],
  'exception-problems.ts': [
    'json.ts',
    'visible-text.ts',
    'nearest-name.ts',
    'model',
    'rule.ts',
    'catalogue.ts',
    'observe',
    'text-editor',
    'problem.ts',
    'files',
  ],
  'lint.ts': [
    'json.ts',
    'grouping.ts',
    'model',
    'guidelines',
    'rule.ts',
    'sources.ts',
    'check.ts',
    'catalogue.ts',
    'text-editor',
    'result.ts',
    'problem.ts',
    'files',
    'user-ruleset',
    'invalid-references.ts',
    'exception-problems.ts',
    'baseline',
    'message.ts',
    'obligation.ts',
  ],
  report: [
    'observe',
    'json.ts',
    'grouping.ts',
    'counted.ts',
    'visible-text.ts',
    'model',
    'guidelines',
    'rule.ts',
    'sources.ts',
    'catalogue.ts',
    'result.ts',
    'files',
    'lint.ts',
  ],
  fixing: [
    'json.ts',
    'patch.ts',
    'grouping.ts',
    'model',
    'obligation.ts',
    'rule.ts',
    'check.ts',
    'text-editor',
    'problem.ts',
    'files',
    'user-ruleset',
    'invalid-references.ts',
    'guidelines',
    'lint.ts',
    'result.ts',
  ],
  traffic: ['json.ts', 'observe', 'files'],
  asking: ['json.ts', 'model', 'observe'],
  overlay: [
    'json.ts',
    'patch.ts',
    'guidelines',
    'rule.ts',
    'sources.ts',
    'text-editor',
    'files',
    'user-ruleset',
    'fixing',
  ],
  'hosts/spectral.ts': [
    'json.ts',
    'model',
    'guidelines',
    'rule.ts',
    'sources.ts',
    'check.ts',
    'catalogue.ts',
    'rulesets.ts',
    'ruleset-marks.ts',
  ],
  'hosts/redocly.ts': [
    'json.ts',
    'model',
    'guidelines',
    'rule.ts',
    'sources.ts',
    'check.ts',
    'catalogue.ts',
    'rulesets.ts',
    'files',
  ],
  'hosts/api': [...forFileHosts, 'nearest-name.ts'],
  'hosts/language-server': forFileHosts,
  'hosts/vscode-extension': ['rulesets.ts', 'files', 'hosts/api'],
  'hosts/cli': [
    ...forFileHosts,
    'nearest-name.ts',
    'observe',
    'traffic',
    'asking',
    'overlay',
    'markdown.ts',
    'rule-docs.ts',
    'report',
    'hosts/language-server',
  ],
};

/** The most lines of a file that needs no reason. */
const mostLines = 300;

/**
 * The longer files, and the reason for each.
 *
 * @type {Readonly<Record<string, string>>}
 */
const long = {};

/**
 * The names that two modules may export with different meanings.
 *
 * @type {readonly string[]}
 */
const ambiguous = ['activate'];

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
 * The modules and packages that a module imports or exports from.
 *
 * @param {string} module
 * @returns {{ name: string, isPackage: boolean, isType: boolean }[]} the path below `src`, or the name of the package; `isType` if the
 *   import disappears when the module is compiled
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
 * The room that a module is in.
 *
 * @param {string} module
 */
function partOf(module) {
  const [first = module, second = '', ...below] = module.split('/');
  return first === 'hosts' ? `${first}/${second}` : below.length === 0 && second === '' ? module : first;
}

/**
 * The modules that a module imports although its room must not import them.
 *
 * @param {string} module
 * @returns {string[]}
 */
export function forbiddenImportsOf(module) {
  const part = partOf(module);
  const known = mayKnow[part];
  if (known === undefined) return [`${part}: is not in the table of rooms`];
  return importsOf(module)
    .filter(({ isPackage }) => !isPackage)
    .map(({ name }) => name)
    .filter((name) => partOf(name) !== part && !known.includes(partOf(name)));
}

/** @returns {string[]} the names that several modules export, with the modules; and the exceptions that are no longer needed */
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
    ...ambiguous.filter((name) => !isTwice(name)).map((name) => `${name}: the exception is no longer needed`),
  ];
}

/** @returns {string[]} the long files without a reason; and the reasons that are no longer needed */
export function filesTooLong() {
  const lines = new Map(modules.map((module) => [module, textOf(module).trimEnd().split('\n').length]));
  const isLong = (/** @type {string} */ module) => (lines.get(module) ?? 0) > mostLines;
  return [
    ...modules
      .filter((module) => isLong(module) && !Object.hasOwn(long, module))
      .map((module) => `${module}: ${lines.get(module)} lines`),
    ...Object.keys(long)
      .filter((module) => !isLong(module))
      .map((module) => `${module}: the exception is no longer needed`),
  ];
}

/** @returns {Record<string, string[]>} all violations, by kind */
export function faultsOfSources() {
  return {
    'names that two modules export': namesDefinedTwice(),
    'imports that the order of the rooms forbids': modules.flatMap((module) =>
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
