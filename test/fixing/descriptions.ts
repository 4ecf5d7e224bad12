import { fc } from '../fast-check.js';
import type { Json } from '../../src/json.js';

function objectOf(names: readonly string[], value: fc.Arbitrary<Json>, most: number): fc.Arbitrary<Json> {
  const member = fc.tuple(fc.constantFrom(...names), value);
  return fc
    .uniqueArray(member, { selector: ([name]) => name, maxLength: most })
    .map((members) => Object.fromEntries(members));
}

const values = [
  '33a6',
  '"33a6"',
  'w/"x"',
  5,
  'Tue, 15 Nov 1994 08:12:31 GMT',
  '1994-11-15T08:12:31Z',
  'no-store',
  null,
];
const schemas = [
  { type: 'string' },
  { type: 'string', format: 'date-time' },
  { type: 'integer' },
  { $ref: '#/components/schemas/Text' },
];
const definition: fc.Arbitrary<Json> = fc.oneof(
  fc.record(
    { schema: fc.constantFrom<Json>(...schemas), example: fc.constantFrom<Json>(...values) },
    { requiredKeys: ['schema'] },
  ),
  fc.constantFrom<Json>({ $ref: '#/components/headers/Version' }, { $ref: '#/components/headers/Missing' }, null),
);
const fields = ['ETag', 'etag', 'E-Tag', 'Last-Modified', 'Cache-Control', 'Vary', 'Expires', 'Content-Type', 'X-Rate'];
const response: fc.Arbitrary<Json> = fc.oneof(
  fc.record(
    {
      description: fc.constantFrom('The order', 'Same: as before', '"quoted"', 'two\nlines\n'),
      headers: fc.option(objectOf(fields, definition, 4)),
      content: fc.constantFrom<Json>({}, { 'application/json': { schema: { type: 'object' } } }),
    },
    { requiredKeys: ['description'] },
  ),
  fc.constantFrom<Json>({ $ref: '#/components/responses/NotModified' }, { $ref: '#/components/responses/Order' }),
);
const parameter: fc.Arbitrary<Json> = fc.oneof(
  fc
    .record(
      {
        name: fc.constantFrom(
          'If-None-Match',
          'If-Match',
          'If-Modified-Since',
          'If-Unmodified-Since',
          'If_None_Match',
          'id',
        ),
        in: fc.constant('header'),
        required: fc.boolean(),
        schema: fc.constantFrom<Json>(...schemas),
      },
      { requiredKeys: ['name', 'in', 'schema'] },
    )
    .map((members): Json => members),
  fc.constantFrom<Json>({ $ref: '#/components/parameters/Condition' }),
);
const parameters = fc.oneof(fc.array(parameter, { maxLength: 3 }), fc.constant(null));
const operation: fc.Arbitrary<Json> = fc
  .record(
    {
      operationId: fc.constant('x'),
      parameters,
      responses: objectOf(['200', '2XX', '204', '304', '404', '412', '428', 'default'], response, 4),
      tags: fc.constant(['orders']),
    },
    { requiredKeys: ['responses'] },
  )
  .map((members): Json => members);
const methods = ['get', 'head', 'put', 'post', 'patch', 'delete'];
const pathItem = fc
  .tuple(objectOf(methods, operation, 3), fc.option(parameters, { nil: undefined }))
  .map(([item, shared]): Json => ({ ...(item as object), ...(shared !== undefined && { parameters: shared }) }));

/** Descriptions with much to fix and many shared components. */
export const descriptions: fc.Arbitrary<Json> = fc.record({
  openapi: fc.constantFrom('3.0.3', '3.1.1'),
  info: fc.constant({ title: 'Orders', version: '1' }),
  paths: objectOf(['/orders', '/orders/{id}', '/a b#c'], pathItem, 3),
  components: fc.record({
    headers: objectOf(['Version', 'Other'], definition, 2),
    parameters: objectOf(['Condition'], parameter, 1),
    responses: objectOf(['NotModified', 'Order'], response, 2),
    schemas: fc.constant({ Text: { type: 'string' } }),
  }),
});
