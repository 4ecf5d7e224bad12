import { describe, expect, test } from 'vitest';
import { lint, shippedRuleset } from '../spectral.js';
import { findingsWithPrefix, pathItem, response } from './rule-findings.js';

const found = (body: string, version?: string) => findingsWithPrefix('precondition-', body, version);
const findingsOfRule = async (rule: string, body: string) =>
  (await found(body)).filter((finding) => finding.startsWith(`${rule} `));

const ok = `{'200': {description: ok}}`;
const unread = "[{$ref: '#/nowhere'}]";

describe('precondition-documented', () => {
  const rule = 'documented';
  const tagged = `{'200': ${response('ETag')}, '304': ${response('ETag')}}`;
  const dated = `{'200': ${response('Last-Modified')}, '304': {description: u}}`;
  const both = `{'200': ${response('Last-Modified', 'ETag')}, '304': {description: u}}`;

  test.each([
    ['ETag without If-None-Match', '', tagged, true],
    ['ETag with If-Modified-Since only', 'If-Modified-Since', tagged, true],
    ['ETag with If-None-Match', 'if-none-match', tagged, false],
    ['Last-Modified without If-Modified-Since', '', dated, true],
    ['Last-Modified with If-Modified-Since', 'If-Modified-Since', dated, false],
    ['ETag and Last-Modified with If-Modified-Since only', 'If-Modified-Since', both, true],
    ['ETag and Last-Modified with If-None-Match', 'If-None-Match', both, false],
    ['ETag with a misspelt If-None-Match, which has another finding', 'If-Not-Match', tagged, false],
    ['ETag with parameters behind a broken `$ref`', unread, tagged, false],
    ['a GET without a validator', '', ok, false],
    [
      'ETag beside a 206 behind a broken `$ref`',
      '',
      tagged.replace("'304'", "'206': {$ref: '#/nowhere'}, '304'"),
      true,
    ],
    [
      'Last-Modified beside a 206 behind a broken `$ref`',
      '',
      dated.replace("'304'", "'206': {$ref: '#/nowhere'}, '304'"),
      false,
    ],
  ])('reports, or not: %s', async (_, parameters, responses, isFound) => {
    const findings = await findingsOfRule(rule, pathItem({ get: [parameters, responses] }));
    expect(findings).toEqual(isFound ? [`${rule} /paths//a/get/parameters`] : []);
  });

  test('reports nothing on other methods', async () => {
    expect(await findingsOfRule(rule, pathItem({ head: ['', tagged], put: ['', tagged] }))).toEqual([]);
  });
});

describe('precondition-optional', () => {
  test.each([
    ['get', 'If-None-Match!', true],
    ['head', 'If-Modified-Since!', true],
    ['get', 'If-None-Match', false],
    ['get', 'If-Match!', false],
    ['put', 'If-None-Match!', false],
  ])('reports, or not: %s with %s', async (method, parameters, isFound) => {
    const findings = await findingsOfRule('optional', pathItem({ [method]: [parameters, ok] }));
    expect(findings).toEqual(isFound ? [`optional /paths//a/${method}/parameters/0/required`] : []);
  });

  test('reports nothing for required: false', async () => {
    const parameters = '[{name: If-None-Match, in: header, required: false}]';
    expect(await findingsOfRule('optional', pathItem({ get: [parameters, ok] }))).toEqual([]);
  });

  test('reports a component once', async () => {
    const get = `{get: {parameters: [{$ref: '#/components/parameters/P'}], responses: {'304': {description: u}}}}`;
    const parameter = '{name: If-None-Match, in: header, required: true}';
    const body = `paths: {/a: ${get}, /b: ${get}}\ncomponents: {parameters: {P: ${parameter}}}`;
    expect(await findingsOfRule('optional', body)).toEqual(['optional /components/parameters/P/required']);
  });
});

describe('precondition-spelling', () => {
  test('reports a parameter', async () => {
    expect(await findingsOfRule('spelling', pathItem({ put: ['If_Match', ok] }))).toEqual([
      'spelling /paths//a/put/parameters/0/name',
    ]);
  });

  test('reports a response header, on any response', async () => {
    const body = pathItem({ get: ['', `{'200': ${response('E-Tag')}, '404': ${response('LastModified')}}`] });
    expect(await findingsOfRule('spelling', body)).toEqual([
      'spelling /paths//a/get/responses/200/headers/E-Tag',
      'spelling /paths//a/get/responses/404/headers/LastModified',
    ]);
  });

  test('names the right field', async () => {
    const body = pathItem({ get: ['', `{'200': ${response('E-Tag')}}`] });
    const findings = await lint(`openapi: 3.1.2\n${body}`, await shippedRuleset('all'));
    expect(findings.map(({ message }) => message)).toContain(
      'Expected no header E-Tag in the 200 response of GET /a: the field is called ETag (RFC 9110 §5.1).',
    );
  });

  test('reports no right name, no private field, and no parameter that is not a header', async () => {
    const query = '[{name: if_match, in: query}, {name: X-If-Match, in: header}, {name: IF-MATCH, in: header}]';
    expect(
      await findingsOfRule('spelling', pathItem({ put: [query, `{'200': ${response('etag', 'x-etag')}}`] })),
    ).toEqual([]);
  });
});

describe('precondition-failed-documented', () => {
  const at = 'failed-documented /paths//a/put/responses';

  test.each([
    ['If-Match', ok, [at]],
    ['If-Unmodified-Since', ok, [at]],
    ['If-None-Match', ok, [at]],
    ['If-Modified-Since', ok, []],
    ['', ok, []],
    ['If-Match', `{'200': {description: ok}, '412': {description: f}}`, []],
    ['If-Match', `{'200': {description: ok}, 4XX: {description: f}}`, []],
    ['If-Match', `{'200': {description: ok}, default: {description: f}}`, []],
    ['If-Match', '{}', []],
    ['If-None-Match', `{'200': {description: ok}, '304': {description: same}}`, []],
    ['If-Match If-None-Match', `{'200': {description: ok}, '304': {description: same}}`, [at]],
  ])('reports, or not: a PUT with "%s" and %s', async (parameters, responses, findings) => {
    expect(await findingsOfRule('failed-documented', pathItem({ put: [parameters, responses] }))).toEqual(findings);
  });

  test.each(['post', 'patch', 'delete'])('reports %s', async (method) => {
    expect(await findingsOfRule('failed-documented', pathItem({ [method]: ['If-Match', ok] }))).toEqual([
      at.replace('put', method),
    ]);
  });

  test.each([
    ['COPY', true],
    ['PROPFIND', true],
    ['CONNECT', false],
  ])('reports an additional method of OpenAPI 3.2, or not: %s', async (method, isFound) => {
    const operation = `{parameters: [{name: If-Match, in: header, required: true}], responses: ${ok}}`;
    const body = `paths: {/a: {additionalOperations: {${method}: ${operation}}}}`;
    const responses = `/paths//a/additionalOperations/${method}/responses`;
    const findings = await found(body, 'openapi: 3.2.0');
    expect(findings.filter((finding) => finding.startsWith('failed-'))).toEqual(
      isFound ? [`failed-documented ${responses}`] : [],
    );
    expect(findings.filter((finding) => finding.startsWith('required-'))).toEqual([`required-documented ${responses}`]);
    expect(await found(body)).toEqual([]);
  });

  test.each(['options', 'trace', 'head'])('reports nothing on %s', async (method) => {
    expect(await findingsOfRule('failed-documented', pathItem({ [method]: ['If-Match', ok] }))).toEqual([]);
  });

  test('reports nothing on GET, where a failed precondition is answered with 304', async () => {
    expect(await findingsOfRule('failed-documented', pathItem({ get: ['If-Match', ok] }))).toEqual([]);
  });
});

describe('precondition-failed-has-precondition', () => {
  const failing = `{'204': {description: ok}, '412': {description: f}}`;

  test.each([
    ['', true],
    ['If-Match', false],
    ['If-None-Match', false],
    ['If-Unmodified-Since', false],
    ['If_Match', false],
    ['If', false],
    ['If-Schedule-Tag-Match', false],
    ['Prefer', true],
    ['Verified', true],
    [unread, false],
  ])('reports, or not: a 412 of a PUT with "%s"', async (parameters, isFound) => {
    const findings = await findingsOfRule('failed-has-precondition', pathItem({ put: [parameters, failing] }));
    expect(findings).toEqual(isFound ? ['failed-has-precondition /paths//a/put/responses/412'] : []);
  });
});

describe('precondition-failed-has-precondition, if a 304 is documented too', () => {
  const says = (text: string) =>
    `{'200': {description: ok}, '304': {description: Same}, '412': {description: ${JSON.stringify(text)}}}`;

  test.each([
    ['get', 'If-None-Match', 'Precondition Failed', true],
    ['head', 'If-Modified-Since', 'Order not modified', true],
    ['get', 'If-None-Match If-Range Range', 'Precondition Failed', true],
    ['get', 'If-None-Match If-Match', 'Precondition Failed', false],
    ['get', 'If-None-Match If', 'Precondition Failed', false],
    ['get', 'If-None-Match', 'The export is not ready', false],
    ['get', 'If-None-Match Accept-Crs', 'Accept-Crs failed', false],
    ['put', 'If-None-Match', 'Precondition Failed', false],
  ])('reports, or not: %s with "%s" and a 412 described as "%s"', async (method, parameters, text, isFound) => {
    const findings = await findingsOfRule('failed-has-precondition', pathItem({ [method]: [parameters, says(text)] }));
    expect(findings).toEqual(isFound ? [`failed-has-precondition /paths//a/${method}/responses/412`] : []);
  });

  test('gives the reason', async () => {
    const body = pathItem({ get: ['If-None-Match', says('Precondition Failed')] });
    const findings = await lint(`openapi: 3.1.2\n${body}`, await shippedRuleset('all'));
    expect(findings.map(({ message }) => message)).toContain(
      'Unexplained 412 response on GET /a: to a retrieval, a false If-None-Match is answered 304, and it takes no other condition (RFC 9110 §13.1.2).',
    );
  });
});

describe('precondition-failed-not-when-revalidating', () => {
  const says = (text: string) => `{'200': {description: ok}, '412': {description: ${JSON.stringify(text)}}}`;
  const failing = says('Precondition Failed');
  const rule = 'failed-not-when-revalidating';

  test.each([
    ['get', 'If-None-Match', failing, true],
    ['head', 'If-Modified-Since', failing, true],
    ['get', 'If-None-Match If-Match', failing, false],
    ['get', 'If-Modified-Since If-Unmodified-Since', failing, false],
    ['get', '', failing, false],
    ['put', 'If-None-Match', failing, false],
    ['get', 'If-None-Match', failing.replace("'412'", "'304': {description: u}, '412'"), false],
    ['get', 'If-None-Match', failing.replace("'412'", "3XX: {description: u}, '412'"), false],
  ])('reports, or not: %s with "%s" and %s', async (method, parameters, responses, isFound) => {
    const findings = await findingsOfRule(rule, pathItem({ [method]: [parameters, responses] }));
    expect(findings).toEqual(isFound ? [`${rule} /paths//a/${method}/responses/412`] : []);
  });

  test('reports it instead of the rule that requires a 304', async () => {
    const findings = await findingsWithPrefix('not-modified-', pathItem({ get: ['If-None-Match', failing] }));
    expect(findings).toEqual([]);
  });

  test.each([
    ['', true],
    ['412 Precondition Failed', true],
    ['The pre-condition in the request header was not met.', true],
    ['One or more conditions evaluated to false when tested on the server', true],
    ['The order hasn’t changed since then: the ETag matches', true],
    ['Order not modified', true],
    ['The coordinate reference system is missing', false],
    ['Accept-Crs is not among the supported ones', false],
    ['Precondition failed: the subscription has expired', false],
    ['If-None-Match is false, or the account is locked', false],
    ['The ETag matches, with Accept-Crs', false],
    ['The ETag is that of the same Accept-Crs', false],
    ['Vorbedingung nicht erfüllt', false],
  ])('reports, or not: a 412 described as "%s", if the operation takes another header', async (text, isFound) => {
    const body = pathItem({ get: ['If-None-Match Accept-Crs', says(text)] });
    expect(await findingsOfRule(rule, body)).toEqual(isFound ? [`${rule} /paths//a/get/responses/412`] : []);
    // If the 412 has another cause, the 304 is still missing.
    const missing = await findingsWithPrefix('not-modified-', body);
    expect(missing).toEqual(isFound ? [] : ['answers-precondition /paths//a/get/responses']);
  });

  test.each([
    [
      'the same component as that of',
      "{$ref: '#/components/responses/F'}",
      "{$ref: '#/components/responses/F'}",
      '',
      [],
    ],
    [
      'described with the same words as that of',
      '{description: Precondition failed.}',
      '{description: Precondition failed.}',
      '',
      [],
    ],
    [
      'described with other words than that of',
      '{description: Precondition failed.}',
      '{description: Failed.}',
      '',
      ['/paths//a/get/responses/412'],
    ],
    ['not described, like that of', '{}', '{}', '', ['/paths//a/get/responses/412']],
    [
      'the same component as that of',
      "{$ref: '#/components/responses/F'}",
      "{$ref: '#/components/responses/F'}",
      'If-Match',
      ['/paths//a/get/responses'],
    ],
  ])('reports, or not: a 412 that is %s another operation', async (_, own, others, parameters, places) => {
    const get = ['If-None-Match', `{'200': {description: ok}, '412': ${own}}`] as const;
    const post = [parameters, `{'201': {description: ok}, '412': ${others}}`] as const;
    const body = `${pathItem({ get, post })}\ncomponents: {responses: {F: {description: Precondition failed.}}}`;
    expect(await findingsOfRule(rule, body)).toEqual(places.map((at) => `${rule} ${at}`));
  });
});

describe('the rules precondition-required-documented and precondition-required-has-precondition', () => {
  test.each([
    ['If-Match!', ok, ['required-documented /paths//a/put/responses']],
    ['If-Unmodified-Since!', ok, ['required-documented /paths//a/put/responses']],
    ['If-Match', ok, []],
    ['If-None-Match!', ok, []],
    ['If-Match!', `{'200': {description: ok}, '428': {description: r}}`, []],
    ['If-Match!', `{'200': {description: ok}, 4XX: {description: r}}`, []],
    ['If-Match!', `{'200': {description: ok}, default: {description: r}}`, []],
    ['If-Match!', `{default: {description: r}}`, []],
    ['', `{'428': {description: r}}`, ['required-has-precondition /paths//a/put/responses/428']],
    ['If-None-Match', `{'428': {description: r}}`, []],
    [unread, `{'428': {description: r}}`, []],
  ])('report, or not: a PUT with "%s" and %s', async (parameters, responses, findings) => {
    const all = await found(pathItem({ put: [parameters, responses] }));
    expect(all.filter((finding) => /^required-(documented|has-precondition) /.test(finding))).toEqual(findings);
  });
});

describe('precondition-obtainable', () => {
  const put: [string, string] = ['If-Match', `{'204': {description: ok}}`];
  const member = `{'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}}`;
  const schemas =
    "components: {schemas: {Page: {properties: {items: {items: {allOf: [{$ref: '#/components/schemas/Item'}]}}}}, Item: {properties: {self: {$ref: '#/components/schemas/Page'}, _etag: {type: string}}}}}";

  test.each([
    ['on no response', { get: ['', ok], put }, true],
    ['on GET', { get: ['', `{'200': ${response('ETag')}}`], put }, false],
    ['on the PUT itself', { put: ['If-Match', `{'200': ${response('ETag')}}`] }, false],
    ['on the PUT itself, beside a GET', { get: ['', ok], put: ['If-Match', `{'200': ${response('ETag')}}`] }, true],
    ['on POST, beside a GET', { get: ['', ok], post: ['', `{'201': ${response('ETag')}}`], put }, true],
    ['on HEAD, beside a GET', { get: ['', ok], head: ['', `{'200': ${response('ETag')}}`], put }, false],
    ['on the 304 of GET', { get: ['', `{'200': {description: ok}, '304': ${response('ETag')}}`], put }, true],
    [
      'on POST, beside a GET that fails',
      { get: ['', "{'404': {}}"], post: ['', `{'201': ${response('ETag')}}`], put },
      false,
    ],
    ['in the body of PUT, beside a GET', { get: ['', ok], put: ['If-Match', member] }, false],
    ['on an error of GET', { get: ['', `{'200': {description: ok}, '404': ${response('ETag')}}`], put }, true],
    ['on the default of GET', { get: ['', `{'200': {description: ok}, default: ${response('ETag')}}`], put }, true],
    ['on GET, whose only response is the default', { get: ['', `{default: ${response('ETag')}}`], put }, false],
    [
      'only on an error of the PUT itself',
      { put: ['If-Match', `{'204': {description: ok}, '412': ${response('ETag')}}`] },
      false,
    ],
    [
      'perhaps on one of two responses of GET, which is behind a broken `$ref`',
      { get: ['', "{'200': {description: ok}, '206': {$ref: '#/nowhere'}}"], put },
      false,
    ],
    [
      'on no response, and only GET documents a success',
      { get: ['', ok], put: ['If-Match', `{'412': {description: f}}`] },
      true,
    ],
    ['on no response, and GET documents no success', { get: ['', `{'404': {description: n}}`], put }, true],
    ['on no response, and no operation documents a success', { put: ['If-Match', `{'412': {description: f}}`] }, false],
    [
      'perhaps on the response of GET, which is behind a broken `$ref`',
      { get: ['', `{'200': {$ref: '#/nowhere'}}`], put },
      false,
    ],
    ['in the body of GET', { get: ['', member], put }, false],
    ['on no response, and only DELETE documents a success', { delete: put, post: ['', "{'400': {}}"] }, false],
  ] as const)('reports, or not: If-Match on a path that has an ETag %s', async (_, operations, isFound) => {
    const findings = await findingsOfRule('obtainable', `${pathItem(operations)}\n${schemas}`);
    expect(findings).toEqual(isFound ? ['obtainable /paths//a/put'] : []);
  });

  test('reports a path once', async () => {
    const body = pathItem({ get: ['', ok], put, delete: put });
    expect(await findingsOfRule('obtainable', body)).toEqual(['obtainable /paths//a/put']);
    const findings = await lint(`openapi: 3.1.2\n${body}`, await shippedRuleset('all'));
    expect(findings.map(({ message }) => message)).toContain(
      'Expected ETag on a response of /a: PUT and DELETE take If-Match, which clients can send only with an entity-tag (RFC 9110 §13.1.1, Atlassian).',
    );
  });
});

describe('precondition-has-validator', () => {
  const same = "'304': {description: Same}";
  const plain = `{'200': {description: ok}, ${same}}`;
  const tagged = `{'200': ${response('ETag')}, ${same}}`;
  const dated = `{'200': ${response('Last-Modified')}, ${same}}`;
  const filtered = `{'200': {description: Orders changed since}}`;
  const body = (member: string) =>
    `{'200': {description: ok, content: {application/json: {schema: {properties: {${member}: {type: string}}}}}}, ${same}}`;

  test.each([
    ['If-None-Match', plain, ['ETag']],
    ['if-none-match', plain, ['ETag']],
    ['If-None-Match', `{'200': {description: ok}, '304': ${response('ETag')}}`, ['ETag']],
    ['If-None-Match', `{'200': {description: ok}, '404': ${response('ETag')}}`, ['ETag']],
    ['If-None-Match', `{'200': {description: ok}, default: ${response('ETag')}}`, ['ETag']],
    ['If-None-Match', dated, ['ETag']],
    ['If-None-Match If-Modified-Since', plain, ['ETag']],
    ['If-None-Match', tagged, []],
    ['If-None-Match', `{'200': {description: ok}, '206': ${response('etag')}}`, []],
    ['If-None-Match', body('etag'), []],
    ['If-None-Match', body("'@odata.etag'"), []],
    ['If-None-Match', `{'200': {$ref: '#/nowhere'}, ${same}}`, []],
    ['If-None-Match', `{'200': {description: ok}, '206': {$ref: '#/nowhere'}}`, []],
    ['If-None-Match', `{default: {description: any}}`, []],
    ['If-None-Match', `{${same}}`, []],
    ['If-Modified-Since', plain, ['Last-Modified']],
    ['If-Modified-Since', `{'200': {description: ok}, 3XX: {description: Same}}`, ['Last-Modified']],
    ['If-Modified-Since', filtered, []],
    ['If-Modified-Since', dated, []],
    ['If-Modified-Since', tagged, []],
    ['If-None-Match If-Modified-Since', tagged, []],
    ['If-Match If-Range', plain, []],
    ['[{name: If-None-Match, in: query}]', plain, []],
    [unread, plain, []],
  ])('reports, or not: a GET with "%s" and %s', async (parameters, responses, fields) => {
    const paths = pathItem({ get: [parameters, responses] });
    const findings = await lint(`openapi: 3.1.2\n${paths}`, await shippedRuleset('all'));
    const own = findings.filter(({ code }) => code === 'precondition-has-validator');
    expect(own.map(({ message }) => message.split(' ')[1])).toEqual(fields);
  });

  const got: [string, string] = ['If-None-Match', plain];

  test.each([
    ['GET takes it, and HEAD declares an ETag', { get: got, head: ['', tagged] }, []],
    ['GET takes it, and only PUT declares an ETag', { get: got, put: ['', `{'204': ${response('ETag')}}`] }, ['get']],
    ['GET and HEAD take it', { get: got, head: got }, ['get']],
    ['only HEAD takes it', { get: ['', plain], head: got }, ['head']],
    ['only PUT takes it', { put: got }, []],
    ['HEAD takes it, and GET has an etag in the body', { get: ['', body('etag')], head: got }, []],
  ] as const)('reports, or not: If-None-Match, if %s', async (_, operations, methods) => {
    const findings = await findingsOfRule('has-validator', pathItem(operations));
    expect(findings).toEqual(methods.map((method) => `has-validator /paths//a/${method}/responses/200`));
  });

  test('treats the result of QUERY as another resource than that of GET', async () => {
    const findings = await found(pathItem({ get: ['', tagged], query: got }), 'openapi: 3.2.0');
    expect(findings.filter((finding) => finding.startsWith('has-'))).toEqual([
      'has-validator /paths//a/query/responses/200',
    ]);
  });

  test('points into the operation if the response is a component', async () => {
    const responses = `{'200': {$ref: '#/components/responses/Order'}, ${same}}`;
    const shared = `${pathItem({ get: ['If-None-Match', responses] })}\ncomponents: {responses: {Order: {description: ok}}}`;
    expect(await findingsOfRule('has-validator', shared)).toEqual(['has-validator /paths//a/get/responses']);
  });

  test('gives the purpose of the validator, and calls a date only safer', async () => {
    const messagesOf = async (condition: string) => {
      const findings = await lint(
        `openapi: 3.1.2\n${pathItem({ get: [condition, plain] })}`,
        await shippedRuleset('all'),
      );
      return findings.map(({ message }) => message);
    };
    expect(await messagesOf('If-None-Match')).toContain(
      'Expected ETag in the 200 response of GET /a: it takes If-None-Match, which clients can send only with the entity-tag of an earlier response (RFC 9110 §13.1.2, Atlassian).',
    );
    expect(await messagesOf('If-Modified-Since')).toContain(
      'Expected Last-Modified in the 200 response of GET /a: it takes If-Modified-Since, in which a date from the server is safer than one from the client (RFC 9110 §13.1.3).',
    );
  });
});

describe('precondition-guards-update', () => {
  const get: [string, string] = ['If-None-Match', `{'200': ${response('ETag')}, '304': ${response('ETag')}}`];

  test.each([
    ['', ok, true],
    ['If-None-Match', ok, true],
    ['If-Match', ok, false],
    ['If-Unmodified-Since', ok, false],
    [unread, ok, false],
  ])('reports, or not: a PATCH with "%s"', async (parameters, responses, isFound) => {
    const findings = await findingsOfRule('guards-update', pathItem({ get, patch: [parameters, responses] }));
    expect(findings).toEqual(isFound ? ['guards-update /paths//a/patch/parameters'] : []);
  });

  test.each(['put', 'patch', 'delete'])('reports %s', async (method) => {
    expect(await findingsOfRule('guards-update', pathItem({ get, [method]: ['', ok] }))).toEqual([
      `guards-update /paths//a/${method}/parameters`,
    ]);
  });

  test('reports nothing if GET declares no validator, and nothing on POST', async () => {
    const dated = `{'200': ${response('Last-Modified')}}`;
    expect(await findingsOfRule('guards-update', pathItem({ get: ['', dated], put: ['', ok] }))).toEqual([]);
    expect(await findingsOfRule('guards-update', pathItem({ put: ['', get[1]], delete: ['', ok] }))).toEqual([]);
    expect(await findingsOfRule('guards-update', pathItem({ get, post: ['', ok] }))).toEqual([]);
  });

  test.each([
    ['DELETE takes If-Match, and PUT and PATCH do not', { delete: 'If-Match', put: '', patch: '' }, ['put', 'patch']],
    ['PUT takes If-Match, and DELETE If-Unmodified-Since', { put: 'If-Match', delete: 'If-Unmodified-Since' }, []],
    ['PUT takes If-Unmodified-Since, and DELETE nothing', { put: 'If-Unmodified-Since', delete: '' }, []],
    ['PUT takes If-None-Match, and DELETE nothing', { put: 'If-None-Match', delete: '' }, []],
    ['POST takes If-Match, and DELETE nothing', { post: 'If-Match', delete: '' }, []],
    ['PATCH takes If-Match, and GET nothing', { patch: 'If-Match', get: '' }, []],
    [
      'PATCH takes If-Match, and the parameters of PUT are behind a broken `$ref`',
      { patch: 'If-Match', put: unread },
      [],
    ],
  ] as const)('reports the other updates, or not, if %s', async (_, parameters, methods) => {
    const operations = Object.entries(parameters).map(([method, list]) => [method, [list, ok] as const] as const);
    const findings = await findingsOfRule('guards-update', pathItem(Object.fromEntries(operations)));
    expect(findings).toEqual(methods.map((method) => `guards-update /paths//a/${method}/parameters`));
  });

  test('names the method to guard', async () => {
    const body = pathItem({ put: ['', ok], delete: ['If-Match', ok] });
    const findings = await lint(`openapi: 3.1.2\n${body}`, await shippedRuleset('all'));
    expect(findings.map(({ message }) => message)).toContain(
      'Expected an If-Match parameter on PUT /a: DELETE on its path takes If-Match (Atlassian, Zalando).',
    );
  });

  test('reports an operation without parameters', async () => {
    const body = `paths: {/a: {get: {responses: {'200': ${response('ETag')}}}, put: {responses: ${ok}}}}`;
    expect(await findingsOfRule('guards-update', body)).toEqual(['guards-update /paths//a/put']);
  });
});

describe('precondition-heeded', () => {
  test.each([
    ['put', true],
    ['post', true],
    ['get', false],
    ['head', false],
  ])('reports, or not: If-Modified-Since on %s', async (method, isFound) => {
    const findings = await findingsOfRule('heeded', pathItem({ [method]: ['If-Modified-Since', ok] }));
    expect(findings).toEqual(isFound ? [`heeded /paths//a/${method}/parameters/0`] : []);
  });

  test('reports nothing if the path item declares the field for all methods', async () => {
    const body = `paths: {/a: {parameters: [{name: If-Modified-Since, in: header}], put: {responses: ${ok}}}}`;
    expect(await findingsOfRule('heeded', body)).toEqual([]);
  });
});

describe('precondition-range', () => {
  test.each([
    ['get', 'If-Range', true],
    ['get', 'If-Range Range', false],
    ['get', 'Range', false],
    ['put', 'If-Range Range', true],
    ['head', 'If-Range Range', true],
  ])('reports, or not: %s with %s', async (method, parameters, isFound) => {
    const findings = await findingsOfRule('range', pathItem({ [method]: [parameters, ok] }));
    expect(findings).toEqual(isFound ? [`range /paths//a/${method}/parameters/0`] : []);
  });

  test('says that ranges are only defined for GET', async () => {
    const body = pathItem({ put: ['If-Range Range', ok] });
    const findings = await lint(`openapi: 3.1.2\n${body}`, await shippedRuleset('all'));
    expect(findings.map(({ message }) => message)).toContain(
      'Expected no If-Range parameter on PUT /a: ranges are only defined for GET (RFC 9110 §13.1.5, RFC 9110 §14.2).',
    );
  });

  test('reports nothing on an unknown method, nor if the path item declares the field for all', async () => {
    const own = `{COPY: {parameters: [{name: If-Range, in: header}], responses: ${ok}}}`;
    const copying = `paths: {/a: {additionalOperations: ${own}}}`;
    expect(await findingsWithPrefix('precondition-range', copying, 'openapi: 3.2.0')).toEqual([]);
    const inherited = `paths: {/a: {parameters: [{name: If-Range, in: header}], put: {responses: ${ok}}}}`;
    expect(await findingsOfRule('range', inherited)).toEqual([]);
  });

  test('reports nothing if Range may be among unresolved parameters', async () => {
    const parameters = "[{name: If-Range, in: header}, {$ref: '#/nowhere'}]";
    expect(await findingsOfRule('range', pathItem({ get: [parameters, ok] }))).toEqual([]);
  });
});

describe('precondition-range-example', () => {
  const at = '/paths//a/get/parameters/0';
  const ranged = (definition: string) =>
    `paths: {/a: {get: {parameters: [{name: If-Range, in: header, ${definition}}, {name: Range, in: header}], responses: ${ok}}}}`;

  test.each([
    [`example: '"33a6"'`, []],
    [`example: 'Tue, 15 Nov 1994 08:12:31 GMT'`, []],
    [`example: '""'`, []],
    [`example: ['"33a6"']`, []],
    ['example: <etag>', []],
    ['example: if-range', []],
    [`example: 'W/"33a6"'`, ['/example']],
    [`example: '*'`, ['/example']],
    [`example: '"a", "b"'`, ['/example']],
    [`example: ['"a"', '"b"']`, ['/example']],
    ['example: 33a6', ['/example']],
    ['example: 5', ['/example']],
    [`example: '1994-11-15T08:12:31Z'`, ['/example']],
    [`example: 'Mon, 15 Nov 1994 08:12:31 GMT'`, ['/example']],
    [`schema: {enum: ['"a"', 'W/"a"']}`, ['/schema/enum/1']],
  ])('reports, or not: an If-Range with %s', async (definition, places) => {
    const findings = await findingsOfRule('range-example', ranged(definition));
    expect(findings).toEqual(places.map((place) => `range-example ${at}${place}`));
  });

  test('suggests a value if it is certain', async () => {
    const messageOf = async (example: string) => {
      const findings = await lint(`openapi: 3.1.2\n${ranged(`example: ${example}`)}`, await shippedRuleset('all'));
      return findings.find(({ code }) => code === 'precondition-range-example')?.message.split(' in the ', 1)[0];
    };
    expect(await messageOf('33a6')).toBe('Expected value "33a6" instead of 33a6');
    expect(await messageOf("'Tue, 15-Nov-1994 08:12:31 GMT'")).toBe(
      'Expected value Tue, 15 Nov 1994 08:12:31 GMT instead of Tue, 15-Nov-1994 08:12:31 GMT',
    );
    expect(await messageOf("'1994-11-15T08:12:31Z'")).toBe('Malformed value 1994-11-15T08:12:31Z');
    expect(await messageOf('\'W/"33a6"\'')).toBe('Malformed value W/"33a6"');
    expect(await messageOf("'W/33a6'")).toBe('Malformed value W/33a6');
  });

  test('leaves a list of entity-tags to entity-tag-single', async () => {
    const list = 'schema: {type: array, items: {type: string}}';
    expect(await findingsWithPrefix('entity-tag-single', ranged(list))).toEqual([` ${at}/schema/type`]);
    expect(await findingsWithPrefix('entity-tag-single', ranged(list).replaceAll('If-Range', 'If-Match'))).toEqual([]);
  });
});

describe('precondition-guards-update accepts instead of If-Match, or not, a version', () => {
  const unguarded = (template: string, put: string, version = 'openapi: 3.1.2', more = '') => {
    const get = `{responses: {'200': ${response('ETag')}}}`;
    return findingsWithPrefix(
      'precondition-guards-update',
      `paths: {'${template}': {get: ${get}, put: {${put}}}}\n${more}`,
      version,
    );
  };
  const body = (schema: string) => `responses: ${ok}, requestBody: {content: {application/json: {schema: ${schema}}}}`;
  const components = `components: {schemas: {
    Item: {required: [name, lock_version]}, Named: {required: [name]}, Mid: {$ref: '#/components/schemas/Named', required: [rev]}}}`;

  test.each([
    ['in the path', '/a/{id}/versions/{version}', `responses: ${ok}`, true],
    ['in the path, as a part of a segment', '/a/{id}-{revisionNumber}', `responses: ${ok}`, true],
    ['of the API, at the beginning of the path', '/{version}/a/{id}', `responses: ${ok}`, false],
    ['of the API, after a v', '/api/v{version}/a/{id}', `responses: ${ok}`, false],
    ['that is only a fixed word in the path', '/a/{id}/versions', `responses: ${ok}`, false],
    ['that is only a part of another word in the path', '/a/{conversionId}/b/{diversion}', `responses: ${ok}`, false],
    [
      'that is required in the query',
      '/a',
      `parameters: [{name: rev, in: query, required: true}], responses: ${ok}`,
      true,
    ],
    ['that is optional in the query', '/a', `parameters: [{name: rev, in: query}], responses: ${ok}`, false],
    [
      'of the API, in the query',
      '/a',
      `parameters: [{name: api-version, in: query, required: true}], responses: ${ok}`,
      false,
    ],
    ['that is required in the body', '/a', body('{required: [lockVersion]}'), true],
    ['that is required in a part of the body', '/a', body("{allOf: [{$ref: '#/components/schemas/Item'}]}"), true],
    ['required beside a `$ref`', '/a', body("{$ref: '#/components/schemas/Named', required: [version]}"), true],
    ['required beside a `$ref` on the way', '/a', body("{allOf: [{$ref: '#/components/schemas/Mid'}]}"), true],
    ['required behind both', '/a', body("{$ref: '#/components/schemas/Item', required: [id]}"), true],
    [
      'required neither beside a `$ref` nor behind it',
      '/a',
      body("{$ref: '#/components/schemas/Named', required: [id]}"),
      false,
    ],
    [
      'that is required in the ninth part of the body',
      '/a',
      body(`{allOf: [${'{}, '.repeat(8)}{required: [version]}]}`),
      false,
    ],
    ['that is optional in the body', '/a', body('{properties: {version: {}}, required: [name]}'), false],
    ['in the body, if `required` is not a list', '/a', body('{required: {version: true}}'), false],
  ])('%s', async (_, template, put, isSilent) => {
    expect(await unguarded(template, put, 'openapi: 3.1.2', components)).toHaveLength(isSilent ? 0 : 1);
  });

  test('in a body parameter of OpenAPI 2.0', async () => {
    const parameters = (schema: string) => `parameters: [{name: item, in: body, schema: ${schema}}], responses: ${ok}`;
    expect(await unguarded('/a', parameters('{required: [etag]}'), "swagger: '2.0'")).toEqual([]);
    expect(await unguarded('/a', parameters('{required: [name]}'), "swagger: '2.0'")).toHaveLength(1);
  });

  test('reports nothing if the path item declares the version for all methods', async () => {
    const query = '[{name: version, in: query, required: true}]';
    const text = `paths: {/a: {parameters: ${query}, get: {responses: {'200': ${response('ETag')}}}, delete: {responses: ${ok}}}}`;
    expect(await findingsWithPrefix('precondition-guards-update', text)).toEqual([]);
  });
});

describe('precondition-date-obtainable', () => {
  const rule = 'date-obtainable';
  const put: [string, string] = ['If-Unmodified-Since', ok];
  const dated: [string, string] = ['', `{'200': ${response('Last-Modified')}}`];
  const body = (member: string): [string, string] => [
    '',
    `{'200': {description: ok, content: {application/json: {schema: {properties: {${member}: {type: string}}}}}}}`,
  ];

  test.each([
    ['nowhere', { get: ['', ok], put }, ['put']],
    ['on GET', { get: dated, put }, []],
    ['on HEAD', { get: ['', ok], head: dated, put }, []],
    ['on the PUT alone, where there is no GET', { put: ['If-Unmodified-Since', dated[1]] }, []],
    ['on the PUT alone, beside a GET', { get: ['', ok], put: ['If-Unmodified-Since', dated[1]] }, ['put']],
    ['only as ETag', { get: ['', `{'200': ${response('ETag')}}`], put }, ['put']],
    ['in the body', { get: body('lastModified'), put }, []],
    ['in the body, by another name', { get: body('updated_at'), put }, []],
    ['in what cannot be read', { get: ['', "{'200': {$ref: '#/nowhere'}}"], put }, []],
    ['nowhere, for two methods', { get: ['', ok], patch: put, delete: put }, ['delete']],
    ['nowhere, where only If-Match is taken', { get: ['', ok], put: ['If-Match', ok] }, []],
    ['nowhere, on GET', { get: ['If-Unmodified-Since', ok] }, []],
  ] as const)('Last-Modified %s', async (_, operations, methods) => {
    const findings = await findingsOfRule(rule, pathItem(operations));
    expect(findings).toEqual(methods.map((method) => `${rule} /paths//a/${method}`));
  });
});

describe('precondition-either', () => {
  const rule = 'either';
  const at = (index: number) => [`${rule} /paths//a/put/parameters/${index}/required`];

  test.each([
    ['both', 'If-Match! If-Unmodified-Since!', at(1)],
    ['both, in the other order', 'If-Unmodified-Since! If-Match!', at(0)],
    ['one of two', 'If-Match! If-Unmodified-Since', []],
    ['the other of two', 'If-Match If-Unmodified-Since!', []],
    ['the only one', 'If-Unmodified-Since!', []],
    ['a condition on creation beside a date', 'If-None-Match! If-Unmodified-Since!', []],
  ])('%s is required', async (_, parameters, expected) => {
    expect(await findingsOfRule(rule, pathItem({ put: [parameters, ok] }))).toEqual(expected);
  });

  test('points at the operation if the date is shared', async () => {
    const body = `${pathItem({ put: ["[{name: If-Match, in: header, required: true}, {$ref: '#/components/parameters/D'}]", ok] })}
components: {parameters: {D: {name: If-Unmodified-Since, in: header, required: true}}}`;
    expect(await findingsOfRule(rule, body)).toEqual([`${rule} /paths//a/put/parameters`]);
  });
});

describe('precondition-required-not-cacheable', () => {
  const rule = 'required-not-cacheable';
  const cached = (schema: string) => `{description: r, headers: {Cache-Control: {schema: {${schema}}}}}`;
  const at = (header: string) => [`${rule} /paths//a/put/responses/428/headers/${header}`];

  test.each([
    ['a lifetime', cached('const: max-age=60'), at('Cache-Control')],
    ['a lifetime for shared caches, in capitals', cached('default: S-MAXAGE = 60'), at('Cache-Control')],
    ['private storage', cached('enum: [private, "private, max-age=5"]'), at('Cache-Control')],
    ['no-store', cached('const: no-store'), []],
    ['no-store beside a lifetime', cached('const: "no-store, max-age=0"'), []],
    ['no-cache alone, which stores nothing', cached('const: no-cache'), []],
    ['one value of two that may not be stored', cached('enum: [no-store, max-age=5]'), []],
    ['a value that is not said', cached('type: string'), []],
    ['Expires', response('Expires'), at('Expires')],
    ['ETag, with which the client can repeat the request', response('ETag'), []],
  ])('%s', async (_, required, expected) => {
    const body = pathItem({ put: ['If-Match!', `{'204': {description: ok}, '428': ${required}}`] });
    expect(await findingsOfRule(rule, body)).toEqual(expected);
  });

  test('says nothing of other responses', async () => {
    const body = pathItem({
      put: ['If-Match!', `{'204': ${cached('const: max-age=60')}, '412': ${response('Expires')}}`],
    });
    expect(await findingsOfRule(rule, body)).toEqual([]);
  });
});
