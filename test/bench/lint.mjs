// What `lint` takes, by what `spectral lint` takes with the same ruleset, and by what reading takes: whole processes.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { inTurns, largeDescription, median, mostlySchemas, root } from './describe.mjs';

const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-bench-'));
const ours = join(root, 'dist/bin/conditional-requests.cjs');
const spectral = join(root, 'node_modules/@stoplight/spectral-cli/dist/index.js');
const ruleset = join(root, 'rulesets/recommended.yaml');
const corpus = join(root, '../shared/corpus');
const peak = join(folder, 'peak');

/** A process of Node's, as a task. */
function node(/** @type {string[]} */ ...args) {
  return () => {
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e9 });
    if (status !== 0 && status !== 1) throw new Error(stderr);
  };
}

/** The memory that a process has had at most, in MiB: the middle one of three. */
function memoryOf(/** @type {string[]} */ ...args) {
  const env = { ...process.env, PEAK: peak };
  const peaks = [1, 2, 3].map(() => {
    spawnSync(process.execPath, ['--require', join(import.meta.dirname, 'peak.cjs'), ...args], {
      env,
      stdio: 'ignore',
    });
    return Number(readFileSync(peak, 'utf8')) / 1024;
  });
  return median(peaks);
}

function ratio(/** @type {number} */ one, /** @type {number} */ other) {
  return `${(one / other).toFixed(2)} times`;
}

try {
  console.log(`Node ${process.version}`);

  console.log('start-up');
  const started = inTurns({ 'node -e 0': node('-e', '0'), '--version': node(ours, '--version') }, 15);
  console.log(`  --version takes ${ratio(started['--version'] ?? 0, started['node -e 0'] ?? 1)} what node -e 0 takes`);

  const { text } = largeDescription();
  const files = { JSON: join(folder, 'large.json'), YAML: join(folder, 'large.yaml') };
  writeFileSync(files.JSON, text);
  writeFileSync(files.YAML, stringify(JSON.parse(text), { lineWidth: 0, aliasDuplicateObjects: false }));
  for (const [format, file] of Object.entries(files)) {
    console.log(`${(readFileSync(file).length / 1e6).toFixed(1)} MB of ${format}`);
    const lintIt = [ours, 'lint', '--quiet', '--ruleset', ruleset, file];
    const tasks = {
      'spectral lint': node(spectral, 'lint', '--quiet', '--ruleset', ruleset, file),
      lint: node(...lintIt.with(4, 'recommended')),
      ...(format === 'JSON' && { 'JSON.parse': node('-e', `JSON.parse(fs.readFileSync('${file}', 'utf8'))`) }),
    };
    const { 'spectral lint': theirs = 1, lint = 1, 'JSON.parse': parse } = inTurns(tasks, 7);
    console.log(`  spectral lint takes ${ratio(theirs, lint)} what lint takes`);
    if (parse !== undefined) console.log(`  lint takes ${ratio(lint, parse)} what reading and JSON.parse take`);
    const [memory, theirMemory] = [lintIt.with(4, 'recommended'), [spectral, 'lint', '-q', '-r', ruleset, file]].map(
      (args) => memoryOf(...args),
    );
    const share = (((memory ?? 0) / (theirMemory ?? 1)) * 100).toFixed(0);
    console.log(
      `  peak memory ${memory?.toFixed(0)} MiB, ${share} % of spectral lint's ${theirMemory?.toFixed(0)} MiB`,
    );
  }

  if (existsSync(corpus)) {
    const rows = readFileSync(join(corpus, 'expected.tsv'), 'utf8').trim().split('\n').slice(1);
    const entries = rows.map((row) => join(corpus, 'docs', row.split('\t', 1)[0] ?? ''));
    console.log(`${entries.length} real descriptions in one call`);
    const { 'spectral lint': theirs = 1, lint = 1 } = inTurns(
      {
        'spectral lint': node(spectral, 'lint', '--quiet', '--ruleset', ruleset, ...entries),
        lint: node(ours, 'lint', '--quiet', '--ruleset', 'recommended', ...entries),
      },
      3,
    );
    console.log(`  spectral lint takes ${ratio(theirs, lint)} what lint takes`);
  }

  console.log('growth, in JSON');
  const sizes = [1, 10, 100];
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
  const times = inTurns(
    {
      tiny: lintOf(tiny),
      ...Object.fromEntries(Object.entries(growing).map(([name, { file }]) => [name, lintOf(file)])),
    },
    5,
  );
  for (const [name, { size }] of Object.entries(growing)) {
    const perMegabyte = (((times[name] ?? 0) - (times['tiny'] ?? 0)) / size) * 1000;
    console.log(`  ${name}: ${perMegabyte.toFixed(1)} ms per MB, but for the start`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
