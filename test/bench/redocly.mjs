// What the plugin costs Redocly CLI: the processor time that it takes to load and to run all its rules, in percent of the rest of the run, in
// which one configurable rule of Redocly's own is on. Both are measured in one process, so that what else the machine does counts for both.
// `node test/bench/redocly.mjs [file] [runs]`; without a file it takes the large description of the other benchmarks. Redocly is installed in a temporary folder.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { largeDescription, median, root } from './describe.mjs';

const [file, runs = '5'] = process.argv.slice(2);

/** A plugin that adds the processor time that another plugin takes to load and to run, and writes it and that of the whole run to a file. */
const measuring = `import { writeFileSync } from 'node:fs';

let spent = 0;
let first;
let last;
const now = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
process.on('exit', () => writeFileSync('times', JSON.stringify({ spent: spent + last - first, all: now() })));

const start = now();
const { default: redoclyPlugin } = await import('spectral-conditional-requests/redocly');
const { rules, ...others } = redoclyPlugin();
spent += now() - start;

const lastId = Object.keys(rules.oas3).at(-1);
const measured = (rule, id) => (settings) => {
  const { Root } = rule(settings);
  const leave = (...args) => {
    first ??= now();
    Root.leave(...args);
    // The rules run one after the other. To ask for the time after each would take longer than most of them.
    if (id === lastId) last = now();
  };
  return { Root: { leave } };
};

export default function plugin() {
  const oas = Object.fromEntries(Object.entries(rules.oas3).map(([id, rule]) => [id, measured(rule, id)]));
  return { ...others, rules: { oas2: oas, oas3: oas } };
}
`;

const config = {
  plugins: ['./measuring.mjs'],
  extends: ['conditional-requests/all'],
  rules: {
    'rule/operation-summary': {
      severity: 'warn',
      subject: { type: 'Operation', property: 'summary' },
      assertions: { defined: true },
    },
  },
};

const folder = mkdtempSync(join(tmpdir(), 'redocly-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const files = { 'package.json': { private: true }, 'redocly.yaml': config };
for (const [name, data] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(data));
writeFileSync(join(folder, 'measuring.mjs'), measuring);
spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '@redocly/cli@2.77.0'], { cwd: folder });
symlinkSync(root, join(folder, 'node_modules/spectral-conditional-requests'));

const linted = file === undefined ? join(folder, 'large.json') : resolve(file);
if (file === undefined) writeFileSync(linted, largeDescription().text);

/** @returns {number} the cost of the plugin in one run, in percent */
function costOfPlugin() {
  const program = join(folder, 'node_modules/.bin/redocly');
  const { stderr } = spawnSync(program, ['lint', '--format=summary', linted], { cwd: folder, encoding: 'utf8' });
  if (!stderr.includes('validated in')) throw new Error(stderr);
  const { spent, all } = JSON.parse(readFileSync(join(folder, 'times'), 'utf8'));
  const percent = (100 * spent) / (all - spent);
  console.log(`plugin: ${spent.toFixed(0)} ms; the rest: ${(all - spent).toFixed(0)} ms; ${percent.toFixed(1)} %`);
  return percent;
}

const costs = Array.from({ length: Number(runs) }, costOfPlugin);
console.log(`median: ${median(costs).toFixed(1)} %`);
