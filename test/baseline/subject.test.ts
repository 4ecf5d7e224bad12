import { describe, expect, test } from 'vitest';
import { subjectAtPath, subjectsOf } from '../../src/baseline/subject.js';
import { catalogue } from '../../src/catalogue.js';
import { check } from '../../src/check.js';
import { Description } from '../../src/model/description.js';
import { sourcesInMemory } from '../sources-in-memory.js';

/** What the findings in a description are about, by rule. */
function subjectsIn(entry: object, others: Readonly<Record<string, unknown>> = {}): Record<string, string[][]> {
  const { root, reader } = sourcesInMemory({ openapi: '3.0.3', ...entry }, others);
  const description = new Description(root, reader);
  const found = catalogue.map(({ id }, index) => {
    const rule = catalogue[index];
    return [id, rule === undefined ? [] : check(rule, description).map(subjectsOf)] as const;
  });
  return Object.fromEntries(found.filter(([, subjects]) => subjects.length > 0));
}

const ETag = { schema: { type: 'string' } };
const ok = { description: 'ok', headers: { ETag } };
const wrong = { ...ETag, example: '33a6' };
const ifNoneMatch = { name: 'If-None-Match', in: 'header', schema: { type: 'string' } };

describe('a finding is about', () => {
  test('the operation and what is missing in it, whether or not there is a list of parameters yet', () => {
    const about = {
      'not-modified-documented': [['GET /a/{b} responses/304']],
      'precondition-documented': [['GET /a/{b} parameters/If-None-Match']],
    };
    expect(subjectsIn({ paths: { '/a/{b}': { get: { responses: { 200: ok } } } } })).toMatchObject(about);
    const parameters = [{ name: 'q', in: 'query' }];
    expect(subjectsIn({ paths: { '/a/{b}': { get: { parameters, responses: { 200: ok } } } } })).toMatchObject(about);
  });

  test('each of the members that are missing together', () => {
    expect(subjectsIn({ paths: { '/a': { get: { responses: { 200: ok } } } } })).toMatchObject({
      'cacheable-declares-fields': [
        ['GET /a responses/200/headers/Cache-Control', 'GET /a responses/200/headers/Vary'],
      ],
    });
  });

  test('an item of a list by its name', () => {
    const parameters = [
      { name: 'q', in: 'query' },
      { ...ifNoneMatch, example: '33a6' },
    ];
    const responses = { 200: ok, 304: ok };
    expect(subjectsIn({ paths: { '/a': { get: { parameters, responses } } } })).toMatchObject({
      'entity-tag-example': [['GET /a parameters/header If-None-Match/example']],
    });
    expect(subjectsIn({ paths: { '/a': { parameters, get: { responses } } } })).toMatchObject({
      'entity-tag-example': [['#/paths/~1a/parameters/header If-None-Match/example']],
    });
  });

  test('the component that operations share', () => {
    const responses = { 200: { description: 'ok', headers: { ETag: { $ref: '#/components/headers/ETag' } } } };
    const paths = { '/a': { get: { responses } }, '/b': { get: { responses } } };
    expect(subjectsIn({ paths, components: { headers: { ETag: wrong } } })).toMatchObject({
      'entity-tag-example': [['#/components/headers/ETag/example']],
    });
  });

  test('the operation in another file, by its method and path', () => {
    const paths = { '/a': { $ref: 'a.yaml' } };
    expect(subjectsIn({ paths }, { 'a.yaml': { get: { responses: { 200: ok } } } })).toMatchObject({
      'not-modified-documented': [['GET /a responses/304']],
    });
  });

  test('a header, by the schema that others share', () => {
    const schema = { $ref: '#/components/schemas/Tag' };
    const responses = { 200: { description: 'ok', headers: { ETag: { schema } } } };
    const components = { schemas: { Tag: { type: 'string', example: '33a6' } } };
    expect(subjectsIn({ paths: { '/a': { get: { responses } } }, components })).toMatchObject({
      'entity-tag-example': [['GET /a responses/200/headers/ETag by #/components/schemas/Tag/example']],
    });
  });
});

test('the items of lists in a path have names: a parameter, a reference, a scalar; others a number', () => {
  const data = { list: [{ name: 'a', in: 'query' }, { $ref: '#/x/y' }, 'text', 42, null, {}, [0], { name: 'b' }] };
  const names = data.list.map((_, index) => subjectAtPath(data, ['list', String(index)]));
  expect(names).toEqual([
    '#/list/query a',
    '#/list/#~1x~1y',
    '#/list/text',
    '#/list/42',
    '#/list/4',
    '#/list/5',
    '#/list/6',
    '#/list/b',
  ]);
});
