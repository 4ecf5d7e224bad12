import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { rulesetNames } from '../../src/rulesets.js';
import { readGuideline } from '../../src/user-ruleset/guideline-file.js';
import { UnreadableRuleset } from '../../src/user-ruleset/selection.js';
import { folderWith, projectWith, read } from '../files.js';
import { run } from '../hosts/cli/run.js';
import { Client, uriIn } from '../hosts/language-server/client.js';
import { lint, loadRuleset } from '../spectral.js';

const head = 'who: Example\ntitle: API guideline\nurl: https://example.com/guideline\n';
const documented = 'rules:\n  not-modified-documented:\n';

const validate = new Ajv.default({ strict: false, allowUnionTypes: true }).compile(
  JSON.parse(read('rulesets/guideline.schema.json')),
);

function complaintsAbout(text: string): string[] {
  const folder = folderWith({ 'guideline.yaml': text });
  try {
    readGuideline(join(folder, 'guideline.yaml'));
    return [];
  } catch (error) {
    if (!(error instanceof UnreadableRuleset)) throw error;
    return error.message.replaceAll(join(folder, 'guideline.yaml'), '').split('\n');
  }
}

describe('a mistake in a guideline is named with its line, its column, and the nearest name:', () => {
  test.each([
    ['nothing', '', ':1:1: expected an object with who, title, url, basedOn, words, rules'],
    [
      'aliases of aliases',
      `who: &a [x,x,x,x,x,x,x,x,x,x]\ntitle: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nurl: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nbasedOn: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
      ':1:1: its aliases make it too large: write out what they stand for',
    ],
    ['a list', '- who: Example\n', ':1:1: expected an object with who, title, url, basedOn, words, rules'],
    ['no owner', 'title: A\nurl: https://example.com/\nbasedOn: haufe\n', ':1:1: who is missing: give it a text'],
    ['an owner without a name', `who:\n${head.slice(13)}basedOn: haufe\n`, ':1:1: who is missing: give it a text'],
    ['an owner that is a list', `who: [A]\n${head.slice(13)}basedOn: haufe\n`, ':1:6: expected a text, not ["A"]'],
    ['a member', `${head}basedon: haufe\nrules: {}\n`, ":4:1: unknown member 'basedon': did you mean basedOn?"],
    [
      'an address without a dot',
      'who: A\ntitle: B\nurl: https://wiki/guideline\nbasedOn: haufe\n',
      ":3:6: Spectral does not accept the address 'https://wiki/guideline': begin it with https://, and name a host with a dot",
    ],
    ['a base', `${head}basedOn: halfe\n`, ":4:10: unknown ruleset 'halfe': did you mean haufe?"],
    ['one of several bases', `${head}basedOn: [all, hufe]\n`, ":4:16: unknown ruleset 'hufe': did you mean haufe?"],
    ['nothing asked', head, ':1:1: expected rules by their ids: `conditional-requests rules` lists them'],
    [
      'rules in a list',
      `${head}rules: [a]\n`,
      ':4:8: expected rules by their ids: `conditional-requests rules` lists them',
    ],
    [
      'a rule',
      `${head}rules:\n  not-modified-documentd:\n    level: MUST\n`,
      ":5:3: unknown rule 'not-modified-documentd': did you mean not-modified-documented?",
    ],
    [
      'a rule unlike any other',
      `${head}rules:\n  naming-conventions: off\n`,
      ":5:3: unknown rule 'naming-conventions': `conditional-requests rules` lists them",
    ],
    [
      'a severity where a statement belongs',
      `${head}rules:\n  not-modified-documented: warn\n`,
      ':5:28: expected `off`, or an object with level, section, anchor, says',
    ],
    [
      'no level',
      `${head}words: {}\n${documented}    says: Do it.\n`,
      ':7:5: level is missing: use MUST, MUST NOT, REQUIRED, SHALL, SHALL NOT, SHOULD, SHOULD NOT, RECOMMENDED, NOT RECOMMENDED, MAY, OPTIONAL',
    ],
    ['a level', `${head}${documented}    level: SHUOLD\n`, ":6:12: unknown level 'SHUOLD': did you mean SHOULD?"],
    [
      'a level that is no word of RFC 2119',
      `${head}${documented}    level: PREFERABLY\n`,
      ":6:12: unknown level 'PREFERABLY': give its severity under `words`",
    ],
    [
      'a member of a statement',
      `${head}${documented}    level: MUST\n    sectoin: 4\n`,
      ":7:5: unknown member 'sectoin': did you mean section?",
    ],
    [
      'an anchor that is a comment',
      `${head}${documented}    level: MUST\n    anchor: #reads\n`,
      ':7:5: anchor is empty (in YAML, `#` begins a comment: leave it out, or use quotation marks)',
    ],
    [
      'a severity',
      `${head}words:\n  PREFER: warning\nbasedOn: all\n`,
      ":5:11: unknown severity 'warning': did you mean warn?",
    ],
    ['a name twice', `${head}basedOn: all\nwho: Other\n`, ':5:1: Map keys must be unique'],
    ['a bracket', `${head}basedOn: [all\n`, expect.stringMatching(/^:[45]:\d+: Flow sequence in block collection/)],
  ])('%s', (what, text, complaint) => {
    expect(complaintsAbout(text)).toEqual([complaint]);
    const isBeyondTheSchema = /^(a (level|name|bracket)|aliases)/.test(what);
    expect(isBeyondTheSchema || validate(parse(text))).toBe(isBeyondTheSchema);
  });

  test('all of them at once, in the order of the file', () => {
    expect(complaintsAbout(`who: ''\n${head.slice(13)}rules:\n  x: off\n  precondition-range: on\n`)).toEqual([
      ':1:6: who is missing: give it a text',
      ":5:3: unknown rule 'x': `conditional-requests rules` lists them",
      ':6:23: expected `off`, or an object with level, section, anchor, says',
    ]);
  });
});

test.each([
  [
    'by its words, with a section and an anchor',
    `${documented}    {level: MUST, section: 4.10, anchor: reads, says: Do.}`,
  ],
  ['with words of its own', `words: {PREFER: hint}\n${documented}    {level: PREFER}`],
  ['based on others', 'basedOn: [haufe, recommended]\nrules: {not-modified-documented: off}'],
])('a guideline %s is right, also by the schema', (_, text) => {
  expect(complaintsAbout(head + text)).toEqual([]);
  expect(validate(parse(head + text))).toBe(true);
});

const guideline = `${head}basedOn: haufe
words: {PREFER: hint}
rules:
  not-modified-documented: {level: MUST, section: 4.10 Reads, anchor: reads, says: Reads document 304.}
  precondition-guards-update: {level: PREFER, anchor: https://example.com/updates}
  precondition-documented: off
`;
const orders = read('examples/orders.yaml');

interface Found {
  readonly code: string;
  readonly message: string;
  readonly severity: number;
  readonly documentationUrl: string;
}

function found(folder: string, ...args: string[]): Found[] {
  const { out, err } = run(folder, 'lint', '-f', 'json', '--show-documentation-url', ...args, 'openapi.yaml');
  if (out === '') throw new Error(err);
  return JSON.parse(out);
}

/** What the guideline leads to: the severity, the names and the link of each finding. */
function inShort(findings: readonly Found[]): string[] {
  return findings.map(({ code, message, severity, documentationUrl }) =>
    [severity, code, /\([^(]*\)\.$/.exec(message), documentationUrl].join(' '),
  );
}

const haufe = 'https://github.com/Haufe-Lexware/api-style-guide/blob/master/';
const expected = [
  '0 not-modified-documented (Example §4.10, Haufe). https://example.com/guideline#reads',
  `0 not-modified-no-content (Haufe, RFC 9110 §15.4.5). ${haufe}http-status-codes/http-status-codes.md#http-status-codes`,
  `1 not-modified-only-when-retrieving (Haufe, RFC 9110 §13.1.2). ${haufe}http-status-codes/http-status-codes.md#http-status-codes`,
  '3 precondition-guards-update (Example). https://example.com/updates',
  `1 not-modified-answers-precondition (Haufe, RFC 9110 §13.1.3). ${haufe}caching/caching.md#etag-matches`,
];

test('a ruleset whose name is mistyped is answered with the names of all', () => {
  const { status, err } = run(folderWith({ 'openapi.yaml': orders }), 'lint', '-r', 'zalndo');
  expect([status, err]).toEqual([
    2,
    `zalndo: no such ruleset: did you mean zalando? use ${rulesetNames.join(', ')}, or a file\n`,
  ]);
});

describe('a guideline is used by', () => {
  test('lint and fix, where it is named, and where it is in the folder', () => {
    const folder = folderWith({ 'guideline.yaml': guideline, 'openapi.yaml': orders, 'other/openapi.yaml': orders });
    expect(inShort(found(folder))).toEqual(expected);
    expect(inShort(found(join(folder, 'other'), '--ruleset', '../guideline.yaml'))).toEqual(expected);
    expect(found(join(folder, 'other')).length).toBeGreaterThan(expected.length);
    const { out } = run(folder, 'fix', '--suggested', '--dry-run', '-r', 'guideline.yaml', 'openapi.yaml');
    expect(out).toContain("+        '304':");
    expect(out).not.toContain('http-date');
  });

  test('no command, where a file of that name is about something else, or a Spectral ruleset is beside it', () => {
    const other = folderWith({ 'guideline.yaml': 'rules: [Be kind.]', 'openapi.yaml': orders });
    expect(found(other)).toEqual(found(other, '--ruleset', 'recommended'));
    const project = projectWith({
      'guideline.yaml': guideline,
      '.spectral.yaml': 'extends: spectral-conditional-requests/rulesets/zalando.yaml',
      'openapi.yaml': orders,
    });
    expect(found(project)).toEqual(found(project, '--ruleset', 'zalando'));
  });

  test('each command that takes a ruleset, which names a mistake in it and exits with 2', () => {
    const folder = folderWith({ 'guideline.yaml': `${head}basedOn: halfe\n`, 'openapi.yaml': orders });
    const complaint = `${join(folder, 'guideline.yaml')}:4:10: unknown ruleset 'halfe': did you mean haufe?\n`;
    for (const args of [
      ['lint'],
      ['fix', '.'],
      ['explain', '-r', 'guideline.yaml', 'precondition-range'],
      ['rules', '-r', 'guideline.yaml'],
      ['ruleset', 'guideline.yaml'],
    ])
      expect(run(folder, ...args)).toMatchObject({ status: 2, err: complaint });
  });

  test('Spectral, through the module that `ruleset` writes; and lint follows that, too', async () => {
    const folder = projectWith({ 'guideline.yaml': guideline, 'openapi.yaml': orders, 'apis/x.yaml': '' });
    const { out, err } = run(folder, 'ruleset', 'guideline.yaml');
    expect(err).toBe('');
    const below = run(join(folder, 'apis'), 'ruleset', '../guideline.yaml').out;
    for (const [file, text] of [
      ['', out],
      ['apis/', below],
    ] as const) {
      const project = projectWith({
        [`${file}guideline.mjs`]: text,
        '.spectral.yaml': `extends: ./${file}guideline.mjs\nrules: {precondition-range: warn}\n`,
        'openapi.yaml': orders,
      });
      const ruleset = await loadRuleset(join(project, '.spectral.yaml'));
      const findings = await lint(orders, ruleset, join(project, 'openapi.yaml'));
      const links = (code: string) => ruleset.rules[code]?.documentationUrl ?? '';
      const numbers: Record<string, number> = { error: 0, warn: 1, info: 2, hint: 3 };
      const bySpectral = findings.map(({ code, message, severity }) => {
        return { code, message, severity: numbers[severity] ?? -1, documentationUrl: links(code) };
      });
      expect(inShort(bySpectral)).toEqual(expected);
      expect(found(project)).toMatchObject(bySpectral);
    }
  });

  test('explain, which shows its words', () => {
    const folder = folderWith({ 'guideline.yaml': guideline });
    const page = run(folder, 'explain', '--ruleset', 'guideline.yaml', 'not-modified-documented').out;
    expect(page).toContain(
      '### In guideline.yaml\n\nIt is reported as error.\n\n- Example requires it (MUST), in [4.10 Reads](https://example.com/guideline#reads): Reads document 304.\n',
    );
    expect(page.replace(/### In guideline.yaml\n.*?(?=### Who)/s, '')).toBe(
      run(folder, 'explain', 'not-modified-documented').out,
    );
    const off = run(folder, 'explain', '--ruleset', 'guideline.yaml', 'precondition-documented').out;
    expect(off).toContain('### In guideline.yaml\n\nIt is off.\n');
  });

  test('rules, which lists what it asks for, as a table, as Markdown and as JSON', () => {
    const folder = folderWith({ 'guideline.yaml': guideline });
    const rows = run(folder, 'rules', '-r', 'guideline.yaml').out.trim().split('\n');
    expect(rows.map((row) => row.split(/ {2,}/).slice(0, 3).join(' | '))).toEqual([
      'rule | guideline.yaml | asked for in',
      'not-modified-documented | error | Example, 4.10 Reads (MUST)',
      'not-modified-answers-precondition | warn | Haufe, ETag matches (advice); Haufe, HTTP Status Codes (table)',
      'not-modified-no-content | error | Haufe, HTTP Status Codes (table)',
      'not-modified-only-when-retrieving | warn | Haufe, HTTP Status Codes (table)',
      'precondition-has-validator | hint | Haufe, ETag (possibility)',
      'precondition-guards-update | hint | Example, API guideline (PREFER)',
    ]);
    const markdown = run(folder, 'rules', '-r', 'guideline.yaml', '-f', 'markdown').out;
    expect(markdown).toContain(
      '| `not-modified-documented` | error | Example, [4.10 Reads](https://example.com/guideline#reads) (MUST) | A GET ',
    );
    const both = run(folder, 'rules', '-r', 'guideline.yaml', '-r', 'haufe', '-f', 'markdown').out;
    expect(both).toContain('| `precondition-documented` | · | info |');
    const [first] = JSON.parse(run(folder, 'rules', '-r', 'guideline.yaml', '-r', 'haufe', '-f', 'json').out);
    expect(first).toMatchObject({
      rule: 'not-modified-documented',
      severities: { 'guideline.yaml': 'error', haufe: 'warn' },
    });
  });
});

let editor: Client | undefined;
afterEach(async () => {
  await editor?.stop();
  editor = undefined;
});

test('an editor shows the findings of the guideline in its folder, or of the one that is set, and follows changes to it', async () => {
  const folder = folderWith({ 'guideline.yaml': guideline, 'strict.yaml': guideline.replace('hint', 'error') });
  const uri = uriIn(folder, 'openapi.yaml');
  editor = await Client.start({ folder, initializationOptions: { ruleset: 'strict.yaml' } });
  await editor.open(uri, orders);
  const codes = await editor.diagnostics(uri);
  expect(codes.map(({ code, severity, codeDescription }) => [code, severity, codeDescription?.href])).toContainEqual([
    'precondition-guards-update',
    1,
    'https://example.com/updates',
  ]);
  expect(await editor.hover(uri, "'304':")).toContain(
    'Example, [4.10 Reads](https://example.com/guideline#reads): Reads document 304.',
  );
  await editor.stop();
  editor = await Client.start({ folder });
  await editor.open(uri, orders);
  const isFound = ({ code }: { code?: unknown }) => code === 'not-modified-documented';
  expect((await editor.diagnostics(uri)).find(isFound)?.message).toContain('(Example §4.10, Haufe).');
  writeFileSync(join(folder, 'guideline.yaml'), guideline.replace('4.10', '7.2'));
  await editor.notifyOnDisk(join(folder, 'guideline.yaml'));
  const changed = await editor.diagnostics(uri, (all) => String(all.find(isFound)?.message).includes('§7.2'));
  expect(changed.find(isFound)?.message).toContain('(Example §7.2, Haufe).');
  writeFileSync(join(folder, 'guideline.yaml'), guideline.replace('basedOn: haufe', 'basedOn: halfe'));
  await editor.notifyOnDisk(join(folder, 'guideline.yaml'));
  await editor.hover(uri, "'304':");
  expect(editor.shown.join('\n')).toContain("guideline.yaml:4:10: unknown ruleset 'halfe': did you mean haufe?");
  expect((await editor.diagnostics(uri)).find(isFound)?.message).toContain('(Example §7.2, Haufe).');
});
