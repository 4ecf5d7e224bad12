import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.js';
import type { Finding } from '../../src/check.js';
import { Workspace } from '../../src/files/workspace.js';
import { quickFixable, quickFixesFor } from '../../src/fixing/quick-fixes.js';
import { lint } from '../../src/lint.js';
import { spliced } from '../../src/text-editor/text-edits.js';
import { folderWith, root } from '../files.js';

/** What all rules find in a file, and what remedies are asked for with. */
function looked(file: string, unsaved?: string) {
  const workspace = new Workspace((name) => (name === file ? unsaved : undefined));
  const entry = workspace.read(file);
  const findings = lint(entry, workspace, catalogue).located.map(({ finding }) => finding);
  const quickFixes = (...wanted: readonly Finding[]) => quickFixesFor(wanted, findings, [entry], workspace);
  return {
    entry,
    workspace,
    findings,
    quickFixes,
    hopeful: () => quickFixable(findings, findings, [entry], workspace),
  };
}

const key = ({ rule, message, place }: Finding) => [rule.id, message, ...place.path].join(' ');

const fixable = catalogue.filter(({ fix }) => fix !== 'none').map(({ id }) => join(root, 'examples', id));
const others = readdirSync(join(root, 'examples')).filter((name) => name.startsWith('orders.'));

test.each([
  ...fixable.map((folder) => join(folder, 'violation.yaml')),
  ...others.map((name) => join(root, 'examples', name)),
])('what puts one finding right leaves nothing of it, and brings no other: %s', (file) => {
  const { entry, findings, quickFixes, hopeful } = looked(file);
  const found = quickFixes(...findings);
  expect(found.length).toBeGreaterThan(0);
  expect(hopeful()).toEqual(findings.filter((finding) => found.some((quickFix) => quickFix.finding === finding)));
  for (const { finding, edits } of found) {
    // Many at once are worked out together: each comes to what it comes to alone.
    expect(quickFixes(finding)).toEqual([expect.objectContaining({ finding, edits })]);
    const after = looked(file, spliced(entry.text, edits)).findings.map(key);
    expect(after).not.toContain(key(finding));
    expect(findings.filter(({ rule }) => rule === finding.rule).map(key)).toEqual(
      expect.arrayContaining(after.filter((one) => one.startsWith(`${finding.rule.id} `))),
    );
  }
});

describe('there is no remedy', () => {
  const head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";
  const remediesIn = (text: string) => {
    const { findings, quickFixes } = looked(join(folderWith({ 'openapi.yaml': head + text }), 'openapi.yaml'));
    return {
      rules: findings.map(({ rule }) => rule.id),
      quickFixes: quickFixes(...findings).map(({ finding }) => finding),
    };
  };
  const faulty = '{description: ok, headers: {ETag: {example: 33a6}}}';

  test('where nobody can say what is right', () => {
    const { rules, quickFixes } = remediesIn("paths: {/a: {put: {responses: {'304': {description: same}}}}}\n");
    expect(rules).toContain('not-modified-only-when-retrieving');
    expect(quickFixes).toEqual([]);
  });

  test('where an alias shows what would change to somebody who does not ask for it', () => {
    const { rules, quickFixes } = remediesIn(
      `paths:\n  /a: {post: {responses: {'200': &ok ${faulty}}}}\nx-other: *ok\n`,
    );
    expect(rules).toContain('entity-tag-example');
    expect(quickFixes).toEqual([]);
  });

  test('where the text can be read, but not changed safely', () => {
    const { rules, quickFixes } = remediesIn(`paths: {/a: {post: {responses: {'200': ${faulty}}}}}\nx-list: [1,, 2]\n`);
    expect(rules).toContain('entity-tag-example');
    expect(quickFixes).toEqual([]);
  });
});
