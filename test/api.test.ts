import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalogue } from '../src/catalogue.js';
import { rulesetNames, rulesOf } from '../src/rulesets.js';
import { run } from './cli/run.js';
import { read, root } from './files.js';
import { Client } from './language-server/client.js';
import { lintFile } from './spectral.js';

// What these snapshots hold is what the README promises under "What a release may change": a difference in one of them belongs in the changelog.

test('what can be imported, and run', () => {
  const { exports, main, types, bin, engines, peerDependencies } = JSON.parse(read('package.json'));
  expect({ exports, main, types, bin, engines, peerDependencies }).toMatchSnapshot('entry points');
  expect(read('dist/ruleset.d.ts')).toMatchSnapshot('type');
});

test('the rules in each ruleset, with their severities', () => {
  const contents = rulesetNames.map((name) => [
    name,
    rulesOf(name).map(({ rule, severity }) => `${rule.id}: ${severity}`),
  ]);
  expect(Object.fromEntries(contents)).toMatchSnapshot();
});

test.each(['', 'lint', 'fix', 'explain', 'language-server'])('the options of the command line: %s', (command) => {
  const { status, out } = run(root, ...[command, '--help'].filter((word) => word !== ''));
  expect(status).toBe(0);
  expect(out).toMatchSnapshot();
});

test('what each rule says', async () => {
  const messages: Record<string, string[]> = {};
  for (const { id } of catalogue) {
    const findings = await lintFile(join(root, 'examples', id, 'violation.yaml'), 'all');
    messages[id] = findings.filter(({ code }) => code === id).map(({ message }) => message);
    expect(messages[id]).not.toEqual([]);
  }
  expect(messages).toMatchSnapshot();
});

test('what the language server can do', async () => {
  const editor = await Client.start();
  const { capabilities, serverInfo } = editor.initialized;
  expect(await editor.stop()).toBe(0);
  expect({ capabilities, name: serverInfo?.name }).toMatchSnapshot();
});

test('the hooks', () => {
  const hooks: { id: string; entry: string; files: string }[] = parse(read('.pre-commit-hooks.yaml'));
  expect(hooks.map(({ id, entry, files }) => ({ id, entry, files }))).toMatchSnapshot();
});
