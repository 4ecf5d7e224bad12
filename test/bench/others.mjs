// What `lint` takes by what people might use instead: `spectral lint` with a rule written by hand, Redocly with a configurable rule,
// and IBM's validator. Whole processes. The others are installed in a temporary folder; one that cannot be installed is left out.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { instructionsOf, isQuick, largeDescription, median, memoryOf, ratio, root, runsOf } from './describe.mjs';

const corpus = join(root, '../shared/corpus');
const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-bench-'));
const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };

/** Each asks what a reader of RFC 9110 would ask first: that a GET documents 304. */
const files = {
  'spectral.yaml': `rules:
  get-documents-304:
    given: $.paths[*].get.responses
    severity: hint
    then: {field: '304', function: truthy}
`,
  'redocly.yaml': `rules:
  rule/get-documents-304:
    severity: warn
    subject: {type: Responses}
    where: [{subject: {type: Operation, filterInParentKeys: [get]}, assertions: {defined: true}}]
    assertions: {required: ['304']}
`,
};

/** The programs, and what each takes before the names of files. */
const others = {
  Redocly: {
    package: '@redocly/cli@2.77.0',
    script: 'node_modules/@redocly/cli/bin/cli.js',
    args: ['lint', '--config', join(folder, 'redocly.yaml'), '--format', 'summary'],
  },
  "IBM's validator": {
    package: 'ibm-openapi-validator@1.38.4',
    script: 'node_modules/ibm-openapi-validator/src/cli-validator/index.js',
    args: ['--errors-only'],
  },
};

/** The programs that there are: what each runs before the names of files. */
function programs() {
  /** @type {Record<string, string[]>} */
  const found = {
    lint: [join(root, 'dist/bin/conditional-requests.cjs'), 'lint', '--quiet', '--ruleset', 'recommended'],
    'spectral lint, rule by hand': [
      join(root, 'node_modules/@stoplight/spectral-cli/dist/index.js'),
      'lint',
      '--quiet',
      '--ruleset',
      join(folder, 'spectral.yaml'),
    ],
  };
  for (const [name, { package: wanted, script, args }] of Object.entries(others)) {
    const options = ['--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'];
    const { status, stderr } = spawnSync('npm', ['install', ...options, wanted], { encoding: 'utf8' });
    if (status === 0 && existsSync(join(folder, script))) found[name] = [join(folder, script), ...args];
    else console.log(`${name} is left out, as ${wanted} cannot be installed: ${stderr?.split('\n', 1)[0]}`);
  }
  console.log('vacuum is left out: its npm package only downloads a program for the machine from GitHub.');
  return found;
}

/** The seconds after which a process is ended, and the program not run on the same files again. */
const patience = isQuick ? 30 : 120;

/** The seconds of a first run after which a program is run on the same files only once more. */
const slow = 20;

/** The seconds that a process takes, whatever it finds; `undefined` if it does not end by itself. */
function secondsOf(/** @type {string[]} */ args) {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd: folder, env, stdio: 'ignore', timeout: patience * 1000 });
  return status === null ? undefined : (performance.now() - start) / 1000;
}

/**
 * Prints what each program takes: the first time, and after that in turns, with its ratio to `lint`; and what does not scatter, the
 * instructions and the memory.
 *
 * @param {Record<string, string[]>} commands
 * @param {string[]} names of files
 * @param {number} rounds
 */
function compare(commands, names, rounds) {
  /** @type {Map<string, number[]>} */
  const seconds = new Map(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round <= runsOf(rounds); round++) {
    for (const [name, times] of seconds) {
      if (round > 1 && (times[0] ?? 0) > slow) continue;
      const time = secondsOf([...(commands[name] ?? []), ...names]);
      if (time !== undefined) times.push(time);
      else {
        console.log(`  ${name.padEnd(28)} more than ${patience} s`);
        seconds.delete(name);
      }
    }
  }
  const [, ...ours] = seconds.get('lint') ?? [];
  for (const [name, [first = Number.NaN, ...times]] of seconds) {
    const args = [...(commands[name] ?? []), ...names];
    const instructions = instructionsOf(args, { cwd: folder, env });
    const { peak, allocated } = memoryOf(args, { cwd: folder, env });
    const parts = [
      `first ${first.toFixed(2)} s`,
      `then ${median(times).toFixed(2)} s${times.length < ours.length ? ` (${times.length} run)` : ''}`,
      `${ratio(times, ours)} lint`,
      `${peak.toFixed(0)} MiB at most`,
      `${allocated.toFixed(0)} MB allocated`,
      ...(instructions === undefined ? [] : [`${(instructions / 1e6).toFixed(0)} M instructions`]),
    ];
    console.log(`  ${name.padEnd(28)} ${parts.join(', ')}`);
  }
}

try {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const commands = programs();
  const { text } = largeDescription();
  writeFileSync(join(folder, 'large.json'), text);
  writeFileSync(
    join(folder, 'large.yaml'),
    stringify(JSON.parse(text), { lineWidth: 0, aliasDuplicateObjects: false }),
  );
  for (const format of ['json', 'yaml']) {
    console.log(`${(text.length / 1e6).toFixed(0)} MB of JSON, as ${format.toUpperCase()}, Node ${process.version}`);
    compare(commands, [`large.${format}`], 5);
  }
  if (existsSync(corpus)) {
    const rows = readFileSync(join(corpus, 'expected.tsv'), 'utf8').trim().split('\n').slice(1);
    const entries = rows.map((row) => join(corpus, 'docs', row.split('\t', 1)[0] ?? ''));
    console.log(`${entries.length} real descriptions in one call`);
    compare(commands, entries, 3);
  }
} finally {
  rmSync(folder, { recursive: true });
}
