import { expect, test } from 'vitest';
import type { Json } from '../../src/json.js';
import { OverlaidData } from '../../src/overlay/apply-overlay.js';

function overlaid(before: Json, ...actions: Json[]): OverlaidData {
  const data = new OverlaidData(before);
  for (const [index, action] of actions.entries()) data.apply(action, 0, ['actions', String(index)]);
  return data;
}

const tags = { tags: ['a', 'b', 'c'], info: { title: 'x', contact: { name: 'y' } } };

test.each<[string, Json, Json[], Json]>([
  [
    'an update merges objects, concatenates arrays and replaces scalars',
    tags,
    [{ target: '$', update: { info: { title: 'z', contact: { url: 'u' } }, tags: ['d'], new: {} } }],
    { tags: ['a', 'b', 'c', 'd'], info: { title: 'z', contact: { name: 'y', url: 'u' } }, new: {} },
  ],
  [
    'an array as the target grows by an array',
    tags,
    [{ target: '$.tags', update: ['d', 'e'] }],
    { ...tags, tags: ['a', 'b', 'c', 'd', 'e'] },
  ],
  ['an array as the target grows by one item', { x: [] }, [{ target: '$.x', update: { a: 1 } }], { x: [{ a: 1 }] }],
  [
    'a scalar as the target is replaced',
    tags,
    [{ target: '$.tags[1]', update: 'z' }],
    { ...tags, tags: ['a', 'z', 'c'] },
  ],
  [
    'several items are removed, whatever their order',
    tags,
    [{ target: '$.tags[0,2,0]', remove: true }],
    { ...tags, tags: ['b'] },
  ],
  [
    'what is inside something removed is removed with it',
    { a: { a: { a: 1 } } },
    [{ target: '$..a', remove: true }],
    {},
  ],
  [
    'a removal takes precedence over an update',
    { a: {}, b: 1 },
    [{ target: '$.a', remove: true, update: { x: 1 } }],
    { b: 1 },
  ],
  ['a false removal does nothing', { a: 1 }, [{ target: '$.a', remove: false }], { a: 1 }],
  ['a target that selects nothing changes nothing', tags, [{ target: '$.paths.*.get', update: { x: 1 } }], tags],
  [
    'each action sees what the one before it has done',
    {},
    [
      { target: '$', update: { a: {} } },
      { target: '$.a', update: { b: 1 } },
    ],
    { a: { b: 1 } },
  ],
  [
    'a copy merges what stands elsewhere',
    { a: { x: 1 }, b: { y: 2 } },
    [{ target: '$.b', copy: '$.a' }],
    { a: { x: 1 }, b: { y: 2, x: 1 } },
  ],
  [
    'an update together with a copy does nothing',
    { a: { x: 1 }, b: {} },
    [{ target: '$.b', copy: '$.a', update: { y: 1 } }],
    { a: { x: 1 }, b: {} },
  ],
])('%s', (_, before, actions, after) => {
  expect(overlaid(before, ...actions).data).toEqual(after);
});

test.each<[string, Json, string, string]>([
  ['a query with a fault', { target: '$.a[', update: {} }, 'it is not a JSONPath query', 'actions.0.target'],
  [
    'the removal of the root',
    { target: '$', remove: true },
    'the root of a description cannot be removed',
    'actions.0.target',
  ],
  [
    'an array for an object',
    { target: '$.info', update: [1] },
    'it is of arrays, which cannot be merged into objects',
    'actions.0.update',
  ],
  [
    'an object for a scalar further in',
    { target: '$', update: { info: { title: {} } } },
    'it is of objects, which cannot be merged into scalars',
    'actions.0.update.info.title',
  ],
  [
    'targets of several kinds',
    { target: '$.*', update: {} },
    'its target selects arrays and objects: one update cannot change them all',
    'actions.0.update',
  ],
  [
    'a copy of several nodes',
    { target: '$.info', copy: '$.tags[*]' },
    'expected it to select one node, not 3',
    'actions.0.copy',
  ],
])('%s is an error', (_, action, message, path) => {
  expect(() => overlaid(tags, action)).toThrow(
    expect.objectContaining({ message: expect.stringContaining(message), path: path.split('.') }),
  );
});

test('what an alias shows in two places is changed where the target is, and in the original nowhere', () => {
  const shared = { type: 'string' };
  const before = { a: shared, b: shared };
  expect(overlaid(before, { target: '$.a', update: { format: 'x' } }).data).toEqual({
    a: { type: 'string', format: 'x' },
    b: { type: 'string' },
  });
  expect(before).toEqual({ a: { type: 'string' }, b: { type: 'string' } });
});

test('each value has an origin: the description, where it stood there, or the action that has put it there', () => {
  const data = overlaid(
    { list: [{ n: 0 }, { n: 1 }, { n: 2 }], info: { title: 'x' } },
    { target: '$.list[0]', remove: true },
    { target: '$', update: { list: [{ n: 3 }], info: { title: 'y', contact: { name: 'z' } } } },
    { target: '$.info.contact', update: { url: 'u' } },
    { target: '$.list[1]', copy: '$.info' },
  );
  const origins = (path: string) => {
    const { overlay, path: from } = data.originOf(path.split('.'));
    return `${overlay === undefined ? 'description' : 'overlay'} ${from.join('.')}`;
  };
  expect(origins('list.0.n')).toBe('description list.1.n');
  expect(origins('list.1.n')).toBe('description list.2.n');
  expect(origins('list.2.n')).toBe('overlay actions.1.update.list.0.n');
  expect(origins('info.title')).toBe('overlay actions.1.update.info.title');
  expect(origins('info.contact.name')).toBe('overlay actions.1.update.info.contact.name');
  expect(origins('info.contact.url')).toBe('overlay actions.2.update.url');
  expect(origins('info.missing')).toBe('description info.missing');
  expect(origins('list.1.contact.name')).toBe('overlay actions.3.copy');
});
