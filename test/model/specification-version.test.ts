import { expect, test } from 'vitest';
import { isOpenApi, isSwagger, specificationVersionOf } from '../../src/model/specification-version.js';

test.each([
  ['2.0', true],
  [2, true],
  ['2', true],
  ['20', false],
  ['1.2', false],
  [null, false],
])('a description with `swagger: %s` is of version 2.0: %s', (version, isRead) => {
  expect(isSwagger({ swagger: version })).toBe(isRead);
});

test.each([
  ['3.1.0', true],
  [3.1, true],
  ['3', true],
  ['30', false],
  ['1.3', false],
  [null, false],
])('a description with `openapi: %s` is of version 3: %s', (version, isRead) => {
  expect(isOpenApi({ openapi: version })).toBe(isRead);
});

test.each([[null], ['3.1.0'], [['3.1.0']], [{}]])('%j is not a description', (document) => {
  expect([isSwagger(document), isOpenApi(document)]).toEqual([false, false]);
  expect(specificationVersionOf(document).format).toBe('openapi');
});

test.each([
  ['3.0', { hasQuery: false, hasReferenceSiblings: false, mayPercentEncode: true }],
  ['3.0.4', { hasQuery: false, hasReferenceSiblings: false, mayPercentEncode: true }],
  ['3.1', { hasQuery: false, hasReferenceSiblings: true, mayPercentEncode: true }],
  ['3.1.0', { hasQuery: false, hasReferenceSiblings: true, mayPercentEncode: true }],
  ['3.1.1', { hasQuery: false, hasReferenceSiblings: true, mayPercentEncode: true }],
  ['3.1.2', { hasQuery: false, hasReferenceSiblings: true, mayPercentEncode: false }],
  ['3.1.10', { hasQuery: false, hasReferenceSiblings: true, mayPercentEncode: false }],
  ['3.2.0', { hasQuery: true, hasReferenceSiblings: true, mayPercentEncode: false }],
  ['13.2.0', { hasQuery: false, hasReferenceSiblings: true, mayPercentEncode: false }],
  ['13.0.0', { hasQuery: false, hasReferenceSiblings: true, mayPercentEncode: false }],
  ['3.10.0', { hasQuery: true, hasReferenceSiblings: true, mayPercentEncode: false }],
])('the features of OpenAPI %s', (version, expected) => {
  expect(specificationVersionOf({ openapi: version })).toEqual({ format: 'openapi', ...expected });
});

test('a description with `swagger: 2.0` is of version 2.0, even if it also has an `openapi` version', () => {
  const old = { format: 'swagger', hasQuery: false, hasReferenceSiblings: false, mayPercentEncode: false };
  for (const openapi of ['3.0.3', '3.1.0', '3.2.0'])
    expect(specificationVersionOf({ swagger: '2.0', openapi })).toEqual(old);
});
