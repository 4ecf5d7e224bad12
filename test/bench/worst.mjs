// What the most unfavourable descriptions take, of two sizes: whole processes, of which the start is taken off.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, root, runsOf } from './describe.mjs';
import { families, json, list } from './families.mjs';

const cli = join(root, 'dist/bin/conditional-requests.cjs');
const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-bench-'));

/** The seconds that a command takes; whether it finds anything is not the question. */
function secondsOf(/** @type {string[]} */ args) {
  const start = performance.now();
  const { status, signal, stderr } = spawnSync(process.execPath, [cli, ...args], {
    maxBuffer: 2 ** 30,
    encoding: 'utf8',
  });
  if (signal !== null || status === null || status > 2)
    throw new Error(`${args[0]} ended with ${status ?? signal}: ${stderr}`);
  return (performance.now() - start) / 1000;
}

const commands = {
  lint: (/** @type {string} */ file) => secondsOf(['lint', '-r', 'all', '-f', 'json', '-o', join(folder, 'out'), file]),
  fix: (/** @type {string} */ file) => secondsOf(['fix', '-r', 'all', '--suggested', '--check', file]),
};

/** How much larger the larger one is. */
const factor = 5;

console.log(
  `The worst case, in seconds per MB; ×, how much longer a MB of ${factor} times as much takes: Node ${process.version}`,
);
try {
  const empty = join(folder, 'empty.json');
  writeFileSync(empty, json({}));
  /** @type {(command: keyof typeof commands, file: string) => number} */
  const secondsWith = (command, file) => median(list(runsOf(3), () => commands[command](file)));
  const start = { lint: secondsWith('lint', empty), fix: secondsWith('fix', empty) };
  /** @type {{ name: string, command: string, perMegabyte: number }[]} */
  const worst = [];
  for (const [name, make] of Object.entries(families)) {
    const extension = name.startsWith('YAML') ? 'yaml' : 'json';
    const sizes = [1, factor].map((times) => {
      const file = join(folder, `${times}.${extension}`);
      writeFileSync(file, make(8_000 * times));
      return { file, megabytes: statSync(file).size / 1e6 };
    });
    const cells = /** @type {const} */ (['lint', 'fix']).map((command) => {
      const [small = 0, large = 0] = sizes.map(
        ({ file, megabytes }) => Math.max(0, secondsWith(command, file) - start[command]) / megabytes,
      );
      worst.push({ name, command, perMegabyte: large });
      // What takes next to no time says nothing of how it grows.
      const isMeasurable = small * (sizes[0]?.megabytes ?? 0) > 0.05;
      return `${command} ${large.toFixed(2).padStart(6)} ${isMeasurable ? `×${(large / small).toFixed(1)}` : '    '}`;
    });
    const megabytes = sizes.at(-1)?.megabytes ?? 0;
    console.log(`  ${name.padEnd(40)} ${megabytes.toFixed(1).padStart(5)} MB  ${cells.join('  ')}`);
  }
  for (const command of Object.keys(commands)) {
    const [slowest] = worst.filter((one) => one.command === command).toSorted((a, b) => b.perMegabyte - a.perMegabyte);
    if (slowest !== undefined)
      console.log(`  worst of ${command}: ${slowest.perMegabyte.toFixed(2)} s per MB, ${slowest.name}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
