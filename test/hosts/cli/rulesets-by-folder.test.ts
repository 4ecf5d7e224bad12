import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, read, root } from '../../files.js';
import { cli, run } from './run.js';

const description = read('examples/not-modified-documented/violation.yaml');

/** A ruleset that gives a missing 304 a severity. */
function rulesetWith(severity: string): string {
  return `extends: ${join(root, 'rulesets/recommended.yaml')}\nrules: {not-modified-documented: ${severity}}\n`;
}

/** A repository with some files. */
function repositoryWith(files: Readonly<Record<string, string>>): string {
  const folder = folderWith(files);
  mkdirSync(join(folder, '.git'));
  return folder;
}

/** The severities of missing 304s by file, as `lint` reports them. */
function severitiesIn(cwd: string, ...args: string[]): Record<string, number> {
  const { out } = run(cwd, 'lint', '-f', 'json', ...args);
  const results = JSON.parse(out) as { code: string; source: string; severity: number }[];
  const found = results.filter(({ code }) => code === 'not-modified-documented');
  return Object.fromEntries(found.map(({ source, severity }) => [source.slice(source.indexOf('apis')), severity]));
}

const files = {
  '.spectral.yaml': rulesetWith('hint'),
  'apis/openapi.yaml': description,
  'apis/new/.spectral.yml': rulesetWith('error'),
  'apis/new/v1/openapi.yaml': description,
  'apis/own/spectral.json': JSON.stringify({
    extends: join(root, 'rulesets/recommended.yaml'),
    rules: { 'not-modified-documented': 'info' },
  }),
  'apis/own/openapi.yaml': description,
  'apis/off/spectral.yml': `extends: [[${join(root, 'dist/ruleset.mjs')}, all]]\nrules: {not-modified-documented: 'off'}\n`,
  'apis/off/openapi.yaml': description,
};

describe('the nearest ruleset upwards counts for each file', () => {
  const expected = { 'apis/openapi.yaml': 3, 'apis/new/v1/openapi.yaml': 0, 'apis/own/openapi.yaml': 2 };

  test('whatever its name, and in whatever folder lint runs', () => {
    const folder = repositoryWith(files);
    expect(severitiesIn(folder)).toEqual(expected);
    expect(severitiesIn(join(folder, 'apis/new/v1'))).toEqual({ 'apis/new/v1/openapi.yaml': 0 });
    expect(severitiesIn(join(folder, 'apis/off'), '../openapi.yaml', '../new')).toEqual({
      'apis/openapi.yaml': 3,
      'apis/new/v1/openapi.yaml': 0,
    });
  });

  test('unless --ruleset names one', () => {
    expect(severitiesIn(repositoryWith(files), '--ruleset', 'recommended')).toEqual({
      ...Object.fromEntries(Object.keys(expected).map((file) => [file, 1])),
      'apis/off/openapi.yaml': 1,
    });
  });

  test('up to the root of the repository, and outside of one up to the working folder', () => {
    const nested = folderWith({ '.spectral.yaml': rulesetWith('error'), 'apis/openapi.yaml': description });
    expect(severitiesIn(nested)).toEqual({ 'apis/openapi.yaml': 0 });
    expect(severitiesIn(join(nested, 'apis'))).toEqual({ 'apis/openapi.yaml': 1 });
    mkdirSync(join(nested, 'apis/.git'));
    expect(severitiesIn(join(nested, 'apis'))).toEqual({ 'apis/openapi.yaml': 1 });
    mkdirSync(join(nested, '.git'));
    expect(severitiesIn(join(nested, 'apis'))).toEqual({ 'apis/openapi.yaml': 1 });
  });

  test('and without one, that of the working folder, as for Spectral', () => {
    const folder = repositoryWith({ 'tools/.spectral.yaml': rulesetWith('info'), 'apis/openapi.yaml': description });
    expect(severitiesIn(join(folder, 'tools'), '../apis')).toEqual({ 'apis/openapi.yaml': 2 });
    expect(severitiesIn(folder)).toEqual({ 'apis/openapi.yaml': 1 });
  });

  test('a guideline of a team too', () => {
    const guideline = read('examples/own-guideline/guideline.yaml');
    const folder = repositoryWith({ 'apis/guideline.yaml': guideline, 'apis/v1/openapi.yaml': description });
    const { out } = run(folder, 'lint', '-f', 'text');
    expect(out).toContain(/^who: (.*)$/m.exec(guideline)?.[1]);
  });
});

test('a ruleset that is broken, or without these rules, is an error that names it, if a description has it', () => {
  const folder = repositoryWith({
    'apis/openapi.yaml': description,
    'apis/broken/.spectral.yaml': 'extends: [[[',
    'apis/broken/notes.yaml': 'a: 1\n',
    'apis/other/.spectral.yaml': 'extends: spectral:oas\n',
    'apis/other/notes.yaml': 'a: 1\n',
  });
  expect(run(folder, 'lint', '-q', '-F', 'error')).toMatchObject({ status: 0, err: '' });
  const withDescriptions = repositoryWith({
    'apis/openapi.yaml': description,
    'apis/other/.spectral.yaml': 'extends: spectral:oas\n',
    'apis/other/openapi.yaml': description,
  });
  const { status, err } = run(withDescriptions, 'lint');
  expect([status, err]).toEqual([
    2,
    expect.stringMatching(/^apis\/other\/\.spectral\.yaml contains none of these rules/),
  ]);
});

test('fix follows the nearest ruleset too, and names all that turn a rule off', () => {
  const bareTag = read('examples/entity-tag-example/violation.yaml');
  const off = `extends: ${join(root, 'rulesets/recommended.yaml')}\nrules: {entity-tag-example: "off"}\n`;
  const folder = repositoryWith({
    'apis/openapi.yaml': bareTag,
    'apis/old/.spectral.yaml': off,
    'apis/old/openapi.yaml': bareTag,
  });
  const { out } = run(folder, 'fix', '--dry-run', 'apis');
  expect(out).toContain('+++ b/apis/openapi.yaml');
  expect(out).not.toContain('apis/old');
  expect(run(folder, 'fix', '--dry-run', '--rule', 'entity-tag-example', 'apis/old').err).toContain(
    'entity-tag-example is off in apis/old/.spectral.yaml',
  );
});

test('standard input has the ruleset of the path that it stands for', () => {
  const folder = repositoryWith(files);
  const args = [cli, 'lint', '-f', 'json', '-', '--stdin-filepath', 'apis/new/unsaved.yaml'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, input: description, encoding: 'utf8' });
  expect((JSON.parse(stdout) as { severity: number }[]).map(({ severity }) => severity)).toContain(0);
});

describe('a ruleset that somebody may have put beside a description runs no code', () => {
  const script = (folder: string) => `import { writeFileSync } from 'node:fs';
writeFileSync(${JSON.stringify(join(folder, 'was-run'))}, '');
export default { rules: {} };
`;
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['a script', { '.spectral.mjs': 'script' }, 'is a script'],
    [
      'functions',
      { '.spectral.yaml': 'functions: [f]\nrules: {}\n', 'functions/f.js': 'script' },
      'has functions of its own',
    ],
    ['a script that it extends', { '.spectral.yaml': 'extends: ./s.mjs\n', 's.mjs': 'script' }, 'extends '],
    [
      'a script behind another ruleset',
      { '.spectral.json': '{"extends": [["./b.yaml", "all"]]}', 'b.yaml': 'extends: ./s.mjs\n', 's.mjs': 'script' },
      'extends ',
    ],
    [
      'a script in an override',
      { 'spectral.yaml': "overrides: [{files: ['*'], extends: [./s.mjs]}]\n", 's.mjs': 'script' },
      'extends ',
    ],
    ['a package beside it', { '.spectral.yaml': 'extends: p\n', 'node_modules/p/index.js': 'script' }, 'extends p'],
    [
      'a ruleset from the network',
      { '.spectral.yaml': 'extends: https://127.0.0.1:9/r.js\n' },
      'extends https://127.0.0.1:9/r.js',
    ],
  ])('%s', (_, beside, reason) => {
    const folder = repositoryWith({ 'apis/openapi.yaml': description });
    for (const [name, text] of Object.entries(beside)) {
      const file = join(folder, 'apis', name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text === 'script' ? script(folder) : text);
    }
    const { status, err } = run(folder, 'lint', 'apis');
    expect([status, existsSync(join(folder, 'was-run'))]).toEqual([2, false]);
    expect(err).toContain(`: ${reason}`);
    expect(err).toContain(`If you trust it, name it: --ruleset apis/${Object.keys(beside)[0]}`);
  });

  test('and is read by the Spectral of the working folder', () => {
    const folder = repositoryWith({
      'apis/.spectral.yaml': rulesetWith('info'),
      'apis/openapi.yaml': description,
      'apis/node_modules/@stoplight/spectral-ruleset-bundler/package.json': '{"exports": {"./*": "./evil.js"}}',
    });
    writeFileSync(join(folder, 'apis/node_modules/@stoplight/spectral-ruleset-bundler/evil.js'), script(folder));
    expect(severitiesIn(folder, 'apis/openapi.yaml')).toEqual({ 'apis/openapi.yaml': 2 });
    expect(existsSync(join(folder, 'was-run'))).toBe(false);
  });

  test('unless it is in the working folder', () => {
    const folder = repositoryWith({ 'apis/openapi.yaml': description });
    writeFileSync(join(folder, 'apis/.spectral.mjs'), script(folder));
    run(join(folder, 'apis'), 'lint', 'openapi.yaml');
    expect(existsSync(join(folder, 'was-run'))).toBe(true);
  });
});
