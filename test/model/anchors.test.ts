import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.js';
import { connected } from '../../src/files/discovery.js';
import { Workspace } from '../../src/files/workspace.js';
import { lint } from '../../src/lint.js';
import { Place } from '../../src/model/place.js';
import { folderWith } from '../files.js';
import { inMemory } from '../in-memory.js';

const description = {
  openapi: '3.2.0',
  $self: 'https://example.com/api/openapi',
  components: {
    schemas: {
      Tag: { $anchor: 'tag', type: 'string' },
      Any: { $dynamicAnchor: 'any', type: 'object' },
      Order: {
        $id: 'schemas/order',
        type: 'object',
        properties: { id: { $anchor: 'id', type: 'string' } },
      },
    },
    responses: { Ok: { description: 'ok' } },
    examples: { E: { value: { $anchor: 'shown', $id: 'https://example.com/shown' } } },
  },
};

function reached(reference: string, entry: object = description): string | undefined {
  const { root, reader } = inMemory({ ...entry, entry: { $ref: reference } });
  const { target } = Place.root(root, reader).child('entry');
  return target.lost ? undefined : target.path.join('/');
}

describe('a `$ref` finds', () => {
  test.each([
    ['an anchor', '#tag', 'components/schemas/Tag'],
    ['a dynamic anchor, as any other', '#any', 'components/schemas/Any'],
    ['a schema by its identifier', 'https://example.com/api/schemas/order', 'components/schemas/Order'],
    ['the same, relative to what the document calls itself', 'schemas/order', 'components/schemas/Order'],
    ['what is in there', 'schemas/order#/properties/id', 'components/schemas/Order/properties/id'],
    ['the document by what it calls itself', 'openapi#/components/responses/Ok', 'components/responses/Ok'],
    ['a name in the document by that', 'https://example.com/api/openapi#tag', 'components/schemas/Tag'],
  ])('%s', (_, reference, path) => {
    expect(reached(reference)).toBe(path);
  });

  test.each([
    ['an anchor of a schema with an identifier, which has it to itself', '#id'],
    ['an anchor in what is shown as an example', '#shown'],
    ['an identifier in what is shown as an example', 'https://example.com/shown'],
    ['an anchor that is not there', '#none'],
    ['another document', 'https://example.com/api/other'],
  ])('but not %s', (_, reference) => {
    expect(reached(reference)).toBeUndefined();
  });

  test('what is relative to the file, where the document does not call itself anything', () => {
    const { $self: _self, ...unnamed } = description;
    expect(reached('schemas/order', unnamed)).toBeUndefined();
  });
});

test('a URL of a file names that file, whatever is escaped in it', () => {
  const part = 'get: {responses: {304: {description: Same, content: {a: {}}}}}\n';
  const folder = folderWith({ 'a part.yaml': part });
  const url = pathToFileURL(join(folder, 'a part.yaml')).href;
  const text = (reference: string) => `openapi: 3.1.0\npaths: {/a: {$ref: '${reference}'}}\n`;
  const file = join(folder, 'openapi.yaml');
  const read = (reference: string) => {
    const workspace = new Workspace((name) => (name === file ? text(reference) : undefined));
    const { located, problems } = lint(workspace.read(file), workspace, catalogue);
    return [...located.map(({ finding }) => finding.rule.id), ...problems.map(({ code }) => code)];
  };
  expect(url).toContain('a%20part');
  expect(read(url)).toContain('not-modified-no-content');
  expect(read('file://example.com/a.yaml')).toEqual(['invalid-ref']);
  const two = folderWith({ 'a.yaml': text(url), 'b.yaml': text(url) });
  expect(connected([join(two, 'a.yaml'), join(two, 'b.yaml')])).toHaveLength(1);
});
