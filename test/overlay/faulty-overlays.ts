import { fc } from '../fast-check.js';

/** An overlay in which every member stands that a version of the specification knows. */
const complete = {
  overlay: '1.2.0',
  $self: 'https://example.com/fix.overlay.yaml',
  info: { title: 'x', version: '1', description: 'y', 'x-a': 1 },
  extends: './openapi.yaml',
  actions: [
    { target: '$', description: 'y', update: {}, remove: false, copy: '$.a' },
    { target: '$.paths', remove: true },
    { $ref: '#/components/actions/a~1b', target: '$.info', description: 'y' },
  ],
  components: {
    actions: { 'a/b': { description: 'y', fields: { description: 'y', update: { a: 1 }, remove: false } } },
  },
  'x-b': null,
};

/** What is put at a place: wrong types, and texts that are right at another place. */
const values = fc.constantFrom<unknown>(
  undefined,
  null,
  true,
  0,
  '',
  'x',
  '$.a',
  '/a',
  'a#b',
  '1.0.0',
  '1.1.1',
  '1.3.0',
  '#/components/actions/a~1b',
  '#/components/actions/',
  '#/components/actions/a/b',
  '#/components/actions/~2',
  [],
  [{}],
  [{ target: '$' }],
  [{ target: '$' }, { target: '$' }],
  [
    { update: { a: 1, b: 2 }, target: '$' },
    { target: '$', update: { b: 2, a: 1 } },
  ],
  {},
  { actions: {} },
  { actions: { a: { fields: { target: '$' } } } },
  { title: 'x', version: '1' },
);

const names = [
  'overlay',
  '$self',
  'info',
  'extends',
  'actions',
  'components',
  'title',
  'version',
  'description',
  'target',
];
const others = ['update', 'remove', 'copy', '$ref', 'fields', 'x-c', 'X-d', 'other', '0', '1', '2', 'a/b'];

/** A change: the names that lead to a place as far as they exist, the last of which gets a value or goes. */
const change = fc.record({
  path: fc.array(fc.constantFrom(...names, ...others), { minLength: 1, maxLength: 4 }),
  value: values,
});

/** Overlays of each version, most of them with a few faults. */
export const faultyOverlays: fc.Arbitrary<unknown> = fc
  .record({
    version: fc.constantFrom('1.0.0', '1.1.0', '1.2.0'),
    isFitting: fc.boolean(),
    changes: fc.array(change, { maxLength: 3 }),
  })
  .map(({ version, isFitting, changes }) => {
    const overlay = structuredClone(complete) as Record<string, unknown>;
    overlay['overlay'] = version;
    if (isFitting && version !== '1.2.0') {
      delete overlay['$self'];
      delete overlay['components'];
      (overlay['actions'] as unknown[]).pop();
      if (version === '1.0.0') {
        delete (overlay['info'] as Record<string, unknown>)['description'];
        delete (overlay['actions'] as Record<string, unknown>[])[0]?.['copy'];
      }
    }
    for (const { path, value } of changes) put(overlay, path, value);
    return overlay;
  });

/** Puts a value at a path, or deletes what is there; leaves out the names on the way that lead nowhere. */
function put(overlay: object, path: readonly string[], value: unknown): void {
  let here = overlay as Record<string, unknown>;
  for (const name of path.slice(0, -1)) {
    const inner = Object.hasOwn(here, name) ? here[name] : undefined;
    if (typeof inner === 'object' && inner !== null) here = inner as Record<string, unknown>;
  }
  const last = path.at(-1) ?? '';
  if (value === undefined) delete here[last];
  else here[last] = structuredClone(value);
}
