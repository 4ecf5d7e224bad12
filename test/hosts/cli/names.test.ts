import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/catalogue.js';
import { folderWith, read, root, withBareTag } from '../../files.js';
import { run } from './run.js';

const folder = folderWith({
  'openapi.yaml': read('examples/not-modified-documented/violation.yaml'),
  'tags.yaml': read('examples/entity-tag-example/violation.yaml'),
});

describe('an unknown name gets the nearest one', () => {
  test.each([
    ['a command', ['lnt'], 'did you mean lint?'],
    ['an option', ['lint', '--fail-severty', 'warn'], 'Did you mean --fail-severity?'],
    ['an option of another command', ['explain', '--rulset', 'all'], 'Did you mean --ruleset?'],
    ['a format', ['lint', '-f', 'serif'], 'did you mean sarif?'],
    ['a severity', ['lint', '-F', 'eror'], 'did you mean error?'],
    ['a format of rules', ['rules', '-f', 'markdwon'], 'did you mean markdown?'],
    ['a format of report', ['report', '-f', 'htm'], 'did you mean html?'],
    ['a ruleset', ['lint', '-r', 'zalndo'], 'did you mean zalando?'],
    ['a ruleset to list', ['rules', '-r', 'recomended'], 'did you mean recommended?'],
    ['a ruleset to explain', ['explain', 'entity-tag-example', '-r', 'atlasian'], 'did you mean atlassian?'],
    ['a rule', ['lint', '--rule', 'entity-tag-exmple'], 'Did you mean entity-tag-example?'],
    ['a rule to skip', ['lint', '--skip-rule', 'not-modified-document'], 'Did you mean not-modified-documented?'],
    ['a rule to fix', ['fix', '.', '--rule', 'entity-tag-exampel'], 'Did you mean entity-tag-example?'],
    ['a rule to explain', ['explain', 'head-no-contents'], 'Did you mean head-no-content?'],
  ])('%s', (_, args, hint) => {
    const { status, out, err } = run(folder, ...args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(hint);
  });

  test('and a name that is near to none gets all names, or how to list them', () => {
    expect(run(folder, 'lint', '-f', 'qqqqqqqq').err).toMatch(/^unknown format 'qqqqqqqq'; use one of: code-frame, /);
    expect(run(folder, 'explain', 'qqqqqqqq').err).toContain('`conditional-requests explain` lists all rules');
    expect(run(folder, 'explain', 'documented').err).toContain('not-modified-documented or ');
  });
});

test('the version is printed wherever somebody asks for it', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  for (const args of [
    '--version',
    '-v',
    '-V',
    'version',
    'lint --version',
    'lint -V',
    'fix -v',
    'language-server --version',
  ])
    expect(run(folder, ...args.split(' '))).toEqual({ status: 0, out: `${version}\n`, err: '' });
  expect(run(folder, 'lint', '--', '-v').out).not.toContain(version);
});

/** The rules that `lint` finds violated. */
function rulesFound(...args: string[]): string[] {
  const { out } = run(folder, 'lint', '-f', 'json', ...args);
  return [...new Set((JSON.parse(out) as { code: string }[]).map(({ code }) => code))].toSorted();
}

describe('lint', () => {
  const [tag, missing] = ['entity-tag-example', 'not-modified-documented'];

  test('--rule lints with these rules only, --skip-rule without these', () => {
    expect(rulesFound('--rule', tag)).toEqual([tag]);
    expect(rulesFound('--rule', tag, '--rule', missing)).toEqual([tag, missing]);
    expect(rulesFound('--skip-rule', tag)).not.toContain(tag);
    expect(rulesFound('--rule', tag, '--skip-rule', tag)).toEqual([]);
  });

  test('--rule turns on a rule that is not recommended, unless a ruleset that was chosen turns it off', () => {
    const optional = catalogue.find(({ recommended }) => recommended === undefined)?.id ?? '';
    expect(run(folder, 'lint', '-q', '--rule', optional)).toMatchObject({ err: '' });
    const { status, err } = run(folder, 'lint', '--ruleset', 'recommended', '--rule', optional);
    expect([status, err]).toEqual([2, `--rule ${optional}: is off in recommended; --ruleset all has every rule\n`]);
  });

  test('--statistics counts by rule, guideline and file, most first', () => {
    const { status, out } = run(folder, 'lint', '--statistics', '-F', 'warn');
    expect(status).toBe(1);
    expect(out).toMatch(/^\d+ findings in 2 files\n\nfindings {2}files {2}fixable {2}rule\n/);
    expect(out).toMatch(/\n +\d+ {2} +1 {2} +1 {2}entity-tag-example\n/);
    expect(out).toMatch(/\nfindings {2}rules {2}guideline\n(?: +\d+ {2} +\d+ {2}.*\n)* +2 {2} +2 {2}RFC 9110\n/);
    expect(out).toMatch(/\n +\d+ {2} +\d+ {2} +\d+ {2}openapi\.yaml\n/);
    expect(run(folder, 'lint', '--statistics', '--rule', 'head-no-content').out).toMatch(/^No results /);
  });

  test('--verbose counts the documents that the slower parser of Spectral had to read', () => {
    const folderOfTwo = folderWith({
      'a.yaml': `openapi: 3.0.3\n${withBareTag}`,
      'b.yaml': `openapi: 3.0.3\n${withBareTag}x-a: &a 1\nx-b: *a\n`,
    });
    const saidOf = (...files: string[]) =>
      run(folderOfTwo, 'lint', '--quiet', '--verbose', '--rule', 'head-no-content', ...files).err;
    const line = (counts: string) => `Spectral's slower parser had to read ${counts}.\n`;
    expect(saidOf('a.yaml')).toBe(line('0 of 1 document'));
    expect(saidOf('a.yaml', 'b.yaml')).toBe(line('1 of 2 documents'));
  });

  test('--statistics with -f json has the same counts as the findings', () => {
    const findings = JSON.parse(run(folder, 'lint', '-f', 'json').out) as { code: string; source: string }[];
    const statistics = JSON.parse(run(folder, 'lint', '--statistics', '-f', 'json').out) as {
      findings: number;
      rules: { rule: string; findings: number }[];
      files: { file: string; findings: number }[];
    };
    expect(statistics.findings).toBe(findings.length);
    for (const { rule, findings: count } of statistics.rules)
      expect(count).toBe(findings.filter(({ code }) => code === rule).length);
    for (const { file, findings: count } of statistics.files)
      expect(count).toBe(findings.filter(({ source }) => source.endsWith(`/${file}`)).length);
    expect(run(folder, 'lint', '--statistics', '-f', 'sarif').err).toBe(
      '--statistics prints text, or JSON with --format json, and not sarif\n',
    );
  });

  test('-f junit makes a failure of each finding that fails the run, warnings with --fail-severity warn', () => {
    const failures = (...args: string[]) =>
      /failures="(\d+)"/.exec(run(folder, 'lint', '-f', 'junit', 'openapi.yaml', ...args).out)?.[1];
    expect(failures()).toBe('0');
    expect(failures('--fail-severity', 'warn')).toBe(String(rulesFound('openapi.yaml').length));
  });
});
