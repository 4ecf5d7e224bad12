import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.js';
import { connected } from '../../src/files/discovery.js';
import { Workspace } from '../../src/files/workspace.js';
import { lint } from '../../src/lint.js';
import { Place } from '../../src/model/place.js';
import { folderWith } from '../files.js';
import { sourcesInMemory } from '../sources-in-memory.js';

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
  const { root, reader } = sourcesInMemory({ ...entry, entry: { $ref: reference } });
  const { target } = Place.root(root, reader).child('entry');
  return target.lost ? undefined : target.path.join('/');
}

describe('a `$ref` finds', () => {
  test.each([
    ['an anchor', '#tag', 'components/schemas/Tag'],
    ['a dynamic anchor', '#any', 'components/schemas/Any'],
    ['a schema by its identifier', 'https://example.com/api/schemas/order', 'components/schemas/Order'],
    [
      'a schema by its identifier, relative to the `$self` of the document',
      'schemas/order',
      'components/schemas/Order',
    ],
    [
      'a part of a schema by the identifier of the schema',
      'schemas/order#/properties/id',
      'components/schemas/Order/properties/id',
    ],
    ['a part of the document by its `$self`', 'openapi#/components/responses/Ok', 'components/responses/Ok'],
    ['an anchor of the document by its `$self`', 'https://example.com/api/openapi#tag', 'components/schemas/Tag'],
    [
      'an anchor in a schema by the identifier of the schema',
      'schemas/order#id',
      'components/schemas/Order/properties/id',
    ],
  ])('%s', (_, reference, path) => {
    expect(reached(reference)).toBe(path);
  });

  test.each([
    ['an anchor of a schema with its own identifier, from outside that schema', '#id'],
    ['an anchor in an example', '#shown'],
    ['an identifier in an example', 'https://example.com/shown'],
    ['an anchor that does not exist', '#none'],
    ['an address that no document has', 'https://example.com/api/other'],
    ['a text that is no address', 'https://['],
  ])('but not %s', (_, reference) => {
    expect(reached(reference)).toBeUndefined();
  });

  test('a path relative to the file, if the document has no `$self`', () => {
    const { $self: _self, ...unnamed } = description;
    expect(reached('schemas/order', unnamed)).toBeUndefined();
  });
});

test('the documents that a document on the network names are not opened in search of an identifier', () => {
  const other = 'https://example.com/other.yaml';
  const names = { a: { $ref: 'parts.yaml' } };
  const openedFrom = (uri: string | null): string[] => {
    const opened: string[] = [];
    const sources = new Map([[other, { uri, data: names }]]);
    const reader = {
      open(name: string) {
        opened.push(name);
        return sources.get(name);
      },
    };
    const root = Place.root(
      { uri: null, data: { openapi: '3.1.0', a: { $ref: other }, b: { $ref: 'https://example.com/none' } } },
      reader,
    );
    expect([root.child('a').target.lost, root.child('b').target.lost]).toEqual([false, true]);
    return opened;
  };
  expect(openedFrom(other)).not.toContain('parts.yaml');
  expect(openedFrom(null)).toContain('parts.yaml');
});

test('a file URL finds its file, even with escapes', () => {
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
  // RFC 8089 §2 allows a file URL without an authority, too.
  for (const same of [url, url.replace('file:///', 'file:/'), url.replace('file:///', 'FILE://localhost/')])
    expect([same, ...read(same)]).toContain('not-modified-no-content');
  expect(read('file://example.com/a.yaml')).toEqual(['invalid-ref']);
  const two = folderWith({ 'a.yaml': text(url), 'b.yaml': text(url) });
  expect(connected([join(two, 'a.yaml'), join(two, 'b.yaml')])).toHaveLength(1);
});

/** Lints the `openapi.yaml` among some files, and returns the messages about its `$ref`s. */
function invalidIn(files: Readonly<Record<string, string>>): string[] {
  const folder = folderWith(files);
  const workspace = new Workspace();
  const { problems } = lint(workspace.read(join(folder, 'openapi.yaml')), workspace, catalogue);
  return problems.map(({ message }) => message.replaceAll(folder, ''));
}

/** A description with a given schema for the ETag. */
function withSchema(schema: string, { version = '3.1.1', more = '' } = {}): string {
  const headers = `{ETag: {schema: {$ref: '#/components/schemas/Tag'}}}`;
  const get = `{responses: {'200': {description: ok, headers: ${headers}}, '304': {description: Same}}}`;
  return `openapi: ${version}\n${more}paths: {/a: {get: ${get}}}\ncomponents: {schemas: {Top: {type: string}, Tag: ${schema}}}\n`;
}

describe('a `$ref` in a schema with an identifier of its own', () => {
  test.each([
    ['is resolved from that schema', `{$id: tag, allOf: [{$ref: '#/$defs/a'}], $defs: {a: {type: string}}}`],
    ['can name an anchor of that schema', `{$id: tag, allOf: [{$ref: '#a'}], $defs: {a: {$anchor: a, type: string}}}`],
    [
      'is resolved from the innermost such schema',
      `{$id: tag, allOf: [{$id: inner, allOf: [{$ref: '#/$defs/b'}], $defs: {b: {}}}], $defs: {a: {}}}`,
    ],
    ['can name the schema itself', `{$id: tag, type: string, not: {properties: {a: {$ref: '#'}}}}`],
    ['is relative to that identifier', `{$id: 'https://example.com/a/tag', allOf: [{$ref: b}], $defs: {b: {$id: b}}}`],
    [
      'may lead to the network, where nothing is fetched',
      `{$id: 'https://example.com/a/tag', allOf: [{$ref: elsewhere}]}`,
    ],
    ['may be a pointer from the root of the document', `{$id: tag, allOf: [{$ref: '#/components/schemas/Top'}]}`],
    ['stands beside what it names', `{$id: tag, $ref: '#/$defs/b', $defs: {b: {type: string}}}`],
    ['stands beside the anchor that it names', `{$id: tag, $ref: '#b', $defs: {b: {$anchor: b, type: string}}}`],
    ['stands beside an anchor deep inside', `{$id: tag, $ref: 'tag#/$defs/b', $defs: {b: {$ref: '#/$defs/c'}, c: {}}}`],
    [
      'may be the identifier of another schema, relative to the file',
      `{allOf: [{$ref: ids/b}], $defs: {b: {$id: ids/b}}}`,
    ],
  ])('%s', (_, schema) => {
    expect(invalidIn({ 'openapi.yaml': withSchema(schema) })).toEqual([]);
  });

  test.each([
    ['nothing of that name beside it', `{$id: tag, $ref: '#/$defs/none', $defs: {b: {}}}`, '#/$defs/none'],
    ['no such part in the schema or in the document', `{$id: tag, allOf: [{$ref: '#/$defs/none'}]}`, '#/$defs/none'],
    ['no such file', `{$id: ids/tag, allOf: [{$ref: none.json}]}`, 'none.json'],
    ['no such anchor', `{$id: tag, allOf: [{$ref: '#none'}]}`, '#none'],
  ])('is invalid if there is %s', (_, schema, reference) => {
    expect(invalidIn({ 'openapi.yaml': withSchema(schema) })).toEqual([
      expect.stringContaining(`'${reference}' leads nowhere`),
    ]);
  });

  test('resolves files relative to the `$id` of the schema, or else to the description', () => {
    const schema = `{$id: ids/tag, allOf: [{$ref: b.yaml}]}`;
    for (const name of ['ids/b.yaml', 'b.yaml'])
      expect(invalidIn({ 'openapi.yaml': withSchema(schema), [name]: 'type: string\n' })).toEqual([]);
  });

  test('resolves like any other in 3.0, where schemas have no `$id`', () => {
    const schema = `{$id: 'https://example.com/tag', allOf: [{$ref: '#/$defs/a'}], $defs: {a: {type: string}}}`;
    expect(invalidIn({ 'openapi.yaml': withSchema(schema, { version: '3.0.3' }) })).toHaveLength(1);
  });
});

describe('a description with `$self`', () => {
  const self = { version: '3.2.0', more: '$self: https://example.com/api/openapi.yaml\n' };
  const text = withSchema(`{allOf: [{$ref: 'b.yaml#/B'}]}`, self);

  test('has relative `$ref`s that lead to the network, where nothing is fetched', () => {
    expect(invalidIn({ 'openapi.yaml': text })).toEqual([]);
  });

  test('may still refer to the files beside it', () => {
    expect(invalidIn({ 'openapi.yaml': text, 'b.yaml': 'B: {type: string}\n' })).toEqual([]);
    expect(invalidIn({ 'openapi.yaml': text, 'b.yaml': 'C: {type: string}\n' })).toHaveLength(1);
  });

  test('can refer to a document by the `$self` of that document, once it has been read', () => {
    const both = withSchema(`{allOf: [{$ref: 'other.yaml#/B'}, {$ref: 'b.yaml#/C'}]}`, self);
    const other = '$self: https://example.com/api/b.yaml\nopenapi: 3.2.0\nB: {type: string}\n';
    expect(invalidIn({ 'openapi.yaml': both, 'other.yaml': other })).toEqual([
      expect.stringContaining("'b.yaml#/C' leads nowhere"),
    ]);
  });
});

describe('an identifier in another document is found, whichever is read first', () => {
  const id = 'https://example.com/ids/b';
  const schema = `$id: ${id}\ntype: string\n$defs: {c: {$anchor: c}}\n`;
  const whole = `openapi: 3.2.0\n$self: ${id}\ncomponents: {schemas: {B: {type: string}}}\n`;

  test.each([
    ['of a schema in a file', id, 'b.yaml', { 'b.yaml': schema }],
    ['of a schema deep in a file', id, 'b.yaml', { 'b.yaml': `$defs: {b: {$id: ${id}}}\n` }],
    [
      'of a schema in a file that only another file names',
      id,
      'c.yaml',
      { 'c.yaml': `$ref: b.yaml\n`, 'b.yaml': schema },
    ],
    ['of a schema that a pointer leads into', `${id}#/$defs/c`, 'b.yaml', { 'b.yaml': schema }],
    ['of a schema with an anchor', `${id}#c`, 'b.yaml', { 'b.yaml': schema }],
    ['that is a name', 'urn:example:b', 'b.yaml', { 'b.yaml': `$id: 'urn:example:b'\n` }],
    ['relative to the file', 'ids/c', 'b.yaml', { 'b.yaml': `$id: ids/c\n` }],
    ['of a description', `${id}#/components/schemas/B`, 'b.yaml#/components/schemas/B', { 'b.yaml': whole }],
  ])('%s', (_, identifier, file, files) => {
    for (const references of [
      [identifier, file],
      [file, identifier],
    ]) {
      const parts = references.map((reference) => `{$ref: '${reference}'}`).join(', ');
      const folder = folderWith({ ...files, 'openapi.yaml': withSchema(`{allOf: [${parts}]}`) });
      const workspace = new Workspace();
      const { problems } = lint(workspace.read(join(folder, 'openapi.yaml')), workspace, catalogue);
      expect([references, problems]).toEqual([references, []]);
      expect(workspace.missing).toEqual([]);
    }
  });

  test('relative to the identifier of the schema around it', () => {
    const parts = `{$ref: b}, {$ref: '#/$defs/d'}`;
    const inner = `{$id: 'https://example.com/ids/tag', allOf: [${parts}], $defs: {d: {}}}`;
    const text = withSchema(`{allOf: [${inner}, {$ref: b.yaml}]}`);
    expect(invalidIn({ 'openapi.yaml': text, 'b.yaml': schema })).toEqual([]);
    expect(invalidIn({ 'openapi.yaml': withSchema(`{allOf: [{$ref: ids/none}]}`), 'b.yaml': schema })).toHaveLength(1);
  });

  test('and what it leads to counts', () => {
    const text = withSchema(`{allOf: [{$ref: '${id}'}, {$ref: b.yaml}]}`);
    const folder = folderWith({ 'openapi.yaml': text, 'b.yaml': `$id: ${id}\ntype: integer\n` });
    const workspace = new Workspace();
    const { located } = lint(workspace.read(join(folder, 'openapi.yaml')), workspace, catalogue);
    expect(located.map(({ finding }) => finding.rule.id)).toContain('entity-tag-schema');
  });
});

describe('the name of a file in a `$ref`', () => {
  test.each([
    ['may have an escaped space', 'a%20part.yaml', 'a part.yaml'],
    ['may have escaped letters outside ASCII', 'caf%C3%A9.yaml', 'café.yaml'],
    ['may have escapes in the name of the folder', './some%20parts/b%23.yaml', 'some parts/b#.yaml'],
    ['may have a space that is not escaped', 'a part.yaml', 'a part.yaml'],
    ['may be a name that contains an escape itself', 'a%20part.yaml', 'a%20part.yaml'],
    ['may have a percent sign that is not an escape', '100%.yaml', '100%.yaml'],
  ])('%s', (_, reference, name) => {
    const text = withSchema(`{$ref: '${reference}'}`);
    expect(invalidIn({ 'openapi.yaml': text, [name]: 'type: string\n' })).toEqual([]);
    expect(invalidIn({ 'openapi.yaml': text })).toHaveLength(1);
  });

  test('is taken as written if both files exist, as in Spectral', () => {
    const text = withSchema(`{$ref: 'a%20b.yaml#/A'}`);
    expect(invalidIn({ 'openapi.yaml': text, 'a%20b.yaml': 'A: {}\n', 'a b.yaml': 'B: {}\n' })).toEqual([]);
    expect(invalidIn({ 'openapi.yaml': text, 'a%20b.yaml': 'B: {}\n', 'a b.yaml': 'A: {}\n' })).toHaveLength(1);
  });

  test('does not leave its folder through an escaped slash', () => {
    const text = withSchema(`{$ref: 'parts%2Fa.yaml'}`);
    expect(invalidIn({ 'openapi.yaml': text, 'parts/a.yaml': 'type: string\n' })).toHaveLength(1);
  });

  test('leads to the file that two descriptions share', () => {
    const text = withSchema(`{$ref: 'a%20b.yaml'}`);
    const folder = folderWith({ 'a.yaml': text, 'b.yaml': text, 'a b.yaml': 'type: string\n' });
    expect(connected([join(folder, 'a.yaml'), join(folder, 'b.yaml')])).toHaveLength(1);
  });
});
