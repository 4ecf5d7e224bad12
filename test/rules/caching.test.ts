import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalogue } from '../../src/catalogue.js';
import { check } from '../../src/check.js';
import { fixTitle } from '../../src/message.js';
import { Description } from '../../src/model/description.js';
import { discharge } from '../../src/obligation.js';
import { sourcesInMemory } from '../sources-in-memory.js';
import { lint, shippedRuleset } from '../spectral.js';
import { findingsWithPrefix, pathItem, response } from './rule-findings.js';

describe('not-modified-repeats-cache-fields', () => {
  const found = async (ok: string, unchanged: string) =>
    findingsWithPrefix(
      'not-modified-repeats-cache-fields',
      pathItem({ get: ['If-None-Match', `{'200': ${ok}, '304': ${unchanged}}`] }),
    );

  test('reports each field that the 200 has and the 304 lacks, in one place', async () => {
    const all = response('Cache-Control', 'Content-Location', 'Expires', 'Vary', 'Date', 'X-Other');
    expect(await found(all, response('Vary'))).toEqual(Array(3).fill(' /paths//a/get/responses/304/headers'));
    expect(await found(response('Cache-Control', 'Date'), response('cache-control'))).toEqual([]);
    expect(await found(response('Cache-Control'), "{$ref: '#/nowhere'}")).toEqual([]);
  });
});

describe('not-modified-reachable', () => {
  const unchanged = '{description: u}';
  const at = [' /paths//a/get/responses/304'];
  const body =
    "{description: ok, content: {application/json: {schema: {properties: {'@odata.etag': {type: string}}}}}}";

  test.each([
    ['without a validator or a precondition', '', `{'200': {description: ok}, '304': ${unchanged}}`, at],
    ['with a validator on the 200', '', `{'200': ${response('ETag')}, '304': ${unchanged}}`, []],
    ['with a validator on the 204', '', `{'204': ${response('Last-Modified')}, '304': ${unchanged}}`, []],
    ['with an ETag only on the 304', '', `{'200': {description: ok}, '304': ${response('ETag')}}`, at],
    ['with a Last-Modified only on the 304', '', `{'200': {description: ok}, '304': ${response('Last-Modified')}}`, at],
    [
      'with a validator on an error',
      '',
      `{'200': {description: ok}, '304': ${unchanged}, '404': ${response('ETag')}}`,
      at,
    ],
    [
      'with a validator in one of two bodies',
      '',
      `{'200': ${body}, '202': {description: ok}, '304': ${unchanged}}`,
      [],
    ],
    ['with a validator in the body', '', `{'200': ${body}, '304': ${unchanged}}`, []],
    ['with If-None-Match', 'If-None-Match', `{'200': {description: ok}, '304': ${unchanged}}`, []],
    ['with If-Modified-Since', 'If-Modified-Since', `{'200': {description: ok}, '304': ${unchanged}}`, []],
    [
      'with parameters that cannot be read',
      "[{$ref: '#/nowhere'}]",
      `{'200': {description: ok}, '304': ${unchanged}}`,
      [],
    ],
    ['with a 200 that cannot be read', '', `{'200': {$ref: '#/nowhere'}, '304': ${unchanged}}`, []],
    ['with a 304 that cannot be read', '', `{'200': {description: ok}, '304': {$ref: '#/nowhere'}}`, []],
    ['that is only the range 3XX', '', `{'200': {description: ok}, 3XX: ${unchanged}}`, []],
  ])('reports, or not: a 304 %s', async (_, parameters, responses, findings) => {
    expect(await findingsWithPrefix('not-modified-reachable', pathItem({ get: [parameters, responses] }))).toEqual(
      findings,
    );
  });
});

describe('a shared 304 that no operation, or not every operation, can reach', () => {
  const get = (parameters: string) =>
    `{get: {parameters: ${parameters}, responses: {'200': {description: ok}, '304': {$ref: '#/components/responses/U'}}}}`;
  const found = (...parameters: string[]) => {
    const paths = parameters.map((list, index) => `/${index}: ${get(list)}`).join(', ');
    const body = `paths: {${paths}}\ncomponents: {responses: {U: {description: u}}}`;
    return findingsWithPrefix('not-modified-reachable', body);
  };
  const condition = '[{name: If-None-Match, in: header}]';

  test('is reported once if no operation can reach it, and otherwise for each that cannot', async () => {
    expect(await found('[]', '[]', '[]')).toEqual([' /components/responses/U']);
    expect(await found('[]', condition, '[]')).toEqual([' /paths//0/get/responses', ' /paths//2/get/responses']);
    expect(await found(condition)).toEqual([]);
  });

  test('is reported although it declares a validator itself', async () => {
    const body = `paths: {/a: ${get('[]')}, /b: ${get('[]')}}\ncomponents: {responses: {U: ${response('ETag')}}}`;
    expect(await findingsWithPrefix('not-modified-reachable', body)).toEqual([' /components/responses/U']);
  });

  test('is reported for GET, even if other methods refer to it', async () => {
    const head = `{head: {parameters: ${condition}, responses: {'304': {$ref: '#/components/responses/U'}}}}`;
    const body = `paths: {/a: ${get('[]')}, /b: ${head}}\ncomponents: {responses: {U: {description: u}}}`;
    expect(await findingsWithPrefix('not-modified-reachable', body)).toEqual([' /components/responses/U']);
  });

  test('is reported for every GET that refers to it', async () => {
    const text = `openapi: 3.1.2\npaths: {/a: ${get('[]')}}\ncomponents: {responses: {U: {description: u}}}`;
    const findings = await lint(text, await shippedRuleset('all'));
    expect(findings.map(({ message }) => message)).toContain(
      'Unreachable 304 response for every GET that refers to it: no success response of theirs declares ETag or Last-Modified, and none takes If-None-Match or If-Modified-Since (RFC 9110 §15.4.5).',
    );
  });
});

describe('not-modified-no-representation-metadata', () => {
  test('reports each header that describes content, in any letter case', async () => {
    const names = ['content-type', 'Content-Encoding', 'Content-Language', 'Content-Range', 'Content-Location', 'ETag'];
    const unchanged = `{'304': ${response(...names)}}`;
    expect(
      await findingsWithPrefix('not-modified-no-representation-metadata', pathItem({ get: ['', unchanged] })),
    ).toEqual([
      ' /paths//a/get/responses/304/headers/content-type',
      ' /paths//a/get/responses/304/headers/Content-Encoding',
      ' /paths//a/get/responses/304/headers/Content-Language',
      ' /paths//a/get/responses/304/headers/Content-Range',
    ]);
  });
});

describe('not-modified-storable', () => {
  const headers = '/paths//a/get/responses/200/headers/Cache-Control';
  const responses = (cacheControl: string, others = 'ETag: {}') =>
    `{'200': {description: ok, headers: {${others}, Cache-Control: ${cacheControl}}}}`;

  test.each([
    ['{schema: {const: no-store}}', [` ${headers}/schema/const`]],
    ["{example: 'private, No-Store'}", [` ${headers}/example`]],
    ['{schema: {default: no-store, example: no-store}}', [` ${headers}/schema/example`]],
    ['{schema: {enum: [no-store, no-cache]}}', []],
    ['{schema: {const: no-cache}}', []],
    ["{example: 'x-no-store'}", []],
    [`{example: 'private="x, no-store", max-age=60'}`, []],
    [`{example: 'no-cache="Set-Cookie, no-store"'}`, []],
    [`{example: 'x="\\", no-store, \\"", max-age=60'}`, []],
    [`{example: 'private="x, no-store'}`, []],
    ['{example: no-store=1}', []],
    [`{example: 'private="x, y" , NO-STORE ,, max-age=0'}`, [` ${headers}/example`]],
    [`{example: 'x="\\\\", no-store'}`, [` ${headers}/example`]],
    ['{schema: {type: string}}', []],
  ])('reports, or not: Cache-Control with %s', async (cacheControl, findings) => {
    const body = pathItem({ get: ['', responses(cacheControl)] });
    expect(await findingsWithPrefix('not-modified-storable', body)).toEqual(findings);
  });

  test('reports a response with a documented 304, even without a validator', async () => {
    const ok = '{description: ok, headers: {Cache-Control: {example: no-store}}}';
    const body = pathItem({ get: ['If-None-Match', `{'200': ${ok}, '304': {description: u}}`] });
    expect(await findingsWithPrefix('not-modified-storable', body)).toEqual([` ${headers}/example`]);
  });

  test('reports nothing without a validator and a 304', async () => {
    const body = pathItem({ get: ['', responses('{example: no-store}', 'Vary: {}')] });
    expect(await findingsWithPrefix('not-modified-storable', body)).toEqual([]);
  });
});

describe('the rules cacheable-declares-fields and cacheable-without-expires', () => {
  const found = async (responses: string, method = 'get') =>
    (await findingsWithPrefix('cacheable-', pathItem({ [method]: ['', responses] }))).filter((finding) =>
      /^(declares-fields|without-expires) /.test(finding),
    );
  const missing = 'declares-fields /paths//a/get/responses/200/headers';

  test.each([
    ['ETag', [missing]],
    ['Vary', [missing]],
    ['Cache-Control Vary', [missing]],
    ['Cache-Control Vary ETag', []],
    ['cache-control vary etag', []],
    ['Last-Modified', []],
    ['Expires', ['without-expires /paths//a/get/responses/200/headers/Expires']],
  ])('reports, or not: a 200 with %s', async (names, findings) => {
    expect(await found(`{'200': ${response(...names.split(' '))}}`)).toEqual(findings);
  });

  test('name all missing fields in one finding, and add them in one patch', async () => {
    const ok = response('ETag').replace('d,', 'ok,');
    const { root, reader } = sourcesInMemory(parse(`openapi: 3.1.2\n${pathItem({ get: ['', `{'200': ${ok}}`] })}`));
    const rules = catalogue.filter(({ id }) => id === 'cacheable-declares-fields');
    const findings = rules.flatMap((rule) => check(rule, new Description(root, reader)));
    expect(findings.map(({ message }) => message)).toEqual([
      'Expected Cache-Control and Vary in the 200 response of GET /a: a response that may be cached declares Cache-Control, Vary and ETag (Zalando).',
    ]);
    const obligation = findings[0]?.violations[0]?.obligation;
    expect(obligation && fixTitle(obligation)).toBe('Add Cache-Control and Vary');
    const headers = ['paths', '/a', 'get', 'responses', '200', 'headers'];
    const value = { schema: { type: 'string' } };
    expect(obligation && discharge(obligation)).toEqual([
      { op: 'add', source: root, path: [...headers, 'Cache-Control'], value },
      { op: 'add', source: root, path: [...headers, 'Vary'], value },
    ]);
  });

  test('report HEAD too', async () => {
    expect(await found(`{'200': ${response('Cache-Control', 'Vary')}}`, 'head')).toEqual([
      'declares-fields /paths//a/head/responses/200/headers',
    ]);
  });

  test.each([
    ['an update that takes If-Match', 'If-Match', '', ['ETag'], []],
    ['an update that takes If-Unmodified-Since', 'If-Unmodified-Since', '', ['ETag'], []],
    ['an update that may take a guard, behind a broken `$ref`', "[{$ref: '#/nowhere'}]", '', ['ETag'], []],
    ['an update that takes no guard', 'X-Reason', '', ['ETag'], [missing]],
    ['a GET that takes If-None-Match too', 'If-Match', 'If-None-Match', ['ETag'], [missing]],
    ['a Vary beside the ETag', 'If-Match', '', ['ETag', 'Vary'], [missing]],
    ['no ETag', 'If-Match', '', ['Vary'], [missing]],
  ])('leave an ETag alone that only guards updates, but not with %s', async (_, guard, condition, names, findings) => {
    const ok = `{'200': ${response(...names)}}`;
    const body = pathItem({ get: [condition, ok], put: [guard, `{'204': {description: done}}`] });
    const all = await findingsWithPrefix('cacheable-declares-fields', body);
    expect(all.map((finding) => `declares-fields ${finding.trim()}`)).toEqual(findings);
  });

  test('report an ETag that guards updates if the GET documents 304', async () => {
    const get = ['', `{'200': ${response('ETag')}, '304': {description: same}}`] as const;
    const put = ['If-Match', `{'204': {description: done}}`] as const;
    expect(await findingsWithPrefix('cacheable-declares-fields', pathItem({ get, put }))).toHaveLength(1);
  });

  test('require no other field of a response with no-store', async () => {
    const uncached = '{description: ok, headers: {Cache-Control: {example: no-store}}}';
    expect(await found(`{'200': ${uncached}}`)).toEqual([]);
  });

  test('report errors and updates only if they declare Expires', async () => {
    expect(await found(`{'404': ${response('ETag')}}`)).toEqual([]);
    expect(await found(`{'200': ${response('ETag')}}`, 'put')).toEqual([]);
    expect(await found(`{'404': ${response('Expires')}}`, 'put')).toEqual([
      'without-expires /paths//a/put/responses/404/headers/Expires',
    ]);
  });
});

describe('head-repeats-validators', () => {
  const get: [string, string] = ['', `{'200': ${response('ETag', 'Last-Modified')}}`];
  const found = (head: string) => findingsWithPrefix('head-', pathItem({ get, head: ['', head] }));

  test('reports each missing validator, in one place', async () => {
    expect(await found(`{'200': {description: ok}}`)).toEqual(
      Array(2).fill('repeats-validators /paths//a/head/responses/200'),
    );
    expect(await found(`{'204': ${response('last-modified')}}`)).toEqual([
      'repeats-validators /paths//a/head/responses/204/headers',
    ]);
  });

  test('reports nothing for unresolved headers, nor if HEAD documents no success', async () => {
    expect(await found(`{'200': {$ref: '#/nowhere'}}`)).toEqual([]);
    expect(await found(`{default: {description: any}}`)).toEqual([]);
    expect(await found(`{'200': ${response('etag', 'last-modified')}}`)).toEqual([]);
    expect(await found(`{'200': {description: ok}, '206': {$ref: '#/nowhere'}}`)).toEqual([]);
    expect(await found(`{'200': {description: ok}, '206': ${response('ETag', 'Last-Modified')}}`)).toEqual([]);
  });

  test('reports nothing if only another method than GET has validators', async () => {
    const body = pathItem({ put: get, head: ['', `{'200': {description: ok}}`] });
    expect(await findingsWithPrefix('head-', body)).toEqual([]);
  });
});
