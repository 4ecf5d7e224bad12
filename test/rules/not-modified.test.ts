import { describe, expect, test } from 'vitest';
import { lint, shippedRuleset } from '../spectral.js';
import { findingsWithPrefix } from './rule-findings.js';

const found = (body: string, version?: string) => findingsWithPrefix('not-modified-', body, version);

/** A description with one operation. */
function operation(responses: string, method = 'get', parameters = '[]'): string {
  return `paths: {/a: {${method}: {parameters: ${parameters}, responses: ${responses}}}}`;
}

const etag = 'headers: {ETag: {schema: {type: string}}}';
const ifNoneMatch = '[{name: If-None-Match, in: header, schema: {type: string}}]';

describe('not-modified-documented requires a 304 for a validator', () => {
  const at = (method: string) => `/paths//a/${method}/responses`;

  test.each([
    ['ETag on 200', `{'200': {${etag}}}`],
    ['Last-Modified on 200', `{'200': {headers: {Last-Modified: {}}}}`],
    ['a lower-case etag', `{'200': {headers: {etag: {}}}}`],
    ['ETag on 204', `{'204': {${etag}}}`],
    ['ETag on 206 beside a bare 200', `{'200': {description: all}, '206': {${etag}}}`],
    ['ETag on the range 2XX', `{2XX: {${etag}}}`],
    ['a header that is null', `{'200': {headers: {ETag: null}}}`],
    ['a header whose reference is unresolved', `{'200': {headers: {ETag: {$ref: '#/nowhere'}}}}`],
    ['a default beside it', `{'200': {${etag}}, default: {description: error}}`],
    ['an extension named like the code', `{'200': {${etag}}, x-304: {description: no}}`],
    ['a key without quotes', `{200: {${etag}}}`],
  ])('%s', async (_, responses) => {
    const findings = (await found(operation(responses))).filter((finding) => !/^(parser|invalid-ref)/.test(finding));
    expect(findings).toEqual([`documented ${at('get')}`]);
  });

  test.each([
    ['a 304', `{'200': {${etag}}, '304': {${etag}}}`],
    ['a 304 whose key has no quotes', `{'200': {${etag}}, 304: {${etag}}}`],
    ['the range 3XX', `{'200': {${etag}}, 3XX: {description: elsewhere}}`],
    ['a 304 whose reference is unresolved', `{'200': {${etag}}, '304': {$ref: '#/nowhere'}}`],
    ['a validator on errors only', `{'200': {description: ok}, '404': {${etag}}}`],
    ['a validator on the default only', `{default: {${etag}}}`],
    ['similar field names', `{'200': {headers: {x-etag: {}, 3gpp-Sbi-Etags: {}, ETags: {}}}}`],
    ['an unresolved response', `{'200': {$ref: '#/nowhere'}}`],
    ['responses that are null', 'null'],
    ['headers that are null', `{'200': {headers: null}, '201': null}`],
    ['a list of responses', `[{${etag}}]`],
  ])('and nothing for %s', async (_, responses) => {
    expect((await found(operation(responses))).filter((finding) => !finding.startsWith('parser'))).toEqual([]);
  });

  test('on HEAD with a separate rule', async () => {
    expect(await found(operation(`{'200': {${etag}}}`, 'head'))).toEqual([`documented-on-head ${at('head')}`]);
  });

  test('but not on PUT, where a validator guards updates, nor for a request header of that name', async () => {
    expect(await found(operation(`{'200': {${etag}}}`, 'put'))).toEqual([]);
    expect(await found(operation(`{'200': {description: ok}}`, 'get', '[{name: ETag, in: header}]'))).toEqual([]);
  });

  test('on the QUERY of OpenAPI 3.2, and not where another version has a field of that name', async () => {
    const query = operation(`{'200': {${etag}}}`, 'query');
    expect(await found(query, 'openapi: 3.2.0')).toEqual([`documented ${at('query')}`]);
    expect(await found(query)).toEqual([]);
  });

  test('but not on an unknown method', async () => {
    const responses = `{'200': {${etag}}, '304': {description: unchanged}}`;
    const paths = `paths: {/a: {additionalOperations: {COPY: {responses: ${responses}}}}}`;
    expect(await found(paths, 'openapi: 3.2.0')).toEqual([]);
  });

  test('in OpenAPI 2.0', async () => {
    const responses = `{'200': {description: ok, headers: {ETag: {type: string}}}}`;
    expect(await found(operation(responses), "swagger: '2.0'")).toEqual([`documented ${at('get')}`]);
  });

  test('but not in callbacks, webhooks or extensions', async () => {
    const item = `{get: {responses: {'200': {${etag}}}}}`;
    expect(await found(`webhooks: {a: ${item}}\npaths: {x-a: ${item}}`)).toEqual([]);
    expect(await found(`paths: {/a: {post: {callbacks: {c: {'{$url}': ${item}}}}}}`)).toEqual([]);
  });
});

describe('not-modified rules treat the target of a `$ref` as if it were inline', () => {
  const headers = 'components: {headers: {Tag: {schema: {type: string}}}}';

  test.each([
    ['the paths', `{$ref: '#/x-paths'}`, '/x-paths//a/get/responses'],
    ['a path item', `{/a: {$ref: '#/x-paths/~1a'}}`, '/x-paths//a/get/responses'],
    ['an operation', `{/a: {get: {$ref: '#/x-paths/~1a/get'}}}`, '/x-paths//a/get/responses'],
    [
      'a response',
      `{/a: {get: {responses: {'200': {$ref: '#/x-paths/~1a/get/responses/200'}}}}}`,
      '/paths//a/get/responses',
    ],
    [
      'a map of headers',
      `{/a: {get: {responses: {'200': {headers: {$ref: '#/x-paths/~1a/get/responses/200/headers'}}}}}}`,
      '/paths//a/get/responses',
    ],
    [
      'the responses, and then the operation has to say it',
      `{/a: {get: {responses: {$ref: '#/x-paths/~1a/get/responses'}}}}`,
      '/paths//a/get',
    ],
  ])('%s', async (_, paths, at) => {
    const body = `paths: ${paths}\nx-paths: {/a: {get: {responses: {'200': {headers: {ETag: {$ref: '#/components/headers/Tag'}}}}}}}\n${headers}`;
    expect(await found(body)).toEqual([`documented ${at}`]);
  });

  test('the parameters', async () => {
    const bare = "{'200': {description: ok}}";
    const body = `paths: {/a: {get: {parameters: {$ref: '#/x-parameters'}, responses: ${bare}}}}\nx-parameters: ${ifNoneMatch}`;
    expect(await found(body)).toEqual(['answers-precondition /paths//a/get/responses']);
  });

  test('a header that is a Parameter Object', async () => {
    const body = `${operation(`{'200': {headers: {ETag: {$ref: '#/components/parameters/ETag'}}}}`)}\ncomponents: {parameters: {ETag: {name: ETag, in: header}}}`;
    expect(await found(body)).toEqual(['documented /paths//a/get/responses']);
  });

  test('a field beside the `$ref` of a path item, which comes first', async () => {
    const body = `paths: {/a: {$ref: '#/x-item', get: {responses: {'200': {description: ok}}}}}\nx-item: {get: {responses: {'200': {${etag}}}}, head: {responses: {'200': {${etag}}}}}`;
    expect(await found(body)).toEqual(['documented-on-head /x-item/head/responses']);
  });

  test('merge keys and aliases of YAML', async () => {
    const body = `x-ok: &ok {headers: {ETag: {}}}\nx-get: &get {responses: {'200': *ok}}\npaths: {/a: {get: {<<: *get, summary: read}}}`;
    expect(await found(body)).toEqual(['documented /paths//a/get/responses']);
  });

  test('odd path templates', async () => {
    const item = `{get: {responses: {'200': {${etag}}}}}`;
    const paths = ['/a b', '/a#b', '/a~1b', '/a%20b', "/a('{id}')", '/a/{{id}}', ''];
    const findings = await found(`paths:\n${paths.map((path) => `  "${path}": ${item}\n`).join('')}`);
    expect(findings).toEqual(paths.map((path) => `documented /paths/${path}/get/responses`));
  });
});

describe('not-modified rules require a 304 for a precondition', () => {
  const bare = `{'200': {description: ok}}`;

  test.each([
    ['If-None-Match', ifNoneMatch],
    ['a lower-case if-none-match', '[{name: if-none-match, in: header}]'],
    ['If-Modified-Since', '[{name: If-Modified-Since, in: header}]'],
    ['a reference to a parameter', `[{$ref: '#/components/parameters/Condition'}]`],
  ])('%s', async (_, parameters) => {
    const components = 'components: {parameters: {Condition: {name: If-None-Match, in: header}}}';
    expect(await found(`${operation(bare, 'get', parameters)}\n${components}`)).toEqual([
      'answers-precondition /paths//a/get/responses',
    ]);
  });

  test('If-None-Match of the path item', async () => {
    const body = `paths: {/a: {parameters: ${ifNoneMatch}, get: {responses: ${bare}}, put: {responses: ${bare}}}}`;
    expect(await found(body)).toEqual(['answers-precondition /paths//a/get/responses']);
  });

  test('and cite only the sources about that precondition', async () => {
    const all = await shippedRuleset('all');
    const text = (name: string) => `openapi: 3.1.1\n${operation(bare, 'get', `[{name: ${name}, in: header}]`)}`;
    const [match] = await lint(text('If-None-Match'), all);
    const [since] = await lint(text('If-Modified-Since'), all);
    expect(match?.message).toContain('(RFC 9110 §13.1.2, Atlassian).');
    expect(since?.message).toContain('(RFC 9110 §13.1.3, Zalando).');
  });

  test.each([
    ['a validator is what calls for it', `{'200': {${etag}}}`, ifNoneMatch, ['documented']],
    ['nothing but a default is documented', '{default: {description: any}}', ifNoneMatch, []],
    ['nothing at all is documented', '{}', ifNoneMatch, []],
    ['it is no header', bare, '[{name: If-None-Match, in: query}]', []],
    ['the parameter cannot be read', bare, `[{$ref: '#/nowhere'}, null, 1]`, []],
    ['3XX is documented', `{'200': {description: ok}, 3XX: {description: elsewhere}}`, ifNoneMatch, []],
  ])('but report nothing where %s', async (_, responses, parameters, rules) => {
    const findings = await found(operation(responses, 'get', parameters));
    expect(findings.map((finding) => finding.split(' ', 1)[0])).toEqual(rules);
  });
});

describe('not-modified-no-content', () => {
  const with304 = (response: string) => operation(`{'200': {description: ok}, '304': ${response}}`, 'get', ifNoneMatch);
  const content = '/paths//a/get/responses/304/content';

  test.each([
    ['a media type', '{content: {application/json: {schema: {type: object}}}}', [`no-content ${content}`]],
    ['a media type that a bundler added', "{content: {'*/*': {}}}", [`no-content ${content}`]],
    ['an empty map', '{content: {}}', []],
    ['null', '{content: null}', []],
    ['what 2.0 calls a body', '{schema: {type: object}}', []],
  ])('%s', async (_, response, findings) => {
    expect(await found(with304(response))).toEqual(findings);
  });

  test.each([
    ['a schema', '{schema: {type: object}}', ['no-content /paths//a/get/responses/304/schema']],
    ['an example', '{examples: {application/json: {}}}', ['no-content /paths//a/get/responses/304/examples']],
    ['no example', '{examples: {}}', []],
    ['what 3.0 calls a body', '{content: {application/json: {}}}', []],
    // Spectral would show a finding on the reference at what it refers to, which is not the 304 of any operation.
    ['a reference to a schema', "{schema: {$ref: '#/definitions/E'}}", ['no-content /paths//a/get/responses/304']],
  ])('in OpenAPI 2.0, %s', async (_, response, findings) => {
    expect(await found(`${with304(response)}\ndefinitions: {E: {type: object}}`, "swagger: '2.0'")).toEqual(findings);
  });

  test('on any method', async () => {
    expect(await found(operation("{'304': {content: {text/plain: {}}}}", 'post'))).toEqual([
      'only-when-retrieving /paths//a/post/responses/304',
      `no-content ${content.replace('get', 'post')}`,
    ]);
  });

  test('reports a component once, however many operations use it', async () => {
    const get = `{get: {parameters: ${ifNoneMatch}, responses: {'304': {$ref: '#/components/responses/NotModified'}}}}`;
    const body = `paths: {/a: ${get}, /b: ${get}, /c: ${get}}\ncomponents: {responses: {NotModified: {content: {text/plain: {}}}}}`;
    expect(await found(body)).toEqual(['no-content /components/responses/NotModified/content']);
  });
});

describe('not-modified-only-when-retrieving', () => {
  test.each(['post', 'put', 'patch', 'delete', 'options', 'trace'])('reports a 304 on %s', async (method) => {
    expect(await found(operation("{'304': {description: unchanged}}", method))).toEqual([
      `only-when-retrieving /paths//a/${method}/responses/304`,
    ]);
  });

  test('points at the operation, not at the component that it refers to', async () => {
    const body = `${operation("{'304': {$ref: '#/components/responses/NotModified'}}", 'post')}\ncomponents: {responses: {NotModified: {description: unchanged}}}`;
    expect(await found(body)).toEqual(['only-when-retrieving /paths//a/post/responses']);
  });

  test.each(['get', 'head'])('reports nothing on %s', async (method) => {
    expect(await found(operation("{'304': {description: unchanged}}", method, ifNoneMatch))).toEqual([]);
  });

  test('does not take the range 3XX for a 304', async () => {
    expect(await found(operation('{3XX: {description: elsewhere}}', 'post'))).toEqual([]);
  });
});

describe('a 304 repeats the ETag of the 200', () => {
  test.each([
    ['a bare 304', `{'200': {${etag}}, '304': {description: u}}`, '/304'],
    ['other headers', `{'200': {${etag}}, '304': {headers: {Vary: {}}}}`, '/304/headers'],
    ['an ETag on 2XX', `{2XX: {${etag}}, '304': {description: u}}`, '/304'],
  ])('%s', async (_, responses, at) => {
    expect(await found(operation(responses))).toEqual([`repeats-etag /paths//a/get/responses${at}`]);
  });

  test.each([
    ['in another case', `{'200': {${etag}}, '304': {headers: {etag: {}}}}`],
    ['as null', `{'200': {${etag}}, '304': {headers: {ETag: null}}}`],
    ['where the 304 cannot be read', `{'200': {${etag}}, '304': {$ref: '#/nowhere'}}`],
    ['where its headers cannot be read', `{'200': {${etag}}, '304': {headers: {$ref: '#/nowhere'}}}`],
    [
      'where only the range beside the 200 has one',
      `{'200': {description: ok}, 2XX: {${etag}}, '304': {description: u}}`,
    ],
    ['where only a 206 has one', `{'206': {${etag}}, '304': {description: u}}`],
  ])('reports nothing %s', async (_, responses) => {
    expect(await found(operation(responses))).toEqual([]);
  });

  test('reports a component once', async () => {
    const get = `{get: {responses: {'200': {${etag}}, '304': {$ref: '#/components/responses/NotModified'}}}}`;
    const body = `paths: {/a: ${get}, /b: ${get}}\ncomponents: {responses: {NotModified: {description: u}}}`;
    expect(await found(body)).toEqual(['repeats-etag /components/responses/NotModified']);
  });
});
