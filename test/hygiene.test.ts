import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { publint } from 'publint';
import { beforeAll, describe, expect, test } from 'vitest';
import { folderWith, read, root } from './files.js';
import { install, packed, run } from './packed.js';
import { faultsOfSources } from './imports.mjs';

/** The licences that a bundled package may have. */
const permitted = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']);

/** The bundled packages with an advisory that does no harm, and why. */
const excused: Readonly<Record<string, string>> = {};

let tarball: string;
/** A folder in which only the package is installed, from its tarball. */
let user: string;
let unpacked: string;

beforeAll(async () => {
  tarball = await packed();
  user = folderWith({ 'package.json': '{"private": true}' });
  unpacked = join(user, 'node_modules/spectral-conditional-requests');
  await install(user, tarball);
});

/** The bill of materials: the packages that are bundled into the command line and the API. The tarball contains no others. */
const bill = JSON.parse(read('dist/bin/sbom.cdx.json'));

interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly licenses: readonly [{ readonly license: { readonly id: string } }];
}

const bundled: readonly Bundled[] = bill.components;

test.each(Object.entries(faultsOfSources()))('among the sources there are no %s', (_, faults) => {
  expect(faults).toEqual([]);
});

test('the tarball contains only the files that users need', async () => {
  const { stdout } = await run('tar', ['-tzf', tarball]);
  expect(stdout.trim().split('\n').toSorted()).toMatchSnapshot();
});

test.each([
  'README.md',
  'CONTRIBUTING.md',
  'examples/api/README.md',
  'examples/ci/README.md',
  'examples/editors/README.md',
  'examples/generated/README.md',
  'examples/redocly/README.md',
  'examples/observe/README.md',
  'examples/versions/README.md',
  'rulesets/README.md',
])('the tarball contains every file that %s links to', (page) => {
  const links = [...readFileSync(join(unpacked, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]*)/g)];
  const missing = links.filter(([, path = '']) => !existsSync(join(unpacked, dirname(page), path)));
  expect(missing).toEqual([]);
});

test('publint finds no fault in the tarball', async () => {
  const { messages } = await publint({ pkgDir: unpacked, level: 'suggestion', strict: true, pack: false });
  expect(messages).toEqual([]);
});

test('the types of the package resolve in every module system', async () => {
  // All supported versions of Node can `require` an ES module; the ignored rule is older than that.
  const checking = run('npx', ['attw', '--ignore-rules', 'cjs-resolves-to-esm', '--', tarball], { cwd: root });
  expect((await checking).stdout).toContain('No problems found');
});

/** Modules that use the package, by the kind of module, and what the types must accept and refuse in them. */
const uses = {
  ruleset: {
    esm: `import ruleset from 'spectral-conditional-requests';
import type { RulesetDefinition } from '@stoplight/spectral-core';
const rules: RulesetDefinition = ruleset;
// @ts-expect-error -- a ruleset is not a number
const wrong: number = ruleset;
export { rules, wrong };
`,
    cjs: `import conditionalRequests = require('spectral-conditional-requests');
import type { RulesetDefinition } from '@stoplight/spectral-core';
const rules: RulesetDefinition = conditionalRequests.default;
// @ts-expect-error -- a ruleset is not a number
const wrong: number = conditionalRequests.default;
export { rules, wrong };
`,
  },
  api: {
    esm: `import { type ChangedDocument, fix, guidelines, lint, type RuleFinding, rules } from 'spectral-conditional-requests/api';
export const found: Promise<readonly RuleFinding[]> = lint('', { ruleset: 'zalando' }).then(({ findings }) => findings);
export const changed: Promise<readonly ChangedDocument[]> = fix({ uri: 'a' }, { read: async () => '' }).then((all) => all.changed);
export const names: string[] = [...rules.map(({ id }) => id), ...guidelines.map(({ name }) => name)];
// @ts-expect-error -- there is no such ruleset
export const wrong = lint('', { ruleset: 'zalndo' });
`,
    cjs: `import api = require('spectral-conditional-requests/api');
export const found: Promise<readonly api.RuleFinding[]> = api.lint('').then(({ findings }) => findings);
// @ts-expect-error -- there is no such option
export const wrong = api.fix('', { suggest: true });
`,
  },
  redocly: {
    esm: `import redoclyPlugin, { type RedoclyPlugin } from 'spectral-conditional-requests/redocly';
export const plugin: RedoclyPlugin = redoclyPlugin();
// @ts-expect-error -- the id is a text
export const wrong: number = plugin.id;
`,
    cjs: `import redocly = require('spectral-conditional-requests/redocly');
export const names: string[] = Object.keys(redocly.default().configs);
// @ts-expect-error -- the names are texts
export const wrong: number[] = names;
`,
  },
} as const;

describe('the types of the package', () => {
  let project: string;

  beforeAll(async () => {
    const { devDependencies } = JSON.parse(read('package.json'));
    const files = Object.entries(uses).flatMap(([name, { esm, cjs }]) => [
      [`${name}.mts`, esm],
      [`${name}.cts`, cjs],
      [`${name}.ts`, esm],
    ]);
    project = folderWith({ 'package.json': '{"private": true}', ...Object.fromEntries(files) });
    const needed = ['@stoplight/spectral-core', 'typescript', '@types/node'];
    await install(project, tarball, ...needed.map((name) => `${name}@${devDependencies[name]}`));
  });

  test.each(
    Object.keys(uses).flatMap((name) => [
      [name, 'an ES module', `${name}.mts`, 'nodenext', 'nodenext'],
      [name, 'a CommonJS module', `${name}.cts`, 'nodenext', 'nodenext'],
      [name, 'a bundler', `${name}.ts`, 'preserve', 'bundler'],
    ]),
  )('of the %s are right in %s', async (_, __, file, module, resolution) => {
    const options = ['--strict', '--noEmit', '--skipLibCheck', '--types', 'node', '--target', 'es2022'];
    const { stdout } = await run(
      'npx',
      ['tsc', ...options, '--module', module, '--moduleResolution', resolution, file],
      { cwd: project },
    ).catch((failure) => failure);
    expect(stdout).toBe('');
  });
});

test('installing the package installs no other, and takes as much space as the README says', () => {
  expect(readdirSync(join(user, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'spectral-conditional-requests',
  ]);
  const files = readdirSync(unpacked, { recursive: true, encoding: 'utf8' }).map((file) =>
    statSync(join(unpacked, file)),
  );
  const size = files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
  const [, stated = ''] = /one package of (\d+\.\d) MB/.exec(read('README.md')) ?? [];
  expect((size / 1e6).toFixed(1)).toBe(stated);
});

describe('the packages that are bundled into the command line', () => {
  test('are those in the snapshot', () => {
    expect(bundled.map(({ name }) => name).toSorted()).toMatchSnapshot();
  });

  test('are listed in a valid CycloneDX bill of materials, each under its own reference', () => {
    const require = createRequire(import.meta.url);
    const schemas = join(require.resolve('@cyclonedx/cyclonedx-library/package.json'), '../res/schema');
    const schema = (name: string) => JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8'));
    const ajv = new Ajv({ strict: false, validateFormats: false });
    for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs'])
      ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
    ajv.validate(schema(`bom-${bill.specVersion}`), bill);
    expect(ajv.errors).toBeNull();
    expect(new Set(bill.components.map((each: { 'bom-ref': string }) => each['bom-ref'])).size).toBe(bundled.length);
  });

  test('have licences that permit bundling, and the texts of these licences are in the tarball', () => {
    const notices = read('dist/bin/LICENSES.txt')
      .split(`\n${'-'.repeat(80)}\n\n`)
      .slice(1);
    const textOf = new Map(
      notices.map((notice) => [notice.split('\n', 1)[0] ?? '', notice.split('\n').slice(1).join('\n').trim()]),
    );
    const licensed = bundled.map(({ name, version, licenses: [{ license }] }) => ({
      head: `${name} ${version}, ${license.id}`,
      licence: license.id,
    }));
    expect(licensed.filter(({ licence }) => !permitted.has(licence))).toEqual([]);
    expect([...textOf.keys()].toSorted()).toEqual(licensed.map(({ head }) => head).toSorted());
    // If a package does not contain the text of its licence, another package with the same licence must.
    const withText = new Set(licensed.flatMap(({ head, licence }) => (textOf.get(head) === '' ? [] : licence)));
    expect(licensed.filter(({ licence }) => !withText.has(licence))).toEqual([]);
  });
});

describe('the bundled packages', () => {
  /** @returns the bundled packages that have advisories; `undefined` if the registry has no advisories for any package */
  async function advised(...options: readonly string[]): Promise<string[] | undefined> {
    const { stdout } = await run('npm', ['audit', '--json', ...options], { cwd: root }).catch((failure) => failure);
    const { vulnerabilities } = JSON.parse(stdout);
    if (vulnerabilities === undefined) return undefined;
    const isAdvised = (name: string) =>
      vulnerabilities[name]?.via.some((reason: unknown) => typeof reason === 'object') === true;
    return bundled.flatMap(({ name }) => (isAdvised(name) ? name : []));
  }

  test('have no advisories, except those that do no harm', async ({ skip }) => {
    const found = await advised();
    if (found === undefined)
      return skip('npm is configured with a registry that has no advisories: nothing was audited');
    expect(found.filter((name) => !Object.hasOwn(excused, name))).toEqual([]);
  });

  test('would fail this test if one of them had an advisory', async () => {
    const { stdout } = await run('npm', ['config', 'get', 'registry'], { cwd: root });
    const advisory = { id: 1, url: 'https://example.com/1', title: 'bad', severity: 'high', vulnerable_versions: '*' };
    const registry = createServer(({ method, url }, response) => {
      if (method === 'POST') response.end(JSON.stringify({ braces: [advisory], vitest: [advisory] }));
      else response.writeHead(302, { location: new URL(url?.slice(1) ?? '', stdout.trim()).href }).end();
    });
    await once(registry.listen(0, '127.0.0.1'), 'listening');
    const { port } = registry.address() as AddressInfo;
    expect(await advised('--registry', `http://127.0.0.1:${port}`)).toEqual(['braces']);
    registry.close();
  });
});
