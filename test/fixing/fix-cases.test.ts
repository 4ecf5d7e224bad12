import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixDescriptions, type Permissions } from '../../src/fixing/fix-all.js';
import { unifiedDiff } from '../../src/hosts/cli/unified-diff.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';
import { folderWith, read } from '../files.js';
import { lint, loadRuleset } from '../spectral.js';

const suggested: Permissions = {
  allows: (_, kind) => kind === 'safe' || kind === 'suggested',
  forbids: () => undefined,
};

const folder = 'test/fixing/cases';
const files = readdirSync(join(import.meta.dirname, 'cases')).filter((file) => !file.endsWith('.diff'));

/** Fixes a text, and returns the diff and the new text. */
function fixed(name: string, text: string, ruleset: 'recommended' | 'all') {
  const file = join(folderWith({ [name]: text }), name);
  const [change] = fixDescriptions([file], shippedSelection(ruleset), suggested).changed;
  return { diff: change ? unifiedDiff(name, text, change.edits) : '', after: change?.after ?? text };
}

const everyRule = folderWith({
  '.spectral.yaml': `extends: ['spectral:oas', ${JSON.stringify(join(import.meta.dirname, '../../rulesets/recommended.yaml'))}]\n`,
});
const ruleset = loadRuleset(join(everyRule, '.spectral.yaml'));

test.each(files)('%s', async (file) => {
  const name = file.endsWith('.json') ? 'openapi.json' : 'openapi.yaml';
  const before = read(`${folder}/${file}`);
  const rules = file.startsWith('all rules') ? 'all' : 'recommended';
  const { diff, after } = fixed(name, before, rules);
  await expect(diff).toMatchFileSnapshot(join(import.meta.dirname, 'cases', file.replace(/\.\w+$/, '.diff')));
  expect(fixed(name, after, rules).diff).toBe('');
  const findings = async (text: string) => {
    const found = await lint(text, await ruleset);
    return found.map(({ code, message, at }) => `${code} ${message} ${at}`);
  };
  const old = new Set(await findings(before));
  expect((await findings(after)).filter((finding) => !old.has(finding))).toEqual([]);
});
