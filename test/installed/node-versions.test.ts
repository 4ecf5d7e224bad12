import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { folderWith, read } from '../files.js';
import { Client, codesOf, uriIn } from '../hosts/language-server/client.js';
import { install, orWhyNot, outcomeOf, packed, run } from '../packed.js';
import { newestSpectral, nodeVersions } from './versions.js';

const openapi = read('examples/orders.yaml');

/** A folder in which the tarball and Spectral are installed. */
let user: string;

beforeAll(async () => {
  user = folderWith({
    'package.json': '{"private": true}',
    'openapi.yaml': openapi,
    '.spectral.yaml': 'extends: spectral-conditional-requests\nrules: {not-modified-documented: error}\n',
    // So many that threads share the work.
    ...Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`many/${index}.yaml`, openapi])),
  });
  await install(user, await packed(), `@stoplight/spectral-cli@${newestSpectral}`);
});

/** A version of Node: its program alone, since npm would take long to unpack all that is in the package with it. */
async function nodeOf(version: string): Promise<{ readonly path: string; readonly version: string }> {
  const { platform, arch } = process;
  const name = `${platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${arch}`;
  const folder = folderWith({});
  const options = ['--prefer-offline', '--json', '--pack-destination', folder];
  const { stdout } = await run('npm', ['pack', ...options, `${name}@${version}`], { maxBuffer: 1e8 });
  await run('tar', ['-xzf', join(folder, JSON.parse(stdout)[0].filename), '-C', folder, 'package/bin/node']);
  const path = join(folder, 'package/bin/node');
  return { path, version: (await run(path, ['--version'])).stdout.trim() };
}

const bin = 'node_modules/spectral-conditional-requests/dist/bin/conditional-requests.cjs';

const usesOfApi = `lint(text, { ruleset: 'zalando' }).then(async ({ findings }) => {
  const { changed } = await fix(text, { suggested: true });
  console.log(JSON.stringify({ findings, changed, rules: rules.map(({ id }) => id) }));
});`;
const readsText = "const text = require('node:fs').readFileSync('openapi.yaml', 'utf8');";

/** What is run, by name: the arguments of Node. */
const runs: Readonly<Record<string, readonly string[]>> = {
  '--version': [bin, '--version'],
  '--help': [bin, '--help'],
  'lint --help': [bin, 'lint', '--help'],
  lint: [bin, 'lint', 'openapi.yaml'],
  'lint as SARIF': [bin, 'lint', '-r', 'all', '-f', 'sarif', 'openapi.yaml'],
  'lint in threads': [bin, 'lint', '-f', 'json', 'many'],
  fix: [bin, 'fix', '--suggested', '--dry-run', 'openapi.yaml'],
  explain: [bin, 'explain', 'precondition-range'],
  report: [bin, 'report', '-f', 'json', 'openapi.yaml'],
  'spectral lint': ['node_modules/@stoplight/spectral-cli/dist/index.js', 'lint', '-f', 'json', '-q', 'openapi.yaml'],
  'the API from CommonJS': [
    '-e',
    `${readsText} const { fix, lint, rules } = require('spectral-conditional-requests/api'); ${usesOfApi}`,
  ],
  'the API from an ES module': [
    '--input-type=module',
    '-e',
    `import { readFileSync } from 'node:fs'; import { fix, lint, rules } from 'spectral-conditional-requests/api';
const text = readFileSync('openapi.yaml', 'utf8'); ${usesOfApi}`,
  ],
};

/** What a version of Node prints for each. Its own warnings, such as those of what Spectral uses, are not compared. */
async function outputs(node: string): Promise<Record<string, object>> {
  const env = { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' };
  const all: Record<string, object> = {};
  for (const [name, args] of Object.entries(runs)) all[name] = await outcomeOf(node, args, { cwd: user, env });
  return all;
}

/** What the language server of a version of Node finds. */
async function served(node: string): Promise<object> {
  const client = await Client.start({ folder: user, command: [node, bin, 'language-server', '--stdio'] });
  const uri = uriIn(user, 'openapi.yaml');
  await client.open(uri, openapi);
  const diagnostics = await client.diagnostics(uri);
  const [first] = diagnostics;
  const actions = first === undefined ? [] : await client.actions(uri, first.range, { diagnostics: [first] });
  return { diagnostics, titles: actions.map(({ title }) => title), exit: await client.stop() };
}

/** What the command writes to a file that it fixes. */
async function fixed(node: string): Promise<string> {
  const folder = folderWith({});
  cpSync(join(user, 'openapi.yaml'), join(folder, 'openapi.yaml'));
  await run(node, [join(user, bin), 'fix', '--suggested', 'openapi.yaml'], { cwd: folder });
  return readFileSync(join(folder, 'openapi.yaml'), 'utf8');
}

let here: { readonly outputs: Record<string, object>; readonly served: object; readonly fixed: string };

beforeAll(async () => {
  const node = process.execPath;
  here = { outputs: await outputs(node), served: await served(node), fixed: await fixed(node) };
});

test('this Node runs all that is compared', () => {
  const codes = Object.entries(here.outputs).map(([name, outcome]) => [name, (outcome as { code: number }).code]);
  const fails = ['lint', 'lint as SARIF', 'lint in threads', 'spectral lint'];
  expect(codes).toEqual(Object.keys(runs).map((name) => [name, fails.includes(name) ? 1 : 0]));
  const { diagnostics } = here.served as { readonly diagnostics: Parameters<typeof codesOf>[0] };
  expect(codesOf(diagnostics)).toHaveLength(8);
  expect(here.fixed).not.toBe(openapi);
});

describe.each(nodeVersions)('Node %s', (version) => {
  let node: { readonly path: string; readonly version: string } | string;

  beforeAll(async () => {
    node = await orWhyNot(`Node ${version}`, () => nodeOf(version));
  });

  test('prints, writes and serves the same as this Node', async ({ skip }) => {
    if (typeof node === 'string') return skip(node);
    expect(node.version.startsWith(`v${version}.`)).toBe(true);
    expect(await outputs(node.path)).toEqual(here.outputs);
    expect(await served(node.path)).toEqual(here.served);
    expect(await fixed(node.path)).toBe(here.fixed);
  });
});
