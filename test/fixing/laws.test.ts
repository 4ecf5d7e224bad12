import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { documentCount, fc } from '../fast-check.js';
import { Workspace } from '../../src/files/workspace.js';
import { fixDescriptions } from '../../src/fixing/fix-all.js';
import type { FixResult } from '../../src/fixing/fix-result.js';
import { catalogue } from '../../src/catalogue.js';
import { isSame } from '../../src/json.js';
import { quickFixesFor } from '../../src/fixing/quick-fixes.js';
import { lint } from '../../src/lint.js';
import { spliced } from '../../src/text-editor/text-edits.js';
import { applyPatch } from '../../src/patch.js';
import { withoutLoneReturns } from '../../src/text-editor/line-breaks.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';
import { folderWith } from '../files.js';
import { commentsIn } from '../text-editor/comments.js';
import { printJson, printYaml } from '../text-editor/printer.js';
import { anyStyle, commonStyle } from '../text-editor/styles.js';
import { newFindings } from './compared-findings.js';
import { descriptions } from './descriptions.js';
import { allFixes } from './permissions.js';
import { fixRuns } from './fix-runs.js';

const folder = folderWith({});

/** Fixes allFixes in a text, and checks the result. */
function fixed(name: string, text: string): FixResult & { readonly after: string } {
  const file = join(folder, name);
  writeFileSync(file, text);
  const result = fixDescriptions([file], shippedSelection('all'), allFixes, new Workspace());
  return { ...result, after: result.changed[0]?.after ?? text };
}

function holdsFor(name: string, text: string, read: (text: string) => unknown): void {
  const { after, changed, outcomes } = fixed(name, text);
  const patch = changed[0]?.patch ?? [];
  expect(isSame(read(after), applyPatch(read(text), patch))).toBe(true);
  const left = outcomes.filter(({ kind, rule }) => kind === 'left' && rule.fix !== 'none' && !mayHaveNoPatch(rule.id));
  expect(left.map(({ message }) => message)).toEqual([]);
  for (const { kind, reason } of outcomes) expect(kind !== 'declined' || reason !== '').toBe(true);
  const again = fixed(name, after);
  expect(again.changed).toEqual([]);
  expect(again.outcomes.filter(({ kind }) => kind === 'fixed')).toEqual([]);
}

/** Whether a rule with a fix has some findings that only the author can fix. */
function mayHaveNoPatch(id: string): boolean {
  return [
    'entity-tag-after-update',
    'entity-tag-example',
    'head-no-content',
    'http-date-example',
    'http-date-schema',
    'precondition-documented',
    'precondition-either',
    'precondition-guards-creation',
    'precondition-guards-update',
    'precondition-prefers-entity-tag',
    'precondition-required-marked',
  ].includes(id);
}

test('in generated YAML, fix changes only the data of the patch, and a second run changes nothing', () => {
  fc.assert(
    fc.property(descriptions, commonStyle, (description, style) => {
      const text = printYaml(description, style);
      holdsFor('openapi.yaml', text, (yaml) => parse(withoutLoneReturns(yaml)));
      expect(commentsIn(fixed('openapi.yaml', text).after)).toEqual(commentsIn(text));
    }),
    { numRuns: Math.ceil(documentCount / 10) },
  );
});

test('in generated YAML with anchors, merge keys and rare syntax, a second run of fix changes nothing', () => {
  fc.assert(
    fc.property(descriptions, anyStyle, (description, style) => {
      const text = printYaml(description, style);
      const { after } = fixed('openapi.yaml', text);
      expect(fixed('openapi.yaml', after).changed).toEqual([]);
    }),
    { numRuns: Math.ceil(documentCount / 20) },
  );
});

test('in generated JSON, fix changes only the data of the patch, and a second run changes nothing', () => {
  expect.hasAssertions();
  fc.assert(
    fc.property(descriptions, commonStyle, (description, style) => {
      holdsFor('openapi.json', printJson(description, style), (json) => JSON.parse(json.replace('\uFEFF', '')));
    }),
    { numRuns: Math.ceil(documentCount / 10) },
  );
});

test('fix leads to no finding that was not there before, with any ruleset', () => {
  const file = '/nowhere/openapi.yaml';
  fc.assert(
    fc.property(descriptions, commonStyle, fixRuns, (description, style, { rules, selection, permissions }) => {
      const text = printYaml(description, style);
      const fix = (unsaved: string) =>
        fixDescriptions([file], selection, permissions, new Workspace((name) => (name === file ? unsaved : undefined)))
          .changed;
      const after = fix(text)[0]?.after ?? text;
      expect(newFindings(file, text, after, rules)).toEqual([]);
      expect(fix(after)).toEqual([]);
    }),
    { numRuns: Math.ceil(documentCount / 10) },
  );
});

test('no quick fix leads to a finding that was not there before', () => {
  const file = '/nowhere/openapi.yaml';
  const all = shippedSelection('all');
  let offered = 0;
  fc.assert(
    fc.property(descriptions, commonStyle, (description, style) => {
      const text = printYaml(description, style);
      const workspace = new Workspace((name) => (name === file ? text : undefined));
      const entry = workspace.read(file);
      const findings = lint(entry, workspace, catalogue).located.map(({ finding }) => finding);
      for (const { edits, finding } of quickFixesFor(findings, findings, [entry], workspace, all)) {
        offered++;
        expect([finding.message, newFindings(file, text, spliced(text, edits), catalogue)]).toEqual([
          finding.message,
          [],
        ]);
      }
    }),
    { numRuns: Math.ceil(documentCount / 20) },
  );
  expect(offered).toBeGreaterThan(documentCount / 20);
});
