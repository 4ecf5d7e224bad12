import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { folderWith, okWithEtag, projectWith, root } from '../../files.js';
import { cli, found, ifNoneMatch, type Run, run, without304 } from './run.js';

/** A description without findings. */
const flawless = `openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n`;

describe('lint', () => {
  test('the exit code of lint depends on the highest severity found', () => {
    const folder = folderWith({ 'openapi.yaml': without304 });
    expect(run(folder, 'lint', 'openapi.yaml').status).toBe(0);
    expect(run(folder, 'lint', '-F', 'warn', 'openapi.yaml').status).toBe(1);
    expect(run(folder, 'lint', '-F', 'error', '-r', 'zalando', 'openapi.yaml').status).toBe(1);
    expect(run(folder, 'lint', '-F', 'error', '-r', 'all', 'openapi.yaml').status).toBe(0);
  });

  test('lint reports a description without findings in the formats for people only', () => {
    const folder = folderWith({ 'openapi.yaml': flawless });
    const said = "No results with a severity of 'warn' or higher found in 1 description!\n";
    expect(run(folder, 'lint', '-F', 'warn', 'openapi.yaml')).toEqual({ status: 0, out: said, err: '' });
    expect(run(folder, 'lint', '-q', 'openapi.yaml')).toEqual({ status: 0, out: '', err: '' });
    expect(run(folder, 'lint', '-f', 'json', 'openapi.yaml')).toEqual({ status: 0, out: '[]', err: '' });
  });

  test('several formats go to several files', () => {
    const folder = folderWith({ 'openapi.yaml': without304 });
    const outputs = ['--output.json', 'out.json', '--output.sarif=out.sarif'];
    const formats = ['-f', 'json', '-f', 'sarif', '-f', 'text'];
    const { out } = run(folder, 'lint', ...formats, ...outputs, 'openapi.yaml');
    expect(out).toContain('not-modified-documented');
    expect(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'))).toHaveLength(1);
    const [{ results }] = JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')).runs;
    expect(results).toHaveLength(1);
    expect(results[0].fixes[0].artifactChanges[0].replacements[0].insertedContent.text).toContain('304');
  });
});

describe('lint reads', () => {
  test('without arguments, every description in the folder and below that git does not ignore', () => {
    const folder = folderWith({
      '.gitignore': 'build/\n',
      'a.yaml': without304,
      'apis/b.json': JSON.stringify({ openapi: '3.1.0', paths: {} }),
      'apis/deep/c.yml': without304,
      'apis/part.yaml': 'get: {}\n',
      'build/d.yaml': without304,
      'node_modules/p/openapi.yaml': without304,
      'k8s.yaml': 'kind: Deployment\n---\nkind: Service\n',
    });
    const result = run(folder, 'lint', '-f', 'json');
    expect(found(result, folder)).toEqual([
      'a.yaml:3 not-modified-documented',
      'apis/deep/c.yml:3 not-modified-documented',
    ]);
    expect(result.err).toBe('');
  });

  test('standard input', () => {
    const folder = folderWith({ 'responses.yaml': `Ok: ${okWithEtag}\n` });
    const input = `openapi: 3.0.3\npaths: {/a: {get: {${ifNoneMatch}, responses: {'200': {$ref: 'responses.yaml#/Ok'}}}}}\n`;
    const lint = (...args: string[]) =>
      JSON.parse(
        execFileSync(process.execPath, [cli, 'lint', '-f', 'json', ...args, '-'], {
          cwd: folder,
          input,
          encoding: 'utf8',
        }),
      );
    expect(lint()).toMatchObject([{ code: 'not-modified-documented', source: '<STDIN>' }]);
    expect(lint('--stdin-filepath', 'my.yaml')).toMatchObject([{ source: join(folder, 'my.yaml') }]);
  });

  test('standard input that arrives in parts', async () => {
    const linting = promisify(execFile)(process.execPath, [cli, 'lint', '-f', 'text', '-']);
    for (const part of without304.match(/[^]{1,60}/g) ?? []) {
      linting.child.stdin?.write(part);
      await setTimeout(100);
    }
    linting.child.stdin?.end();
    expect((await linting).stdout).toContain('<STDIN>:3:103 warning not-modified-documented');
  });

  test('standard input only if it is encoded in UTF-8', () => {
    const { status, stderr } = spawnSync(process.execPath, [cli, 'lint', '-'], { input: Buffer.of(0xff, 0xfe, 0) });
    expect([status, String(stderr)]).toEqual([2, '<STDIN>: is encoded in UTF-16: save it in UTF-8\n']);
  });

  test('a component that several descriptions share, and reports its finding once', () => {
    const using = "openapi: 3.0.3\npaths: {/a: {get: {responses: {'304': {$ref: 'shared.yaml#/Same'}}}}}\n";
    const folder = folderWith({
      'a.yaml': using,
      'b.yaml': using,
      'shared.yaml': 'Same:\n  description: unchanged\n  content: {text/plain: {}}\n',
    });
    const result = run(folder, 'lint', '-f', 'json', 'a.yaml', 'b.yaml');
    expect(found(result, folder).filter((one) => one.endsWith('-no-content'))).toEqual([
      'shared.yaml:3 not-modified-no-content',
    ]);
  });

  test('with --shard, each file in exactly one part, and the parts are of similar size', () => {
    const names = Array.from({ length: 23 }, (_, n) => `api-${n}.yaml`);
    const folder = folderWith(Object.fromEntries(names.map((name) => [name, without304])));
    const parts = [1, 2, 3, 4, 5].map((part) =>
      found(run(folder, 'lint', '-f', 'json', '--shard', `${part}/5`), folder),
    );
    expect(parts.map((part) => part.length).toSorted()).toEqual([4, 4, 5, 5, 5]);
    expect(new Set(parts.flat()).size).toBe(names.length);
    expect(found(run(folder, 'lint', '-f', 'json', '--shard', '2/5'), folder)).toEqual(parts[1]);
    const elsewhere = folderWith(Object.fromEntries(names.map((name) => [name, without304])));
    expect(found(run(elsewhere, 'lint', '-f', 'json', '--shard', '2/5'), elsewhere)).toEqual(parts[1]);
  });

  test('files on several threads, and prints the results in the order of the files', () => {
    const big = `${without304}x-padding: ${'x'.repeat(300_000)}\n`;
    const names = Array.from({ length: 30 }, (_, n) => `api-${10 + n}.yaml`);
    const folder = folderWith(Object.fromEntries(names.map((name, n) => [name, n % 3 === 0 ? big : without304])));
    const result = run(folder, 'lint', '-f', 'json', '.');
    expect(found(result, folder)).toEqual(names.map((name) => `${name}:3 not-modified-documented`));
    // A version of Node without the flag that is set for threads would say so.
    expect(result.err).toBe('');
  });
});

describe('the rules of lint', () => {
  test('are those of the .spectral.yaml in the folder, with its severities and overrides', () => {
    const folder = projectWith({
      '.spectral.yaml':
        'extends: spectral-conditional-requests\nrules: {not-modified-documented: hint}\noverrides: [{files: ["old/**"], rules: {not-modified-documented: "off"}}]\n',
      'a.yaml': without304,
      'old/a.yaml': without304,
    });
    const { out, status } = run(folder, 'lint', '-f', 'json', '-F', 'hint');
    expect(JSON.parse(out)).toMatchObject([{ source: join(folder, 'a.yaml'), severity: 3 }]);
    expect(status).toBe(1);
  });

  test('are missing in a ruleset without any of them, which is an error', () => {
    const folder = projectWith({ '.spectral.yaml': 'extends: spectral:oas\n', 'a.yaml': without304 });
    const result = run(folder, 'lint');
    expect(result.status).toBe(2);
    expect(result.err).toBe(
      '.spectral.yaml contains none of these rules: extend spectral-conditional-requests in it, or pass --ruleset recommended\n',
    );
    expect(run(folder, 'lint', '-r', 'recommended', '-f', 'json').out).toContain('not-modified-documented');
  });
});

describe('lint reports why it cannot read a file, and lints the others', () => {
  test.each([
    ['it is missing', 'missing.yaml', /^missing\.yaml: no such file\n$/, 2],
    ['no file matches the glob', 'nothing/*.yaml', /^nothing\/\*\.yaml: no files match\n$/, 2],
    ['it is a folder without descriptions', 'empty', /^empty: no OpenAPI description found\n$/, 2],
    ['it is a pipe', 'pipe.yaml', /^pipe\.yaml: is not a regular file\n$/, 2],
    ['it is not in UTF-8', 'latin1.yaml', /^latin1\.yaml: is not encoded in UTF-8\n$/, 2],
    ['it is on the network', 'https://example.com/openapi.yaml', /^https:.*: is a URL: fetch it first/, 2],
  ])('%s', (_, name, message, status) => {
    const folder = folderWith({ 'a.yaml': without304, 'other.yaml': 'a: 1\n', 'empty/readme.md': '' });
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
    writeFileSync(join(folder, 'latin1.yaml'), Buffer.from('openapi: 3.0.3\ninfo: {title: Käse}\n', 'latin1'));
    const result = run(folder, 'lint', '-f', 'json', name, 'a.yaml');
    expect(result.err).toMatch(message);
    expect(result.status).toBe(status);
    expect(found(result, folder)).toEqual(['a.yaml:3 not-modified-documented']);
  });

  test('a syntax error is a finding with its line and column', () => {
    const folder = folderWith({
      'a.yaml': without304,
      'b.yaml': 'openapi: 3.0.3\npaths:\n  - a\n  b: {\n',
      'c.json': '{"openapi": "3.0.3",\n"paths": {]}',
    });
    const result = run(folder, 'lint', '-f', 'text', '.');
    expect(result.status).toBe(2);
    expect(result.err).toBe('');
    expect(result.out).toMatch(/a\.yaml:3:\d+ warning not-modified-documented/);
    expect(result.out).toMatch(/b\.yaml:4:3 error parser "Bad indentation of a mapping entry"/);
    expect(result.out).toMatch(/c\.json:2:\d+ error parser /);
  });

  test.each([
    [['--format', 'pdf'], /^unknown format 'pdf'; use one of: .*\bjson, .*\n$/],
    [['--fail-severity', 'fatal'], /^unknown severity 'fatal'; use one of: error, warn, info, hint\n$/],
    [['--shard', '6/5'], /^--shard 6\/5: expected a part and the number of parts, such as 2\/5\.\n$/],
    [['--formats', 'json'], /^Unknown option '--formats'\. Did you mean --format\?\n$/],
    [['--show-documentation'], /^Unknown option '--show-documentation'\. Did you mean --show-documentation-url\?\n$/],
    [['-z'], /^Unknown option '-z'\. --help lists the options\.\n$/],
    [['--colour'], /^Unknown option '--colour'\. --help lists the options\.\n$/],
    [['--output', 'nowhere/out.json'], /^nowhere\/out\.json: cannot be written: no such file\n$/],
    [['-f', 'json', '-f', 'text', '-o', 'out'], /^Several formats need a file each: /],
    [['--output.html', 'out.html'], /^--output\.html needs --format html\n$/],
    [['--output.htm', 'out.html'], /^Unknown option '--output\.htm'\. Did you mean --output\.html\?\n$/],
    [['--output.json'], /^--output\.json needs --format json\n$/],
    [['--ruleset', 'none.yaml'], /none\.yaml: no such file\n$/],
  ])('invalid arguments are an error: %s', (args, message) => {
    const folder = folderWith({ 'a.yaml': without304 });
    const result = run(folder, 'lint', ...args, 'a.yaml');
    expect(result.err).toMatch(message);
    expect(result.status).toBe(2);
    expect(result.out).toBe('');
  });
});

describe('references to other hosts', () => {
  test('are followed over the network only with --allow-remote', async () => {
    const asked: string[] = [];
    const server = createServer(({ url = '' }, response) => {
      asked.push(url);
      const pages: Record<string, string> = {
        '/a.yaml': `get:\n  ${ifNoneMatch}\n  responses:\n    '200': {$ref: 'shared/ok.yaml#/Ok'}\n`,
        '/shared/ok.yaml': `Ok: ${okWithEtag}\n`,
      };
      response.statusCode = pages[url] === undefined ? 404 : 200;
      response.end(pages[url]);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void server.close());
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const folder = folderWith({
      'openapi.yaml': `openapi: 3.0.3\npaths:\n  /a: {$ref: '${base}/a.yaml'}\n  /b: {$ref: '${base}/b.yaml'}\n  /c: {$ref: 'c.yaml'}\n`,
    });
    const lint = async (...args: string[]): Promise<Run> => {
      const child = spawn(process.execPath, [cli, 'lint', '-f', 'json', ...args], { cwd: folder });
      let [out, err] = ['', ''];
      child.stdout.on('data', (chunk) => (out += chunk));
      child.stderr.on('data', (chunk) => (err += chunk));
      const status = await new Promise<number | null>((ended) => child.on('close', ended));
      return { status, out, err };
    };
    const offline = await lint();
    expect(offline.err).toBe('Not followed: 2 documents on the network (--allow-remote fetches them).\n');
    const missing = { code: 'invalid-ref', path: ['paths', '/c', '$ref'] };
    expect(JSON.parse(offline.out)).toMatchObject([missing]);
    expect(asked).toEqual([]);
    const online = await lint('--allow-remote');
    expect(JSON.parse(online.out)).toMatchObject([
      {
        code: 'invalid-ref',
        path: ['paths', '/b', '$ref'],
        message: expect.stringContaining('the server answers 404'),
      },
      missing,
      { code: 'not-modified-documented', source: `${base}/a.yaml`, range: { start: { line: 2 } } },
    ]);
    expect(online.err).toBe(`${base}/b.yaml: the server answers 404\n`);
    expect(online.status).toBe(2);
    expect(asked.toSorted()).toEqual(['/a.yaml', '/b.yaml', '/shared/ok.yaml']);
  });
});

describe('the output of lint', () => {
  /** Runs a shell command in a folder of many descriptions. Their findings are more text than a pipe holds. */
  function shell(line: string, env: NodeJS.ProcessEnv = {}) {
    const folder = folderWith({ 'a.yaml': without304 });
    for (let copy = 0; copy < 400; copy++) writeFileSync(join(folder, `${copy}.yaml`), without304);
    const command = line.replace('LINT', `'${process.execPath}' '${cli}' lint`);
    const { CI: _, ...inherited } = process.env;
    const options = { cwd: folder, encoding: 'utf8', env: { ...inherited, TERM: 'xterm', ...env } } as const;
    return spawnSync('bash', ['-c', command], options);
  }

  test('may go to a pipe that is closed early', () => {
    const { stdout, stderr } = shell('LINT | head -n 2; echo ${PIPESTATUS[0]}');
    expect(stdout).toMatch(/^.*0\.yaml\n\n0\n$/);
    expect(stderr).toBe('');
  });

  test.skipIf(!existsSync('/dev/full'))('is reported as an error if the device is full', () => {
    const { status, stderr } = shell('LINT > /dev/full');
    expect(stderr).toMatch(/^Standard output cannot be written: ENOSPC.*\n$/);
    expect(status).toBe(2);
  });

  describe.skipIf(spawnSync('script', ['--version']).status !== 0)('on a terminal', () => {
    const inTerminal = (env?: NodeJS.ProcessEnv) => shell('script --quiet --command "LINT" /dev/null', env).stdout;

    test('has colours and a progress bar', () => {
      const shown = inTerminal();
      expect(shown).toContain('\u001B[33mwarning\u001B[39m');
      expect(shown).toMatch(/[=-]{40} \d+ of 401 files/);
      expect(inTerminal({ NO_COLOR: '1' })).not.toContain('\u001B[33m');
    });

    test('has no progress bar in CI', () => {
      expect(inTerminal({ CI: 'true' })).not.toContain('of 401 files');
      expect(shell('LINT').stderr).toBe('');
    });
  });
});

test('the help of every command fits a screen', () => {
  for (const args of [['--help'], ['lint', '--help'], ['fix', '-h'], ['explain', '--help']]) {
    const { out, status } = run(root, ...args);
    expect(status).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(54);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  }
});
