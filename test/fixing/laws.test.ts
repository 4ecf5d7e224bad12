import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { fixDescriptions, type Permissions } from '../../src/fixing/fix-all.js';
import type { FixResult } from '../../src/fixing/fix-result.js';
import { isSame, type Json } from '../../src/json.js';
import { applyPatch } from '../../src/patch.js';
import { withoutLoneReturns } from '../../src/text-editor/line-breaks.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';
import { folderWith } from '../files.js';
import { commentsIn } from '../text-editor/comments.js';
import { printJson, printYaml } from '../text-editor/printer.js';
import { anyStyle, commonStyle, documentCount, replay } from '../text-editor/styles.js';

const everything: Permissions = { allows: (rule) => rule.fix !== 'none', forbids: () => undefined };

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
const descriptions: fc.Arbitrary<Json> = fc.record({
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

const folder = folderWith({});

/** Fixes everything in a text, and checks the result. */
function fixed(name: string, text: string): FixResult & { readonly after: string } {
  const file = join(folder, name);
  writeFileSync(file, text);
  const result = fixDescriptions([file], shippedSelection('all'), everything);
  return { ...result, after: result.changed[0]?.after ?? text };
}

function holdsFor(name: string, text: string, read: (text: string) => unknown): void {
  const { after, changed, outcomes } = fixed(name, text);
  const patch = changed[0]?.patch ?? [];
  expect(isSame(read(after), applyPatch(read(text), patch))).toBe(true);
  const left = outcomes.filter(({ kind, rule }) => kind === 'left' && rule.fix !== 'none' && !mayHaveNoPatch(rule.id));
  expect(left.map(({ message }) => message)).toEqual([]);
  for (const { kind, reason } of outcomes) expect(kind !== 'declined' || reason !== '').toBe(true);
  const again = fixed(name, after);
  expect(again.changed).toEqual([]);
  expect(again.outcomes.filter(({ kind }) => kind === 'fixed')).toEqual([]);
}

/** Whether a rule that can fix most of its findings has some that only the author can fix. */
function mayHaveNoPatch(id: string): boolean {
  return [
    'entity-tag-example',
    'head-no-content',
    'http-date-example',
    'http-date-schema',
    'precondition-documented',
    'precondition-guards-update',
  ].includes(id);
}

const timeout = documentCount * 100;

test('fix changes only what it has to in generated YAML, and a second run changes nothing', { timeout }, () => {
  fc.assert(
    fc.property(descriptions, commonStyle, (description, style) => {
      const text = printYaml(description, style);
      holdsFor('openapi.yaml', text, (yaml) => parse(withoutLoneReturns(yaml)));
      expect(commentsIn(fixed('openapi.yaml', text).after)).toEqual(commentsIn(text));
    }),
    { numRuns: documentCount / 10, ...replay },
  );
});

test('a second fix changes nothing in generated YAML with anchors, merge keys and rare syntax', { timeout }, () => {
  fc.assert(
    fc.property(descriptions, anyStyle, (description, style) => {
      const text = printYaml(description, style);
      const { after } = fixed('openapi.yaml', text);
      expect(fixed('openapi.yaml', after).changed).toEqual([]);
    }),
    { numRuns: documentCount / 20, ...replay },
  );
});

test('fix changes only what it has to in generated JSON, and a second run changes nothing', { timeout }, () => {
  expect.hasAssertions();
  fc.assert(
    fc.property(descriptions, commonStyle, (description, style) => {
      holdsFor('openapi.json', printJson(description, style), (json) => JSON.parse(json.replace('\uFEFF', '')));
    }),
    { numRuns: documentCount / 10, ...replay },
  );
});
