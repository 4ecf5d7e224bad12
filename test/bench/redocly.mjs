// What the plugin costs Redocly CLI: the time that it takes to load and to run all its rules, in percent of the rest of the run, in which one
// configurable rule of Redocly's own is on. Both are measured in one process, so that what else the machine does counts for both: as processor
// time, in which the threads count that compile the rules meanwhile, and as the time that people wait.
// `node test/bench/redocly.mjs [file] [runs]`; without a file it takes the large description of the other benchmarks. Redocly is installed in a temporary folder.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { largeDescription, median, root, runsOf } from './describe.mjs';

const [file, runs = runsOf(5)] = process.argv.slice(2);

/** A plugin that adds the processor time that another plugin takes to load and to run, and writes it and that of the whole run to a file. */
const measuring = `import { writeFileSync } from 'node:fs';

let first;
let last;
/** The processor time so far, and the time since the start of the process, in milliseconds. */
const now = () => {
  const { user, system } = process.cpuUsage();
  return { processor: (user + system) / 1000, waited: process.uptime() * 1000 };
};
process.on('exit', () => {
  const all = now();
  const spent = (kind) => loaded[kind] - start[kind] + last[kind] - first[kind];
  const times = ['processor', 'waited'].map((kind) => [kind, { spent: spent(kind), all: all[kind] }]);
  writeFileSync('times', JSON.stringify(Object.fromEntries(times)));
});

const start = now();
const { default: redoclyPlugin } = await import('spectral-conditional-requests/redocly');
const { rules, ...others } = redoclyPlugin();
const loaded = now();

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

/** The cost of the plugin in one run, in percent. */
function costOfPlugin() {
  const program = join(folder, 'node_modules/.bin/redocly');
  const { stderr } = spawnSync(program, ['lint', '--format=summary', linted], { cwd: folder, encoding: 'utf8' });
  if (!stderr.includes('validated in')) throw new Error(stderr);
  /** @type {Record<'processor' | 'waited', { spent: number, all: number }>} */
  const times = JSON.parse(readFileSync(join(folder, 'times'), 'utf8'));
  const percentOf = (/** @type {'processor' | 'waited'} */ kind) => {
    const { spent, all } = times[kind];
    const percent = (100 * spent) / (all - spent);
    console.log(
      `  ${kind.padEnd(10)} plugin: ${spent.toFixed(0)} ms; the rest: ${(all - spent).toFixed(0)} ms; ${percent.toFixed(1)} %`,
    );
    return percent;
  };
  return { processor: percentOf('processor'), waited: percentOf('waited') };
}

console.log(`the plugin in Redocly, Node ${process.version}`);
const costs = Array.from({ length: Number(runs) }, costOfPlugin);
for (const kind of /** @type {const} */ (['processor', 'waited'])) {
  const percents = costs.map((cost) => cost[kind]);
  console.log(
    `  ${kind.padEnd(10)} median ${median(percents).toFixed(1)} % (${Math.min(...percents).toFixed(1)} to ${Math.max(...percents).toFixed(1)})`,
  );
}
