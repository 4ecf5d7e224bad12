import { expect, test } from 'vitest';
import { documentCount, fc } from '../fast-check.js';
import { isSame, type Json } from '../../src/json.js';
import { actionsBetween } from '../../src/overlay/actions-between.js';
import { OverlaidData } from '../../src/overlay/apply-overlay.js';

/** The actions between two documents, and what they give; nothing where an overlay cannot say it. */
function overlaid(before: Json, after: Json) {
  const actions = actionsBetween(before, after);
  const data = new OverlaidData(before);
  for (const [index, action] of actions?.entries() ?? []) data.apply(action, 0, ['actions', String(index)]);
  return actions && { actions, data: data.data };
}

const withParameters = (...parameters: Json[]): Json => ({ paths: { '/a': { get: { parameters } } } });
const id = { name: 'id', in: 'path' };
const etag = { name: 'If-Match', in: 'header' };

test.each<[string, Json, Json, string[]]>([
  ['an item is added at the end', withParameters(id), withParameters(id, etag), ["update $.paths['/a'].get"]],
  [
    'an item is removed',
    withParameters(id, etag),
    withParameters(etag),
    ["remove $.paths['/a'].get.parameters[?(@.name == 'id' && @.in == 'path')]"],
  ],
  [
    'an item is changed, another removed, and a third added',
    withParameters(id, { name: 'x', in: 'query' }, etag),
    withParameters({ ...id, required: true }, etag, { name: 'y', in: 'query' }),
    [
      "update $.paths['/a'].get.parameters[?(@.name == 'id' && @.in == 'path')]",
      "remove $.paths['/a'].get.parameters[?(@.name == 'x' && @.in == 'query')]",
      "update $.paths['/a'].get",
    ],
  ],
  [
    'an item becomes what the one before it was',
    withParameters({ ...id, required: true }, { ...etag, required: true }),
    withParameters(id, { ...id, required: true }),
    [
      "remove $.paths['/a'].get.parameters[?(@.name == 'id' && @.in == 'path')].required",
      "update $.paths['/a'].get.parameters[?(@.name == 'If-Match' && @.in == 'header')]",
    ],
  ],
  [
    'an object becomes another with fewer members',
    { components: { headers: { A: { schema: { type: 'string' }, example: 5 } } } },
    { components: { headers: { A: { schema: { type: 'string' } } } } },
    ['remove $.components.headers.A.example'],
  ],
  [
    'an object becomes a reference',
    { components: { headers: { A: { schema: {} }, B: {} } } },
    { components: { headers: { A: { $ref: '#/components/headers/B' }, B: {} } } },
    ['remove $.components.headers.A', 'update $.components'],
  ],
  ['null becomes an object', { info: null }, { info: { title: 'x' } }, ['remove $.info', 'update $']],
  [
    'a scalar in an array becomes another',
    { info: { x: ['a', 'b'] } },
    { info: { x: ['c', 'b'] } },
    ["update $.info.x[?(@ == 'a')]"],
  ],
])('%s: the actions give the new document', (_, before, after, expected) => {
  const result = overlaid(before, after);
  expect(result?.data).toEqual(after);
  expect(result?.actions.map((action) => `${'remove' in action ? 'remove' : 'update'} ${action.target}`)).toEqual(
    expected,
  );
});

test.each<[string, Json, Json]>([
  ['two items change places', { x: [[1], [2]] }, { x: [[2], [1]] }],
  ['one of two same items is removed', { x: [1, 1, 2] }, { x: [1, 2] }],
])('%s: no actions can give the new document', (_, before, after) => {
  expect(overlaid(before, after)).toBeUndefined();
});

const scalar = fc.constantFrom<Json>(null, true, 1, 2, 'a', 'b', '$ref');
const { value } = fc.letrec<{ value: Json; object: Json }>((tie) => ({
  object: fc.dictionary(fc.constantFrom('a', 'b', '$ref', 'name', '__proto__', "it's"), tie('value'), { maxKeys: 3 }),
  value: fc.oneof({ maxDepth: 4 }, scalar, tie('object'), fc.array(tie('value'), { maxLength: 4 })),
}));
const document = fc.dictionary(fc.constantFrom('paths', 'components', 'a'), value, { maxKeys: 3 });

test('whatever the documents are, the actions give the new one, or there are none', () => {
  let said = 0;
  fc.assert(
    fc.property(document, document, (before, after) => {
      const copy = structuredClone(before);
      const result = overlaid(before as Json, after as Json);
      expect(isSame(before, copy)).toBe(true);
      if (result === undefined) return;
      said++;
      expect(isSame(result.data, after)).toBe(true);
    }),
    { numRuns: documentCount },
  );
  expect(said).toBeGreaterThan(documentCount / 4);
});
