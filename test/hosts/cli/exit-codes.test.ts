import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../../files.js';
import { cli, run } from './run.js';

const body = `info: {title: T, version: '1'}
paths:
  /a:
    get:
      responses:
        '200': {description: ok, headers: {ETag: {schema: {type: string}, example: 33a6}}}
`;
const head = `openapi: 3.0.3\n${body}`;

/** How a command ends for a file: named, named with `--ignore-unknown-format`, from standard input, in a folder, in a glob. */
interface Ends {
  readonly named: number;
  readonly ignored: number;
  readonly searched: number;
}

const fine: Ends = { named: 0, ignored: 0, searched: 0 };
const other: Ends = { named: 2, ignored: 0, searched: 0 };
const failed: Ends = { named: 2, ignored: 2, searched: 2 };
const found: Ends = { named: 1, ignored: 1, searched: 1 };

const says = 'Not an OpenAPI description: ';

/** What a file holds; how `lint` ends for it; how `fix`, `fix --dry-run` and `fix --check` do; and what is said of it. */
const table: readonly (readonly [name: string, text: string, lint: Ends, fix: Ends, message: string])[] = [
  ['nothing is wrong', head.replace('33a6', `'"33a6"'`), fine, fine, ''],
  ['something can be fixed', head, fine, fine, ''],
  ['it is empty', '', other, other, `${says}it is empty`],
  ['it holds a comment', '# nothing yet\n', other, other, `${says}it is empty`],
  ['it is something else', 'name: x\n', other, other, `${says}it does not say`],
  ['it is a list', '- openapi: 3.0.3\n', other, other, `${says}it is not an object`],
  ['it is a part of a description', 'ok: {description: ok}\n', other, other, `${says}it does not say`],
  ['it is an AsyncAPI document', `asyncapi: 2.6.0\n${body}`, other, other, `${says}it does not say`],
  ['it is in Swagger 1', `swagger: '1.2'\n${body}`, other, other, `${says}its version is 1.2`],
  ['its version is mistyped', `opanapi: 3.0.3\n${body}`, failed, failed, `${says}it says \`opanapi: 3.0.3\``],
  ['its version has capitals', `OpenAPI: 3.0.3\n${body}`, failed, failed, `${says}it says \`OpenAPI: 3.0.3\``],
  ['its version is missing', body, failed, failed, `${says}it does not say`],
  ['its version is unknown', `openapi: 4.0.0\n${body}`, failed, failed, `${says}its version is 4.0.0`],
  ['its version has a v', `openapi: v3.0.3\n${body}`, failed, failed, `${says}its version is v3.0.3`],
  ['it is broken behind what it says', `${head}x-a: @bad\n`, found, failed, 'End of the stream or a document'],
  ['it has another document behind it', `${head}---\n`, found, failed, 'Expected a single document'],
  ['it has a key twice', `${head}x-a: 1\nx-a: 2\n`, found, failed, 'Duplicate key: x-a'],
  [
    'it has a name twice, in JSON',
    '{"openapi": "3.0.3", "paths": {}, "paths": {}}',
    found,
    failed,
    'Duplicate key: paths',
  ],
  ['it is broken from its beginning', '{"openapi":"3.0.0",', failed, failed, 'Unclosed {'],
  ['something else is broken', 'a: [b\n', { ...failed, ignored: 0, searched: 0 }, other, 'Unclosed ['],
  ['it is nested too deeply', `openapi: 3.0.3\npaths: ${'['.repeat(20_000)}`, failed, failed, 'is nested too deeply'],
];

/** The ways to a file, and how each is to end. */
const ways = [
  ['named', 'named'],
  ['ignored', 'ignored'],
  ['searched', 'searched'],
  ['globbed', 'searched'],
] as const satisfies readonly (readonly [string, keyof Ends])[];

/** Runs a command over a text; in a folder, beside another description without a fault. */
function ended(text: string, how: keyof Ends | 'globbed' | 'piped', ...command: readonly string[]) {
  const good = head.replace('33a6', `'"33a6"'`);
  const folder = folderWith({ 'apis/a.yaml': text, 'apis/good.yaml': good });
  if (how === 'piped') {
    const options = { cwd: folder, encoding: 'utf8', input: text } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...command, '-'], options);
    return { status, said: stdout + stderr, after: text };
  }
  const target = { named: ['apis/a.yaml'], ignored: ['apis/a.yaml'], searched: ['apis'], globbed: ['apis/*.yaml'] }[
    how
  ];
  const ignoring = how === 'ignored' ? ['--ignore-unknown-format'] : [];
  const { status, out, err } = run(folder, ...command, ...ignoring, ...target);
  expect(readFileSync(join(folder, 'apis/good.yaml'), 'utf8')).toBe(good);
  return { status, said: out + err, after: readFileSync(join(folder, 'apis/a.yaml'), 'utf8') };
}

describe.each(table)('the exit codes for a file that %s', (_, text, lint, fix, message) => {
  test('lint', () => {
    for (const [how, as] of [...ways, ['piped', 'named'] as const]) {
      const { status, said } = ended(text, how, 'lint', '-f', 'text');
      expect([how, status]).toEqual([how, lint[as]]);
      expect(lint[as] === 0 ? said.includes(message) === (message === '') : said.includes(message)).toBe(true);
    }
  });

  test.each(ways)('fix --check, %s', (how, as) => {
    const { status, said, after } = ended(text, how, 'fix', '--check');
    expect(status).toBe(text === head ? 1 : fix[as]);
    expect(fix[as] === 0 || said.includes(message)).toBe(true);
    expect(after).toBe(text);
  });

  test.each([['fix'], ['fix', '--dry-run']])('%s %s', (...command) => {
    const { status, said, after } = ended(text, 'named', ...command);
    expect(status).toBe(fix.named);
    expect(fix.named === 0 || said.includes(message)).toBe(true);
    expect(after === text).toBe(text !== head || command.length > 1);
  });
});

test('a named file that cannot be read ends every command with 2', () => {
  const folder = folderWith({ 'apis/good.yaml': head });
  writeFileSync(join(folder, 'latin1.yaml'), Buffer.from('openapi: 3.0.3\nx: \xe4\n', 'latin1'));
  for (const command of [['lint'], ['fix'], ['fix', '--dry-run'], ['fix', '--check']]) {
    for (const name of ['missing.yaml', 'x/*.yaml', 'latin1.yaml']) {
      const { status, err } = run(folder, ...command, name);
      expect([name, status]).toEqual([name, 2]);
      expect(err).toContain(name);
    }
  }
});
