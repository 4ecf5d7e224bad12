import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../src/hosts/cli/commands.js';
import { folderWith, read, root } from '../../files.js';
import { cli, run } from './run.js';

const head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";
const okWithEtag = '{description: ok, headers: {ETag: {schema: {type: string}, example: 33a6}}}';

/** A HAR entry: a GET that was answered with 200. */
function answeredAt(url: string) {
  return { request: { method: 'GET', url, headers: [] }, response: { status: 200, headers: [] } };
}

describe('no network request is made', () => {
  /** Runs the command line with a guard that records and refuses every network request, and returns the recorded requests. */
  function asking(cwd: string, ...args: string[]): { asked: string; status: number | null } {
    const asked = join(folderWith({ asked: '' }), 'asked');
    const guard = join(import.meta.dirname, 'no-network.cjs');
    const env = { ...process.env, ASKED: asked, NODE_OPTIONS: `--require ${guard}` };
    const { status } = spawnSync(process.execPath, [cli, ...args], { cwd, env, encoding: 'utf8' });
    return { asked: readFileSync(asked, 'utf8'), status };
  }

  const folder = folderWith({
    'openapi.yaml': `${head}externalDocs: {url: 'https://example.com/docs'}
servers: [{url: 'https://api.example.com'}]
paths:
  /a: {$ref: 'https://example.com/a.yaml'}
  /b: {get: {responses: {'200': ${okWithEtag}, '304': {$ref: 'http://example.com/b.yaml#/Same'}, '412': {$ref: '//example.com/c.yaml'}}}}
components: {schemas: {A: {$schema: 'https://json-schema.org/draft/2020-12/schema', $id: 'https://example.com/a'}}}
`,
    'guideline.yaml': read('examples/own-guideline/guideline.yaml'),
    'traffic.har': JSON.stringify({ log: { version: '1.2', entries: [answeredAt('https://api.example.com/b')] } }),
  });

  test.each([
    'lint',
    'lint -r all -f sarif',
    'fix --suggested --dry-run .',
    'fix --check openapi.yaml',
    'fix --suggested --overlay overlay.yaml --dry-run openapi.yaml',
    'report',
    'observe openapi.yaml --traffic traffic.har',
    'explain not-modified-documented',
    'rules',
    'ruleset guideline.yaml',
  ])('by the command %s', (line) => {
    const { asked, status } = asking(folder, ...line.split(' '));
    expect(asked).toBe('');
    expect(status).toBeLessThan(2);
  });

  test('by linting the examples, on several threads', () => {
    const many = folderWith({});
    for (let copy = 0; copy < 12; copy++) cpSync(join(root, 'examples'), join(many, `${copy}`), { recursive: true });
    writeFileSync(join(many, 'large.yaml'), `${head}paths: {}\nx-padding: ${'x'.repeat(2e6)}\n`);
    expect(asking(many, 'lint', '-q').asked).toBe('');
  });

  test('except with --allow-remote', () => {
    expect(asking(folder, 'lint', '--allow-remote').asked).toMatch(/^a (?:socket|name server)$/m);
  });
});

describe('fix writes no file outside the named folders, even if a `$ref` leads there', () => {
  const outside = { 'shared/responses.yaml': `Ok: ${okWithEtag}\n` };
  const using = (reference: string) => `${head}paths: {/a: {get: {responses: {'200': {$ref: '${reference}#/Ok'}}}}}\n`;

  test.each([
    ['a relative path to a folder above', '../shared/responses.yaml', () => {}],
    ['an absolute path', '{folder}/shared/responses.yaml', () => {}],
    [
      'a link to a file',
      'linked.yaml',
      (folder: string) => symlinkSync(join(folder, 'shared/responses.yaml'), join(folder, 'apis/linked.yaml')),
    ],
    [
      'a link to a folder',
      'linked/responses.yaml',
      (folder: string) => symlinkSync(join(folder, 'shared'), join(folder, 'apis/linked')),
    ],
    [
      'a folder in node_modules',
      'node_modules/p/responses.yaml',
      (folder: string) => cpSync(join(folder, 'shared'), join(folder, 'apis/node_modules/p'), { recursive: true }),
    ],
  ])('through %s', (_, reference, prepare) => {
    const folder = folderWith(outside);
    mkdirSync(join(folder, 'apis'));
    writeFileSync(join(folder, 'apis/openapi.yaml'), using(reference.replace('{folder}', folder)));
    prepare(folder);
    const { out } = run(folder, 'fix', '-r', 'all', '--suggested', 'apis');
    expect(out).toMatch(/because it is in .*, (?:outside the folders that you named|inside node_modules)/);
    const inPackage = join(folder, 'apis/node_modules/p/responses.yaml');
    for (const file of [join(folder, 'shared/responses.yaml'), inPackage].filter((candidate) =>
      existsSync(candidate),
    )) {
      expect(readFileSync(file, 'utf8')).toBe(outside['shared/responses.yaml']);
    }
  });
});

describe('no code in a description or beside it is run', () => {
  const marker = (folder: string) => join(folder, 'was-run');
  const script = "require('node:fs').writeFileSync(require('node:path').join(__dirname, 'was-run'), '');\n";
  const module =
    "import { writeFileSync } from 'node:fs';\nwriteFileSync(new URL('./was-run', import.meta.url), '');\nexport default { rules: {} };\n";

  test('by tags, references to scripts, or files beside it', () => {
    const folder = folderWith({
      'tags.yaml': `${head}paths: {}\nx-a: !!js/function 'function () { process.exit(7) }'\nx-b: !!js/regexp /(a+)+$/\n`,
      'apis/openapi.yaml': `${head}__proto__: {polluted: true}
constructor: {prototype: {polluted: true}}
paths:
  /a: {$ref: 'evil.js'}
  /b: {$ref: './evil.mjs#/default'}
  /c: {get: {responses: {'200': ${okWithEtag}}}}
`,
      'apis/evil.js': script,
      'apis/evil.mjs': module,
      'apis/.spectral.js': script,
      'apis/.spectral.mjs': module,
      'apis/package.json': '{"type": "commonjs", "main": "evil.js", "scripts": {"prepare": "node evil.js"}}',
      'apis/node_modules/yaml/index.js': script,
    });
    for (const args of [
      ['lint', 'apis'],
      ['lint', 'apis/openapi.yaml'],
      ['fix', '--check', 'apis'],
    ]) {
      const { err, status } = run(folder, ...args);
      expect(err).toMatch(/apis\/\.spectral\.js: is a script/);
      expect(status).toBe(2);
    }
    const { err, status } = run(folder, 'lint', '-r', 'all', 'apis');
    expect(err).not.toContain('Error');
    // As parts of a description, the scripts are broken texts.
    expect(status).toBe(2);
    expect(existsSync(marker(join(folder, 'apis')))).toBe(false);
    expect(run(folder, 'lint', '-f', 'text', 'tags.yaml').out).toContain('Unknown tag <tag:yaml.org,2002:js/function>');
  });

  test('a ruleset that is a script is loaded only from the folder from which spectral lint loads it', () => {
    const folder = folderWith({ '.spectral.mjs': module, 'apis/openapi.yaml': `${head}paths: {}\n` });
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(join(root, 'node_modules/@stoplight'), join(folder, 'node_modules/@stoplight'));
    run(join(folder, 'apis'), 'lint');
    run(folder, 'lint', '-r', 'recommended');
    expect(existsSync(marker(folder))).toBe(false);
    run(folder, 'lint');
    const isLoaded = existsSync(marker(folder));
    rmSync(marker(folder), { force: true });
    spawnSync(join(root, 'node_modules/.bin/spectral'), ['lint', 'apis/openapi.yaml'], { cwd: folder });
    expect(isLoaded).toBe(existsSync(marker(folder)));
  });
});

describe('lint and fix print no stack trace for an unusual file, and fix leaves it unchanged', () => {
  const files: Readonly<Record<string, Buffer>> = {
    'empty.yaml': Buffer.from(''),
    'mark.yaml': Buffer.from('\uFEFF'),
    'nul.yaml': Buffer.from('openapi: 3.0.3\npaths: {}\nx: "\0"\n'),
    'utf16.yaml': Buffer.from('\uFEFFopenapi: 3.0.3\npaths: {}\n', 'utf16le'),
    'broken.yaml': Buffer.concat([Buffer.from('openapi: 3.0.3\nx: '), Buffer.from([0xc3, 0x28, 0xff])]),
    'surrogate.json': Buffer.from(String.raw`{"openapi": "3.0.3", "paths": {"/\ud800": {}}}`),
    'deep.json': Buffer.from(`{"openapi": "3.0.3", "paths": ${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
    'deep.yaml': Buffer.from(`openapi: 3.0.3\npaths: ${'['.repeat(10_000)}`),
    'laughs.yaml': Buffer.from(
      `openapi: 3.0.3\npaths: {}\nx0: &x0 [lol]\n${Array.from({ length: 100 }, (_, n) => `x${n + 1}: &x${n + 1} [*x${n}, *x${n}, *x${n}]\n`).join('')}`,
    ),
    'many.yaml': Buffer.from('openapi: 3.0.3\n---\nopenapi: 3.0.3\n'),
    'keys.json': Buffer.from(`{"openapi": "3.0.3", ${Array.from({ length: 1e6 }, (_, n) => `"x-${n}":0`).join(',')}}`),
    'huge.yaml': Buffer.from(`openapi: 3.0.3\npaths: {}\nx-huge: ${'x'.repeat(5e6)}\n`),
  };

  test.each(Object.keys(files))('%s', (name) => {
    const folder = folderWith({});
    writeFileSync(join(folder, name), files[name] ?? '');
    mkdirSync(join(folder, 'folder.yaml'));
    for (const args of [
      ['lint', name],
      ['lint', '-f', 'sarif', '-r', 'all', name, 'folder.yaml'],
      ['fix', name],
      ['fix', '--suggested', '.'],
    ]) {
      const { out, err, status } = run(folder, ...args);
      expect([0, 1, 2]).toContain(status);
      expect(out + err).not.toMatch(/\n\s+at |TypeError|RangeError|undefined/);
      expect(status !== 2 || out + err !== '').toBe(true);
    }
    expect(readFileSync(join(folder, name)).equals(files[name] ?? Buffer.of())).toBe(true);
  });
});

test.skipIf(process.platform === 'win32').each([
  ['a guideline', ['--ruleset', 'guideline.yaml'], 2],
  ['a ruleset', ['--ruleset', '.spectral.yaml'], 2],
  ['a cache', ['--cache', '--cache-location', 'cache'], 1],
  ['a baseline', ['--baseline', 'baseline.json'], 2],
] as const)('a pipe in the place of %s is not waited for', (_, args, status) => {
  const [pipe = ''] = args.slice(-1);
  const folder = folderWith({ 'openapi.yaml': `${head}paths: {/a: {$ref: missing.yaml}}\n` });
  execFileSync('mkfifo', [join(folder, pipe)]);
  const result = run(folder, 'lint', 'openapi.yaml', ...args);
  expect(result.err).toContain(`${pipe}: `);
  expect(result.err).toContain('is not a regular file');
  expect(result.status).toBe(status);
});

test.skipIf(process.platform === 'win32')(
  'pipes and devices are never read, neither as named files nor through a `$ref`',
  () => {
    const folder = folderWith({ 'openapi.yaml': `${head}paths: {/a: {$ref: pipe.yaml}, /b: {$ref: /dev/zero}}\n` });
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
    symlinkSync(join(folder, 'pipe.yaml'), join(folder, 'link.yaml'));
    mkdirSync(join(folder, 'folder.yaml'));
    for (const name of ['pipe.yaml', 'link.yaml']) {
      for (const command of ['lint', 'fix']) {
        expect(run(folder, command, name)).toEqual({ status: 2, out: '', err: `${name}: is not a regular file\n` });
      }
    }
    for (const args of [['lint'], ['lint', 'openapi.yaml']]) {
      const { status, out, err } = run(folder, ...args);
      expect([status, err]).toEqual([1, '']);
      expect(out.match(/'\S+' leads nowhere: is not a regular file/g)).toHaveLength(2);
    }
    expect(run(folder, 'fix', '.').out).toMatch(/1 description: fixed 0, declined 0, left 2\.\n$/);
  },
);

test.skipIf(process.platform !== 'linux')(
  'special files of the Linux kernel that claim to be regular do not block a command',
  () => {
    const files = ['/proc/kmsg', '/proc/self/pagemap', '/proc/kpageflags', '/proc/self/mem'];
    const paths = files.map((file, index) => `/${index}: {$ref: ${file}}`).join(', ');
    const folder = folderWith({ 'openapi.yaml': `${head}paths: {${paths}}\n` });
    for (const [index, file] of files.entries()) symlinkSync(file, join(folder, `${index}.yaml`));
    for (const args of [
      ['lint'],
      ['lint', '-q', 'openapi.yaml'],
      ['lint', '0.yaml'],
      ['fix', '.'],
      ['fix', '1.yaml'],
    ]) {
      const { status, signal, stderr } = spawnSync(process.execPath, [cli, ...args], {
        cwd: folder,
        encoding: 'utf8',
        timeout: 60_000,
      });
      expect({ args, signal, status, hasTrace: /\n\s+at /.test(stderr) }).toMatchObject({
        signal: null,
        status: expect.any(Number),
        hasTrace: false,
      });
    }
  },
);

test('a run that would never finish ends with an error', async () => {
  const folder = folderWith({ 'unref.cjs': 'process.stdin.unref();\n' });
  const child = spawn(process.execPath, ['--require', join(folder, 'unref.cjs'), cli, 'lint', '-']);
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const [status] = await once(child, 'close');
  expect({ status, said }).toEqual({
    status: 2,
    said: 'The command could not finish: it waited for something that never came.\n',
  });
});

test('these tests cover all commands', () => {
  expect(Object.keys(commands)).toEqual([
    'lint',
    'fix',
    'report',
    'observe',
    'explain',
    'rules',
    'ruleset',
    'completion',
    'language-server',
  ]);
});
