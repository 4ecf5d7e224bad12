// What `lint` takes, by what `spectral lint` takes with the same ruleset, and by what reading takes: whole processes.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import {
  inTurns,
  instructionsOf,
  isQuick,
  largeDescription,
  median,
  memoryOf,
  mostlySchemas,
  ratio,
  root,
} from './describe.mjs';

const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-bench-'));
const ours = join(root, 'dist/bin/conditional-requests.cjs');
const spectral = join(root, 'node_modules/@stoplight/spectral-cli/dist/index.js');
const ruleset = join(root, 'rulesets/recommended.yaml');
const corpus = join(root, '../shared/corpus');

/** A process of Node's, as a task. */
function node(/** @type {string[]} */ ...args) {
  return () => {
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e9 });
    if (status !== 0 && status !== 1) throw new Error(stderr);
  };
}

try {
  console.log(`Node ${process.version}`);

  console.log('start-up');
  const started = inTurns({ 'node -e 0': node('-e', '0'), '--version': node(ours, '--version') }, 15);
  console.log(`  --version takes ${ratio(started['--version'], started['node -e 0'])} what node -e 0 takes`);

  const { text } = largeDescription();
  const files = { JSON: join(folder, 'large.json'), YAML: join(folder, 'large.yaml') };
  writeFileSync(files.JSON, text);
  writeFileSync(files.YAML, stringify(JSON.parse(text), { lineWidth: 0, aliasDuplicateObjects: false }));
  for (const [format, file] of Object.entries(files)) {
    console.log(`${(readFileSync(file).length / 1e6).toFixed(1)} MB of ${format}`);
    const commands = {
      'spectral lint': [spectral, 'lint', '--quiet', '--ruleset', ruleset, file],
      lint: [ours, 'lint', '--quiet', '--ruleset', 'recommended', file],
      // For YAML, too: what the same data take as JSON.
      'JSON.parse': ['-e', `JSON.parse(fs.readFileSync('${files.JSON}', 'utf8'))`],
    };
    const times = inTurns(
      {
        'spectral lint': node(...commands['spectral lint']),
        lint: node(...commands.lint),
        'JSON.parse': node(...commands['JSON.parse']),
      },
      7,
    );
    console.log(`  spectral lint takes ${ratio(times['spectral lint'], times.lint)} what lint takes`);
    console.log(`  lint takes ${ratio(times.lint, times['JSON.parse'])} what reading JSON and JSON.parse take`);
    for (const [name, command] of Object.entries(commands)) {
      const { peak, allocated } = memoryOf(command);
      const count = instructionsOf(command);
      const instructions = count === undefined ? '' : `, ${(count / 1e6).toFixed(0)} M instructions`;
      console.log(
        `  ${name.padEnd(34)} ${peak.toFixed(0)} MiB at most, ${allocated.toFixed(0)} MB allocated${instructions}`,
      );
    }
  }

  if (existsSync(corpus)) {
    const rows = readFileSync(join(corpus, 'expected.tsv'), 'utf8').trim().split('\n').slice(1);
    const entries = rows.map((row) => join(corpus, 'docs', row.split('\t', 1)[0] ?? ''));
    console.log(`${entries.length} real descriptions in one call`);
    const { 'spectral lint': theirs, lint } = inTurns(
      {
        'spectral lint': node(spectral, 'lint', '--quiet', '--ruleset', ruleset, ...entries),
        lint: node(ours, 'lint', '--quiet', '--ruleset', 'recommended', ...entries),
      },
      3,
    );
    console.log(`  spectral lint takes ${ratio(theirs, lint)} what lint takes`);
  }

  console.log('growth, in JSON');
  const sizes = isQuick ? [1, 10] : [1, 10, 100];
  const growing = Object.fromEntries(
    sizes.map((size) => {
      const file = join(folder, `${size}.json`);
      writeFileSync(file, JSON.stringify(mostlySchemas(size * 1e6), null, 2));
      return [`${size} MB`, { file, size: readFileSync(file).length / 1e6 }];
    }),
  );
  const tiny = join(folder, 'tiny.json');
  writeFileSync(tiny, JSON.stringify(mostlySchemas(1)));
  const lintOf = (/** @type {string} */ file) => node(ours, 'lint', '--quiet', '--ruleset', 'recommended', file);
  /** @type {Record<string, number[]>} */
  const times = inTurns(
    {
      tiny: lintOf(tiny),
      ...Object.fromEntries(Object.entries(growing).map(([name, { file }]) => [name, lintOf(file)])),
    },
    5,
  );
  for (const [name, { size }] of Object.entries(growing)) {
    const perMegabyte = ((median(times[name] ?? []) - median(times['tiny'] ?? [])) / size) * 1000;
    console.log(`  ${name}: ${perMegabyte.toFixed(1)} ms per MB, but for the start`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
