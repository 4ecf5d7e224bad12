import { query } from 'json-p3';
import { expect, test } from 'vitest';
import { fc } from '../fast-check.js';
import { queryFor } from '../../src/overlay/json-path.js';

const operation = {
  parameters: [{ name: 'id', in: 'path' }, { name: 'id', in: 'query' }, { $ref: '#/p' }, { $ref: '#/p' }],
};
const description = {
  paths: { '/orders/{id}': { get: operation }, "/it's": { get: {} }, '/"both\'s"': { get: {} } },
  'x-y': {
    'a~b/c': 1,
    'back\\slash': 2,
    'größe 😀': 3,
    'line\nbreak': 4,
    'bell\u0007': 8,
    __proto__: 5,
    '': 6,
    'broken\ud800': 7,
  },
  enum: ['a', 'b', 'a', 1, '1', true, 0.5, null],
};

test.each([
  ['$', []],
  ["$.paths['/orders/{id}'].get", ['paths', '/orders/{id}', 'get']],
  [`$.paths["/it's"].get`, ['paths', "/it's", 'get']],
  [`$.paths['/"both\\'s"'].get`, ['paths', '/"both\'s"', 'get']],
  ["$['x-y']['a~b/c']", ['x-y', 'a~b/c']],
  ["$['x-y']['back\\\\slash']", ['x-y', 'back\\slash']],
  ["$['x-y']['größe 😀']", ['x-y', 'größe 😀']],
  ["$['x-y']['line\\nbreak']", ['x-y', 'line\nbreak']],
  ["$['x-y']['']", ['x-y', '']],
  [
    "$.paths['/orders/{id}'].get.parameters[?(@.name == 'id' && @.in == 'query')]",
    ['paths', '/orders/{id}', 'get', 'parameters', '1'],
  ],
  ["$.enum[?(@ == 'b')]", ['enum', '1']],
  ['$.enum[?(@ == 1)]', ['enum', '3']],
  ["$.enum[?(@ == '1')]", ['enum', '4']],
  ['$.enum[?(@ == true)]', ['enum', '5']],
  ['$.enum[?(@ == null)]', ['enum', '7']],
])('%s selects what is meant, and nothing else', (expected, path) => {
  const written = queryFor(description, path);
  expect(written).toBe(expected);
  expect(query(written ?? '', description as never).locations()).toEqual([
    path.map((key, index) => (index > 0 && /^\d+$/.test(key) && path[index - 1] !== 'x-y' ? Number(key) : key)),
  ]);
});

test.each([
  ['two items are the same', ['enum', '0']],
  ['two references are the same', ['paths', '/orders/{id}', 'get', 'parameters', '2']],
  ['a number is written differently by different programs', ['enum', '6']],
  ['a name has a control character that is written as a number', ['x-y', 'bell\u0007']],
  ['a name has half a surrogate pair', ['x-y', 'broken\ud800']],
])('there is no query where %s', (_, path) => {
  expect(queryFor(description, path)).toBeUndefined();
});

test('any name is quoted so that the query selects its member alone', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }), fc.nat(4), (names, chosen) => {
      const name = names[chosen % names.length] ?? '';
      const data = { in: Object.fromEntries(names.map((each, index) => [each, { index }])) };
      const written = queryFor(data, ['in', name]);
      fc.pre(written !== undefined);
      expect(query(written ?? '', data).locations()).toEqual([['in', name]]);
    }),
    { numRuns: 500 },
  );
});
