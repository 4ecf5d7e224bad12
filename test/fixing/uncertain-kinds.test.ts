import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Workspace } from '../../src/files/workspace.js';
import { fixDescriptions } from '../../src/fixing/fix-all.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';
import { folderWith } from '../files.js';
import { allFixes } from './permissions.js';

/** A description whose 304 is a shared object that may be of several kinds. `paths` or `components` contain another use of it. */
function described(shared: string, { paths = '', components = '' }): string {
  return `openapi: 3.1.1
info: {title: Orders, version: '1'}
x-shared:
  a: ${shared}
  b: {$ref: '#/x-shared/a'}
paths:
  /a:
    get:
      parameters: [{name: If-None-Match, in: header, schema: {type: string}}]
      responses:
        '200': {description: OK, headers: {ETag: {schema: {type: string}}}}
        '304': {$ref: '#/x-shared/a'}
${paths && `  /b: {get: {responses: ${paths}}}\n`}components: ${components || '{}'}
`;
}

/** The shared object after all fixes. */
function sharedAfterFixes(description: string): string | undefined {
  const file = join(folderWith({ 'openapi.yaml': description }), 'openapi.yaml');
  const { changed } = fixDescriptions([file], shippedSelection('all'), allFixes, new Workspace());
  return /^  a: (.*)$/m.exec(changed[0]?.after ?? description)?.[1];
}

const text = '{description: Same}';
const withContent = '{description: Same, content: {text/plain: {}}}';
const shared = `{$ref: '#/x-shared/a'}`;

describe('an object that may be of several kinds', () => {
  test.each([
    ['a schema of an operation', text, { paths: `{'404': {description: B, content: {a/b: {schema: ${shared}}}}}` }],
    ['a link of an operation', text, { paths: `{'404': {description: B, links: {a: ${shared}}}}` }],
    ['a schema that nothing uses', text, { components: `{schemas: {U: ${shared}}}` }],
    ['a property of a schema that nothing uses', text, { components: `{schemas: {U: {properties: {p: ${shared}}}}}` }],
    [
      'a schema in a response that nothing uses',
      text,
      { components: `{responses: {U: {description: U, content: {a/b: {schema: ${shared}}}}}}` },
    ],
    ['a schema through another `$ref`', text, { components: `{schemas: {U: {$ref: '#/x-shared/b'}}}` }],
    ['a link that nothing uses', text, { components: `{links: {U: ${shared}}}` }],
    ['a request body that nothing uses', withContent, { components: `{requestBodies: {U: ${shared}}}` }],
    [
      'one of the schemas, through a `$ref` in place of all schemas',
      text,
      { components: `{schemas: {$ref: '#/x-shared'}}` },
    ],
  ])('is not changed if it is used as a response and as %s', (_, value, user) => {
    expect(sharedAfterFixes(described(value, user))).toBe(value);
  });

  test.each([
    ['nothing else', {}],
    ['a response that nothing uses', { components: `{responses: {U: ${shared}}}` }],
    ['example data', { components: `{examples: {U: {value: ${shared}}}}` }],
    ['a parameter, which it clearly is not', { components: `{parameters: {U: ${shared}}}` }],
    ['a vendor extension', { components: `{x-mine: ${shared}}` }],
  ])('is changed if it is used as a response and as %s', (_, user) => {
    expect(sharedAfterFixes(described(text, user))).toContain('headers: {ETag: {schema: {type: string}}');
  });
});

/** A description in which one of two writes documents a 412 with an ETag. `components` are the members beside `paths`. */
function described412(version: string, header: object, components: object): string {
  const isOld = version === '2.0';
  const string = isOld ? { type: 'string' } : { schema: { type: 'string' } };
  const read = { responses: { 200: { description: 'OK', headers: { ETag: string } } } };
  const parameters = [{ name: 'If-Match', in: 'header', ...string }];
  const write = { parameters, responses: { 200: { description: 'OK', headers: { ETag: string } } } };
  const failed = { description: 'Somebody was faster', headers: { ETag: header } };
  const documented = { ...write, responses: { ...write.responses, 412: failed } };
  return JSON.stringify({
    ...(isOld ? { swagger: version } : { openapi: version }),
    info: { title: 'Orders', version: '1' },
    paths: { '/a': { get: read, put: documented }, '/b': { get: read, put: write } },
    ...components,
  });
}

describe('a 412 that is documented elsewhere', () => {
  const reference = (to: string) => ({ $ref: `#/${to}` });
  const parameter = { name: 'ETag', in: 'header', schema: { type: 'string' } };
  const oldParameter = { name: 'ETag', in: 'header', type: 'string' };
  test.each<[string, object, object]>([
    ['2.0', { type: 'string' }, {}],
    ['3.0.3', { description: 'Version', schema: { type: 'string' } }, {}],
    ['3.0.3', reference('components/headers/E'), { components: { headers: { E: { schema: { type: 'string' } } } } }],
  ])('is copied with a header that may stand in any response (%s, %j)', (version, header, components) => {
    expect(headersOf412(described412(version, header, components))).toEqual({ ETag: header });
  });

  test.each<[string, object, object]>([
    ['2.0', reference('parameters/E'), { parameters: { E: oldParameter } }],
    [
      '2.0',
      reference('definitions/E'),
      { definitions: { E: { $ref: '#/parameters/E' } }, parameters: { E: oldParameter } },
    ],
    ['3.0.3', reference('components/parameters/E'), { components: { parameters: { E: parameter } } }],
    ['3.1.1', { $ref: '#/components/headers/E' }, { components: { headers: { E: parameter } } }],
  ])('is not copied with a header that is a `$ref` to something else (%s, %j)', (version, header, components) => {
    expect(headersOf412(described412(version, header, components))).toBeUndefined();
  });

  function headersOf412(description: string): unknown {
    const file = join(folderWith({ 'openapi.json': description }), 'openapi.json');
    const { changed } = fixDescriptions([file], shippedSelection('all'), allFixes, new Workspace());
    const { paths } = JSON.parse(changed[0]?.after ?? description) as Readonly<
      Record<
        'paths',
        Readonly<Record<string, { readonly put: { readonly responses: Record<string, { headers?: object }> } }>>
      >
    >;
    const failed = paths['/b']?.put.responses['412'];
    expect(failed).toBeDefined();
    return failed?.headers;
  }
});
