import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.js';
import { check } from '../../src/check.js';
import { Description } from '../../src/model/description.js';
import { discharge } from '../../src/obligation.js';
import { sourcesInMemory } from '../sources-in-memory.js';

/** The values that the patches of a rule add, in the order of its findings; `undefined` for a finding without a patch. */
function addedBy(id: string, entry: object, others: Readonly<Record<string, unknown>> = {}): unknown[] {
  const { root, reader } = sourcesInMemory(entry, others);
  const description = new Description(root, reader);
  const findings = catalogue.filter((rule) => rule.id === id).flatMap((rule) => check(rule, description));
  return findings.flatMap(({ violations }) =>
    violations.map(({ obligation }) => {
      const operation = discharge(obligation).at(-1);
      return operation !== undefined && 'value' in operation ? operation.value : undefined;
    }),
  );
}

const etag = { schema: { type: 'string' }, example: '"33a6"' };
const ok = { description: 'ok', headers: { ETag: etag } };
const get = { responses: { 200: ok } };
const put = { parameters: [{ name: 'If-Match', in: 'header', required: true }], responses: { 204: {} } };
const describing = (paths: object, components: object = {}) => ({ openapi: '3.1.2', paths, components });

describe('a response that a fix adds', () => {
  test('is inline if the description has no such component', () => {
    expect(addedBy('not-modified-documented', describing({ '/a': { get } }))).toEqual([
      { description: 'Not Modified', headers: { ETag: etag } },
    ]);
    expect(addedBy('precondition-failed-documented', describing({ '/a': { put } }))).toEqual([
      { description: 'Precondition Failed' },
    ]);
    expect(addedBy('precondition-required-documented', describing({ '/a': { put } }))).toEqual([
      { description: 'Precondition Required' },
    ]);
  });

  test('has no headers if the 200 has none to repeat', () => {
    const parameters = [{ name: 'If-None-Match', in: 'header' }];
    const operation = { parameters, responses: { 200: { headers: { 'X-Rate': {} } } } };
    expect(addedBy('not-modified-answers-precondition', describing({ '/a': { get: operation } }))).toEqual([
      { description: 'Not Modified' },
    ]);
  });

  test('repeats the headers of the response with the validator', () => {
    const date = { schema: { type: 'string' } };
    const responses = {
      200: { headers: { Vary: {} } },
      206: { headers: { etag, Expires: etag, 'Last-Modified': {} } },
    };
    expect(addedBy('not-modified-documented', describing({ '/a': { get: { responses } } }))).toEqual([
      { description: 'Not Modified', headers: { etag, Expires: date } },
    ]);
  });

  test.each([
    ['not-modified-documented', { get }, 'NotModified', true],
    ['not-modified-documented', { get }, 'not_modified', true],
    ['not-modified-documented', { get }, 'Same.notmodified', true],
    ['not-modified-documented', { get }, 'Http304', true],
    ['not-modified-documented', { get }, 'Modified', false],
    ['not-modified-documented', { get }, 'Not Modified', false],
    ['not-modified-documented', { get }, '304/Same', false],
    ['not-modified-documented', { get }, 'é304', false],
    ['not-modified-documented', { get }, '304é', false],
    ['precondition-failed-documented', { put }, 'PreconditionFailed', true],
    ['precondition-failed-documented', { put }, 'precondition-failed', true],
    ['precondition-failed-documented', { put }, 'E412', true],
    ['precondition-failed-documented', { put }, 'PreconditionRequired', false],
    ['precondition-failed-documented', { put }, 'E428', false],
    ['precondition-required-documented', { put }, 'PreconditionRequired', true],
    ['precondition-required-documented', { put }, 'precondition_required', true],
    ['precondition-required-documented', { put }, 'E428', true],
    ['precondition-required-documented', { put }, 'PreconditionFailed', false],
  ])('for %s in %j is a component called %s, or not', (id, pathItem, name, isUsed) => {
    const response = { description: 'd', headers: { ETag: etag } };
    const [added] = addedBy(id, describing({ '/a': pathItem }, { responses: { [name]: response } }));
    expect(Object(added).$ref).toBe(isUsed ? `#/components/responses/${name}` : undefined);
  });

  test('is the one that other operations refer to, whatever its name, rather than an unused component', () => {
    const used = { responses: { 200: ok, 304: { $ref: '#/components/responses/Same' } } };
    const responses = { NotModified: ok, Same: ok };
    expect(
      addedBy('not-modified-documented', describing({ '/a': { get }, '/b': { get: used } }, { responses })),
    ).toEqual([{ $ref: '#/components/responses/Same' }]);
  });

  test.each([
    ['repeats only some headers of the 200', { ETag: etag, Vary: {} }, { ETag: etag }, false],
    ['repeats all headers of the 200', { ETag: etag, Vary: {} }, { etag, vary: {} }, true],
    ['has an ETag although the 200 has none', { 'Last-Modified': {} }, { ETag: etag }, false],
    ['has the Last-Modified of the 200', { 'Last-Modified': {} }, { 'Last-Modified': {} }, true],
  ])('is a component that %s, or not', (_, headers, sharedHeaders, isUsed) => {
    const paths = { '/a': { get: { responses: { 200: { headers } } } } };
    const [added] = addedBy(
      'not-modified-documented',
      describing(paths, { responses: { NotModified: { headers: sharedHeaders } } }),
    );
    const reference = { $ref: '#/components/responses/NotModified' };
    expect(added).toMatchObject(isUsed ? reference : { description: 'Not Modified' });
  });

  test('has no headers if no success is documented', () => {
    const parameters = [{ name: 'If-None-Match', in: 'header' }];
    const paths = { '/a': { get: { parameters, responses: { 404: {} } } } };
    const added = (headers: object) =>
      addedBy('not-modified-answers-precondition', describing(paths, { responses: { NotModified: { headers } } }));
    expect(added({})).toEqual([{ $ref: '#/components/responses/NotModified' }]);
    expect(added({ ETag: etag })).toEqual([{ description: 'Not Modified' }]);
  });

  test('refers to no missing component', () => {
    const responses = { NotModified: null, Same304: { $ref: '#/nowhere' } };
    expect(addedBy('not-modified-documented', describing({ '/a': { get } }, { responses }))).toEqual([
      { description: 'Not Modified', headers: { ETag: etag } },
    ]);
  });

  test('refers to `responses` in OpenAPI 2.0', () => {
    const paths = { '/a': { get: { responses: { 200: { headers: { ETag: { type: 'string' } } } } } } };
    const shared = { headers: { ETag: { type: 'string' } } };
    const entry = {
      swagger: '2.0',
      paths,
      responses: { NotModified: shared },
      components: { responses: { E304: shared } },
    };
    expect(addedBy('not-modified-documented', entry)).toEqual([{ $ref: '#/responses/NotModified' }]);
  });

  test('in another file uses no `$ref` of the entry document', () => {
    const entry = describing({ '/a': { $ref: 'a.yaml' } }, { responses: { NotModified: ok } });
    expect(addedBy('not-modified-documented', entry, { 'a.yaml': { get } })).toEqual([
      { description: 'Not Modified', headers: { ETag: etag } },
    ]);
    const away = { openapi: '3.1.2', paths: { '/a': { get } }, components: { $ref: 'shared.yaml#/components' } };
    const components = { responses: { NotModified: ok } };
    expect(addedBy('not-modified-documented', away, { 'shared.yaml': { components } })).toEqual([
      { description: 'Not Modified', headers: { ETag: etag } },
    ]);
  });

  test('copies a header from another file only if it has no `$ref`, which would have another target', () => {
    const entry = describing({ '/a': { get: { responses: { 200: { $ref: 'ok.yaml' } } } } });
    expect(addedBy('not-modified-documented', entry, { 'ok.yaml': ok })).toEqual([
      { description: 'Not Modified', headers: { ETag: etag } },
    ]);
    const referring = { headers: { ETag: { schema: { $ref: '#/tag' } } }, tag: { type: 'string' } };
    expect(addedBy('not-modified-documented', entry, { 'ok.yaml': referring })).toEqual([
      { description: 'Not Modified', headers: { ETag: { schema: { type: 'string' } } } },
    ]);
    const old = { ...entry, openapi: undefined, swagger: '2.0' };
    expect(addedBy('not-modified-documented', old, { 'ok.yaml': referring })).toEqual([
      { description: 'Not Modified', headers: { ETag: { type: 'string' } } },
    ]);
    const empty = describing({ '/a': { get: { responses: { 200: { headers: { ETag: null } } } } } });
    expect(addedBy('not-modified-documented', empty)).toEqual([
      { description: 'Not Modified', headers: { ETag: { schema: { type: 'string' } } } },
    ]);
  });
});

describe('a parameter that a fix adds', () => {
  const paths = { '/a': { get: { ...get, parameters: [] } } };
  const written = { name: 'If-None-Match', in: 'header', schema: { type: 'string' } };

  test.each([
    ['the header', { name: 'If-None-Match', in: 'header' }, true],
    ['the header in another letter case', { name: 'if-none-match', in: 'header', required: false }, true],
    ['the header, but required', { name: 'If-None-Match', in: 'header', required: true }, false],
    ['another header', { name: 'If-Match', in: 'header' }, false],
    ['a query parameter with the name of the header', { name: 'If-None-Match', in: 'query' }, false],
    ['null', null, false],
  ])('is a component that is %s, or not', (_, parameter, isUsed) => {
    const entry = describing(paths, { parameters: { Other: { name: 'id', in: 'path' }, P: parameter } });
    expect(addedBy('precondition-documented', entry)).toEqual([
      isUsed ? { $ref: '#/components/parameters/P' } : written,
    ]);
  });

  test('has the place and the form of OpenAPI 2.0', () => {
    const parameters = { P: { name: 'If-None-Match', in: 'header', type: 'string' } };
    expect(addedBy('precondition-documented', { swagger: '2.0', paths, parameters })).toEqual([
      { $ref: '#/parameters/P' },
    ]);
    expect(addedBy('precondition-documented', { swagger: '2.0', paths })).toEqual([
      { name: 'If-None-Match', in: 'header', type: 'string' },
    ]);
  });

  test('creates the list if it is missing, and is not added to a value that is not a list', () => {
    const { parameters: _, ...withoutList } = paths['/a'].get;
    expect(addedBy('precondition-documented', describing({ '/a': { get: withoutList } }))).toEqual([[written]]);
    const noList = { ...get, parameters: { a: 1 } };
    expect(addedBy('precondition-documented', describing({ '/a': { get: noList } }))).toEqual([undefined]);
  });
});

describe('a header that a fix adds', () => {
  test('is copied from the response that has it', () => {
    const responses = { 200: ok, 304: {} };
    expect(addedBy('not-modified-repeats-etag', describing({ '/a': { get: { responses } } }))).toEqual([etag]);
    const head = { responses: { 200: {} } };
    expect(addedBy('head-repeats-validators', describing({ '/a': { get, head } }))).toEqual([etag]);
  });

  test('is a plain string header if the one to copy is huge', () => {
    const headerWith = (count: number) => ({
      schema: { type: 'string', enum: Array.from({ length: count }, (_, index) => `"${index}"`) },
    });
    const added = (header: object) => {
      const responses = { 200: { description: 'ok', headers: { ETag: header } }, 304: {} };
      return addedBy('not-modified-repeats-etag', describing({ '/a': { get: { responses } } }));
    };
    expect(added(headerWith(400))).toEqual([headerWith(400)]);
    expect(added(headerWith(600))).toEqual([{ schema: { type: 'string' } }]);
  });

  test('is a plain string header if no response has one to copy', () => {
    const string = { schema: { type: 'string' } };
    expect(addedBy('cacheable-declares-fields', describing({ '/a': { get } }))).toEqual([string]);
    expect(addedBy('cacheable-declares-fields', { swagger: '2.0', paths: { '/a': { get } } })).toEqual([
      { type: 'string' },
    ]);
  });
});

describe('what a fix copies is as OpenAPI defines it', () => {
  const plain = { schema: { type: 'string' } };
  const copyOf = (ETag: unknown, others: object = {}) => {
    const responses = { 200: { description: 'ok', headers: { ETag } } };
    const [added] = addedBy('not-modified-documented', { ...describing({ '/a': { get: { responses } } }), ...others });
    return (added as { readonly headers: { readonly ETag: unknown } }).headers.ETag;
  };

  test.each<[string, object]>([
    ['a schema', plain],
    ['a schema without a type', { schema: {} }],
    ['a schema of several types', { schema: { type: ['string', 'null'] } }],
    ['a schema that is a boolean', { schema: true }],
    ['one media type', { content: { 'text/plain': {} } }],
    [
      'all fields',
      {
        ...plain,
        description: 'd',
        required: true,
        deprecated: false,
        style: 'simple',
        explode: false,
        example: '"a"',
      },
    ],
    ['an extension', { ...plain, 'x-since': 1 }],
  ])('a header with %s is copied', (_, header) => {
    expect(copyOf(header)).toEqual(header);
  });

  test.each<[string, unknown]>([
    ['no schema', { description: 'd' }],
    ['nothing', {}],
    ['a schema that is a text', { schema: 'string' }],
    ['an unknown type', { schema: { type: 'str' } }],
    ['an unknown type among several', { schema: { type: ['string', 'nil'] } }],
    ['a type in place of a schema', { type: 'string' }],
    ['a schema and a type', { ...plain, type: 'string' }],
    ['a schema and content', { ...plain, content: { 'text/plain': {} } }],
    ['no media type', { content: {} }],
    ['two media types', { content: { 'text/plain': {}, 'text/html': {} } }],
    ['content that is a list', { content: [] }],
    ['an example and examples', { ...plain, example: '"a"', examples: { a: { value: '"a"' } } }],
    ['a name', { ...plain, name: 'ETag', in: 'header' }],
    ['a description that is a number', { ...plain, description: 5 }],
    ['another style', { ...plain, style: 'form' }],
    ['a text that says whether it is required', { ...plain, required: 'yes' }],
    ['a text that says whether it is deprecated', { ...plain, deprecated: 'no' }],
    ['a text that says whether it explodes', { ...plain, explode: 'no' }],
  ])('a header with %s is not', (_, header) => {
    expect(copyOf(header)).toEqual(plain);
  });

  test('nor, in OpenAPI 2.0, one without a type that headers have there', () => {
    const inOld = (ETag: object) => copyOf(ETag, { openapi: undefined, swagger: '2.0' });
    for (const right of [{ type: 'string' }, { type: 'string', pattern: 'a', 'x-since': 1 }])
      expect(inOld(right)).toEqual(right);
    for (const wrong of [plain, {}, { type: 'object' }, { type: 'null' }, { type: 'string', example: '"a"' }])
      expect(inOld(wrong)).toEqual({ type: 'string' });
    const list = { type: 'array', items: { type: 'string' } };
    const responses = (Vary: object) => ({ 200: { description: 'ok', headers: { ETag: { type: 'string' }, Vary } } });
    const added = (Vary: object) =>
      addedBy('not-modified-documented', { swagger: '2.0', paths: { '/a': { get: { responses: responses(Vary) } } } });
    expect(added(list)).toMatchObject([{ headers: { Vary: list } }]);
    expect(added({ type: 'array' })).toMatchObject([{ headers: { Vary: { type: 'string' } } }]);
  });

  test('nor a `$ref` to something that may be no header', () => {
    const $ref = '#/x-shared/a';
    const referring = (a: object, schemas = {}) => copyOf({ $ref }, { 'x-shared': { a }, components: { schemas } });
    expect(referring(plain)).toEqual({ $ref });
    expect(referring({ description: 'd' })).toEqual(plain);
    expect(referring({ description: 'd' }, { U: { $ref } })).toEqual(plain);
    expect(referring({ 'x-since': 1 })).toEqual(plain);
    const component = { $ref: '#/components/headers/Tag' };
    expect(copyOf(component, { components: { headers: { Tag: { description: 'd' } } } })).toEqual(component);
  });

  test.each<[string, object, boolean]>([
    ['a schema', plain, true],
    ['no schema', {}, false],
    ['a type in place of a schema', { type: 'string' }, false],
    ['a style that headers do not have', { ...plain, style: 'form' }, false],
    ['a field that only parameters in a query have', { ...plain, allowReserved: true }, false],
  ])('a parameter with %s: %j', (_, members, isCopied) => {
    const parameter = { name: 'If-None-Match', in: 'header', description: 'The state that is known', ...members };
    const conditional = { parameters: [parameter], responses: { 200: ok, 304: { description: 'Same' } } };
    const paths = { '/a': { get }, '/b': { get: conditional } };
    expect(addedBy('precondition-documented', describing(paths)).flat()).toEqual([
      {
        ...parameter,
        schema: { type: 'string' },
        ...(isCopied ? {} : { style: undefined, type: undefined, allowReserved: undefined }),
      },
    ]);
  });

  test.each<[string, object, boolean]>([
    ['content', { content: { 'text/plain': {} } }, true],
    ['a schema, which responses had in version 2.0', { schema: { type: 'string' } }, false],
    ['a header without a schema', { headers: { 'X-Rate': {} } }, false],
    ['a header', { headers: { 'X-Rate': plain } }, true],
  ])('a response with %s: %j', (_, members, isCopied) => {
    const failure = { description: 'Changed meanwhile', ...members };
    const guarded = { ...put, responses: { 204: { description: 'ok' }, 412: failure } };
    const paths = { '/a': { put }, '/b': { put: guarded } };
    expect(addedBy('precondition-failed-documented', describing(paths))).toEqual([
      isCopied ? failure : { description: 'Changed meanwhile' },
    ]);
  });
});
