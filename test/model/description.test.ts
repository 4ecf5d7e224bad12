import { expect, test } from 'vitest';
import { Description } from '../../src/model/description.js';
import { sourcesInMemory } from '../sources-in-memory.js';

const one = { responses: { 304: {} } };

function labelsOf(entry: object): string[] {
  const { root, reader } = sourcesInMemory(entry);
  return new Description(root, reader).operations.map(({ label }) => label);
}

test('operations are read in the order of the document, and methods in that of the specification', () => {
  const item = { trace: one, patch: one, head: one, options: one, delete: one, post: one, put: one, get: one };
  const methods = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'];
  expect(labelsOf({ openapi: '3.1.2', paths: { '/b': item, '/a': { get: one } } })).toEqual([
    ...methods.map((method) => `${method} /b`),
    'GET /a',
  ]);
});

test('QUERY and additional methods are read since 3.2', () => {
  const paths = { '/a': { query: one, additionalOperations: { Copy: one } } };
  expect(labelsOf({ openapi: '3.2.0', paths })).toEqual(['QUERY /a', 'Copy /a']);
  expect(labelsOf({ openapi: '3.1.2', paths })).toEqual([]);
});

test('extensions, values of the wrong type and operations without conditional requests are left out', () => {
  const paths = { 'x-a': { get: one }, '/b': { get: one, put: 'text', post: null, head: [one] }, '/c': { get: {} } };
  expect(labelsOf({ openapi: '3.1.2', paths })).toEqual(['GET /b']);
});

test('the target of a `$ref` of a path item is searched for every possible method', () => {
  const description = {
    openapi: '3.1.2',
    paths: { '/a': { $ref: '#/item', get: one } },
    item: { put: one, query: one },
  };
  expect(labelsOf(description)).toEqual(['GET /a', 'PUT /a']);
});

test('an operation knows the others on its path and in its description', () => {
  const { root, reader } = sourcesInMemory({
    openapi: '3.1.2',
    paths: { '/a': { get: one, put: one }, '/b': { get: one } },
  });
  const { operations } = new Description(root, reader);
  expect(operations.map(({ onSamePath }) => onSamePath.length)).toEqual([2, 2, 1]);
  expect(operations.map(({ inDescription }) => inDescription)).toEqual([operations, operations, operations]);
});
