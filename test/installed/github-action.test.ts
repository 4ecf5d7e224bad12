import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAction } from '@actions/workflow-parser/actions/index';
import { NoOperationTraceWriter } from '@actions/workflow-parser';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { folderWith, read, root } from '../files.js';
import { annotationIn } from '../hosts/cli/annotation.js';
import { install, type Outcome, outcomeOf, packed } from '../packed.js';

const path = '.github/actions/lint/action.yml';
const text = read(path);

interface Step {
  readonly id?: string;
  readonly run: string;
  readonly shell: string;
  readonly 'working-directory'?: string;
  readonly env: Readonly<Record<string, string>>;
}

const action: {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
} = parse(text);
const { steps } = action.runs;

/** Where an action is, and the folder that it may fill. */
interface Runner {
  readonly workspace: string;
  readonly action?: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

/** Runs the steps as GitHub's runner does: the expressions become values of variables and folders, and the shell is the one that it starts. */
async function runAction({
  workspace,
  action: place = join(root, '.github/actions/lint'),
  inputs = {},
}: Runner): Promise<Outcome> {
  const temp = folderWith({ 'with spaces/.keep': '' });
  const values: Record<string, string> = { 'github.action_path': place, 'runner.temp': join(temp, 'with spaces') };
  for (const [name, { default: value }] of Object.entries(action.inputs))
    values[`inputs.${name}`] = inputs[name] ?? value;
  const filled = (template: string) =>
    template.replace(/\$\{\{ (.*?) \}\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`no value for ${name}`);
      return value;
    });
  const all = { code: 0, out: '', err: '' };
  for (const step of steps) {
    const [script, outputs] = [join(temp, 'script.sh'), join(temp, 'outputs')];
    writeFileSync(script, step.run);
    writeFileSync(outputs, '');
    const env = Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, filled(value)]));
    const { code, out, err } = await outcomeOf('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd: join(workspace, filled(step['working-directory'] ?? '.')),
      env: { ...process.env, ...env, GITHUB_OUTPUT: outputs, GITHUB_WORKSPACE: workspace },
    });
    Object.assign(all, { code, out: all.out + out, err: all.err + err });
    if (code !== 0) break;
    for (const line of readFileSync(outputs, 'utf8').split('\n').filter(Boolean)) {
      const [name = '', ...value] = line.split('=');
      values[`steps.${step.id}.outputs.${name}`] = value.join('=');
    }
  }
  return all;
}

/** The annotations that a run prints: file and rule. */
function annotations({ out }: Outcome): string[] {
  return out
    .split('\n')
    .filter((line) => line.startsWith('::') && !line.startsWith('::error::'))
    .map((line) => {
      const { file, title } = annotationIn(line).properties;
      return `${file} ${title}`;
    });
}

test('the metadata is what GitHub reads', () => {
  const errorsIn = (content: string) => {
    const { context } = parseAction({ name: path, content }, new NoOperationTraceWriter());
    return context.errors.getErrors().map(({ message }) => message);
  };
  expect(errorsIn(text)).toEqual([]);
  expect(errorsIn(text.replace('shell: bash', 'shel: bash'))).not.toEqual([]);
});

test('no script contains an expression, whose value the shell would run, and bash can parse each', () => {
  expect(steps.length).toBeGreaterThan(0);
  for (const { run: script, shell } of steps) {
    expect(script).not.toContain('${{');
    expect(shell).toBe('bash');
    expect(spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  }
});

test('every input is used, and no other', () => {
  const used = [...JSON.stringify(steps).matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name);
  expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)));
});

test('the page about CI shows all inputs, and uses the action with some of them', () => {
  const page = read('examples/ci/README.md');
  const rows = Object.entries(action.inputs).map(
    ([name, { description }]) => `| \`${name}\` | ${description.trim()} |`,
  );
  expect(page).toContain(['| input | what it is |', '| --- | --- |', ...rows].join('\n'));
  const [, block = ''] = /```yaml\n(steps:[^]*?)```/.exec(page) ?? [];
  const shown: { readonly uses?: string; readonly with?: object }[] = parse(block).steps;
  const { with: used = {} } = shown.find(({ uses }) => uses === './.github/actions/lint') ?? {};
  expect(Object.keys(used)).toEqual(['files', 'fail-severity']);
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(used)));
});

describe('the steps', () => {
  let tarball: string;
  /** A repository with a description in a folder, whose names have spaces. */
  let workspace: string;

  beforeAll(async () => {
    tarball = await packed();
    workspace = join(folderWith({}), 'my repository');
    for (const [file, content] of Object.entries({
      'the apis/package.json': '{"private": true}',
      'the apis/order & items.yaml': read('examples/orders.yaml'),
      'the apis/clean.yaml': read('examples/not-modified-documented/conforming.yaml'),
      'other.yaml': read('examples/not-modified-documented/violation.yaml'),
    })) {
      mkdirSync(join(workspace, 'the apis'), { recursive: true });
      writeFileSync(join(workspace, file), content);
    }
  });

  test('run the package that the action is part of, and annotate files by their paths in the repository', async () => {
    const outcome = await runAction({ workspace });
    expect(outcome.code).toBe(1);
    const found = annotations(outcome);
    expect(found).toContain('the apis/order & items.yaml not-modified-no-content');
    expect(found).toContain('other.yaml not-modified-documented');
    const below = await runAction({ workspace, inputs: { 'working-directory': 'the apis' } });
    expect(annotations(below)).toEqual(found.filter((one) => one.startsWith('the apis/')));
  });

  test('build that package if it is a fresh checkout', { timeout: 900_000 }, async () => {
    const checkout = join(folderWith({}), 'an action');
    const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
    for (const file of files.split('\0').filter(Boolean)) cpSync(join(root, file), join(checkout, file));
    expect(existsSync(join(checkout, 'dist'))).toBe(false);
    const outcome = await runAction({
      workspace,
      action: join(checkout, '.github/actions/lint'),
      inputs: { files: 'other.yaml' },
    });
    expect(annotations(outcome)).toEqual(['other.yaml not-modified-documented']);
    expect(outcome.code).toBe(0);
  });

  test('run the package that the folder has installed, or say that there is none', async () => {
    const copied = {
      workspace,
      action: join(workspace, '.github/actions/lint'),
      inputs: { 'working-directory': 'the apis' },
    };
    const without = await runAction(copied);
    expect(without.code).toBe(2);
    expect(without.out).toContain('::error::spectral-conditional-requests is not installed here');
    await install(join(workspace, 'the apis'), tarball);
    const outcome = await runAction(copied);
    expect(outcome.code).toBe(1);
    expect(annotations(outcome)).toHaveLength(8);
  });

  test('install the package that an input names', async () => {
    symlinkSync(tarball, join(workspace, 'the apis/my package.tgz'));
    const outcome = await runAction({
      workspace,
      action: join(workspace, 'elsewhere'),
      inputs: { 'working-directory': 'the apis', package: 'my package.tgz' },
    });
    expect(annotations(outcome)).toHaveLength(8);
  });

  test('take files, a ruleset, a severity, a format and a file for SARIF', async () => {
    const inputs = {
      files: 'the apis/order & items.yaml\n\nthe apis/cl*.yaml\n',
      ruleset: 'all',
      'fail-severity': 'hint',
      format: 'json',
      'sarif-file': 'found $HOME.sarif',
    };
    const { code, out } = await runAction({ workspace, inputs });
    expect(code).toBe(1);
    const found: { source: string }[] = JSON.parse(out);
    expect(found.length).toBeGreaterThan(8);
    expect(new Set(found.map(({ source }) => source))).toContain(join(workspace, 'the apis/order & items.yaml'));
    expect(found.map(({ source }) => source)).not.toContain(join(workspace, 'other.yaml'));
    const [{ results }] = JSON.parse(readFileSync(join(workspace, 'found $HOME.sarif'), 'utf8')).runs;
    expect(results).toHaveLength(found.length);
  });

  test('run nothing that an input contains', async () => {
    const trace = join(workspace, 'ran');
    const code = `$(touch '${trace}')\`touch '${trace}'\`"; touch '${trace}'; "`;
    for (const name of Object.keys(action.inputs).filter((input) => input !== 'working-directory')) {
      await runAction({ workspace, inputs: { [name]: name === 'package' ? `./${code}.tgz` : code } });
      expect([name, existsSync(trace)]).toEqual([name, false]);
    }
    // What looks like an option is a file.
    const option = await runAction({ workspace, inputs: { files: '--help' } });
    expect(option).toMatchObject({ code: 2, err: expect.stringContaining('--help') });
  });
});
