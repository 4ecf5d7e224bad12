import { describe, expect, test } from 'vitest';
import { findingsWithPrefix } from './rule-findings.js';

const rule = 'entity-tag-property';
const etag = 'headers: {ETag: {schema: {type: string}}}';

/** A GET with an ETag whose 200 response has content of a media type; and components. */
function get(mediaType: string, components = '', more = etag): string {
  const responses = `{'200': {description: ok, ${more}, content: {application/json: ${mediaType}}}}`;
  return `paths: {/a: {get: {responses: ${responses}}}}\n${components}`;
}

const content = '/paths//a/get/responses/200/content/application/json';

describe(`${rule} finds a value without quotation marks`, () => {
  test.each([
    ['of etag', 'etag', '{example: x}', '/example'],
    ['of eTag', 'eTag', '{examples: [x]}', '/examples/0'],
    ['of _etag', '_etag', '{default: x}', '/default'],
    ['of @odata.etag', "'@odata.etag'", '{const: x}', '/const'],
    ['that is one of several', 'etag', `{enum: ['"y"', x]}`, '/enum/1'],
    ['that is a number', 'etag', '{example: 5}', '/example'],
    ['in the part of a schema', 'etag', '{allOf: [{type: string}, {example: x}]}', '/allOf/1/example'],
  ])('%s', async (_, name, definition, at) => {
    const key = name.replaceAll("'", '');
    expect(await findingsWithPrefix(rule, get(`{schema: {properties: {${name}: ${definition}}}}`))).toEqual([
      ` ${content}/schema/properties/${key}${at}`,
    ]);
  });

  test.each([
    ['items of a list', '{items: {properties: {etag: {example: x}}}}', '/items/properties/etag/example'],
    [
      'items of a list in an object',
      '{properties: {value: {type: array, items: {properties: {etag: {example: x}}}}}}',
      '/properties/value/items/properties/etag/example',
    ],
    ['a part of the content', '{allOf: [{properties: {etag: {example: x}}}]}', '/allOf/0/properties/etag/example'],
    ['an example of the schema', '{properties: {}, example: {etag: x}}', '/example/etag'],
    ['one of several examples of the schema', '{properties: {}, examples: [{}, {etag: x}]}', '/examples/1/etag'],
  ])('in %s', async (_, schema, at) => {
    expect(await findingsWithPrefix(rule, get(`{schema: ${schema}}`))).toEqual([` ${content}/schema${at}`]);
  });

  test.each([
    ['an object', '{example: {etag: x}}', '/example/etag'],
    ['a list', '{example: [{etag: x}]}', '/example/0/etag'],
    ['an envelope around a list', '{examples: {a: {value: {items: [{etag: x}]}}}}', '/examples/a/value/items/0/etag'],
  ])('in the example of the content: %s', async (_, mediaType, at) => {
    expect(await findingsWithPrefix(rule, get(mediaType))).toEqual([` ${content}${at}`]);
  });

  test('in a component, once', async () => {
    const components = 'components: {schemas: {A: {properties: {etag: {example: x}}}}}';
    const ref = `{description: ok, ${etag}, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}`;
    const body = `paths: {/a: {get: {responses: {'200': ${ref}}}, put: {responses: {'200': ${ref}}}}}\n${components}`;
    expect(await findingsWithPrefix(rule, body)).toEqual([' /components/schemas/A/properties/etag/example']);
  });

  test('in OpenAPI 2.0', async () => {
    const two = "swagger: '2.0'";
    const at = '/paths//a/get/responses/200';
    const header = 'headers: {ETag: {type: string}}';
    const body = (more: string) => `paths: {/a: {get: {responses: {'200': {description: ok, ${header}, ${more}}}}}}`;
    expect(await findingsWithPrefix(rule, body('schema: {properties: {etag: {example: x}}}'), two)).toEqual([
      ` ${at}/schema/properties/etag/example`,
    ]);
    expect(await findingsWithPrefix(rule, body('examples: {application/json: {etag: x}}'), two)).toEqual([
      ` ${at}/examples/application/json/etag`,
    ]);
  });

  test.each(['If-Match', 'If-None-Match'])('where another operation on the path takes %s', async (name) => {
    const responses = "{'200': {description: ok, content: {application/json: {example: {etag: x}}}}}";
    const put = `put: {parameters: [{name: ${name}, in: header, schema: {type: string}}], responses: {}}`;
    expect(await findingsWithPrefix(rule, `paths: {/a: {get: {responses: ${responses}}, ${put}}}`)).toEqual([
      ` ${content}/example/etag`,
    ]);
  });
});

describe(`${rule} leaves alone`, () => {
  test.each([
    ['an entity-tag', `{example: {etag: '"x"'}}`],
    ['a weak one', `{example: {etag: 'W/"x"'}}`],
    ['no value', '{example: {etag: null}}'],
    ['a placeholder', '{example: {etag: string}}'],
    ['another name', '{example: {etags: x, mediaEtag: x, version: x}}'],
    ['a property without values', '{schema: {properties: {etag: {type: string}}}}'],
    ['a `$ref` in an example, which is data', "{example: {$ref: 'missing.json'}}"],
  ])('%s', async (_, mediaType) => {
    expect(await findingsWithPrefix(rule, get(mediaType))).toEqual([]);
  });

  test('a path that does not use entity-tags', async () => {
    const lastModified = 'headers: {Last-Modified: {schema: {type: string}}}';
    expect(await findingsWithPrefix(rule, get('{example: {etag: x}}', '', lastModified))).toEqual([]);
  });

  test('the content of a failure', async () => {
    const failure = '{description: no, content: {application/json: {example: {etag: x}}}}';
    const body = `paths: {/a: {get: {responses: {'200': {description: ok, ${etag}}, '409': ${failure}}}}}`;
    expect(await findingsWithPrefix(rule, body)).toEqual([]);
  });

  test('what is deep in a large example', async () => {
    const deep = `${'[{a: '.repeat(70)}{etag: x}${'}]'.repeat(70)}`;
    expect(await findingsWithPrefix(rule, get(`{example: ${deep}}`))).toEqual([]);
  });
});
