// What it takes to fix a large description, by how long a parser takes that finds the place of every value: whole processes.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { inTurns, largeDescription, ratio, root } from './describe.mjs';

const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-bench-'));

/** The description with an ETag on everything that a GET returns, and nothing about conditional requests beside it. */
function withValidators(/** @type {string} */ text) {
  const description = JSON.parse(text);
  for (const { get } of Object.values(description.paths)) {
    const success = get?.responses[200];
    if (success === undefined || success.$ref !== undefined) continue;
    delete get.responses[304];
    success.headers = { ...success.headers, ETag: { schema: { type: 'string' } } };
  }
  return description;
}

const data = withValidators(largeDescription().text);
const texts = {
  json: JSON.stringify(data, null, 2),
  yaml: stringify(data, { lineWidth: 0, aliasDuplicateObjects: false }),
};
const parsers = {
  json: `require('jsonc-parser').parseTree(text)`,
  yaml: `require('yaml').parseDocument(text, { uniqueKeys: false, logLevel: 'silent', prettyErrors: false })`,
};

try {
  for (const format of /** @type {const} */ (['json', 'yaml'])) {
    const original = join(folder, `original.${format}`);
    const file = join(folder, `openapi.${format}`);
    writeFileSync(original, texts[format]);
    copyFileSync(original, file);
    const node = (/** @type {string[]} */ ...args) =>
      execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    let summary = '';
    console.log(
      `fix, ${(texts[format].length / 1e6).toFixed(1)} MB of ${format.toUpperCase()}, Node ${process.version}`,
    );
    const command = ['dist/bin/conditional-requests.cjs', 'fix', '-r', 'recommended', '--suggested'];
    const dry = (/** @type {string[]} */ ...args) =>
      spawnSync(process.execPath, [...command, '--dry-run', ...args, original], { cwd: root });
    const { parse, fix, dryRun, overlay } = inTurns(
      {
        parse: () => void node('-e', `const text = fs.readFileSync('${original}', 'utf8'); ${parsers[format]}`),
        fix: () => {
          summary = node(...command, file);
          copyFileSync(original, file);
        },
        dryRun: () => void dry(),
        overlay: () => void dry('--overlay', join(folder, 'fix.overlay.yaml')),
      },
      5,
    );
    console.log(`  ${summary.trim().split('\n').at(-1)} ${ratio(fix, parse)} what parsing the text once takes`);
    console.log(`  --overlay: ${ratio(overlay, dryRun)} what fix --dry-run takes`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
