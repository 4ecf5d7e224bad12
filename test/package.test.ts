import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalogue } from '../src/catalogue.js';
import { severities } from '../src/guidelines/citation.js';
import { folderWith, read, root } from './files.js';
import { install, packed, run } from './packed.js';
import { lintFile } from './spectral.js';

/** An empty folder in which the tarball is installed, as by a user. */
let user: string;
let tarball: string;

beforeAll(async () => {
  user = folderWith({ 'package.json': '{"private": true}' });
  tarball = await packed();
  const cli = JSON.parse(read('package.json')).devDependencies['@stoplight/spectral-cli'];
  await install(user, tarball, `@stoplight/spectral-cli@${cli}`);
  cpSync(join(root, 'examples/orders.yaml'), join(user, 'orders.yaml'));
  cpSync(join(root, 'examples/orders.yaml'), join(user, 'legacy/orders.yaml'));
});

/** A finding without the path of its file. */
type LocalFinding = [severity: string, code: string, path: string, line: number, message: string];

function localFindings(
  results: readonly {
    severity: number;
    code: string;
    path: string[];
    range: { start: { line: number } };
    message: string;
  }[],
): LocalFinding[] {
  return results.map(({ severity, code, path, range, message }) => {
    return [severities[severity] ?? '', code, path.map((key) => `/${key}`).join(''), range.start.line + 1, message];
  });
}

/** The findings of `spectral lint` with a ruleset in the user's folder. */
async function spectralLint(ruleset: string, document = 'orders.yaml'): Promise<LocalFinding[]> {
  writeFileSync(join(user, '.spectral.yaml'), ruleset);
  const { stdout } = await run('npx', ['spectral', 'lint', '--fail-severity', 'error', '-f', 'json', '-q', document], {
    cwd: user,
  }).catch((failure: { code: number; stdout: string }) => {
    if (failure.code !== 1) throw failure;
    return failure;
  });
  return localFindings(JSON.parse(stdout));
}

/** The findings of this working copy in the example API. */
async function expected(ruleset: 'recommended' | 'zalando' | 'all'): Promise<LocalFinding[]> {
  const findings = await lintFile(join(root, 'examples/orders.yaml'), ruleset);
  return findings.map(({ severity, code, at, line, message }) => [severity, code, at, line, message]);
}

describe('spectral lint with the installed tarball has the same findings as the working copy, if the ruleset is extended', () => {
  test.each([
    ['by the name of the package', 'extends: spectral-conditional-requests', 'recommended'],
    ['by the name of the package, with all rules on', 'extends: [[spectral-conditional-requests, all]]', 'all'],
    [
      'by the path of the ruleset of a guideline',
      'extends: ./node_modules/spectral-conditional-requests/rulesets/zalando.yaml',
      'zalando',
    ],
    [
      'by the name of the ruleset of a guideline',
      'extends: spectral-conditional-requests/rulesets/zalando.yaml',
      'zalando',
    ],
    [
      'by the path of the ruleset with all rules on',
      'extends: ./node_modules/spectral-conditional-requests/rulesets/all.yaml',
      'all',
    ],
  ] as const)('%s', async (_, ruleset, name) => {
    const findings = await spectralLint(ruleset);
    expect(findings).toEqual(await expected(name));
    expect(findings.length).toBeGreaterThan(3);
  });

  test('with the severity of a rule changed', async () => {
    const findings = await spectralLint(
      'extends: spectral-conditional-requests\nrules: {not-modified-documented: hint}',
    );
    const changed = (await expected('recommended')).map(([severity, code, ...rest]): LocalFinding => {
      return [code === 'not-modified-documented' ? 'hint' : severity, code, ...rest];
    });
    expect(findings).toEqual(changed);
  });

  test('with a rule turned off', async () => {
    const findings = await spectralLint(
      "extends: spectral-conditional-requests\nrules: {not-modified-no-content: 'off'}",
    );
    expect(findings).toEqual((await expected('recommended')).filter(([, code]) => code !== 'not-modified-no-content'));
  });

  test('with a rule turned off in some files', async () => {
    const ruleset = `extends: spectral-conditional-requests\noverrides: [{files: ['legacy/**'], rules: {not-modified-documented: 'off'}}]`;
    const all = await expected('recommended');
    expect(await spectralLint(ruleset)).toEqual(all);
    expect(await spectralLint(ruleset, 'legacy/orders.yaml')).toEqual(
      all.filter(([, code]) => code !== 'not-modified-documented'),
    );
  });

  test('with a rule turned off for an operation', async () => {
    const ruleset = `extends: spectral-conditional-requests\noverrides: [{files: ['**#/paths/~1orders/get'], rules: {not-modified-documented: 'off'}}]`;
    const findings = await spectralLint(ruleset);
    expect(findings).toEqual((await expected('recommended')).filter(([, code]) => code !== 'not-modified-documented'));
  });
});

describe('Spectral’s VS Code extension has the same findings as the working copy, without a network', () => {
  const extension = join(import.meta.dirname, 'hosts/vscode-extension');

  test.each(['the versions that the extension has', 'the newest versions'])(
    'with %s',
    async (versions) => {
      let modules = root;
      if (versions.includes('extension')) {
        modules = folderWith({
          'package.json': readFileSync(join(extension, 'package.json'), 'utf8'),
          'package-lock.json': readFileSync(join(extension, 'package-lock.json'), 'utf8'),
        });
        await run('npm', ['ci', '--ignore-scripts', '--no-audit'], { cwd: modules });
      }
      for (const [ruleset, name] of [
        ['extends: spectral-conditional-requests', 'recommended'],
        ['extends: ./node_modules/spectral-conditional-requests/rulesets/zalando.yaml', 'zalando'],
        ['extends: [[spectral-conditional-requests, all]]', 'all'],
      ] as const) {
        const file = join(user, `${name}.yaml`);
        writeFileSync(file, ruleset);
        const { stdout } = await run('node', [join(extension, 'lint.mjs'), modules, file, join(user, 'orders.yaml')]);
        expect(localFindings(JSON.parse(stdout))).toEqual(await expected(name));
      }
      cpSync(join(root, 'examples/own-guideline/guideline.yaml'), join(user, 'our-guideline.yaml'));
      const own = await run('npx', ['conditional-requests', 'ruleset', 'our-guideline.yaml'], { cwd: user });
      writeFileSync(join(user, 'own.mjs'), own.stdout);
      writeFileSync(join(user, 'own.yaml'), 'extends: ./own.mjs');
      const ofOwn = [join(extension, 'lint.mjs'), modules, join(user, 'own.yaml'), join(user, 'orders.yaml')];
      const found = localFindings(JSON.parse((await run('node', ofOwn)).stdout));
      const options = ['-r', 'our-guideline.yaml', '-f', 'json', '-F', 'error', 'orders.yaml'];
      const linted = await run('npx', ['conditional-requests', 'lint', ...options], { cwd: user }).catch((one) => one);
      expect(found).toEqual(localFindings(JSON.parse(linted.stdout)));
      expect(found.map(([, , , , message]) => message).join()).toContain('(Example §4.2, RFC 9110 §15.4.5)');
    },
    300_000,
  );
});

test('the workflow in the README fails if there are findings, and writes them to the SARIF file that it uploads', async () => {
  const [, workflow = ''] = /```yaml\n(name: API descriptions\n.*?)```/s.exec(read('README.md')) ?? [];
  const steps: { run?: string; with?: { sarif_file?: string } }[] = parse(workflow).jobs.lint.steps;
  const commands = steps.flatMap((step) => step.run ?? []);
  expect(commands).toEqual(['npm ci', expect.stringMatching(/^npx conditional-requests lint /)]);
  rmSync(join(user, '.spectral.yaml'), { force: true });
  const apis = join(user, 'workflow');
  cpSync(join(root, 'examples/orders.yaml'), join(apis, 'shop/openapi.yaml'));
  writeFileSync(join(apis, 'shop/part.yaml'), 'type: object');
  const { code, stdout } = await run('bash', ['-e', '-c', commands.slice(1).join('\n')], { cwd: apis }).catch(
    (failure) => failure,
  );
  expect(code).toBe(1);
  expect(stdout).toContain('8 problems (1 error, 6 warnings, 1 info, 0 hints)');
  const file = steps.flatMap((step) => step.with?.sarif_file ?? [])[0] ?? '';
  const [{ results }] = JSON.parse(readFileSync(join(apis, file), 'utf8')).runs;
  expect(results).toHaveLength((await expected('recommended')).length);
});

test('the .spectral.yaml in the README does what it says', async () => {
  const [, ruleset = ''] = /```yaml\n(extends:\n.*?)```/s.exec(read('README.md')) ?? [];
  const off = new Set(['not-modified-repeats-etag']);
  const all = (await expected('recommended')).filter(([, code]) => !off.has(code));
  expect(await spectralLint(ruleset)).toEqual(all);
  expect(await spectralLint(ruleset, 'legacy/orders.yaml')).toEqual(
    all.filter(([, code]) => code !== 'not-modified-documented'),
  );
});

test('ES modules can import the ruleset, and CommonJS modules can require it', async () => {
  const importing = `import('spectral-conditional-requests').then((m) => console.log(Object.keys(m.default.rules).length))`;
  const requiring = `console.log(Object.keys(require('spectral-conditional-requests').default.rules).length)`;
  const counts = await Promise.all(
    [importing, requiring].map(async (code) => (await run('node', ['-e', code], { cwd: user })).stdout.trim()),
  );
  expect(counts).toEqual([`${catalogue.length}`, `${catalogue.length}`]);
});

describe('the command of the installed tarball', () => {
  const bin = 'node_modules/.bin/conditional-requests';

  test('needs no other package, except Spectral to read a ruleset file', async () => {
    const alone = folderWith({ 'package.json': '{"private": true}', 'openapi.json': read('examples/orders.json') });
    await install(alone, tarball);
    expect(readdirSync(join(alone, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'spectral-conditional-requests',
    ]);
    const { stdout } = await run(bin, ['fix', '--suggested', 'openapi.json'], { cwd: alone });
    expect(stdout).toContain('1 description: fixed 5, declined 0, left 3.');
    const linted = await run(bin, ['lint', '-f', 'text'], { cwd: alone });
    expect(linted.stdout).toContain('not-modified-only-when-retrieving');
    expect((await run(bin, ['explain', 'precondition-range'], { cwd: alone })).stdout).toContain(
      '# precondition-range',
    );
    writeFileSync(join(alone, '.spectral.yaml'), 'extends: spectral-conditional-requests');
    await expect(run(bin, ['fix', 'openapi.json'], { cwd: alone })).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /\.spectral\.yaml: Spectral, which reads it, is not installed here\. Run `npm install/,
      ),
    });
    expect((await run(bin, ['fix', '-r', 'all', 'openapi.json'], { cwd: alone })).stdout).toContain('1 description:');
  });

  test('uses the .spectral.yaml of the folder', async () => {
    writeFileSync(
      join(user, '.spectral.yaml'),
      `extends: spectral-conditional-requests\nrules: {http-date-schema: "off"}\noverrides: [{files: ["legacy/**"], rules: {entity-tag-example: "off"}}]\n`,
    );
    const { stdout } = await run(bin, ['fix', '--suggested', '--check', 'orders.yaml', 'legacy'], { cwd: user }).catch(
      (failure) => failure,
    );
    const [legacy = '', orders = ''] = stdout.split('\n\n');
    expect(orders).toContain('orders.yaml\n');
    expect(stdout).not.toContain('http-date-schema');
    expect(orders).toContain('would fix  1 × entity-tag-example');
    expect(legacy).not.toContain('entity-tag-example');
  });
});
