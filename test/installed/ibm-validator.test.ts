import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { severities } from '../../src/guidelines/citation.js';
import { folderWith, read, root } from '../files.js';
import { install, orWhyNot, outcomeOf, packed } from '../packed.js';
import { lintFile } from '../spectral.js';
import { ibmValidator } from './versions.js';

let folder: string;
let missing: string | undefined;

beforeAll(async () => {
  folder = folderWith({
    'package.json': '{"private": true}',
    'openapi.yaml': read('examples/orders.yaml'),
    'ruleset.yaml': `extends: ['@ibm-cloud/openapi-ruleset', spectral-conditional-requests]
rules: {not-modified-documented: error}
`,
  });
  const why = await orWhyNot(ibmValidator, () => install(folder, ibmValidator));
  if (typeof why === 'string') missing = why;
  else await install(folder, await packed());
});

interface Found {
  readonly rule: string;
  readonly message: string;
  readonly path: readonly string[];
  readonly line: number;
}

test('IBM’s validator finds what is found here, if its ruleset extends this one', async ({ skip }) => {
  if (missing !== undefined) return skip(missing);
  const args = ['--json', '--ruleset', 'ruleset.yaml', 'openapi.yaml'];
  const { code, out } = await outcomeOf(join(folder, 'node_modules/.bin/lint-openapi'), args, { cwd: folder });
  expect(code).toBe(1);
  const report: Readonly<Record<string, { readonly results: readonly Found[] }>> = JSON.parse(out);
  const names = { error: 'error', warn: 'warning', info: 'info', hint: 'hint' } as const;
  const found = severities.flatMap((severity) =>
    (report[names[severity]]?.results ?? []).map(({ rule, message, path, line }) => ({
      severity,
      rule,
      message,
      at: path.map((key) => `/${key}`).join(''),
      line,
    })),
  );
  const expected = (await lintFile(join(root, 'examples/orders.yaml'), 'recommended')).map(
    ({ severity, code: rule, message, at, line }) => {
      return { severity: rule === 'not-modified-documented' ? 'error' : severity, rule, message, at, line };
    },
  );
  const rules = new Set(expected.map(({ rule }) => rule));
  const sorted = (all: readonly { readonly rule: string }[]) =>
    all.toSorted((one, other) => one.rule.localeCompare(other.rule));
  expect(sorted(found.filter(({ rule }) => rules.has(rule)))).toEqual(sorted(expected));
  expect(found.map(({ rule }) => rule)).toContain('ibm-no-array-responses');
});
