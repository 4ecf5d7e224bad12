import { describe, expect, test } from 'vitest';
import { findingsWithPrefix, pathItem, response } from './rule-findings.js';

const ok = `{'200': {description: ok}}`;
const dated = `{'200': ${response('Last-Modified')}}`;
const tagged = `{'200': ${response('ETag')}}`;
const member = '{description: ok, content: {application/json: {schema: {properties: {_etag: {type: string}}}}}}';

describe('validator-prefers-entity-tag', () => {
  const found = (operations: Parameters<typeof pathItem>[0]) =>
    findingsWithPrefix('validator-prefers-entity-tag', pathItem(operations));
  const at = (method: string) => [` /paths//a/${method}/responses/200/headers`];

  test.each([
    ['a GET with a date alone', { get: ['', dated] }, at('get')],
    ['a HEAD with a date alone', { head: ['', dated] }, at('head')],
    ['both validators', { get: ['', `{'200': ${response('Last-Modified', 'ETag')}}`] }, []],
    [
      'both validators, on two responses',
      { get: ['', `{'200': ${response('Last-Modified')}, '206': ${response('etag')}}`] },
      [],
    ],
    ['an entity-tag alone', { get: ['', tagged] }, []],
    ['an entity-tag in the body', { get: ['', `{'200': ${response('Last-Modified')}, '206': ${member}}`] }, []],
    ['no validator', { get: ['', ok] }, []],
    ['a date on a POST', { post: ['', dated] }, []],
    [
      'a response that cannot be read',
      { get: ['', `{'200': ${response('Last-Modified')}, '206': {$ref: '#/nowhere'}}`] },
      [],
    ],
  ] as const)('%s', async (_, operations, expected) => {
    expect(await found(operations)).toEqual(expected);
  });
});

describe('precondition-prefers-entity-tag', () => {
  const found = (operations: Parameters<typeof pathItem>[0]) =>
    findingsWithPrefix('precondition-prefers-entity-tag', pathItem(operations));
  const at = (method: string) => [` /paths//a/${method}/parameters`];
  const answered = `{'200': ${response('Last-Modified')}, '304': {description: u}}`;

  test.each([
    ['a date on an update', { put: ['If-Unmodified-Since', ok] }, at('put')],
    ['a date on a retrieval that answers 304', { get: ['If-Modified-Since', answered] }, at('get')],
    ['a date on a retrieval without 304, where it may be a filter', { get: ['If-Modified-Since', ok] }, []],
    ['both on an update', { put: ['If-Unmodified-Since if-match', ok] }, []],
    ['both on a retrieval', { get: ['If-Modified-Since If-None-Match', answered] }, []],
    ['an entity-tag alone', { put: ['If-Match', ok] }, []],
    [
      'parameters that cannot be read',
      { put: ["[{name: If-Unmodified-Since, in: header}, {$ref: '#/nowhere'}]", ok] },
      [],
    ],
  ] as const)('%s', async (_, operations, expected) => {
    expect(await found(operations)).toEqual(expected);
  });
});

describe('entity-tag-after-update', () => {
  const found = (operations: Parameters<typeof pathItem>[0]) =>
    findingsWithPrefix('entity-tag-after-update', pathItem(operations));
  const at = (method: string, code: string) => [` /paths//a/${method}/responses/${code}`];

  test.each([
    ['a PUT that takes If-Match', { put: ['If-Match', "{'204': {description: ok}}"] }, at('put', '204')],
    ['a PATCH that takes If-Match', { patch: ['If-Match', ok] }, at('patch', '200')],
    ['a PUT with the new entity-tag', { put: ['If-Match', tagged] }, []],
    [
      'a PUT with the new entity-tag on one of two responses',
      { put: ['If-Match', `{'200': ${response('ETag')}, '201': {description: c}}`] },
      [],
    ],
    ['a PUT with the entity-tag in the body', { put: ['If-Match', `{'200': ${member}}`] }, []],
    ['a PUT that is only accepted', { put: ['If-Match', "{'202': {description: later}}"] }, []],
    ['a DELETE, after which there is no entity-tag', { delete: ['If-Match', ok] }, []],
    ['a PUT without a condition', { put: ['', ok] }, []],
    ['a PUT whose response cannot be read', { put: ['If-Match', "{'200': {$ref: '#/nowhere'}}"] }, []],
  ] as const)('%s', async (_, operations, expected) => {
    expect(await found(operations)).toEqual(expected);
  });
});

describe('cacheable-declares-control', () => {
  const found = (operations: Parameters<typeof pathItem>[0]) =>
    findingsWithPrefix('cacheable-declares-control', pathItem(operations));
  const at = (code: string) => ` /paths//a/get/responses/${code}/headers`;

  test.each([
    ['an entity-tag', { get: ['', tagged] }, [at('200')]],
    ['a date', { get: ['', dated] }, [at('200')]],
    [
      'two responses',
      { get: ['', `{'200': ${response('ETag')}, '206': ${response('ETag')}}`] },
      [at('200'), at('206')],
    ],
    ['a lifetime', { get: ['', `{'200': ${response('ETag', 'cache-control')}}`] }, []],
    ['no validator', { get: ['', ok] }, []],
    ['a PUT', { put: ['', tagged] }, []],
  ] as const)('%s', async (_, operations, expected) => {
    expect(await found(operations)).toEqual(expected);
  });
});

describe('cacheable-varies', () => {
  const found = (body: string, version?: string) => findingsWithPrefix('cacheable-varies', body, version);
  const at = [' /paths//a/get/responses/200/headers'];
  const withTypes = (types: readonly string[], ...headers: string[]) => {
    const content = types.map((type) => `'${type}': {}`).join(', ');
    return `{'200': ${response(...headers).replace(/\}$/, '')}, content: {${content}}}}`;
  };
  const [json, xml] = ['application/json', 'application/xml'];

  test.each([
    ['two media types', '', withTypes([json, xml], 'ETag'), at],
    ['two media types and a lifetime', '', withTypes([json, xml], 'Cache-Control'), at],
    ['two media types that differ in a parameter', '', withTypes([`${json};v=1`, `${json};v=2`], 'ETag'), []],
    ['a media type and a range', '', withTypes([json, '*/*'], 'ETag'), []],
    ['a media type and a problem', '', withTypes([json, 'application/problem+json'], 'ETag'), []],
    ['two media types, and Vary', '', withTypes([json, xml], 'ETag', 'vary'), []],
    ['two media types that nobody stores', '', withTypes([json, xml]), []],
    ['a language', 'Accept-Language', withTypes([json], 'ETag'), at],
    ['a language, and Vary', 'Accept-Language', withTypes([json], 'ETag', 'Vary'), []],
  ])('%s', async (_, parameters, responses, expected) => {
    expect(await found(pathItem({ get: [parameters, responses] }))).toEqual(expected);
  });

  test('nothing, where the response is not to be stored', async () => {
    const cacheControl = 'Cache-Control: {schema: {const: no-store}}';
    const ok200 = `{description: ok, headers: {ETag: {}, ${cacheControl}}, content: {a/b: {}, c/d: {}}}`;
    expect(await found(pathItem({ get: ['', `{'200': ${ok200}}`] }))).toEqual([]);
  });

  test('what an operation of OpenAPI 2.0 produces', async () => {
    const get = (produces: string) =>
      `paths: {/a: {get: {produces: ${produces}, responses: {'200': {description: ok, headers: {ETag: {type: string}}}}}}}`;
    expect(await found(get(`[${json}, ${xml}]`), "swagger: '2.0'")).toEqual(at);
    expect(await found(get(`[${json}]`), "swagger: '2.0'")).toEqual([]);
  });
});
