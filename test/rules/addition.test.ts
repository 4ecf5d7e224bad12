import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.js';
import { check } from '../../src/check.js';
import { Description } from '../../src/model/description.js';
import { specificationVersionOf } from '../../src/model/specification-version.js';
import { discharge } from '../../src/obligation.js';
import { isValidParameter } from '../../src/rules/well-formed.js';
import { sourcesInMemory } from '../sources-in-memory.js';

/** The patches of the fixes of a rule for a description. */
function patchesOf(id: string, paths: object) {
  const { root, reader } = sourcesInMemory({ openapi: '3.1.2', paths });
  const description = new Description(root, reader);
  return catalogue
    .filter((rule) => rule.id === id)
    .flatMap((rule) => check(rule, description))
    .flatMap(({ violations }) => violations.flatMap(({ obligation }) => discharge(obligation)));
}

/** The values that the fixes of a rule add to a description. */
function addedBy(id: string, paths: object): unknown[] {
  return patchesOf(id, paths).flatMap((operation) => ('value' in operation ? [operation.value] : []));
}

const string = { schema: { type: 'string' } };
const ok = { description: 'ok', headers: { ETag: string } };
const dated = { description: 'ok', headers: { 'Last-Modified': string } };

/** An operation that lacks a precondition, and others that take one, each defined in its own way. */
function pathsWith(lacking: object, method: string, name: string, definitions: readonly object[]): object {
  const others = definitions.map((definition, index) => {
    const parameters = [{ name, in: 'header', ...definition }];
    return [`/other${index}`, { get: { responses: { 200: ok } }, [method]: { parameters, responses: {} } }];
  });
  return { '/lacking': lacking, ...Object.fromEntries(others) };
}

const lackingDate = { get: { parameters: [], responses: { 200: dated } } };
const lackingTag = { get: { parameters: [], responses: { 200: ok } } };
const lackingGuard = { get: { responses: { 200: ok } }, put: { parameters: [], responses: {} } };
const marked = { 'x-by': 'author' };

describe('a parameter is copied from another operation only if its examples are right:', () => {
  test.each([
    ['a date of HTTP', 'Sat, 29 Oct 1994 19:43:31 GMT', true],
    ['a date of RFC 3339', '1994-10-29T19:43:31Z', false],
  ])('If-Modified-Since with %s', (_, example, isCopied) => {
    const definition = { ...string, ...marked, example };
    const paths = pathsWith(lackingDate, 'get', 'If-Modified-Since', [definition]);
    const [added] = addedBy('precondition-documented', paths);
    expect(added).toEqual({ name: 'If-Modified-Since', in: 'header', ...(isCopied ? definition : string) });
  });

  // If-Match needs a strong entity-tag (RFC 9110 §13.1.1).
  test.each([
    ['a strong entity-tag', '"33a6"', true],
    ['a weak one', 'W/"33a6"', false],
  ])('If-Match with %s', (_, example, isCopied) => {
    const definition = { ...string, ...marked, required: true, example };
    const [added] = addedBy('precondition-guards-update', pathsWith(lackingGuard, 'put', 'If-Match', [definition]));
    expect(Object(added)).toMatchObject({ name: 'If-Match', in: 'header' });
    expect(Object(added).example).toBe(isCopied ? example : undefined);
  });
});

test.each([
  ['right', '"33a6"', true],
  ['wrong', '33a6', false],
])('an ETag is copied from another response only if its example is right: a %s one', (_, example, isCopied) => {
  const own = { ...string, ...marked, example };
  const [added] = addedBy('cacheable-declares-fields', {
    '/lacking': { get: { responses: { 200: { headers: { 'Cache-Control': string, Vary: string } } } } },
    '/other': { get: { responses: { 200: { headers: { ETag: own } } } } },
  });
  expect(added).toEqual(isCopied ? own : string);
});

test('a header whose name is misspelt is renamed, or removed if the right one is there', () => {
  const fixesOf = (headers: object) =>
    patchesOf('precondition-spelling', { '/a': { get: { responses: { 200: { headers } } } } }).map(({ op }) => op);
  expect(fixesOf({ 'E-Tag': string })).toEqual(['move']);
  expect(fixesOf({ 'E-Tag': string, ETag: string })).toEqual(['remove']);
});

describe('a parameter that is too large to be compared with others is not copied: it has', () => {
  test.each([
    ['one long text', { description: 'a'.repeat(6000) }],
    ['many texts', { 'x-texts': Array.from({ length: 100 }, () => 'a'.repeat(100)) }],
    ['many members', { 'x-members': Array.from({ length: 600 }, () => 1) }],
  ])('%s', (_, large) => {
    const added = (...definitions: object[]) =>
      addedBy('precondition-documented', pathsWith(lackingTag, 'get', 'If-None-Match', definitions));
    const plain = { name: 'If-None-Match', in: 'header', ...string };
    expect(added({ ...string, ...large })).toEqual([plain]);
    expect(added({ ...string, ...large }, { ...string, ...marked })).toEqual([{ ...plain, ...marked }]);
  });
});

test('of many different parameters, the first twenty are looked at', () => {
  const wrong = Array.from({ length: 20 }, (_, index) => ({ schema: { type: 'integer', maximum: index } }));
  const right = { ...string, ...marked };
  const isCopied = (definitions: readonly object[]) => {
    const [added] = addedBy('precondition-documented', pathsWith(lackingTag, 'get', 'If-None-Match', definitions));
    return 'x-by' in Object(added);
  };
  expect([isCopied([...wrong.slice(1), right]), isCopied([...wrong, right])]).toEqual([true, false]);
});

test('of many operations with the same parameter, the first twenty tell whether its description is about them alone', () => {
  const describesOrders = (others: number) => {
    const parameters = [{ name: 'If-None-Match', in: 'header', description: 'A tag of an order', ...string }];
    const get = { parameters, responses: { 200: ok } };
    const orders = Array.from({ length: others }, (_, index) => [`/orders/${'x'.repeat(index)}`, { get }]);
    const [added] = addedBy('precondition-documented', {
      '/lacking': lackingTag,
      ...Object.fromEntries(orders),
      '/photos': { get },
    });
    return Object(added).description;
  };
  expect([describesOrders(19), describesOrders(20)]).toEqual(['A tag of an order', undefined]);
});

test.each([
  ['small', ['a'], true],
  ['large', Array.from({ length: 600 }, () => 'a'), false],
])('an extension that all parameters have is repeated if it is %s', (_, value, isRepeated) => {
  const parameters = ['page', 'size'].map((name) => ({ name, in: 'query', 'x-generator': value }));
  const paths = { '/lacking': { get: { parameters, responses: { 200: ok } } } };
  const [added] = addedBy('precondition-documented', paths);
  expect(added).toEqual({
    name: 'If-None-Match',
    in: 'header',
    ...(isRepeated && { 'x-generator': value }),
    ...string,
  });
});

test.each([
  ['a header parameter', { name: 'If-Match', in: 'header', schema: {} }, true],
  ['a parameter of the query', { name: 'If-Match', in: 'query', schema: {} }, false],
  ['a parameter without a name', { in: 'header', schema: {} }, false],
  ['null', null, false],
])('only a header parameter is one that may be copied: %s', (_, parameter, isValid) => {
  const { root, reader } = sourcesInMemory({ openapi: '3.1.2', parameter });
  const description = new Description(root, reader);
  expect(isValidParameter(description.place.child('parameter'), specificationVersionOf(root.data))).toBe(isValid);
});
