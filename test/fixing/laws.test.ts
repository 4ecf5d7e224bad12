import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { fixDescriptions } from '../../src/fixing/fix-all.js';
import type { FixResult } from '../../src/fixing/fix-result.js';
import { isSame } from '../../src/json.js';
import { applyPatch } from '../../src/patch.js';
import { withoutLoneReturns } from '../../src/text-editor/line-breaks.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';
import { folderWith } from '../files.js';
import { commentsIn } from '../text-editor/comments.js';
import { printJson, printYaml } from '../text-editor/printer.js';
import { anyStyle, commonStyle, documentCount, replay } from '../text-editor/styles.js';
import { descriptions } from './descriptions.js';
import { allFixes } from './permissions.js';

const folder = folderWith({});

/** Fixes allFixes in a text, and checks the result. */
function fixed(name: string, text: string): FixResult & { readonly after: string } {
  const file = join(folder, name);
  writeFileSync(file, text);
  const result = fixDescriptions([file], shippedSelection('all'), allFixes);
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
    'entity-tag-example',
    'head-no-content',
    'http-date-example',
    'http-date-schema',
    'precondition-documented',
    'precondition-guards-update',
  ].includes(id);
}

const timeout = documentCount * 100;

test('in generated YAML, fix changes only the data of the patch, and a second run changes nothing', { timeout }, () => {
  fc.assert(
    fc.property(descriptions, commonStyle, (description, style) => {
      const text = printYaml(description, style);
      holdsFor('openapi.yaml', text, (yaml) => parse(withoutLoneReturns(yaml)));
      expect(commentsIn(fixed('openapi.yaml', text).after)).toEqual(commentsIn(text));
    }),
    { numRuns: documentCount / 10, ...replay },
  );
});

test(
  'in generated YAML with anchors, merge keys and rare syntax, a second run of fix changes nothing',
  { timeout },
  () => {
    fc.assert(
      fc.property(descriptions, anyStyle, (description, style) => {
        const text = printYaml(description, style);
        const { after } = fixed('openapi.yaml', text);
        expect(fixed('openapi.yaml', after).changed).toEqual([]);
      }),
      { numRuns: documentCount / 20, ...replay },
    );
  },
);

test('in generated JSON, fix changes only the data of the patch, and a second run changes nothing', { timeout }, () => {
  expect.hasAssertions();
  fc.assert(
    fc.property(descriptions, commonStyle, (description, style) => {
      holdsFor('openapi.json', printJson(description, style), (json) => JSON.parse(json.replace('\uFEFF', '')));
    }),
    { numRuns: documentCount / 10, ...replay },
  );
});
