import { spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { catalogue } from '../../../src/catalogue.js';
import { observedRules } from '../../../src/observe/observed-rules.js';
import { folderWith, root } from '../../files.js';
import { cli, run } from './run.js';

const id = 'entity-tag-example';

/** What the command prints on a terminal of some width; `undefined` where there is no `script` to make one. */
function onTerminal(columns: number, env: Readonly<Record<string, string>>, ...args: string[]): string | undefined {
  const command = `stty cols ${columns}; '${process.execPath}' '${cli}' ${args.join(' ')}`;
  // Each of these tells programs which colours to write.
  const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...inherited } = process.env;
  const { status, stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
    encoding: 'utf8',
    env: { ...inherited, TERM: 'xterm-256color', ...env },
    input: '',
  });
  return status === 0 ? stdout.replaceAll('\r\n', '\n') : undefined;
}

const hasTerminal = onTerminal(80, {}, '--version') !== undefined;
if (!hasTerminal) console.warn('Skipped: `script` of util-linux, which makes a terminal, is not installed.');

test.skipIf(!hasTerminal)('explain wraps the page at the width of the terminal, with bold headings and links', () => {
  const shown = onTerminal(60, { FORCE_HYPERLINK: '1' }, 'explain', id) ?? '';
  const lines = stripVTControlCharacters(shown).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(lines[0]).toBe(id);
  expect(lines.join('\n')).toContain(
    'Every example, default and fixed value of ETag, If-Match and\nIf-None-Match is an entity-tag.',
  );
  expect(shown).toContain('\u001B[1mCorrected\u001B[22m');
  expect(shown).toContain('\u001B]8;;https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.3\u0007');
  expect(shown).not.toMatch(/###|```|\]\(|\| --- \|/);
});

test.skipIf(!hasTerminal)('explain writes no escape sequences on a terminal whose user wants no colours', () => {
  const shown = onTerminal(80, { NO_COLOR: '1' }, 'explain', id) ?? '';
  expect(shown).toBe(stripVTControlCharacters(shown));
  expect(shown).toContain('\n  https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.3\n');
});

test('explain prints Markdown where there is no terminal, and text if asked', () => {
  const { out } = run(root, 'explain', id);
  expect(out).toMatch(new RegExp(`^# ${id}\n\n.*\n[^]*### Who asks for it\n`));
  expect(run(root, 'explain', id, '--format', 'markdown').out).toBe(out);
  const text = run(root, 'explain', id, '--format', 'text').out;
  expect(text).toMatch(new RegExp(`^${id}\n\n[^#]*\nWho asks for it\n`));
  expect(text).toMatch(/^• warn in recommended, rfc9110, /m);
});

test('explain --format json says of each rule what its page says', () => {
  const folder = folderWith({});
  const list = JSON.parse(run(folder, 'explain', '--format', 'json').out) as { rule: string; summary: string }[];
  expect(list.map(({ rule }) => rule)).toEqual([...catalogue, ...observedRules].map((rule) => rule.id));
  const page = run(folder, 'explain', id).out;
  const { sources, severities, ...rest } = JSON.parse(run(folder, 'explain', id, '-f', 'json', '-r', 'haufe').out) as {
    rule: string;
    rationale: string;
    whenToTurnItOff: string;
    ruleset: { name: string; severity: string };
    severities: Record<string, string>;
    sources: { source: string; url: string; says: string }[];
  };
  expect(rest).toMatchObject({ rule: id, fix: 'safe', ruleset: { name: 'haufe', severity: 'off' } });
  for (const text of [rest.rationale, rest.whenToTurnItOff]) expect(page).toContain(text);
  for (const { source, url, says } of sources) for (const text of [source, url, says]) expect(page).toContain(text);
  expect(severities).toMatchObject({ recommended: 'warn', aep: 'error' });
  const observed = observedRules[0]?.id ?? '';
  expect(JSON.parse(run(folder, 'explain', observed, '-f', 'json').out)).toMatchObject({ rule: observed });
});
