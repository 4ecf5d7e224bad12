import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.js';
import { check } from '../../src/check.js';
import { Description } from '../../src/model/description.js';
import { discharge } from '../../src/obligation.js';
import { sourcesInMemory } from '../sources-in-memory.js';

const ok = { description: 'ok', headers: { ETag: { schema: { type: 'string' } } } };
const schema = { type: 'object', description: 'An error', properties: { code: { type: 'string' } } };

/** Components of every kind. */
const components = {
  schemas: { B: schema, ETag: { type: 'integer' }, Get: { get: { responses: {} } } },
  responses: {
    B: { description: 'Same', content: { 'application/json': {} } },
    Astray: { $ref: '#/components/schemas/B' },
    Again: { $ref: '#/components/responses/Astray' },
  },
  parameters: {
    B: { name: 'If-None-Match', in: 'header', schema: { type: 'string' } },
    Query: { name: 'ETag', in: 'query', schema: { type: 'string' } },
    ETag: { name: 'ETag', in: 'header', schema: { type: 'integer' } },
  },
  requestBodies: { B: { description: 'An order', content: { 'application/json': { schema: {} } } } },
  headers: { B: { description: 'The version', schema: { type: 'string' } } },
  examples: { B: { summary: 'An order', value: { description: 'x', headers: {} } } },
  links: { B: { operationId: 'x', description: 'More' } },
  callbacks: { B: { '{$url}': { post: { responses: {} } } } },
  securitySchemes: { B: { type: 'http', scheme: 'basic', description: 'Basic' } },
  pathItems: { B: { get: { responses: { 200: ok } }, parameters: [] } },
};

/** All rules except the one that has findings for every response with an ETag. */
const rules = catalogue.filter(({ id }) => !id.startsWith('cacheable-'));

/** The findings in a description, the operations of their patches, and the invalid `$ref`s. */
function read(entry: object, others: Readonly<Record<string, unknown>> = {}) {
  const { root, reader } = sourcesInMemory(entry, others);
  const description = new Description(root, reader);
  const findings = rules.flatMap((rule) => check(rule, description));
  const at = (path: readonly string[]) => path.map((key) => `/${key}`).join('');
  return {
    findings: findings.map(({ rule, place }) => `${rule.id} ${place.source.uri} ${at(place.path)}`),
    written: findings
      .flatMap(({ violations: [violation] }) => (violation ? discharge(violation.obligation) : []))
      .map((operation) => ({ ...operation, source: operation.source.uri })),
    misled: description.place.invalidReferences.map(({ source, path, fault }) => {
      const verdict = fault.kind === 'misled' ? `${fault.found}, not ${fault.wanted}` : fault.kind;
      return `${source.uri} ${at(path)}: ${verdict}`;
    }),
  };
}

/** A GET whose 304 is a `$ref`. */
function with304(reference: string, more: object = {}) {
  const get = { responses: { 200: ok, 304: { $ref: reference } }, parameters: [{ $ref: '#/components/parameters/B' }] };
  return { openapi: '3.1.1', paths: { '/a': { get } }, components, ...more };
}

const site = 'openapi.yaml /paths//a/get/responses/304/$ref';

describe('a 304 that is a `$ref` to another kind of object', () => {
  test.each([
    ['#/components/schemas/B', 'a Schema Object'],
    ['#/components/requestBodies/B', 'a Request Body Object'],
    ['#/components/headers/B', 'a Header Object'],
    ['#/components/examples/B', 'an Example Object'],
    ['#/components/examples/B/value', 'a piece of example data'],
    ['#/components/examples/B/value/headers', 'a piece of example data'],
    ['#/components/parameters/B', 'a Parameter Object'],
    ['#/components/links/B', 'a Link Object'],
    ['#/components/callbacks/B', 'a Callback Object'],
    ['#/components/securitySchemes/B', 'a Security Scheme Object'],
    ['#/components/pathItems/B', 'a Path Item Object'],
    ['#/components/pathItems/B/get', 'an Operation Object'],
    ['#/components/pathItems/B/get/responses', 'a Responses Object'],
    ['#/components/responses', 'a map of Response Objects'],
    ['#/components/responses/B/content', 'a map of Media Type Objects'],
    ['#/components/responses/B/content/application~1json', 'a Media Type Object'],
    ['#/components', 'a Components Object'],
    ['#/paths', 'a Paths Object'],
    ['#/paths/~1a', 'a Path Item Object'],
    ['#/paths/~1a/get/parameters', 'a list of Parameter Objects'],
    ['#/components/schemas/B/properties', 'a map of Schema Objects'],
    ['#', 'an OpenAPI Object'],
    ['', 'an OpenAPI Object'],
    ['openapi.yaml', 'an OpenAPI Object'],
    ['openapi.yaml#/components/schemas/B', 'a Schema Object'],
  ])('is invalid: %s is %s', (reference, found) => {
    expect(read(with304(reference))).toEqual({
      findings: [],
      written: [],
      misled: [`${site}: ${found}, not a Response Object`],
    });
  });

  test.each([
    ['a JSON Schema', { $schema: 'https://json-schema.org/draft/2020-12/schema', description: 'x' }, 'a Schema Object'],
    ['a schema without `$schema`', schema, 'a Schema Object'],
    ['a schema with only a type', { type: 'string', description: 'x' }, 'a Schema Object'],
    ['a schema with `oneOf`', { description: 'x', oneOf: [] }, 'a Schema Object'],
    ['a parameter', { name: 'a', in: 'query', description: 'x' }, 'a Parameter Object'],
    ['a request body', { description: 'x', content: {}, required: true }, 'a Request Body Object'],
    ['an example', { description: 'x', value: 5 }, 'an Example Object'],
    ['a path item', { description: 'x', get: {} }, 'a Path Item Object'],
    ['an operation', { description: 'x', responses: {} }, 'an Operation Object'],
    ['a map of responses', { NotModified: { description: 'x' } }, 'an object of another kind'],
    ['another description', { openapi: '3.1.1', info: {} }, 'an OpenAPI Object'],
    ['a list', [], 'a list'],
    ['a text', 'x', 'a text'],
  ])('is invalid if the file is %s', (_, data, found) => {
    expect(read(with304('part.yaml'), { 'part.yaml': data })).toEqual({
      findings: [],
      written: [],
      misled: [`${site}: ${found}, not a Response Object`],
    });
  });

  test.each([
    ['common.yaml#/components/schemas/B', { components }, 'a Schema Object'],
    ['common.yaml#/schemas/B', { schemas: { B: { description: 'x' } } }, 'a Schema Object'],
    ['common.yaml#/definitions/B', { definitions: { B: { description: 'x' } } }, 'a Schema Object'],
    ['common.yaml#/properties/b', { type: 'object', properties: { b: { description: 'x' } } }, 'a Schema Object'],
    ['common.yaml#/get', { get: { responses: { 304: { description: 'x' } } } }, 'an Operation Object'],
  ])('is invalid if its place in the file tells its kind: %s', (reference, data, found) => {
    expect(read(with304(reference), { 'common.yaml': data }).misled).toEqual([
      `${site}: ${found}, not a Response Object`,
    ]);
  });
});

test('a `$ref` to a definition of the wrong kind in OpenAPI 2.0 is invalid', () => {
  const responses = {
    200: { description: 'ok', headers: { ETag: { type: 'string' } } },
    304: { $ref: '#/definitions/Error' },
  };
  const swagger = { swagger: '2.0', paths: { '/a': { get: { responses } } }, definitions: { Error: schema } };
  expect(read(swagger)).toMatchObject({
    findings: expect.not.arrayContaining([expect.stringContaining('repeats')]),
    misled: [`${site}: a Schema Object, not a Response Object`],
  });
});

test('in a chain of `$ref`s, only the invalid one is reported, once', () => {
  const { findings, misled } = read(with304('#/components/responses/Again'));
  expect(findings).toEqual([]);
  expect(misled).toEqual(['openapi.yaml /components/responses/Astray/$ref: a Schema Object, not a Response Object']);
});

describe('a 304 may be a `$ref` to', () => {
  test.each([
    ['a component', '#/components/responses/B', {}],
    ['the response of another operation', '#/paths/~1b/get/responses/304', {}],
    ['a response in an extension', '#/x-parts/same', {}],
    ['a response in an extension of the paths', '#/paths/x-same', {}],
    ['a file that is a response', 'part.yaml', { 'part.yaml': { description: 'x', content: { 'text/plain': {} } } }],
    [
      'a file that is a response with an extension',
      'part.yaml',
      { 'part.yaml': { description: 'x', 'x-a': 1, content: { a: {} } } },
    ],
    [
      'a response in a file of responses',
      'part.yaml#/Same',
      { 'part.yaml': { Same: { description: 'x', content: { a: {} } } } },
    ],
    [
      'a response in a file that keeps it under `definitions`',
      'part.yaml#/definitions/Same',
      {
        'part.yaml': { definitions: { Same: { description: 'x', content: { a: {} } } } },
      },
    ],
  ])('%s', (_, reference, others) => {
    const same = { description: 'Same', content: { 'text/plain': {} } };
    const { misled, findings } = read(
      with304(reference, {
        'x-parts': { same },
        paths: { ...with304(reference).paths, 'x-same': same, '/b': { get: { responses: { 200: ok, 304: same } } } },
      }),
      others,
    );
    expect(misled).toEqual([]);
    expect(findings.filter((finding) => finding.startsWith('not-modified-no-content'))).not.toEqual([]);
  });
});

/** A GET whose ETag is a `$ref`, with a 304 without an ETag. */
function withETag(reference: string) {
  const headers = { ETag: { $ref: reference } };
  const get = { responses: { 200: { description: 'ok', headers }, 304: { description: 'Same' } } };
  return { openapi: '3.1.1', paths: { '/a': { get } }, components };
}

describe('a header that is a `$ref` to another kind of object', () => {
  test.each([
    ['#/components/schemas/ETag', 'a Schema Object'],
    ['#/components/responses/B', 'a Response Object'],
    ['#/components/parameters/Query', 'a Parameter Object'],
    ['#/components/headers', 'a map of Header Objects'],
    ['#/components/examples/B', 'an Example Object'],
  ])('%s counts as declared, and its target is neither checked nor copied', (reference, found) => {
    const { findings, written, misled } = read(withETag(reference));
    expect(misled).toEqual([
      `openapi.yaml /paths//a/get/responses/200/headers/ETag/$ref: ${found}, not a Header Object`,
    ]);
    expect(findings.filter((finding) => /entity-tag|definition/.test(finding))).toEqual([]);
    expect(findings).toContainEqual(expect.stringContaining('not-modified-repeats-etag'));
    expect(JSON.stringify(written)).not.toContain(reference);
  });

  test('a parameter in place of a header is checked like a header', () => {
    const { findings, written, misled } = read(withETag('#/components/parameters/ETag'));
    expect(misled).toEqual([]);
    expect(findings).toContainEqual(expect.stringMatching(/^entity-tag-schema .*\/components\/parameters\/ETag/));
    expect(JSON.stringify(written)).not.toContain('#/components/parameters/ETag');
  });

  test('a copied header contains no `$ref` that is unresolved or invalid', () => {
    for (const reference of ['#/components/schemas/Missing', '#/components/responses/B']) {
      const headers = { ETag: { schema: { allOf: [{ $ref: reference }] } } };
      const get = { responses: { 200: { description: 'ok', headers }, 304: { description: 'Same' } } };
      const { written } = read({ openapi: '3.1.1', paths: { '/a': { get } }, components });
      expect(written).not.toEqual([]);
      expect(JSON.stringify(written)).not.toContain(reference);
    }
  });
});

describe('a `$ref` to another kind of object is invalid, and no fix changes a component, if the `$ref` stands for', () => {
  const conditions = [{ name: 'If-None-Match', in: 'header', schema: { type: 'string' } }];
  test.each([
    [
      'a path item',
      { '/a': { $ref: '#/components/schemas/Get' } },
      '/paths//a: a Schema Object, not a Path Item Object',
    ],
    [
      'a path item, and leads to an operation',
      { '/a': { $ref: '#/components/pathItems/B/get' } },
      '/paths//a: an Operation Object, not a Path Item Object',
    ],
    [
      'an operation',
      { '/a': { get: { $ref: '#/components/pathItems/B' } } },
      '/paths//a/get: a Path Item Object, not an Operation Object',
    ],
    [
      'all responses',
      { '/a': { get: { responses: { $ref: '#/components/schemas' }, parameters: conditions } } },
      '/paths//a/get/responses: a map of Schema Objects, not a Responses Object',
    ],
    [
      'all headers',
      {
        '/a': { get: { responses: { 200: { headers: { $ref: '#/components/parameters' } } }, parameters: conditions } },
      },
      '/paths//a/get/responses/200/headers: a map of Parameter Objects, not a map of Header Objects',
    ],
    [
      'a list of parameters',
      { '/a': { get: { responses: { 200: ok }, parameters: { $ref: '#/components/parameters' } } } },
      '/paths//a/get/parameters: a map of Parameter Objects, not a list of Parameter Objects',
    ],
    [
      'a parameter',
      { '/a': { get: { responses: { 200: ok }, parameters: [{ $ref: '#/components/headers/B' }] } } },
      '/paths//a/get/parameters/0: a Header Object, not a Parameter Object',
    ],
    [
      'a parameter of the path item',
      { '/a': { parameters: [{ $ref: '#/components/schemas/B' }], get: { responses: { 200: ok } } } },
      '/paths//a/parameters/0: a Schema Object, not a Parameter Object',
    ],
    [
      'the content of a 304',
      { '/a': { get: { responses: { 200: ok, 304: { content: { $ref: '#/components/schemas' } } } } } },
      '/paths//a/get/responses/304/content: a map of Schema Objects, not a map of Media Type Objects',
    ],
    [
      'a schema',
      { '/a': { get: { responses: { 200: { headers: { ETag: { schema: { $ref: '#/components/headers/B' } } } } } } } },
      '/paths//a/get/responses/200/headers/ETag/schema: a Header Object, not a Schema Object',
    ],
  ])('%s', (_, paths, misled) => {
    const [at, verdict] = misled.split(': ');
    const found = read({ openapi: '3.2.0', paths, components });
    expect(found.misled).toEqual([`openapi.yaml ${at}/$ref: ${verdict}`]);
    const touched = found.written.map(({ path }) => path[0]);
    expect(touched.filter((key) => key === 'components')).toEqual([]);
  });

  test('unless it leads to a map or list of the right kind', () => {
    const get = {
      responses: { $ref: '#/x-parts/responses' },
      parameters: { $ref: '#/paths/~1b/parameters' },
    };
    const paths = {
      '/a': { get },
      '/b': { parameters: conditions, get: { responses: { $ref: '#/components/responses' } } },
    };
    const entry = { openapi: '3.1.1', paths, components: {}, 'x-parts': { responses: { 200: ok } } };
    expect(read(entry).misled).toEqual(['openapi.yaml /paths//b/get/responses/$ref: nothing']);
  });
});

describe('in an extension, only its members tell the kind of', () => {
  const part = { $ref: '#/x-part' };
  const v3 = { openapi: '3.1.1' };
  const v2 = { swagger: '2.0' };
  const partAs304 = { responses: { 200: { headers: { ETag: { type: 'string' } } }, 304: part } };
  const partAsETag = { responses: { 200: { description: 'ok', headers: { ETag: part } } } };

  test.each([
    ['a list of parameters', v3, { parameters: part, responses: { 200: ok } }, [components.parameters.B], []],
    [
      'an object in place of a list of parameters',
      v3,
      { parameters: part, responses: { 200: ok } },
      { a: 1 },
      ['an object of another kind, not a list of Parameter Objects'],
    ],
    [
      'a schema that is `true`',
      v3,
      { responses: { 200: { description: 'ok', headers: { ETag: { schema: part } } } } },
      true,
      [],
    ],
    [
      'a map of texts in place of all responses',
      v3,
      { responses: part, parameters: [components.parameters.B] },
      { 200: 'ok' },
      ['an object of another kind, not a Responses Object'],
    ],
    [
      'a number in place of a response',
      v3,
      { responses: { 200: ok, 304: part } },
      5,
      ['a number, not a Response Object'],
    ],
    [
      'a schema of several types in place of a response',
      v3,
      { responses: { 200: ok, 304: part } },
      { type: ['string', 'null'], description: 'x' },
      ['a Schema Object, not a Response Object'],
    ],
    ['a response of 2.0 with a schema and a foreign member', v2, partAs304, { schema: {}, value: 1 }, []],
    [
      'a response of 3.1 with the same members',
      v3,
      { responses: { 200: ok, 304: part } },
      { schema: {}, value: 1 },
      ['an Example Object, not a Response Object'],
    ],
    ['a header of 3.1 with a schema and a foreign member', v3, partAsETag, { schema: {}, value: 1 }, []],
    ['a header of 2.0 with a type', v2, partAsETag, { type: 'string' }, []],
    [
      'a schema in place of a header of 2.0',
      v2,
      partAsETag,
      { type: 'object', properties: {} },
      ['a Schema Object, not a Header Object'],
    ],
  ])('%s', (_, version, get, target, verdicts) => {
    const { misled } = read({ ...version, paths: { '/a': { get } }, 'x-part': target });
    expect(misled.map((one) => one.split(': ')[1])).toEqual(verdicts);
  });
});

test('a fix refers to a component only if it is of the right kind', () => {
  const responses = {
    NotModified: { $ref: '#/components/schemas/B' },
    304: { $ref: '#/components/responses/Missing' },
  };
  const parameters = { IfNoneMatch: { $ref: '#/components/headers/B' } };
  const paths = { '/a': { get: { responses: { 200: ok } } } };
  const { written } = read({ openapi: '3.1.1', paths, components: { ...components, responses, parameters } });
  expect(written).not.toEqual([]);
  expect(JSON.stringify(written)).not.toContain('$ref');
});

describe('a pointer through an object with a `$ref`', () => {
  const same = { description: 'Same' };
  const schemas = {
    Base: { properties: { y: { type: 'string' } } },
    Mid: { $ref: '#/components/schemas/Base', properties: { x: { type: 'string' } }, $defs: { z: {} } },
    Own: { $ref: '#/components/schemas/Own/$defs/b', $defs: { b: { type: 'string' } } },
    Round: { $ref: '#/components/schemas/Round/$defs/b', $defs: { b: { $ref: '#/components/schemas/Round' } } },
  };
  const pathItems = {
    B: { put: { responses: { 304: same } } },
    C: { $ref: '#/components/pathItems/B', get: { responses: { 304: same } } },
  };
  const invalidWith = (version: string, ofETag: object, response: object = same) => {
    const headers = { ETag: { schema: ofETag } };
    const get = { responses: { 200: { description: 'ok', headers }, 304: response } };
    return read({ openapi: version, paths: { '/a': { get } }, components: { schemas, pathItems } }).misled;
  };

  test.each([
    ['what stands beside it', '#/components/schemas/Mid/properties/x'],
    ['what stands in its target, where the same map is beside it', '#/components/schemas/Mid/properties/y'],
    ['what stands beside it under a keyword that the target lacks', '#/components/schemas/Mid/$defs/z'],
    ['what stands beside it and is also its target', '#/components/schemas/Own'],
  ])('finds %s', (_, reference) => {
    for (const version of ['3.0.3', '3.1.1', '3.2.0'])
      expect(invalidWith(version, { allOf: [{ $ref: reference }] })).toEqual([]);
  });

  test.each([
    ['beside it', 'get'],
    ['in its target', 'put'],
  ])('finds the operation of a path item %s', (_, method) => {
    const response = { $ref: `#/components/pathItems/C/${method}/responses/304` };
    expect(invalidWith('3.1.1', {}, response)).toEqual([]);
  });

  test.each([
    ['what stands on neither side', '#/components/schemas/Mid/properties/none', 'nothing'],
    ['anything that leads back to it', '#/components/schemas/Round', 'no end'],
  ])('does not find %s', (_, reference, fault) => {
    expect(invalidWith('3.1.1', { allOf: [{ $ref: reference }] })).toEqual([
      `openapi.yaml /paths//a/get/responses/200/headers/ETag/schema/allOf/0/$ref: ${fault}`,
    ]);
  });
});

describe('a `$ref` that is not a string', () => {
  const values = [{ a: 1 }, {}, 3, null, true, ['#/components/responses/B']];

  test.each([
    ['a response', { 304: { $ref: 'VALUE' } }, ['/responses/304/$ref']],
    ['a response with a description', { 304: { $ref: 'VALUE', description: 'Same' } }, ['/responses/304/$ref']],
    [
      'a header',
      { 200: { description: 'ok', headers: { ETag: { $ref: 'VALUE' } } } },
      ['/responses/200/headers/ETag/$ref'],
    ],
    [
      'a schema',
      { 200: { description: 'ok', headers: { ETag: { schema: { $ref: 'VALUE' } } } } },
      ['/responses/200/headers/ETag/schema/$ref'],
    ],
  ])('is a fault where it stands, and nothing is added beside it: %s', (_, responses, at) => {
    for (const value of values) {
      const text = JSON.stringify({ responses: { 200: ok, ...responses } });
      const get = JSON.parse(text.replace('"VALUE"', JSON.stringify(value))) as object;
      const { misled, written } = read({ openapi: '3.1.1', paths: { '/a': { get } } });
      expect(misled).toEqual(at.map((path) => `openapi.yaml /paths//a/get${path}: no text`));
      expect(written.filter(({ path }) => at.some((place) => path.join('/').includes(place.slice(1, -5))))).toEqual([]);
    }
  });

  test('is a fault where a chain of `$ref`s leads to it, and in parameters and path items', () => {
    const parameters = [{ $ref: 1 }, { $ref: '#/components/parameters/P' }];
    const get = { parameters, responses: { 200: ok, 304: { $ref: '#/components/responses/R' } } };
    const { misled } = read({
      openapi: '3.1.1',
      paths: { '/a': { get }, '/b': { $ref: null } },
      components: { parameters: { P: { $ref: [] } }, responses: { R: { $ref: {} } } },
    });
    expect(misled.toSorted()).toEqual(
      [
        '/components/parameters/P/$ref',
        '/components/responses/R/$ref',
        '/paths//a/get/parameters/0/$ref',
        '/paths//b/$ref',
      ].map((path) => `openapi.yaml ${path}: no text`),
    );
  });

  test('is a member like any other in a map and in data', () => {
    const { misled, findings } = read({
      openapi: '3.1.1',
      paths: {
        '/a': {
          get: {
            responses: {
              200: {
                description: 'ok',
                headers: {
                  $ref: { schema: { type: 'string' } },
                  ETag: { schema: { type: 'string' }, examples: { $ref: { value: { $ref: 1 } } } },
                },
              },
            },
          },
        },
      },
    });
    expect(misled).toEqual([]);
    expect(findings).not.toEqual([]);
  });
});

test.each([
  ['the content', { example: { $ref: 'missing.json' } }],
  ['the content, in part', { example: { items: [{ $ref: 'missing.json' }] } }],
  ['a schema', { schema: { properties: {}, example: { $ref: 'missing.json' } } }],
])('a `$ref` in an example of %s is data, and not followed', (_, mediaType) => {
  const get = { responses: { 200: { ...ok, content: { 'application/json': mediaType } } } };
  expect(read({ openapi: '3.1.1', paths: { '/a': { get } } }).misled).toEqual([]);
});
