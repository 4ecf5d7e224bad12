import { fc } from '../fast-check.js';
import type { Json } from '../../src/json.js';

const oddNames = [
  '',
  'a b',
  '#x',
  '~',
  'null',
  'true',
  '1e3',
  '0x1F',
  '304.0',
  '-',
  '- a',
  '?',
  ': ',
  'a: b',
  'a #b',
  '*x',
  '&y',
  '!z',
  '@',
  '%',
  '"',
  "'",
  '{}',
  '[',
  '/a/{b}',
  '<<',
  '__proto__',
  'constructor',
  'length',
  '😀',
  ' lead',
  'trail ',
  'two\nlines',
  'back\\slash',
];

const plainNames = [
  'description',
  'schema',
  'type',
  'ETag',
  'Last-Modified',
  'headers',
  'content',
  'x-ext',
  'parameters',
  'default',
  '200',
  '304',
  '412',
  '2XX',
];

/** Names of members, some of which need quotation marks. */
export const names = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...plainNames) },
  { weight: 2, arbitrary: fc.constantFrom(...oddNames) },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);

const texts = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('ok', 'Not Modified', 'The resource, as it is', 'string', 'a/b', 'https://e.x/?q=1'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...oddNames,
      'W/"abc"',
      "it's",
      `both ' and "`,
      'one\ntwo\n',
      'one\n\n  two',
      '  lead\nline\n',
      'end\n\n',
      '\n',
      'tab\there',
      'cr\r\nlf',
      '# no comment',
      '---',
      '...',
      '2020-01-01',
      '012',
      'long '.repeat(30).trim(),
      'long: '.repeat(30),
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 12, unit: 'grapheme' }) },
);

const scalars: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: texts },
  { weight: 2, arbitrary: fc.integer({ min: -5, max: 500 }) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, 0.5, -1e-7, 1e21) },
);

function objectOf(name: fc.Arbitrary<string>, value: fc.Arbitrary<Json>, maxLength: number): fc.Arbitrary<Json> {
  return fc
    .uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength })
    .map((members) => Object.fromEntries(members));
}

/** Any JSON value, a few levels deep. */
export const values: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: scalars },
    { weight: 2, arbitrary: objectOf(names, tie('value'), 4) },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
  ),
})).value;

const header = fc.constantFrom<Json>(
  { schema: { type: 'string' } },
  { description: 'The version', schema: { type: 'string' } },
  { $ref: '#/components/headers/ETag' },
);

const headers = objectOf(fc.constantFrom('ETag', 'Last-Modified', 'Cache-Control', 'Vary', 'x-rate'), header, 4);

const response: fc.Arbitrary<Json> = fc
  .record({ description: texts, headers, content: values }, { requiredKeys: ['description'] })
  .map((members) => members as Json);

const responses = objectOf(fc.constantFrom('200', '201', '404', '412', '5XX', 'default'), response, 4);

const operation: fc.Arbitrary<Json> = fc
  .record(
    { operationId: texts, parameters: fc.array(fc.oneof(header, values), { maxLength: 3 }), responses, more: values },
    { requiredKeys: ['responses'] },
  )
  .map((members) => members as Json);

/** Documents similar to OpenAPI descriptions, and other objects and arrays. */
export const documents: fc.Arbitrary<Json> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      openapi: fc.constant('3.1.0'),
      paths: objectOf(fc.constantFrom('/a', '/a/{b}', '/'), objectOf(fc.constantFrom('get', 'put'), operation, 1), 2),
      more: values,
    }),
  },
  { weight: 1, arbitrary: objectOf(names, values, 5) },
  { weight: 1, arbitrary: fc.array(values, { maxLength: 4 }) },
);
