import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { exampleDescriptions, folderWith, projectWith, root } from '../files.js';
import { install, orWhyNot, outcomeOf, packed, run } from '../packed.js';
import { spectralVersions } from './versions.js';

/** Rulesets of users, by what they are. */
const rulesets = {
  'recommended, by name': 'extends: spectral-conditional-requests\n',
  'all, by name': 'extends: [[spectral-conditional-requests, all]]\n',
  'a guideline, by path': 'extends: ./node_modules/spectral-conditional-requests/rulesets/zalando.yaml\n',
  'changed severities and overrides': `extends: spectral-conditional-requests
rules: {not-modified-documented: hint, not-modified-no-content: 'off'}
overrides:
  - files: ['apis/guidelines/*.yaml']
    rules: {not-modified-no-content: error}
  - files: ['**/*.yaml#/paths/~1orders~1{orderId}']
    rules: {not-modified-documented: 'off'}
`,
} as const;

/** Copies all examples into a folder. */
function copyExamples(folder: string): void {
  for (const path of exampleDescriptions()) {
    mkdirSync(dirname(join(folder, 'apis', path)), { recursive: true });
    copyFileSync(join(root, 'examples', path), join(folder, 'apis', path));
  }
}

/** The findings of a program in all examples, with a ruleset of the folder. */
async function findings(program: string, folder: string, ruleset: string): Promise<readonly object[]> {
  writeFileSync(join(folder, '.spectral.yaml'), ruleset);
  // `spectral lint` 6.11 to 6.13 may exit before a pipe has taken all of a long output.
  const args = ['lint', '--fail-severity', 'hint', '--format', 'json', '--quiet', '--output', 'found.json'];
  const { code, err } = await outcomeOf(program, [...args, 'apis/**/*.{yaml,json}'], { cwd: folder });
  expect({ code, err }).toEqual({ code: 1, err: '' });
  const found: { documentationUrl?: string }[] = JSON.parse(
    readFileSync(join(folder, 'found.json'), 'utf8').replaceAll(`${folder}/`, ''),
  );
  // These versions add the address without being asked, if the packages with them know it.
  return found.map(({ documentationUrl: _url, ...finding }) => finding);
}

/** The oldest versions of Spectral's packages that a version of `spectral lint` permits. */
async function oldestWith(version: string): Promise<Record<string, string>> {
  const cli = `@stoplight/spectral-cli@${version}`;
  const { stdout } = await run('npm', ['view', '--prefer-offline', '--json', cli, 'dependencies']);
  const ranges = Object.entries<string>(JSON.parse(stdout)).filter(([name]) => name.startsWith('@stoplight/spectral-'));
  return Object.fromEntries(ranges.map(([name, range]) => [name, range.replace(/^[^\d]+/, '')]));
}

let tarball: string;
/** What the version among the dependencies of this project finds, by ruleset. */
const expected = new Map<string, readonly object[]>();

beforeAll(async () => {
  tarball = await packed();
  const folder = projectWith({});
  copyExamples(folder);
  for (const [name, ruleset] of Object.entries(rulesets)) {
    expected.set(name, await findings(join(root, 'node_modules/.bin/spectral'), folder, ruleset));
  }
});

test('the rulesets that are tried find different things', () => {
  const counts = [...expected.values()].map((found) => found.length);
  expect(new Set(counts).size).toBe(counts.length);
  expect(Math.min(...counts)).toBeGreaterThan(20);
});

describe.each(spectralVersions)('spectral lint %s with the %s packages that it permits', (version, packages) => {
  let folder: string;
  let missing: string | undefined;

  beforeAll(async () => {
    const overrides = packages === 'oldest' ? await oldestWith(version) : {};
    folder = folderWith({ 'package.json': JSON.stringify({ private: true, overrides }) });
    const cli = `@stoplight/spectral-cli@${version}`;
    const why = await orWhyNot(cli, () => install(folder, cli));
    if (typeof why === 'string') missing = why;
    else {
      await install(folder, tarball);
      copyExamples(folder);
    }
  });

  test.for(Object.entries(rulesets))('finds the same as the newest: %s', async ([name, ruleset], { skip }) => {
    if (missing !== undefined) return skip(missing);
    const found = await findings(join(folder, 'node_modules/.bin/spectral'), folder, ruleset);
    expect(found).toEqual(expected.get(name));
  });

  test('reads the ruleset for lint, which then finds the same', async ({ skip }) => {
    if (missing !== undefined) return skip(missing);
    const [name, ruleset] = Object.entries(rulesets).at(-1) ?? ['', ''];
    const found = await findings(join(folder, 'node_modules/.bin/conditional-requests'), folder, ruleset);
    expect(found).toEqual(expected.get(name));
  });
});
