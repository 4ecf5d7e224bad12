import { expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.js';
import { check } from '../../src/check.js';
import { Workspace } from '../../src/files/workspace.js';
import { fixDescriptions } from '../../src/fixing/fix-all.js';
import { lint } from '../../src/lint.js';
import { Description } from '../../src/model/description.js';
import { ReadingBudget } from '../../src/model/reading-budget.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';
import { allFixes } from '../fixing/permissions.js';

const list = (count: number, item: (index: number) => string) => Array.from({ length: count }, (_, i) => item(i));

/** Paths that share one path item, which has many responses. */
const shared = (paths: number, responses: number) =>
  [
    'openapi: 3.1.1',
    'x: &p',
    '  get:',
    '    responses:',
    ...list(responses, (i) => `      x${i}: {headers: {ETag: {example: x}}}`),
    'paths:',
    ...list(paths, (i) => `  /p${i}: *p`),
  ].join('\n');

const read = (text: string) => {
  const workspace = new Workspace(() => text);
  return { workspace, entry: workspace.read('/api') };
};

test('a description that aliases make many times larger than its text is an error', () => {
  const { entry, workspace } = read(shared(300, 300));
  const { located, problems } = lint(entry, workspace, catalogue);
  expect(located).toEqual([]);
  expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    expect.stringContaining('parser: references or aliases make it many times as large as its text'),
  ]);
  const fix = () => fixDescriptions(['/api'], shippedSelection('all'), allFixes, new Workspace(() => shared(300, 300)));
  expect(fix).toThrow('references or aliases make it many times as large as its text');
});

test.each([
  [2, 300],
  [300, 2],
  [20, 20],
])('%i paths that share %i responses are read', (paths, responses) => {
  const { entry, workspace } = read(shared(paths, responses));
  const { located, problems } = lint(entry, workspace, catalogue);
  expect(problems).toEqual([]);
  expect(located.length).toBeGreaterThan(0);
});

test('an error that has nothing to do with the reading limit is thrown on', () => {
  const fail = () => {
    throw new TypeError('something else');
  };
  const budget = new ReadingBudget();
  expect(() => budget.bounded(fail)).toThrow('something else');
  expect(budget.whyTooMuch).toBeUndefined();
});

test('a description of up to 500 levels is read; the limits hold only within a bounded task', () => {
  const budget = new ReadingBudget();
  expect(budget.bounded(() => budget.visit(500) ?? 'read')).toBe('read');
  expect(budget.visit(501)).toBeUndefined();
  expect(budget.whyTooMuch).toBeUndefined();
  expect(budget.bounded(() => budget.visit(501) ?? 'read')).toBeUndefined();
  expect(budget.whyTooMuch).toBe('it is nested more than 500 levels deep, so that it is not checked');
});

test('no rule finds anything in a description over the reading limit', () => {
  const { entry, workspace } = read(shared(300, 300));
  const description = new Description(entry, workspace);
  const found = catalogue.flatMap((rule) => check(rule, description));
  expect(description.whyTooLarge).toContain('references or aliases');
  expect(check(catalogue[0] as (typeof catalogue)[0], description)).toEqual([]);
  expect(found.length).toBeLessThan(300 * 300);
});
