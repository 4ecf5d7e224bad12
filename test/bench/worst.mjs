// What the most unfavourable descriptions take, of two sizes: whole processes, of which the start is taken off.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, root } from './describe.mjs';

const cli = join(root, 'dist/bin/conditional-requests.cjs');
const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-bench-'));

const headers = { ETag: { schema: { type: 'string' } } };

/** @type {<T>(count: number, item: (index: number) => T) => T[]} */
const list = (count, item) => Array.from({ length: count }, (_, index) => item(index));
/** @type {<T>(count: number, name: string, item: (index: number) => T) => Record<string, T>} */
const members = (count, name, item) => Object.fromEntries(list(count, (index) => [`${name}${index}`, item(index)]));
/** @type {(paths: object, components?: object, openapi?: string) => string} */
const json = (paths, components = {}, openapi = '3.1.1') =>
  JSON.stringify({ openapi, info: { title: 't', version: '1' }, paths, components });
/** @type {(get: object, components?: object) => string} */
const ofGet = (get, components) => json({ '/a': { get } }, components);
/** @type {(etag: object, components?: object) => string} */
const ofETag = (etag, components) =>
  ofGet({ responses: { 200: { description: '', headers: { ETag: etag } } } }, components);
const yaml = (/** @type {string} */ rest) =>
  `openapi: 3.1.1\npaths: {/a: {get: {responses: {'200': {headers: {ETag: {}}}}}}}\n${rest}`;
const lines = (/** @type {number} */ count, /** @type {(index: number) => string} */ line) =>
  list(count, line).join('');

/**
 * Descriptions that have much of one thing; a problem in every operation where there are many of those.
 *
 * @type {Readonly<Record<string, (size: number) => string>>}
 */
const families = {
  'paths, each with a problem': (n) =>
    json(members(n / 10, '/p', () => ({ get: { responses: { 200: { headers } } } }))),
  'methods, each with a problem': (n) =>
    json({ '/a': { additionalOperations: members(n / 10, 'm', () => ({ responses: { 304: {} } })) } }, {}, '3.2.0'),
  'users of one faulty response': (n) =>
    json(
      members(n / 10, '/p', () => ({ get: { responses: { 200: { $ref: '#/components/responses/R' } } } })),
      { responses: { R: { description: '', headers: { ETag: { example: 'abc' } } } } },
    ),
  'parameters that are for no one': (n) => {
    const parameters = members(n / 10, 'p', (i) => ({ name: `X-${i}`, in: 'header' }));
    return json(
      members(n / 10, '/p', () => ({ get: { responses: { 200: { headers } } } })),
      { parameters },
    );
  },
  '304 responses with a body': (n) =>
    json(
      members(n / 10, '/p', (i) => ({
        get: { responses: { 200: { headers } } },
        put: { responses: { 304: { $ref: `#/components/responses/R${i}` } } },
      })),
      { responses: members(n / 10, 'R', () => ({ description: '', content: { 'text/plain': {} } })) },
    ),
  'parameters of a path item': (n) =>
    json({
      '/a': {
        parameters: list(n, (i) => ({ name: `If-Match${i}`, in: 'header' })),
        get: { responses: { 200: { headers } } },
      },
    }),
  'codes of an operation': (n) => ofGet({ responses: members(n, 'x', () => ({ description: '', headers })) }),
  'headers of a response': (n) =>
    ofGet({ responses: { 200: { headers: { ...members(n, 'h', () => ({})), ...headers } } } }),
  'examples, each malformed': (n) => ofETag({ examples: members(n, 'e', () => ({ value: 'x' })) }),
  'values of an enum, each malformed': (n) => ofETag({ schema: { enum: list(n, (i) => `x${i}`) } }),
  'schemas in allOf': (n) => ofETag({ schema: { allOf: list(n, () => ({ type: 'string' })) } }),
  'schemas that refer to two others each': (n) => {
    const to = (/** @type {number} */ i) => ({ $ref: `#/components/schemas/S${i}` });
    return ofETag({ schema: to(0) }, { schemas: members(n / 10, 'S', (i) => ({ allOf: [to(i + 1), to(i + 2)] })) });
  },
  'references, one behind the other': (n) => {
    const to = (/** @type {number} */ i) => ({ $ref: `#/components/pathItems/p${i}` });
    return json({ '/a': to(0) }, { pathItems: members(n / 10, 'p', (i) => to(i + 1)) });
  },
  'members of the description': (n) => JSON.stringify({ ...JSON.parse(ofETag({})), ...members(n, 'x-', (i) => i) }),
  'one long name': (n) => json({ [`/${'a'.repeat(n * 10)}`]: { get: { responses: { 200: { headers } } } } }),
  'one long malformed value': (n) => ofETag({ example: '"'.repeat(n * 10) }),
  'one long value full of escapes': (n) => ofETag({ example: '\\'.repeat(n * 10) }),
  'YAML: members of the description': (n) => yaml(lines(n, (i) => `x-${i}: 1\n`)),
  'YAML: aliases': (n) => yaml(`x: &a {b: c}\n${lines(n, (i) => `x-${i}: *a\n`)}`),
  'YAML: anchors': (n) => yaml(lines(n, (i) => `x-${i}: &a${i} {b: c}\n`)),
  'YAML: merge keys': (n) => yaml(`x: &a {b: c}\n${lines(n, (i) => `x-${i}: {<<: *a}\n`)}`),
  'YAML: comments': (n) => yaml(lines(n, () => '# comment\n')),
  'YAML: errors': (n) => yaml(lines(n / 10, () => 'a: "b" c\n')),
  'YAML: one long line': (n) => yaml(`x: [${lines(n, () => '{a: b}, ')}]\n`),
  'YAML: one long block': (n) => yaml(`x: >-\n${lines(n, () => '  text text\n')}`),
  'YAML: one long plain scalar': (n) => yaml(`x: a\n${lines(n, () => '  text text\n')}`),
  'YAML: one long quoted scalar': (n) => yaml(`x: "a\n${lines(n, () => '  text \\\n')}"\n`),
};

/** The seconds that a command takes; whether it finds anything is not the question. */
function secondsOf(/** @type {string[]} */ args) {
  const start = performance.now();
  const { status, signal, stderr } = spawnSync(process.execPath, [cli, ...args], {
    maxBuffer: 2 ** 30,
    encoding: 'utf8',
  });
  if (signal !== null || status === null || status > 2)
    throw new Error(`${args[0]} ended with ${status ?? signal}: ${stderr}`);
  return (performance.now() - start) / 1000;
}

const commands = {
  lint: (/** @type {string} */ file) => secondsOf(['lint', '-r', 'all', '-f', 'json', '-o', join(folder, 'out'), file]),
  fix: (/** @type {string} */ file) => secondsOf(['fix', '-r', 'all', '--suggested', '--check', file]),
};

/** How much larger the larger one is. */
const factor = 5;

console.log(
  `The worst case, in seconds per MB; ×, how much longer a MB of ${factor} times as much takes: Node ${process.version}`,
);
try {
  const empty = join(folder, 'empty.json');
  writeFileSync(empty, json({}));
  /** @type {(command: keyof typeof commands, file: string) => number} */
  const secondsWith = (command, file) => median(list(3, () => commands[command](file)));
  const start = { lint: secondsWith('lint', empty), fix: secondsWith('fix', empty) };
  /** @type {{ name: string, command: string, perMegabyte: number }[]} */
  const worst = [];
  for (const [name, make] of Object.entries(families)) {
    const extension = name.startsWith('YAML') ? 'yaml' : 'json';
    const sizes = [1, factor].map((times) => {
      const file = join(folder, `${times}.${extension}`);
      writeFileSync(file, make(8_000 * times));
      return { file, megabytes: statSync(file).size / 1e6 };
    });
    const cells = /** @type {const} */ (['lint', 'fix']).map((command) => {
      const [small = 0, large = 0] = sizes.map(
        ({ file, megabytes }) => Math.max(0, secondsWith(command, file) - start[command]) / megabytes,
      );
      worst.push({ name, command, perMegabyte: large });
      // What takes next to no time says nothing of how it grows.
      const isMeasurable = small * (sizes[0]?.megabytes ?? 0) > 0.05;
      return `${command} ${large.toFixed(2).padStart(6)} ${isMeasurable ? `×${(large / small).toFixed(1)}` : '    '}`;
    });
    const megabytes = sizes.at(-1)?.megabytes ?? 0;
    console.log(`  ${name.padEnd(40)} ${megabytes.toFixed(1).padStart(5)} MB  ${cells.join('  ')}`);
  }
  for (const command of Object.keys(commands)) {
    const [slowest] = worst.filter((one) => one.command === command).toSorted((a, b) => b.perMegabyte - a.perMegabyte);
    if (slowest !== undefined)
      console.log(`  worst of ${command}: ${slowest.perMegabyte.toFixed(2)} s per MB, ${slowest.name}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
