import { expect, test } from 'vitest';
import { TextFile } from '../../src/files/text-file.js';
import { faultsOfOverlay, overlayIn } from '../../src/overlay/overlay-document.js';

const overlay = (members: object = {}, version = '1.1.0') => ({
  overlay: version,
  info: { title: 'x', version: '1' },
  actions: [{ target: '$', update: {} }],
  ...members,
});
const withAction = (members: object, version?: string) => overlay({ actions: [{ target: '$', ...members }] }, version);

const twice = [
  { target: '$', update: { a: 1, b: 2 } },
  { update: { b: 2, a: 1 }, target: '$' },
];
const reusable = { components: { actions: { 'a/b': { description: 'y', fields: { update: {} } } } } };
const reference = { $ref: '#/components/actions/a~1b', target: '$.info' };

test.each<[string, unknown]>([
  ['the least', overlay()],
  ['version 1.0.1', overlay({}, '1.0.1')],
  [
    'all members',
    overlay({ extends: './x.yaml', 'x-a': 1, info: { title: 'x', version: '1', description: 'y', 'x-b': 2 } }),
  ],
  ['a removal', withAction({ remove: true, description: 'y', 'x-c': null })],
  ['a copy', withAction({ copy: '$.a' })],
  ['an update of any type', withAction({ update: null })],
  ['no modifier', withAction({})],
  ['a reusable action', overlay({ ...reusable, actions: [{ ...reference, description: 'y', 'x-d': 1 }] }, '1.2.0')],
  ['an address of its own', overlay({ $self: 'https://example.com/o.yaml' }, '1.2.0')],
])('an overlay with %s is valid', (_, data) => {
  expect([...faultsOfOverlay(data)]).toEqual([]);
});

test.each<[string, unknown, string]>([
  ['nothing', null, ''],
  ['a list', [], ''],
  ['no version', { ...overlay(), overlay: undefined }, 'overlay'],
  ['a version of two numbers', overlay({}, '1.1'), 'overlay'],
  ['a version to come', overlay({}, '2.0.0'), 'overlay'],
  ['a version that is a number', overlay({ overlay: 1 }), 'overlay'],
  ['no info', { overlay: '1.0.0', actions: [{ target: '$' }] }, ''],
  ['no title', overlay({ info: { version: '1' } }), 'info'],
  ['a version of its own that is a number', overlay({ info: { title: 'x', version: 1 } }), 'info.version'],
  [
    'a description in version 1.0',
    overlay({ info: { title: 'x', version: '1', description: 'y' } }, '1.0.0'),
    'info.description',
  ],
  ['no actions', { overlay: '1.0.0', info: { title: 'x', version: '1' } }, ''],
  ['an empty list of actions', overlay({ actions: [] }), 'actions'],
  ['an action that is a text', overlay({ actions: ['$'] }), 'actions.0'],
  ['an action without a target', overlay({ actions: [{ update: {} }] }), 'actions.0'],
  ['a target that is no query', withAction({ target: '/paths' }), 'actions.0.target'],
  ['a description that is a number', withAction({ description: 1 }), 'actions.0.description'],
  ['a removal that is a text', withAction({ remove: 'yes' }), 'actions.0.remove'],
  ['a copy that is an object', withAction({ copy: {} }), 'actions.0.copy'],
  ['a copy in version 1.0', withAction({ copy: '$.a' }, '1.0.0'), 'actions.0.copy'],
  ['a mistyped member', withAction({ updates: {} }), 'actions.0.updates'],
  ['the same action twice', overlay({ actions: [{ target: '$' }, { target: '$' }] }), 'actions.1'],
  ['an unknown member', overlay({ externalDocs: {} }), 'externalDocs'],
  ['an address that is a number', overlay({ extends: 5 }), 'extends'],
  ['the same action twice, in another order', overlay({ actions: twice }), 'actions.1'],
  ['an address of its own in version 1.1', overlay({ $self: 'o.yaml' }), '$self'],
  ['an address of its own with a fragment', overlay({ $self: 'o.yaml#a' }, '1.2.0'), '$self'],
  ['an address with a fragment in version 1.2', overlay({ extends: 'o.yaml#/a' }, '1.2.0'), 'extends'],
  ['a reusable action in version 1.1', overlay({ ...reusable, actions: [reference] }), 'components'],
  ['a reference in version 1.1', overlay({ ...reusable, actions: [reference] }), 'actions.0.$ref'],
  [
    'a reference without a target',
    overlay({ ...reusable, actions: [{ ...reference, target: undefined }] }, '1.2.0'),
    'actions.0',
  ],
  [
    'a reference with an update',
    overlay({ ...reusable, actions: [{ ...reference, update: {} }] }, '1.2.0'),
    'actions.0.update',
  ],
  ['a reference to another place', overlay({ actions: [{ ...reference, $ref: '#/info' }] }, '1.2.0'), 'actions.0.$ref'],
  ['reusable actions that are a list', overlay({ components: { actions: [] } }, '1.2.0'), 'components.actions'],
  [
    'a reusable action that is a text',
    overlay({ components: { actions: { a: '' } } }, '1.2.0'),
    'components.actions.a',
  ],
  [
    'a reusable action with a target',
    overlay({ components: { actions: { a: { fields: { target: '$' } } } } }, '1.2.0'),
    'components.actions.a.fields.target',
  ],
])('an overlay with %s is not, and the fault has its place', (_, data, path) => {
  expect([...faultsOfOverlay(data)].map((fault) => fault.path.join('.'))).toContain(path);
});

test('an action that refers to a reusable action that is not there is not valid either', () => {
  const text = JSON.stringify(overlay({ actions: [reference] }, '1.2.0'));
  expect(() => overlayIn(new TextFile('/nowhere/o.json', text))).toThrow('there is no action `a/b` in `components`');
});
