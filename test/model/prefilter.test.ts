import { describe, expect, test } from 'vitest';
import { memberOfPathItem } from '../../src/model/path-item.js';
import { Place } from '../../src/model/place.js';
import { Prefilter } from '../../src/model/prefilter.js';
import { allTopics, noTopics, topics } from '../../src/model/topics.js';
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
  const topicsOf = (pathItem: unknown) => new Prefilter().topicsOf(rootOf({ pathItem, ...shared }).child('pathItem'));

  test.each([
    ['a reference', { $ref: '#/Tagged' }, allTopics],
    ['additional methods', { additionalOperations: {} }, allTopics],
    ['HEAD', { head: {} }, allTopics],
    ['a PUT that creates', { put: { responses: { 201: ok } } }, topics.creation],
    ['304', get({ 304: ok }), topics[304]],
    ['412', get({ 412: ok }), topics[412]],
    ['428', get({ 428: ok }), topics[428]],
    ['304 beside other responses', get({ 200: ok, 304: ok, 404: ok }), topics[304]],
    [
      '412 under its second method',
      { summary: 'text', get: get({ 200: ok }).get, put: get({ 412: ok }).get },
      topics[412],
    ],
    ['responses behind a reference', get({ $ref: '#/responses' }), allTopics],
    ['headers behind a reference', get({ 200: { headers: { $ref: '#/headers' } } }), topics.field],
    ['parameters behind a reference', get({}, { $ref: '#/parameters' }), allTopics],
    ['an operation behind a reference', { get: { $ref: '#/get' } }, allTopics],
    ['a response behind a reference', get({ 200: { $ref: '#/Tagged' } }), topics.field],
    ['a parameter behind a reference', get({}, [{ $ref: '#/Id' }, { $ref: '#/Condition' }]), topics.field],
    [
      'several of them',
      { ...get({ 200: { $ref: '#/Tagged' }, 304: ok }), put: get({ 201: ok, 412: ok }).get },
      topics.field | topics[304] | topics.creation | topics[412],
    ],
    ['a parameter of the path item', { parameters: [{ name: 'if-none-match' }] }, topics.field],
  ])('keeps a path item with %s', (_, pathItem, expected) => {
    expect(topicsOf(pathItem)).toBe(expected);
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
    expect(topicsOf(get({ 200: { headers: { [name]: {} } } }))).toBe(topics.field);
    expect(topicsOf(get({ 200: ok }, [{ name, in: 'header' }]))).toBe(topics.field);
  });

  test.each(['X-ETag', 'Ranges', 'Accept-Ranges', 'Cache-Control-Extra', 'Vary-By', 'X-Vary', 'Expires-In', 'Tag', ''])(
    'skips a path item with only a header or parameter called "%s"',
    (name) => {
      expect(topicsOf(get({ 200: { headers: { [name]: {} } } }))).toBe(noTopics);
      expect(topicsOf(get({ 200: ok }, [{ name, in: 'header' }]))).toBe(noTopics);
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
    expect(topicsOf(pathItem)).toBe(noTopics);
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
