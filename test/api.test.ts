import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { read, root } from './files.js';
import { run } from './hosts/cli/run.js';
import { Client } from './hosts/language-server/client.js';

// What these snapshots hold is what CONTRIBUTING.md promises under "What a release may change": a difference in one of them belongs in the changelog.
// So does one in rulesets/, which says what each ruleset holds, and in the snapshot of what each rule says (messages.test.ts).

test('what can be imported, and run', () => {
  const { exports, main, types, bin, engines, peerDependencies } = JSON.parse(read('package.json'));
  expect({ exports, main, types, bin, engines, peerDependencies }).toMatchSnapshot('entry points');
  expect(read('dist/ruleset.d.ts')).toMatchSnapshot('type');
});

test.each(['', 'lint', 'fix', 'explain', 'language-server'])('the options of the command line: %s', (command) => {
  const { status, out } = run(root, ...[command, '--help'].filter((word) => word !== ''));
  expect(status).toBe(0);
  expect(out).toMatchSnapshot();
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
