import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, withBareTag } from '../../files.js';
import { cli, run } from './run.js';

const head = `openapi: 3.0.3\n${withBareTag}`;

/** The exit codes of a command for a file: if it is named, if it is named with `--ignore-unknown-format`, and if it is in a folder or glob. */
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

/** For each text of a file: the exit codes of `lint`, those of `fix` and its options, and the message. */
const table: readonly (readonly [name: string, text: string, lint: Ends, fix: Ends, message: string])[] = [
  ['has no findings', head.replace('33a6', `'"33a6"'`), fine, fine, ''],
  ['has a fixable finding', head, fine, fine, ''],
  ['is empty', '', other, other, `${says}it is empty`],
  ['contains only a comment', '# nothing yet\n', other, other, `${says}it is empty`],
  ['is not about an API', 'name: x\n', other, other, `${says}it does not say`],
  ['is a list', '- openapi: 3.0.3\n', other, other, `${says}it is not an object`],
  ['is a part of a description', 'ok: {description: ok}\n', other, other, `${says}it does not say`],
  ['is an AsyncAPI document', `asyncapi: 2.6.0\n${withBareTag}`, other, other, `${says}it does not say`],
  ['is a Swagger 1 document', `swagger: '1.2'\n${withBareTag}`, other, other, `${says}its version is 1.2`],
  ['has a mistyped `openapi`', `opanapi: 3.0.3\n${withBareTag}`, failed, failed, `${says}it says \`opanapi: 3.0.3\``],
  [
    'has `openapi` with capital letters',
    `OpenAPI: 3.0.3\n${withBareTag}`,
    failed,
    failed,
    `${says}it says \`OpenAPI: 3.0.3\``,
  ],
  ['has no version, but paths', withBareTag, failed, failed, `${says}it does not say`],
  ['has an unknown version', `openapi: 4.0.0\n${withBareTag}`, failed, failed, `${says}its version is 4.0.0`],
  [
    'has a version that begins with a v',
    `openapi: v3.0.3\n${withBareTag}`,
    failed,
    failed,
    `${says}its version is v3.0.3`,
  ],
  ['has a syntax error at its end', `${head}x-a: @bad\n`, failed, failed, 'End of the stream or a document'],
  ['has an unclosed bracket at its end', `${head}x-a: [b\n`, failed, failed, 'Unclosed ['],
  ['has an unclosed bracket before its version', `x-a: [b\n${head}`, failed, failed, 'Unclosed ['],
  ['is indented with a tab', head.replace('  /a:', '\t/a:'), failed, failed, 'A tab indents this line'],
  ['has an unclosed quotation mark', `${head}x-a: "b\n`, failed, failed, 'Unclosed "'],
  ['is JSON with an unclosed bracket', `{"openapi": "3.0.3", "paths": {"/a": [1}}`, failed, failed, 'Unclosed ['],
  ['is JSON with something after its end', `{"openapi": "3.0.3", "paths": {}}}`, failed, failed, 'Expected the end'],
  ['contains a second YAML document', `${head}---\n`, failed, failed, 'Expected a single document'],
  ['has a duplicate key in YAML', `${head}x-a: 1\nx-a: 2\n`, found, failed, 'Duplicate key: x-a'],
  [
    'has a duplicate name in JSON',
    '{"openapi": "3.0.3", "paths": {}, "paths": {}}',
    found,
    failed,
    'Duplicate key: paths',
  ],
  ['has a syntax error around its version', '{"openapi":"3.0.0",', failed, failed, 'Unclosed {'],
  [
    'has a syntax error and is not about an API',
    'a: [b\n',
    { ...failed, ignored: 0, searched: 0 },
    other,
    'Unclosed [',
  ],
  ['is nested too deeply', `openapi: 3.0.3\npaths: ${'['.repeat(20_000)}`, failed, failed, 'is nested too deeply'],
];

/** The ways to pass a file to a command, and which of the {@link Ends} each has. */
const ways = [
  ['named', 'named'],
  ['ignored', 'ignored'],
  ['searched', 'searched'],
  ['globbed', 'searched'],
] as const satisfies readonly (readonly [string, keyof Ends])[];

/** Runs a command for a text. If the text is in a file, another description without findings is beside it. */
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

describe('lint, fix and report exit with 2 if a part is broken', () => {
  const ok = { description: 'ok', headers: { ETag: { schema: { type: 'string' }, example: '33a6' } } };
  const withPart = (reference: object) =>
    JSON.stringify({
      openapi: '3.0.3',
      info: { title: 'T', version: '1' },
      paths: { '/a': { get: { responses: { '200': ok, ...reference } } } },
    });

  test.each([
    ['in YAML', 'part.yaml', 'R: {description: r}\nx: [1\n', 2],
    ['in JSON', 'part.json', '{"R": {"description": "r"},\n"x": 1,\n"y" 2}', 3],
    ['of several documents', 'part.yaml', 'R: {description: r}\n---\n', 2],
  ])('%s', (_, name, text, line) => {
    const entry = withPart({ '304': { $ref: `${name}#/R` } });
    const folder = folderWith({ 'apis/a.json': entry, [`apis/${name}`]: text, 'good.yaml': head });
    for (const target of ['apis/a.json', 'apis', 'apis/*.json']) {
      const commands = [['lint', '-f', 'text'], ['fix', '--check'], ['fix', '--dry-run'], ['fix'], ['report']];
      for (const command of commands) {
        const { status, out, err } = run(folder, ...command, target);
        expect([command, target, status]).toEqual([command, target, 2]);
        expect(out + err).toMatch(new RegExp(`${name}: ?(?:line )?${line}:`));
      }
    }
    expect(readFileSync(join(folder, 'apis/a.json'), 'utf8')).toBe(entry);
    expect(readFileSync(join(folder, 'apis', name), 'utf8')).toBe(text);
  });

  test('and fixes what does not share it', () => {
    const entry = withPart({ '304': { $ref: 'part.yaml#/R' } });
    const folder = folderWith({ 'a.json': entry, 'part.yaml': 'R: {description: r}\nx: [1\n', 'good.yaml': head });
    expect(run(folder, 'fix', 'a.json', 'good.yaml').status).toBe(2);
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe(entry);
    expect(readFileSync(join(folder, 'good.yaml'), 'utf8')).not.toBe(head);
  });
});

test('lint and fix exit with 2 if a named file cannot be read', () => {
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
