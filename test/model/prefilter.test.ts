import { describe, expect, test } from 'vitest';
import { memberOfPathItem } from '../../src/model/path-item.js';
import { Place } from '../../src/model/place.js';
import { KnownParts, mayBeConditional } from '../../src/model/prefilter.js';
import { sourcesInMemory } from '../sources-in-memory.js';

function rootOf(entry: unknown): Place {
  const { root, reader } = sourcesInMemory(entry);
  return Place.root(root, reader);
}

describe('the prefilter of path items', () => {
  const ok = { description: 'ok' };
  const get = (responses: unknown, parameters: unknown = []) => ({ get: { parameters, responses } });
  const shared = {
    Tagged: { headers: { ETag: {} } },
    Plain: { headers: { 'X-Rate': {} } },
    Condition: { name: 'If-Match' },
    Id: { name: 'id' },
  };
  const mayBe = (pathItem: unknown) =>
    mayBeConditional(rootOf({ pathItem, ...shared }).child('pathItem'), new KnownParts());

  test.each([
    ['a reference', { $ref: '#/Tagged' }],
    ['additional methods', { additionalOperations: {} }],
    ['HEAD', { head: {} }],
    ['a PUT that creates', { put: { responses: { 201: ok } } }],
    ['304', get({ 304: ok })],
    ['412', get({ 412: ok })],
    ['428', get({ 428: ok })],
    ['304 beside other responses', get({ 200: ok, 304: ok, 404: ok })],
    ['412 under its second method', { summary: 'text', get: get({ 200: ok }).get, put: get({ 412: ok }).get }],
    ['responses behind a reference', get({ $ref: '#/responses' })],
    ['headers behind a reference', get({ 200: { headers: { $ref: '#/headers' } } })],
    ['parameters behind a reference', get({}, { $ref: '#/parameters' })],
    ['an operation behind a reference', { get: { $ref: '#/get' } }],
    ['a response behind a reference', get({ 200: { $ref: '#/Tagged' } })],
    ['a parameter behind a reference', get({}, [{ $ref: '#/Id' }, { $ref: '#/Condition' }])],
    ['a parameter of the path item', { parameters: [{ name: 'if-none-match' }] }],
  ])('keeps a path item with %s', (_, pathItem) => {
    expect(mayBe(pathItem)).toBe(true);
  });

  test.each([
    'ETag',
    'e-tag',
    'E_Tag',
    'Last-Modified',
    'LastModified',
    'If-Range',
    'If_Match',
    'Range',
    'Cache-Control',
    'vary',
    'Expires',
  ])('keeps a path item with a header or parameter called %s', (name) => {
    expect(mayBe(get({ 200: { headers: { [name]: {} } } }))).toBe(true);
    expect(mayBe(get({ 200: ok }, [{ name, in: 'header' }]))).toBe(true);
  });

  test.each(['X-ETag', 'Ranges', 'Accept-Ranges', 'Cache-Control-Extra', 'Vary-By', 'X-Vary', 'Expires-In', 'Tag', ''])(
    'skips a path item with only a header or parameter called "%s"',
    (name) => {
      expect(mayBe(get({ 200: { headers: { [name]: {} } } }))).toBe(false);
      expect(mayBe(get({ 200: ok }, [{ name, in: 'header' }]))).toBe(false);
    },
  );

  test.each([
    ['a path item with other responses', get({ 200: ok, 404: ok, default: { headers: null } })],
    ['a path item with `$ref`s to other headers and parameters', get({ 200: { $ref: '#/Plain' } }, [{ $ref: '#/Id' }])],
    ['a path item with broken `$ref`s', get({ 200: { $ref: '#/nowhere' } }, [{ $ref: '#/nowhere' }])],
    [
      'a path item with values of the wrong type',
      { get: 'text', put: { responses: 'text', parameters: null }, post: get(null, 1).get },
    ],
    ['a text instead of a path item', 'text'],
    ['null instead of a path item', null],
  ])('skips %s', (_, pathItem) => {
    expect(mayBe(pathItem)).toBe(false);
  });
});

describe('a member of a path item', () => {
  test('is the first on the way through `$ref`s', () => {
    const root = rootOf({
      near: { $ref: '#/far', get: 'near' },
      far: { $ref: '#/farther', get: 'far', put: 'far' },
      farther: { put: 'farther', head: 'farther' },
    });
    const values = ['get', 'put', 'head', 'post'].map((key) => memberOfPathItem(root.child('near'), key).value);
    expect(values).toEqual(['near', 'far', 'farther', undefined]);
    expect(memberOfPathItem(root.child('near'), 'head').logical).toEqual(['near', 'head']);
  });

  test('is lost if a `$ref` on the way is broken or circular', () => {
    const root = rootOf({ a: { $ref: '#/nowhere' }, b: { $ref: '#/b' } });
    for (const key of ['a', 'b']) expect(memberOfPathItem(root.child(key), 'get').lost).toBe(true);
  });
});
