import { describe, expect, test } from 'vitest';
import { Description } from '../../src/model/description.js';
import type { Operation } from '../../src/model/operation.js';
import { sourcesInMemory } from '../sources-in-memory.js';

const tagged = { headers: { ETag: {} } };

/** Reads a description with one operation, and returns that. */
function read(operation: object, pathItem: object = {}, version: object = { openapi: '3.1.2' }): Operation {
  const paths = { '/a': { ...pathItem, get: operation } };
  const { root, reader } = sourcesInMemory({ ...version, paths });
  const [found] = new Description(root, reader).operations;
  if (found === undefined) throw new Error('no operation was read');
  return found;
}

describe('a response', () => {
  test.each([
    ['200', '200', true],
    ['299', '299', true],
    ['2xx', '2XX', true],
    ['2XX', '2XX', true],
    ['default', 'default', false],
    ['304', '304', false],
    ['20', '20', false],
    ['2000', '2000', false],
    ['1200', '1200', false],
    ['2X', '2X', false],
  ])('under %s has the code %s; is a success: %s', (key, code, isSuccess) => {
    const operation = read({ responses: { [key]: tagged } });
    expect(operation.responses.map((response) => [response.code, response.isSuccess])).toEqual([[code, isSuccess]]);
  });

  test.each([
    ['etag', true],
    ['ETag', true],
    ['_etag', true],
    ['@odata.etag', true],
    ['e-tag', true],
    ['order_E-Tag', true],
    ['ETAG', true],
    ['etagging', false],
    ['etags', false],
    ['metag', false],
    ['etag_of', false],
    ['tag', false],
  ])('whose body has a member called %s carries an entity-tag: %s', (name, isEntityTag) => {
    const schema = { properties: { id: {}, [name]: {} } };
    const content = { 'text/plain': {}, 'application/json': { schema } };
    expect(read({ responses: { 200: { ...tagged, content } } }).responses[0]?.carriesEntityTag).toBe(isEntityTag);
    const inSwagger = read({ responses: { 200: { ...tagged, schema } } }, {}, { swagger: '2.0' });
    expect(inSwagger.responses[0]?.carriesEntityTag).toBe(isEntityTag);
  });

  test('may have that member in a part of its schema, but not deeply nested', () => {
    const schema = { properties: { etag: {} } };
    const carries = (body: object) => {
      const content = { 'application/json': { schema: body } };
      return read({ responses: { 200: { ...tagged, content } } }).responses[0]?.carriesEntityTag;
    };
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) expect(carries({ [keyword]: [{}, schema] })).toBe(true);
    expect(carries({ items: schema })).toBe(true);
    expect(carries({ properties: { data: schema } })).toBe(true);
    expect(carries({ not: schema })).toBe(false);
    expect(carries({ $ref: '#/openapi', ...schema })).toBe(true);
    expect(carries({ allOf: [{ $ref: '#/paths', items: { $ref: '#/paths', ...schema } }] })).toBe(true);
    const extended = (depth: number): object => (depth === 0 ? schema : { allOf: [{}, extended(depth - 1)] });
    expect(carries(extended(5))).toBe(true);
    expect(carries({ properties: { data: { items: extended(3) } } })).toBe(true);
    expect(carries({ allOf: [{ properties: { a: {}, b: {}, c: {}, d: {}, e: {} } }, extended(3)] })).toBe(true);
    expect(carries({ allOf: [...Array.from({ length: 14 }, () => ({})), schema] })).toBe(true);
    expect(carries({ allOf: [...Array.from({ length: 15 }, () => ({})), schema] })).toBe(false);
    const endless: { allOf: unknown[]; properties?: object } = { allOf: [] };
    endless.allOf.push(endless);
    endless.properties = { self: endless };
    expect(carries(endless)).toBe(false);
    const members = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`m${n}`, {}]));
    expect(carries({ properties: { ...members(7), data: schema } })).toBe(true);
    expect(carries({ properties: { ...members(8), data: schema } })).toBe(false);
  });
});

describe('the headers that an operation takes', () => {
  const header = (name: unknown, more: object = {}) => ({ name, in: 'header', ...more });
  const namesOf = (own: unknown, inherited: unknown) =>
    read({ parameters: own, responses: { 304: {} } }, { parameters: inherited }).headerParameters.map(
      ({ name, label }) => `${name}, ${label}`,
    );

  test('are its own and those of the path item that it does not redefine', () => {
    expect(namesOf([header('If-Match'), header('A')], [header('if-match'), header('B')])).toEqual([
      'If-Match, If-Match parameter',
      'A, A parameter',
      'B, B parameter',
    ]);
  });

  test('include no other parameter and no invalid value', () => {
    const others = [{ name: 'If-Match', in: 'query' }, header(5), header(undefined), null, 'If-Match', {}];
    expect(namesOf(others, null)).toEqual([]);
    expect(namesOf({ a: header('If-Match') }, undefined)).toEqual([]);
  });

  test.each([
    [[], [], true],
    [[{ $ref: '#/nowhere' }], [], false],
    [[], [{ $ref: '#/nowhere' }], false],
    [[header('A'), { $ref: '#/nowhere' }], [], false],
    [{ $ref: '#/nowhere' }, [], false],
    [[], { $ref: '#/nowhere' }, false],
  ])('of an operation with %j and a path item with %j are all known: %s', (own, inherited, areKnown) => {
    const operation = read({ parameters: own, responses: { 304: {} } }, { parameters: inherited });
    expect(operation.parametersAreKnown).toBe(areKnown);
  });
});

describe('an operation', () => {
  test('does not count an extension as a response', () => {
    const { responses } = read({ responses: { 'x-200': tagged, 200: tagged } });
    expect(responses.map(({ code }) => code)).toEqual(['200']);
  });

  test.each([
    ['default', false],
    ['200', true],
    ['4XX', true],
    ['5xx', true],
    ['20', false],
    ['2000', false],
    ['1200', false],
    ['x-200', false],
  ])('with a response under %s documents the outcome of a request: %s', (key, documentsOutcomes) => {
    expect(read({ responses: { [key]: tagged, default: tagged } }).documentsOutcomes).toBe(documentsOutcomes);
  });

  test('knows its responses unless a `$ref` to a success, or to its headers, is broken', () => {
    const lost = { $ref: '#/nowhere' };
    const areKnown = (responses: unknown) => read({ parameters: [{ name: 'If-Match' }], responses }).responsesAreKnown;
    expect(areKnown({ 200: tagged, 404: lost })).toBe(true);
    expect(areKnown({ 200: tagged, 201: lost })).toBe(false);
    expect(areKnown({ 200: { headers: lost } })).toBe(false);
    expect(areKnown(lost)).toBe(false);
    expect(areKnown(undefined)).toBe(true);
  });

  test('has a short label, however long its path is', () => {
    const { root, reader } = sourcesInMemory({
      openapi: '3.1.2',
      paths: { [`/${'a'.repeat(500)}`]: { put: { responses: { 412: {} } } } },
    });
    const [operation] = new Description(root, reader).operations;
    expect(operation?.label).toBe(`PUT /${'a'.repeat(395)}…`);
  });

  test('has a label with its method and its path, on one line', () => {
    const { root, reader } = sourcesInMemory({
      openapi: '3.1.2',
      paths: { '/a \n  b': { put: { responses: { 412: {} } } } },
    });
    expect(new Description(root, reader).operations.map(({ label }) => label)).toEqual(['PUT /a b']);
  });
});

test('of several headers whose names differ only in case, the first counts', () => {
  const { responses } = read({ responses: { 200: { headers: { etag: { description: 'first' }, ETag: {} } } } });
  expect(responses[0]?.header('ETag')?.name).toBe('etag');
});
