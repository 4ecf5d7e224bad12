import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.js';
import type { Finding } from '../../src/check.js';
import { Workspace } from '../../src/files/workspace.js';
import { quickFixable, quickFixesFor } from '../../src/fixing/quick-fixes.js';
import { lint } from '../../src/lint.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';
import { spliced } from '../../src/text-editor/text-edits.js';
import { folderWith, root } from '../files.js';
import { newFindings } from './compared-findings.js';

/** Lints a file with all rules, and returns what quick fixes need. */
function linted(file: string, unsaved?: string) {
  const workspace = new Workspace((name) => (name === file ? unsaved : undefined));
  const entry = workspace.read(file);
  const findings = lint(entry, workspace, catalogue).located.map(({ finding }) => finding);
  const quickFixes = (...wanted: readonly Finding[]) =>
    quickFixesFor(wanted, findings, [entry], workspace, shippedSelection('all'));
  return {
    entry,
    workspace,
    findings,
    quickFixes,
    probablyFixable: () =>
      quickFixable(findings, findings, [entry], workspace, shippedSelection('all')).map(({ finding }) => finding),
  };
}

const key = ({ rule, message, place }: Finding) => [rule.id, message, ...place.path].join(' ');

const fixable = catalogue.filter(({ fix }) => fix !== 'none').map(({ id }) => join(root, 'examples', id));
const others = readdirSync(join(root, 'examples')).filter((name) => name.startsWith('orders.'));

test.each([
  ...fixable.map((folder) => join(folder, 'violation.yaml')),
  ...others.map((name) => join(root, 'examples', name)),
])('a quick fix removes its finding and causes no other: %s', (file) => {
  const { entry, findings, quickFixes, probablyFixable } = linted(file);
  const found = quickFixes(...findings);
  expect(found.length).toBeGreaterThan(0);
  expect(probablyFixable()).toEqual(
    findings.filter((finding) => found.some((quickFix) => quickFix.finding === finding)),
  );
  for (const { finding, edits } of found) {
    // Quick fixes that are computed together have the same edits as each alone.
    expect(quickFixes(finding)).toEqual([expect.objectContaining({ finding, edits })]);
    const text = spliced(entry.text, edits);
    expect(newFindings(file, entry.text, text, catalogue)).toEqual([]);
    const after = linted(file, text).findings.map(key);
    expect(after).not.toContain(key(finding));
    expect(findings.filter(({ rule }) => rule === finding.rule).map(key)).toEqual(
      expect.arrayContaining(after.filter((one) => one.startsWith(`${finding.rule.id} `))),
    );
  }
});

test('a quick fix fixes what it would lead to, although another takes such a finding away', () => {
  const file = join(folderWith({}), 'openapi.yaml');
  const text = `openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    put: {parameters: [{name: If-Match, in: header, schema: {type: string}}], responses: {}}
    get:
      responses:
        '200': {description: ok, headers: {ETag: {schema: {type: string}}}}
        2XX: {description: ok, headers: {ETag: {schema: {type: string}}, Vary: {schema: {type: string}}}}
`;
  const { findings, quickFixes } = linted(file, text);
  const wanted = findings.filter(({ rule }) => rule.id === 'cacheable-declares-control');
  const found = quickFixes(...wanted);
  expect(found.map(({ finding }) => finding)).toEqual(wanted);
  for (const { edits } of found) expect(newFindings(file, text, spliced(text, edits), catalogue)).toEqual([]);
  expect(found.map(({ also }) => also.map(({ rule }) => rule.id))).toEqual([['cacheable-declares-fields'], []]);
});

describe('no quick fix is offered', () => {
  const head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";
  const quickFixesIn = (text: string) => {
    const { findings, quickFixes } = linted(join(folderWith({ 'openapi.yaml': head + text }), 'openapi.yaml'));
    return {
      rules: findings.map(({ rule }) => rule.id),
      quickFixes: quickFixes(...findings).map(({ finding }) => finding),
    };
  };
  const faulty = '{description: ok, headers: {ETag: {example: 33a6}}}';

  test('if the right value is unknown', () => {
    const { rules, quickFixes } = quickFixesIn("paths: {/a: {put: {responses: {'304': {description: same}}}}}\n");
    expect(rules).toContain('not-modified-only-when-retrieving');
    expect(quickFixes).toEqual([]);
  });

  test('if an alias repeats the place where the change is not needed', () => {
    const { rules, quickFixes } = quickFixesIn(
      `paths:\n  /a: {post: {responses: {'200': &ok ${faulty}}}}\nx-other: *ok\n`,
    );
    expect(rules).toContain('entity-tag-example');
    expect(quickFixes).toEqual([]);
  });

  test('if the text can be read, but not changed safely', () => {
    const { rules, quickFixes } = quickFixesIn(
      `paths: {/a: {post: {responses: {'200': ${faulty}}}}}\nx-list: [1,, 2]\n`,
    );
    expect(rules).toContain('entity-tag-example');
    expect(quickFixes).toEqual([]);
  });
});
