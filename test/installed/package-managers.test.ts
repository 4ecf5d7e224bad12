import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { severities } from '../../src/guidelines/citation.js';
import { folderWith, read, root } from '../files.js';
import { Client, codesOf, uriIn } from '../hosts/language-server/client.js';
import { install, orWhyNot, type Outcome, outcomeOf, packed, run } from '../packed.js';
import { newest } from '../hosts/redocly/installed-redocly.js';
import { lintFile } from '../spectral.js';
import { managerPackages, newestSpectral } from './versions.js';

const [pnpm9, pnpm12, yarn1, yarnBerry] = managerPackages;

/** A package manager. */
interface Manager {
  /** The package that npm installs it from; absent for npm. */
  readonly package?: string;
  readonly program: string;
  readonly install: readonly string[];
  /** What precedes a command of an installed package. */
  readonly exec: readonly string[];
  /** What precedes one that is run in the package `api` of a workspace. */
  readonly execInApi: readonly string[];
  /** The start of `pnpm-workspace.yaml` in a workspace. */
  readonly workspaceFile?: string;
  /** A setting in `pnpm-workspace.yaml` without which Spectral cannot be installed. */
  readonly setting?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Whether the folder above the packages of a workspace does not see what they depend on. */
  readonly isStrict?: boolean;
  /** Whether Redocly is tried too. It is large. */
  readonly withRedocly?: boolean;
}

const pnpm: Omit<Manager, 'package'> = {
  program: 'pnpm',
  install: ['install', '--no-frozen-lockfile', '--prefer-offline'],
  exec: ['exec'],
  execInApi: ['--dir', 'packages/api', 'exec'],
  workspaceFile: "packages: ['packages/*']\n",
};

const yarn4: Omit<Manager, 'env'> = {
  package: yarnBerry,
  program: 'yarn',
  install: ['install'],
  exec: ['run'],
  execInApi: ['workspace', 'api', 'run'],
};

/** Yarn 4 sends no telemetry, may write a lock file in CI, and takes from a cache that all projects share. */
const yarn4Env = {
  YARN_ENABLE_TELEMETRY: '0',
  YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  YARN_ENABLE_GLOBAL_CACHE: 'true',
};

const managers: Readonly<Record<string, Manager>> = {
  npm: {
    program: 'npm',
    install: ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'],
    exec: ['exec', '--no', '--'],
    execInApi: ['exec', '--no', '--workspace', 'api', '--'],
  },
  'pnpm 9': { ...pnpm, package: pnpm9 },
  'pnpm 12': {
    ...pnpm,
    package: pnpm12,
    setting: `allowBuilds: {'@scarf/scarf': false}\n`,
    withRedocly: true,
  },
  'Yarn 1': {
    package: yarn1,
    program: 'yarn',
    install: ['install', '--non-interactive', '--prefer-offline', '--ignore-scripts'],
    exec: ['--silent', 'run'],
    execInApi: ['--silent', '--cwd', 'packages/api', 'run'],
  },
  'Yarn 4 with node_modules': { ...yarn4, env: { ...yarn4Env, YARN_NODE_LINKER: 'node-modules' } },
  'Yarn 4 with Plug’n’Play': {
    ...yarn4,
    env: { ...yarn4Env, YARN_NODE_LINKER: 'pnp' },
    isStrict: true,
    withRedocly: true,
  },
};

let tarball: string;
/** The registry that npm is configured with, for the others. */
let registry: NodeJS.ProcessEnv;

beforeAll(async () => {
  tarball = await packed();
  const setting = async (name: string) => (await run('npm', ['config', 'get', name])).stdout.trim();
  const [address, cafile] = await Promise.all([setting('registry'), setting('cafile')]);
  registry = {
    npm_config_registry: address,
    YARN_NPM_REGISTRY_SERVER: address.replace(/\/$/, ''),
    ...(cafile !== 'null' && { npm_config_cafile: cafile, YARN_HTTPS_CA_FILE_PATH: cafile }),
  };
});

const spectral = { '@stoplight/spectral-cli': newestSpectral };
const ruleset = 'extends: spectral-conditional-requests\nrules: {not-modified-documented: error}\n';

/** The rules that find something, and the severities. */
async function expected(): Promise<string[]> {
  const findings = await lintFile(join(root, 'examples/orders.yaml'), 'recommended');
  return findings.map(({ code, severity }) => `${code === 'not-modified-documented' ? 'error' : severity} ${code}`);
}

function found({ out, err }: Outcome): string[] {
  try {
    const results: { code: string; severity: number }[] = JSON.parse(out);
    return results.map(({ code, severity }) => `${severities[severity]} ${code}`);
  } catch {
    throw new Error(`no JSON: ${out}${err}`);
  }
}

const lints = ['lint', '--fail-severity', 'error', '--format', 'json', '--quiet', 'openapi.yaml'];

/** A folder with a manager: its packages, and the files with which they are tried. */
class Project {
  readonly folder: string;
  readonly #manager: Manager;
  readonly #program: string;

  constructor(manager: Manager, program: string, files: Readonly<Record<string, string>>) {
    this.#manager = manager;
    this.#program = program;
    // Without a lock file of its own, Yarn looks for a project in the folders above.
    this.folder = folderWith({ 'yarn.lock': '', ...files });
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  get env(): NodeJS.ProcessEnv {
    return { ...process.env, ...registry, ...this.#manager.env };
  }

  async install(): Promise<void> {
    const { code, out, err } = await this.#run(this.#manager.install);
    if (code !== 0) throw new Error(`the packages cannot be installed: ${out}${err}`);
  }

  /** Runs a command of an installed package: `npm exec`, `yarn run` and so on. */
  exec(...command: readonly string[]): Promise<Outcome> {
    return this.#run([...this.#manager.exec, ...command]);
  }

  /** Runs one in the package `api` of the workspace. */
  execInApi(...command: readonly string[]): Promise<Outcome> {
    return this.#run([...this.#manager.execInApi, ...command]);
  }

  /** An editor with the language server that the manager starts. */
  editor(): Promise<Client> {
    const command = [this.#program, ...this.#manager.exec, 'conditional-requests', 'language-server', '--stdio'];
    return Client.start({ folder: this.folder, command: command as [string, ...string[]], env: this.env });
  }

  /** What Spectral's extension for VS Code finds, which knows nothing of package managers. */
  inVsCode(): Promise<Outcome> {
    const lint = join(root, 'test/hosts/vscode-extension/lint.mjs');
    const files = [join(this.folder, '.spectral.yaml'), join(this.folder, 'openapi.yaml')];
    return outcomeOf(process.execPath, [lint, root, ...files], { cwd: this.folder });
  }

  #run(args: readonly string[]): Promise<Outcome> {
    return outcomeOf(this.#program, args, { cwd: this.folder, env: this.env });
  }
}

/** The program of a manager; or why it cannot be had. */
async function programOf({ package: name, program }: Manager): Promise<{ readonly path: string } | string> {
  if (name === undefined) return { path: program };
  return orWhyNot(name, async () => {
    const folder = folderWith({ 'package.json': '{"private": true}' });
    await install(folder, name);
    const path = join(folder, 'node_modules/.bin', program);
    await run(path, ['--version'], { cwd: folder });
    return { path };
  });
}

const openapi = read('examples/orders.yaml');

/** The package that is tried, and the versions of the linters that load it. */
function dependencies(withRedocly = false): Record<string, string> {
  const redocly = withRedocly ? { '@redocly/cli': newest.replace('@redocly/cli@', '') } : {};
  return { ...spectral, ...redocly, 'spectral-conditional-requests': `file:${tarball}` };
}

/** A project of a user: one package. */
async function singleProject(manager: Manager, program: string): Promise<Project> {
  const devDependencies = dependencies(manager.withRedocly);
  const project = new Project(manager, program, {
    'package.json': JSON.stringify({ name: 'user', private: true, devDependencies }),
    ...(manager.setting !== undefined && { 'pnpm-workspace.yaml': manager.setting }),
    'openapi.yaml': openapi,
    '.spectral.yaml': ruleset,
    'guideline/.spectral.yaml': 'extends: spectral-conditional-requests/rulesets/zalando.yaml\n',
    'redocly.yaml': 'plugins: [spectral-conditional-requests/redocly]\nextends: [conditional-requests/recommended]\n',
  });
  await project.install();
  return project;
}

/** The `package.json` above the packages of a workspace. */
function above(devDependencies: object): string {
  return JSON.stringify({ name: 'all', private: true, workspaces: ['packages/*'], devDependencies });
}

/** A workspace, in which the package `api` has the descriptions. */
async function workspace(manager: Manager, program: string): Promise<Project> {
  const project = new Project(manager, program, {
    'package.json': above(spectral),
    'openapi.yaml': openapi,
    '.spectral.yaml': ruleset,
    'packages/api/package.json': JSON.stringify({
      name: 'api',
      version: '1.0.0',
      private: true,
      devDependencies: dependencies(),
    }),
    'packages/api/openapi.yaml': openapi,
    'packages/api/.spectral.yaml': ruleset,
    'pnpm-workspace.yaml': `${manager.workspaceFile ?? ''}${manager.setting ?? ''}`,
  });
  await project.install();
  return project;
}

const names = Object.keys(managers) as (keyof typeof managers)[];
const usual = names.filter((name) => managers[name]?.isStrict !== true);
const plugAndPlay = 'Yarn 4 with Plug’n’Play';

const programs = new Map<string, ReturnType<typeof programOf>>();
const projects = new Map<string, Promise<Project>>();

/** Something that is made with a manager, the first time that it is asked for; or why the manager cannot be had. */
async function made(
  name: string,
  make: (manager: Manager, program: string) => Promise<Project>,
): Promise<Project | string> {
  const manager = managers[name];
  if (manager === undefined) throw new Error(`there is no ${name}`);
  const program = await (programs.get(name) ?? programs.set(name, programOf(manager)).get(name));
  if (program === undefined || typeof program === 'string') return program ?? '';
  const key = `${make.name} ${name}`;
  const project = projects.get(key) ?? make(manager, program.path);
  projects.set(key, project);
  return project;
}

// A slow disk takes long to write so many files.
const options = { timeout: 900_000 };

describe('a project', options, () => {
  test.for(names)('with %s: the command and Spectral find what they find here', async (name, { skip }) => {
    const project = await made(name, singleProject);
    if (typeof project === 'string') return skip(project);
    const byZalando = await lintFile(join(root, 'examples/orders.yaml'), 'zalando');
    for (const command of ['conditional-requests', 'spectral']) {
      const outcome = await project.exec(command, ...lints);
      expect([command, outcome.code, found(outcome)]).toEqual([command, 1, await expected()]);
      const ofGuideline = await project.exec(command, ...lints, '--ruleset', 'guideline/.spectral.yaml');
      expect(found(ofGuideline)).toEqual(byZalando.map(({ severity, code }) => `${severity} ${code}`));
    }
    // So many that threads of the command share the work.
    for (let index = 0; index < 40; index++) project.write(`many/${index}.yaml`, openapi);
    const once = await expected();
    const many = await project.exec('conditional-requests', 'lint', '--format', 'json', '--quiet', 'many');
    expect(found(many)).toEqual(Array.from({ length: 40 }, () => once).flat());
  });

  test.for(names)('with %s: the language server finds it too', async (name, { skip }) => {
    const project = await made(name, singleProject);
    if (typeof project === 'string') return skip(project);
    const editor = await project.editor();
    const uri = uriIn(project.folder, 'openapi.yaml');
    await editor.open(uri, openapi);
    expect(codesOf(await editor.diagnostics(uri))).toEqual(
      (await expected()).map((one) => one.split(' ')[1]).toSorted(),
    );
    await editor.stop();
  });

  test.for(names.filter((name) => managers[name]?.withRedocly))(
    'with %s: Redocly finds the plugin',
    async (name, { skip }) => {
      const project = await made(name, singleProject);
      if (typeof project === 'string') return skip(project);
      const { err } = await project.exec('redocly', 'lint', 'openapi.yaml');
      expect(err).toContain('Validation failed with 1 error and 7 warnings');
    },
  );

  test.for(usual)('with %s: Spectral’s extension for VS Code finds it too', async (name, { skip }) => {
    const project = await made(name, singleProject);
    if (typeof project === 'string') return skip(project);
    expect(found(await project.inVsCode())).toEqual(await expected());
  });

  test('with Plug’n’Play: Spectral’s extension for VS Code cannot load the ruleset', async ({ skip }) => {
    const project = await made(plugAndPlay, singleProject);
    if (typeof project === 'string') return skip(project);
    const { code, err } = await project.inVsCode();
    expect([code, err]).toEqual([1, expect.stringContaining('Could not load')]);
  });

  test('with Plug’n’Play: npx does not find the command', async ({ skip }) => {
    const project = await made(plugAndPlay, singleProject);
    if (typeof project === 'string') return skip(project);
    const { code, err } = await outcomeOf('npx', ['--no', 'conditional-requests', 'rules'], { cwd: project.folder });
    expect([code, err]).toEqual([1, expect.stringContaining('npm error')]);
  });

  test('with pnpm 12: Spectral is not installed without the setting', async ({ skip }) => {
    const { 'pnpm 12': manager } = managers;
    const project = await made('pnpm 12', (_, program) => {
      return Promise.resolve(
        new Project(manager as Manager, program, { 'package.json': JSON.stringify({ devDependencies: spectral }) }),
      );
    });
    if (typeof project === 'string') return skip(project);
    await expect(project.install()).rejects.toThrow('Ignored build scripts: @scarf/scarf');
  });
});

describe('a package of a workspace', options, () => {
  test.for(names)('with %s: the command and Spectral find what they find here', async (name, { skip }) => {
    const project = await made(name, workspace);
    if (typeof project === 'string') return skip(project);
    for (const command of ['conditional-requests', 'spectral']) {
      const outcome = await project.execInApi(command, ...lints);
      expect([command, outcome.code, found(outcome)]).toEqual([command, 1, await expected()]);
    }
  });

  test.for(usual)('with %s: the folder above sees what the package depends on', async (name, { skip }) => {
    const project = await made(name, workspace);
    if (typeof project === 'string') return skip(project);
    expect(found(await project.exec('spectral', ...lints))).toEqual(await expected());
  });

  test('with Plug’n’Play: the folder above sees only what it depends on itself', async ({ skip }) => {
    const project = await made(plugAndPlay, workspace);
    if (typeof project === 'string') return skip(project);
    const { code, out, err } = await project.exec('spectral', ...lints);
    expect([code, out + err]).toEqual([2, expect.stringContaining('spectral-conditional-requests')]);
    project.write('package.json', above(dependencies()));
    await project.install();
    expect(found(await project.exec('spectral', ...lints))).toEqual(await expected());
  });
});
