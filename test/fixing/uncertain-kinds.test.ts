import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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
  const { changed } = fixDescriptions([file], shippedSelection('all'), allFixes);
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
