import { describe, expect, test } from 'vitest';
import { ruleCalled } from '../../src/catalogue.js';
import { check, checked } from '../../src/check.js';
import { pathOf } from '../../src/json.js';
import { Description } from '../../src/model/description.js';
import { exceptionKey, exceptionsIn } from '../../src/model/exceptions.js';
import { Workspace } from '../../src/files/workspace.js';
import { lint } from '../../src/lint.js';
import { discharge } from '../../src/obligation.js';
import type { Rule } from '../../src/rule.js';
import { sourcesInMemory } from '../sources-in-memory.js';

const documented = ruleCalled('not-modified-documented') as Rule;
const noContent = ruleCalled('not-modified-no-content') as Rule;

const ok = { description: 'ok', headers: { ETag: { schema: { type: 'string' } } } };
const ignored = { [exceptionKey]: { 'not-modified-documented': 'old', 'not-modified-no-content': 'old' } };

/** The messages of what a rule reports, and the reasons for what it does not. */
function found(rule: Rule, entry: unknown, others: Readonly<Record<string, unknown>> = {}) {
  const { root, reader } = sourcesInMemory(entry, others);
  const { findings, excepted } = checked(rule, new Description(root, reader));
  return {
    open: findings.map(({ violations }) => violations.map(({ operation }) => operation.label)),
    excepted: excepted.map(({ exception }) => exception.reason),
  };
}

describe('an exception', () => {
  test('holds for the object that it stands in, and not for the one beside it', () => {
    const paths = { '/a': { get: { ...ignored, responses: { 200: ok } } }, '/b': { get: { responses: { 200: ok } } } };
    expect(found(documented, { openapi: '3.0.3', paths })).toEqual({ open: [['GET /b']], excepted: ['old'] });
  });

  test('beside a `$ref` holds for what the `$ref` leads to, on this way', () => {
    const paths = {
      '/a': { get: { responses: { 200: ok, 304: { $ref: '#/components/responses/Same', ...ignored } } } },
      '/b': { get: { responses: { 200: ok, 304: { $ref: '#/components/responses/Same' } } } },
    };
    const components = { responses: { Same: { description: 'same', content: { 'text/plain': {} } } } };
    expect(found(noContent, { openapi: '3.0.3', paths, components })).toEqual({ open: [['GET /b']], excepted: [] });
    const only = { '/a': paths['/a'] };
    expect(found(noContent, { openapi: '3.0.3', paths: only, components })).toEqual({ open: [], excepted: ['old'] });
  });

  test('in a component holds for all who share it', () => {
    const responses = { 200: ok, 304: { $ref: '#/components/responses/Same' } };
    const paths = { '/a': { get: { responses } }, '/b': { get: { responses } } };
    const components = { responses: { Same: { description: 'same', content: { 'text/plain': {} }, ...ignored } } };
    expect(found(noContent, { openapi: '3.0.3', paths, components })).toEqual({ open: [], excepted: ['old'] });
  });

  test('at an operation holds for the shared part as this operation uses it', () => {
    const responses = { 200: ok, 304: { $ref: '#/components/responses/Same' } };
    const paths = { '/a': { get: { responses, ...ignored } }, '/b': { get: { responses } } };
    const components = { responses: { Same: { description: 'same', content: { 'text/plain': {} } } } };
    expect(found(noContent, { openapi: '3.0.3', paths, components })).toEqual({ open: [['GET /b']], excepted: [] });
  });

  test('at an operation holds for the parameters of its path', () => {
    const rule = ruleCalled('precondition-optional') as Rule;
    const parameters = [{ name: 'If-None-Match', in: 'header', required: true, schema: { type: 'string' } }];
    const at = { [exceptionKey]: 'precondition-optional' };
    const paths = { '/a': { parameters, get: { responses: { 200: ok }, ...at } } };
    expect(found(rule, { openapi: '3.0.3', paths })).toEqual({ open: [], excepted: [undefined] });
  });

  test.each([
    ['the root of another file', { ...ignored, item: { get: { responses: { 200: ok } } } }, 'b.yaml#/item'],
    ['a map in another file', { all: { ...ignored, item: { get: { responses: { 200: ok } } } } }, 'b.yaml#/all/item'],
    [
      'a `$ref` on the way',
      { one: { $ref: '#/two', ...ignored }, two: { get: { responses: { 200: ok } } } },
      'b.yaml#/one',
    ],
  ])('at %s holds for what is in it', (_, other, $ref) => {
    const entry = { openapi: '3.0.3', paths: { '/a': { $ref }, '/b': { get: { responses: { 200: ok } } } } };
    expect(found(documented, entry, { 'b.yaml': other })).toEqual({ open: [['GET /b']], excepted: ['old'] });
  });

  test('at the root holds for everything, also behind a `$ref` to another file', () => {
    const entry = { openapi: '3.0.3', ...ignored, paths: { '/a': { $ref: 'b.yaml' } } };
    expect(found(documented, entry, { 'b.yaml': { get: { responses: { 200: ok } } } })).toEqual({
      open: [],
      excepted: ['old'],
    });
  });

  test('from another rule changes nothing', () => {
    const paths = { '/a': { get: { [exceptionKey]: 'head-no-content', responses: { 200: ok } } } };
    expect(found(documented, { openapi: '3.0.3', paths })).toEqual({ open: [['GET /a']], excepted: [] });
  });

  test.each([[42], [null], [true], [[42]], [[['not-modified-documented']]], [{}]])(
    'that is written as %j changes nothing',
    (value) => {
      const paths = { '/a': { get: { [exceptionKey]: value, responses: { 200: ok } } } };
      expect(found(documented, { openapi: '3.0.3', paths })).toEqual({ open: [['GET /a']], excepted: [] });
    },
  );
});

test('what a fix copies has no exceptions', () => {
  const rule = ruleCalled('not-modified-repeats-etag') as Rule;
  const ETag = {
    schema: { type: 'string', [exceptionKey]: 'entity-tag-schema' },
    [exceptionKey]: 'entity-tag-example',
  };
  const responses = { 200: { description: 'ok', headers: { ETag } }, 304: { description: 'same' } };
  const { root, reader } = sourcesInMemory({ openapi: '3.0.3', paths: { '/a': { get: { responses } } } });
  const [finding] = check(rule, new Description(root, reader));
  const [violation] = finding?.violations ?? [];
  const patch = violation === undefined ? [] : discharge(violation.obligation);
  expect(patch.map((change) => 'value' in change && change.value)).toEqual([{}, { schema: { type: 'string' } }]);
});

test('an exception may be a list of rules, whose other items are mistakes', () => {
  expect(exceptionsIn(['a', 1])).toEqual({
    exceptions: [{ rule: 'a', path: ['0'] }],
    faults: [{ value: 1, wanted: 'rule', path: ['1'] }],
  });
});

test('an exception may be a comment; one that nothing needs is told from one that is used', () => {
  const text = `openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    get:
      # conditional-requests-ignore-next-line not-modified-documented -- old
      responses: {'200': {description: ok, headers: {ETag: {schema: {type: string}}}}, default: {$ref: '#/nowhere'}}
    put:
      x-conditional-requests-ignore: not-modified-no-content
      responses: {}
`;
  const workspace = new Workspace(() => text);
  const { excepted, unused, used } = lint(workspace.read('/api.yaml'), workspace, [documented, noContent]);
  expect(excepted.map(({ finding }) => finding.rule.id)).toEqual(['not-modified-documented']);
  expect(unused.map(({ message }) => message)).toEqual([expect.stringContaining('not-modified-no-content')]);
  expect(used).toHaveLength(1);
});

test('an exception without a reason yet holds, and one whose reason is no text holds but is a mistake', () => {
  expect(exceptionsIn({ a: null, b: '', c: 42, d: 'why' })).toEqual({
    exceptions: [
      { rule: 'a', path: ['a'] },
      { rule: 'b', path: ['b'] },
      { rule: 'c', path: ['c'] },
      { rule: 'd', path: ['d'], reason: 'why' },
    ],
    faults: [{ value: 42, wanted: 'reason', path: ['c'] }],
  });
  expect(exceptionsIn(['a', 42])).toEqual({
    exceptions: [{ rule: 'a', path: ['0'] }],
    faults: [{ value: 42, wanted: 'rule', path: ['1'] }],
  });
  expect(exceptionsIn(42)).toEqual({ exceptions: [], faults: [{ value: 42, wanted: 'rules', path: [] }] });
});

test('a comment holds for the place that the finding points at, and counts as used then', () => {
  const comments = [{ rule: 'head-no-content' }, { rule: 'not-modified-documented', reason: 'old' }] as const;
  const data = {
    openapi: '3.0.3',
    paths: { '/a': { get: { responses: { 200: ok } } }, '/b': { get: { responses: { 200: ok } } } },
  };
  const isCommented = (path: readonly string[]) => path.join(' ') === 'paths /a get responses';
  const { reader } = sourcesInMemory(data);
  const root = { uri: 'a.yaml', data, exceptionsAt: (path: readonly string[]) => (isCommented(path) ? comments : []) };
  const description = new Description(root, reader);
  const { findings, excepted } = checked(documented, description);
  expect(findings.map(({ place }) => place.path)).toEqual([['paths', '/b', 'get', 'responses']]);
  expect(excepted.map(({ exception }) => exception)).toEqual([comments[1]]);
  const isUsed = comments.map((comment) => description.exceptions.isUsed(comment, comment.rule));
  expect(isUsed).toEqual([false, true]);
});

test('the places that the `$ref`s followed so far lead to are known, and none for those that lead nowhere', () => {
  const responses = { 200: { $ref: '#/components/responses/Ok' }, 304: { $ref: '#/nowhere' } };
  const { root, reader } = sourcesInMemory({
    openapi: '3.0.3',
    paths: { '/a': { get: { responses } } },
    components: { responses: { Ok: ok } },
  });
  const description = new Description(root, reader);
  checked(documented, description);
  const targets = description.place.referenceTargets.map(({ linkedPath }) => pathOf(linkedPath).join('/'));
  expect(targets).toEqual(['components/responses/Ok']);
});
