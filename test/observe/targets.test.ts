import { describe, expect, test } from 'vitest';
import { targetOf } from '../../src/asking/targets.js';
import { Description } from '../../src/model/description.js';
import { sourcesInMemory } from '../sources-in-memory.js';
import { describedBy } from './exchanges.js';

interface Given {
  readonly params?: Readonly<Record<string, string>>;
  readonly fields?: readonly string[];
  readonly server?: string;
}

function targetFor(paths: string, label: string, { params = {}, fields = [], server = 'http://h/v1/' }: Given = {}) {
  return targetOf(describedBy(paths).named(label), {
    server: new URL(server),
    parameters: new Map(Object.entries(params)),
    fieldNames: new Set(fields),
  });
}

function urlFor(...args: Parameters<typeof targetFor>): string {
  const target = targetFor(...args);
  return 'url' in target ? target.url.href : `${target.reason}. ${target.remedy}`;
}

const id = (members: string) =>
  `  /a/{id}: {get: {parameters: [{name: id, in: path, required: true, ${members}}], responses: {}}}`;

describe('the value of a parameter is', () => {
  test.each([
    ['its example', 'example: 1', 'http://h/v1/a/1'],
    ['the first of its examples', 'examples: {x: {value: 2}}', 'http://h/v1/a/2'],
    ['an example of its schema', 'schema: {example: 3, default: 4}', 'http://h/v1/a/3'],
    ['one of the examples of its schema', 'schema: {examples: [5], enum: [6]}', 'http://h/v1/a/5'],
    ['its default', 'schema: {default: 7, enum: [8]}', 'http://h/v1/a/7'],
    ['the first that is allowed', 'schema: {enum: [8, 9]}', 'http://h/v1/a/8'],
    ['a truth value', 'schema: {default: false}', 'http://h/v1/a/false'],
    ['a list', 'example: [1, 2]', 'http://h/v1/a/1%2C2'],
    ['encoded', 'example: a/b c', 'http://h/v1/a/a%2Fb%20c'],
    [
      'lacking',
      'schema: {type: string}',
      'there is no value for its path parameter id. Pass --param id=VALUE, or add an example to the description.',
    ],
    [
      'lacking, if it is an object',
      'example: {a: 1}',
      'there is no value for its path parameter id. Pass --param id=VALUE, or add an example to the description.',
    ],
  ])('%s', (_, members, url) => {
    expect(urlFor(id(members), 'GET /a/{id}')).toBe(url);
  });

  test('what the user gives, before all others, even if it is not described', () => {
    expect(urlFor(id('example: 1'), 'GET /a/{id}', { params: { id: '2' } })).toBe('http://h/v1/a/2');
    expect(urlFor('  /a/{id}: {get: {responses: {}}}', 'GET /a/{id}', { params: { id: '2' } })).toBe('http://h/v1/a/2');
  });
});

describe('in a query,', () => {
  const query = (members: string) => `  /a: {get: {parameters: [{in: query, ${members}}], responses: {}}}`;

  test.each([
    ['what is required is sent', 'name: q, required: true, example: a b', {}, 'http://h/v1/a?q=a%20b'],
    ['what is optional is not', 'name: q, example: 1', {}, 'http://h/v1/a'],
    ['unless the user gives it', 'name: q, example: 1', { q: '2' }, 'http://h/v1/a?q=2'],
    ['a list is repeated', 'name: q, required: true, example: [1, 2]', {}, 'http://h/v1/a?q=1&q=2'],
    ['or joined', 'name: q, required: true, explode: false, example: [1, 2]', {}, 'http://h/v1/a?q=1%2C2'],
    [
      'what lacks is named',
      'name: q, required: true',
      {},
      'there is no value for its query parameter q. Pass --param q=VALUE, or add an example to the description.',
    ],
  ])('%s', (_, members, params, url) => {
    expect(urlFor(query(members), 'GET /a', { params })).toBe(url);
  });
});

describe('a required', () => {
  const taking = (where: string, rest = '') =>
    `  /a: {get: {parameters: [{name: X-T, in: ${where}, required: true${rest}}], responses: {'200': {description: ok, content: {a/b: {}, c/d: {}}}}}}`;

  test.each([
    [
      'header',
      taking('header'),
      "there is no value for its header X-T. Pass --header 'X-T: VALUE', or add an example to the description.",
    ],
    [
      'cookie',
      taking('cookie'),
      "there is no value for its cookie X-T. Pass --header 'Cookie: X-T=VALUE', or add an example to the description.",
    ],
  ])('%s is asked for, unless it is given', (where, paths, message) => {
    expect(urlFor(paths, 'GET /a')).toBe(message);
    const name = where === 'cookie' ? 'cookie' : 'x-t';
    expect(urlFor(paths, 'GET /a', { fields: [name] })).toBe('http://h/v1/a');
  });

  test('header with an example is sent, with the first media type of the answer', () => {
    expect(targetFor(taking('header', ', example: 1'), 'GET /a')).toMatchObject({
      fields: { 'X-T': '1', Accept: 'a/b' },
      otherType: 'c/d',
    });
    expect(targetFor(taking('header', ', example: 1'), 'GET /a', { fields: ['accept'] })).toMatchObject({
      fields: { 'X-T': '1' },
      otherType: undefined,
    });
  });

  test('condition is left out, since each is asked by itself', () => {
    const paths = `  /a: {get: {parameters: [{name: If-None-Match, in: header, required: true, example: '"1"'}], responses: {}}}`;
    expect(targetFor(paths, 'GET /a')).toMatchObject({ fields: { Accept: '*/*' } });
  });
});

test('in version 2.0, x-example, default and enum count, and the format of lists', () => {
  const parameters = [
    { name: 'id', in: 'path', required: true, type: 'string', 'x-example': 'x' },
    { name: 'l', in: 'query', required: true, type: 'array', items: {}, default: [1, 2], collectionFormat: 'csv' },
    { name: 'm', in: 'query', required: true, type: 'array', items: {}, default: [1, 2], collectionFormat: 'multi' },
  ];
  const { root, reader } = sourcesInMemory({
    swagger: '2.0',
    paths: { '/a/{id}': { get: { parameters, responses: {} } } },
  });
  const [operation] = new Description(root, reader, 'all').operations;
  if (operation === undefined) throw new Error('there is no operation');
  const given = { server: new URL('http://h'), parameters: new Map<string, string>(), fieldNames: new Set<string>() };
  expect(targetOf(operation, given)).toMatchObject({ url: new URL('http://h/a/x?l=1%2C2&m=1&m=2') });
});

test('a value cannot lead to another path or server', () => {
  expect(urlFor(id('x: 1'), 'GET /a/{id}', { params: { id: '..' } })).toContain('there is no value');
  for (const value of ['//evil.example.com/', '@evil.example.com', '../..', 'http://evil.example.com'])
    expect(urlFor(id('x: 1'), 'GET /a/{id}', { params: { id: value } })).toMatch(/^http:\/\/h\//);
  expect(urlFor('  //evil.example.com/a: {get: {responses: {}}}', 'GET //evil.example.com/a')).toMatch(/^http:\/\/h\//);
});
