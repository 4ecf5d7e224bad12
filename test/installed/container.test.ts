import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { beforeAll, expect, test } from 'vitest';
import { folderWith, read } from '../files.js';
import { type Outcome, outcomeOf, packed, run } from '../packed.js';
import { newestSpectral } from './versions.js';

const text = read('examples/ci/Containerfile');

const instructions = DockerfileParser.parse(text)
  .getInstructions()
  .map((one) => ({ keyword: one.getKeyword(), args: one.getArgumentsContent() ?? '' }));

/** The arguments of the last instruction of a kind, which is the one that counts. */
function last(keyword: string): string {
  return instructions.findLast((one) => one.keyword === keyword)?.args ?? '';
}

test('the file is a valid one, and starts from an image that is pinned and small', () => {
  expect(validate(text)).toEqual([]);
  expect(validate(text.replace('ENTRYPOINT', 'ENTRYPONT'))).not.toEqual([]);
  expect(last('FROM')).toMatch(/^docker\.io\/library\/node:\d+\.\d+\.\d+-slim$/);
});

test('it has the version of Spectral that the tests use', () => {
  expect(last('RUN')).toContain(` @stoplight/spectral-cli@${newestSpectral} `);
});

/**
 * What a container of the image would be, without an engine for containers: a folder for its root, in which the instructions were followed
 * one by one. It sees no other packages, but the Node of this system instead of the image's.
 */
class Container {
  readonly root = folderWith({});
  readonly #env: Record<string, string> = {};
  #folder = '/';
  #isPrivileged = true;

  /** @param context the folder whose files COPY takes */
  async build(context: string): Promise<void> {
    const bin = join(this.root, 'usr/local/bin');
    mkdirSync(bin, { recursive: true });
    symlinkSync(process.execPath, join(bin, 'node'));
    for (const { keyword, args } of instructions) {
      if (keyword === 'WORKDIR') {
        this.#folder = args;
        mkdirSync(join(this.root, args), { recursive: true });
      } else if (keyword === 'COPY') {
        const [sources, to] = [args.split(' ').slice(0, -1).join(' '), args.split(' ').at(-1) ?? ''];
        await run('sh', ['-c', `cp -L -- ${sources} "$1"`, 'sh', join(this.root, this.#folder, to)], { cwd: context });
      } else if (keyword === 'RUN') {
        const env = { ...process.env, ...this.#env, npm_config_prefix: join(this.root, 'usr/local') };
        await run('sh', ['-c', args.replace(' && npm cache clean --force', '')], {
          cwd: join(this.root, this.#folder),
          env,
        });
      } else if (keyword === 'ENV') {
        const [name = '', value = ''] = args.split('=');
        this.#env[name] = join(this.root, value);
      } else if (keyword === 'USER') this.#isPrivileged = args === 'root';
      else if (!['FROM', 'ENTRYPOINT', 'CMD'].includes(keyword)) throw new Error(`nothing follows ${keyword}`);
    }
  }

  /** `docker run` with the arguments; without any, those of CMD. */
  run(...args: readonly string[]): Promise<Outcome> {
    const [program = '', ...before]: string[] = JSON.parse(last('ENTRYPOINT'));
    return this.start(program, ...before, ...(args.length > 0 ? args : JSON.parse(last('CMD'))));
  }

  /** `docker run --entrypoint` with a program. */
  start(program: string, ...args: readonly string[]): Promise<Outcome> {
    const bin = join(this.root, 'usr/local/bin');
    const user = this.#isPrivileged || process.getuid?.() !== 0 ? {} : { uid: 1000, gid: 1000 };
    return outcomeOf(program === 'env' ? '/usr/bin/env' : join(bin, program), args, {
      cwd: join(this.root, this.#folder),
      env: { ...this.#env, PATH: bin },
      ...user,
    });
  }
}

let container: Container;

beforeAll(async () => {
  const context = folderWith({});
  cpSync(await packed(), join(context, 'spectral-conditional-requests-0.1.0.tgz'));
  container = new Container();
  await container.build(context);
  // Another user may enter the folders.
  for (const folder of [process.env['TMPDIR'] ?? '', container.root]) chmodSync(folder, 0o755);
  writeFileSync(join(container.root, 'work/orders.yaml'), read('examples/orders.yaml'));
});

test('without arguments it lints the folder that is mounted, as a user who may not write there, and without git', async () => {
  const { code, out, err } = await container.run();
  expect([code, err]).toEqual([1, '']);
  expect(out).toContain('8 findings in 1 file: 1 error, 6 warnings, 1 info');
  if (process.getuid?.() !== 0) return;
  const { out: fixing } = await container.run('fix', 'orders.yaml');
  expect(fixing).toContain('because orders.yaml is read-only');
});

test('it follows the ruleset of that folder, which Spectral reads', async () => {
  const ruleset = join(container.root, 'work/.spectral.yaml');
  writeFileSync(ruleset, 'extends: spectral-conditional-requests\nrules: {not-modified-documented: error}\n');
  const { code, out } = await container.run('lint', '-f', 'json', '-D', 'orders.yaml');
  expect(code).toBe(1);
  expect(JSON.parse(out).map((one: { code: string }) => one.code)).toEqual([
    'not-modified-documented',
    'not-modified-no-content',
  ]);
});

test('the Spectral beside it finds the ruleset by name, which it would not without NODE_PATH', async () => {
  writeFileSync(join(container.root, 'work/.spectral.yaml'), 'extends: spectral-conditional-requests\n');
  const { out } = await container.start('spectral', 'lint', 'orders.yaml');
  expect(out).toContain('8 problems (1 error, 6 warnings, 1 info, 0 hints)');
  const without = await container.start('env', '-u', 'NODE_PATH', 'spectral', 'lint', 'orders.yaml');
  expect(without.code).toBe(2);
  expect(without.out + without.err).toContain('spectral-conditional-requests');
});
