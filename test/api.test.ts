import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { read, root } from './files.js';
import { run } from './hosts/cli/run.js';
import { Client } from './hosts/language-server/client.js';

// These snapshots hold what CONTRIBUTING.md promises under "What a release may change". If one of them changes, or a file in rulesets/,
// or the snapshot of messages.test.ts, the changelog must say so.

test('the entry points of the package stay the same', () => {
  const { exports, main, types, typesVersions, bin, engines, peerDependencies } = JSON.parse(read('package.json'));
  expect({ exports, main, types, typesVersions, bin, engines, peerDependencies }).toMatchSnapshot('entry points');
  expect(read('dist/ruleset.d.ts')).toMatchSnapshot('type');
  expect(read('dist/api.d.ts')).toMatchSnapshot('types of the API');
  expect(read('dist/redocly.d.ts')).toMatchSnapshot('type of the plugin for Redocly');
});

test.each(['', 'lint', 'fix', 'report', 'observe', 'explain', 'rules', 'ruleset', 'language-server'])(
  'the help, with all options, stays the same: conditional-requests %s',
  (command) => {
    const { status, out } = run(root, ...[command, '--help'].filter((word) => word !== ''));
    expect(status).toBe(0);
    expect(out).toMatchSnapshot();
  },
);

test('the capabilities of the language server stay the same', async () => {
  const editor = await Client.start();
  const { capabilities, serverInfo } = editor.initialized;
  expect(await editor.stop()).toBe(0);
  expect({ capabilities, name: serverInfo?.name }).toMatchSnapshot();
});

test('the ids of the pre-commit hooks, and what they run, stay the same', () => {
  const hooks: { id: string; entry: string; files: string }[] = parse(read('.pre-commit-hooks.yaml'));
  expect(hooks.map(({ id, entry, files }) => ({ id, entry, files }))).toMatchSnapshot();
});
