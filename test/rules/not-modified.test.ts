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

describe('not-modified-documented', () => {
  const at = (method: string) => `/paths//a/${method}/responses`;

  test.each([
    ['ETag on 200', `{'200': {${etag}}}`],
    ['Last-Modified on 200', `{'200': {headers: {Last-Modified: {}}}}`],
    ['an etag in lower case on 200', `{'200': {headers: {etag: {}}}}`],
    ['ETag on 204', `{'204': {${etag}}}`],
    ['ETag on 206 beside a 200 without headers', `{'200': {description: all}, '206': {${etag}}}`],
    ['ETag on the range 2XX', `{2XX: {${etag}}}`],
    ['an ETag that is null', `{'200': {headers: {ETag: null}}}`],
    ['an ETag behind a broken `$ref`', `{'200': {headers: {ETag: {$ref: '#/nowhere'}}}}`],
    ['ETag on 200 beside a default', `{'200': {${etag}}, default: {description: error}}`],
    ['ETag on 200 beside an extension called x-304', `{'200': {${etag}}, x-304: {description: no}}`],
    ['ETag on 200, if that key has no quotation marks', `{200: {${etag}}}`],
  ])('requires a 304 for %s', async (_, responses) => {
    const findings = (await found(operation(responses))).filter((finding) => !/^(parser|invalid-ref)/.test(finding));
    expect(findings).toEqual([`documented ${at('get')}`]);
  });

  test.each([
    ['a 304 that is documented', `{'200': {${etag}}, '304': {${etag}}}`],
    ['a 304 whose key has no quotation marks', `{'200': {${etag}}, 304: {${etag}}}`],
    ['a range 3XX that is documented', `{'200': {${etag}}, 3XX: {description: elsewhere}}`],
    ['a 304 behind a broken `$ref`', `{'200': {${etag}}, '304': {$ref: '#/nowhere'}}`],
    ['a validator only on errors', `{'200': {description: ok}, '404': {${etag}}}`],
    ['a validator only on the default', `{default: {${etag}}}`],
    ['similar field names', `{'200': {headers: {x-etag: {}, 3gpp-Sbi-Etags: {}, ETags: {}}}}`],
    ['a 200 behind a broken `$ref`', `{'200': {$ref: '#/nowhere'}}`],
    ['responses that are null', 'null'],
    ['headers that are null', `{'200': {headers: null}, '201': null}`],
    ['a list of responses', `[{${etag}}]`],
  ])('requires nothing for %s', async (_, responses) => {
    expect((await found(operation(responses))).filter((finding) => !finding.startsWith('parser'))).toEqual([]);
  });

  test('leaves a validator on HEAD to not-modified-documented-on-head', async () => {
    expect(await found(operation(`{'200': {${etag}}}`, 'head'))).toEqual([`documented-on-head ${at('head')}`]);
  });

  test('requires nothing for a validator on PUT, or for a request header called ETag', async () => {
    expect(await found(operation(`{'200': {${etag}}}`, 'put'))).toEqual([]);
    expect(await found(operation(`{'200': {description: ok}}`, 'get', '[{name: ETag, in: header}]'))).toEqual([]);
  });

  test('requires a 304 on QUERY in OpenAPI 3.2, but not in earlier versions', async () => {
    const query = operation(`{'200': {${etag}}}`, 'query');
    expect(await found(query, 'openapi: 3.2.0')).toEqual([`documented ${at('query')}`]);
    expect(await found(query)).toEqual([]);
  });

  test('requires nothing on an unknown method', async () => {
    const responses = `{'200': {${etag}}, '304': {description: unchanged}}`;
    const paths = `paths: {/a: {additionalOperations: {COPY: {responses: ${responses}}}}}`;
    expect(await found(paths, 'openapi: 3.2.0')).toEqual([]);
  });

  test('requires a 304 in OpenAPI 2.0', async () => {
    const responses = `{'200': {description: ok, headers: {ETag: {type: string}}}}`;
    expect(await found(operation(responses), "swagger: '2.0'")).toEqual([`documented ${at('get')}`]);
  });

  test('requires nothing in callbacks, webhooks or extensions', async () => {
    const item = `{get: {responses: {'200': {${etag}}}}}`;
    expect(await found(`webhooks: {a: ${item}}\npaths: {x-a: ${item}}`)).toEqual([]);
    expect(await found(`paths: {/a: {post: {callbacks: {c: {'{$url}': ${item}}}}}}`)).toEqual([]);
  });
});

describe('the rules not-modified-* understand', () => {
  const headers = 'components: {headers: {Tag: {schema: {type: string}}}}';

  test.each([
    ['a `$ref` in place of the paths', `{$ref: '#/x-paths'}`, '/x-paths//a/get/responses'],
    ['a `$ref` in place of a path item', `{/a: {$ref: '#/x-paths/~1a'}}`, '/x-paths//a/get/responses'],
    ['a `$ref` in place of an operation', `{/a: {get: {$ref: '#/x-paths/~1a/get'}}}`, '/x-paths//a/get/responses'],
    [
      'a `$ref` in place of a response',
      `{/a: {get: {responses: {'200': {$ref: '#/x-paths/~1a/get/responses/200'}}}}}`,
      '/paths//a/get/responses',
    ],
    [
      'a `$ref` in place of all headers',
      `{/a: {get: {responses: {'200': {headers: {$ref: '#/x-paths/~1a/get/responses/200/headers'}}}}}}`,
      '/paths//a/get/responses',
    ],
    [
      'a `$ref` in place of all responses, and report the operation',
      `{/a: {get: {responses: {$ref: '#/x-paths/~1a/get/responses'}}}}`,
      '/paths//a/get',
    ],
  ])('%s', async (_, paths, at) => {
    const body = `paths: ${paths}\nx-paths: {/a: {get: {responses: {'200': {headers: {ETag: {$ref: '#/components/headers/Tag'}}}}}}}\n${headers}`;
    expect(await found(body)).toEqual([`documented ${at}`]);
  });

  test('a `$ref` in place of all parameters', async () => {
    const bare = "{'200': {description: ok}}";
    const body = `paths: {/a: {get: {parameters: {$ref: '#/x-parameters'}, responses: ${bare}}}}\nx-parameters: ${ifNoneMatch}`;
    expect(await found(body)).toEqual(['answers-precondition /paths//a/get/responses']);
  });

  test('a `$ref` from a header to a Parameter Object', async () => {
    const body = `${operation(`{'200': {headers: {ETag: {$ref: '#/components/parameters/ETag'}}}}`)}\ncomponents: {parameters: {ETag: {name: ETag, in: header}}}`;
    expect(await found(body)).toEqual(['documented /paths//a/get/responses']);
  });

  test('a `$ref` of a path item, but prefer the fields beside it', async () => {
    const body = `paths: {/a: {$ref: '#/x-item', get: {responses: {'200': {description: ok}}}}}\nx-item: {get: {responses: {'200': {${etag}}}}, head: {responses: {'200': {${etag}}}}}`;
    expect(await found(body)).toEqual(['documented-on-head /x-item/head/responses']);
  });

  test('merge keys and aliases of YAML', async () => {
    const body = `x-ok: &ok {headers: {ETag: {}}}\nx-get: &get {responses: {'200': *ok}}\npaths: {/a: {get: {<<: *get, summary: read}}}`;
    expect(await found(body)).toEqual(['documented /paths//a/get/responses']);
  });

  test('path templates with odd characters', async () => {
    const item = `{get: {responses: {'200': {${etag}}}}}`;
    const paths = ['/a b', '/a#b', '/a~1b', '/a%20b', "/a('{id}')", '/a/{{id}}', ''];
    const findings = await found(`paths:\n${paths.map((path) => `  "${path}": ${item}\n`).join('')}`);
    expect(findings).toEqual(paths.map((path) => `documented /paths/${path}/get/responses`));
  });
});

describe('not-modified-answers-precondition', () => {
  const bare = `{'200': {description: ok}}`;

  test.each([
    ['If-None-Match', ifNoneMatch],
    ['if-none-match in lower case', '[{name: if-none-match, in: header}]'],
    ['If-Modified-Since', '[{name: If-Modified-Since, in: header}]'],
    ['If-None-Match behind a `$ref`', `[{$ref: '#/components/parameters/Condition'}]`],
  ])('requires a 304 for %s', async (_, parameters) => {
    const components = 'components: {parameters: {Condition: {name: If-None-Match, in: header}}}';
    expect(await found(`${operation(bare, 'get', parameters)}\n${components}`)).toEqual([
      'answers-precondition /paths//a/get/responses',
    ]);
  });

  test('requires a 304 for an If-None-Match of the path item', async () => {
    const body = `paths: {/a: {parameters: ${ifNoneMatch}, get: {responses: ${bare}}, put: {responses: ${bare}}}}`;
    expect(await found(body)).toEqual(['answers-precondition /paths//a/get/responses']);
  });

  test('cites only the sources about the precondition', async () => {
    const all = await shippedRuleset('all');
    const text = (name: string) => `openapi: 3.1.1\n${operation(bare, 'get', `[{name: ${name}, in: header}]`)}`;
    const [match] = await lint(text('If-None-Match'), all);
    const [since] = await lint(text('If-Modified-Since'), all);
    expect(match?.message).toContain('(RFC 9110 §13.1.2, Atlassian).');
    expect(since?.message).toContain('(RFC 9110 §13.1.3, Zalando).');
  });

  test.each([
    ['a validator already requires the 304', `{'200': {${etag}}}`, ifNoneMatch, ['documented']],
    ['only a default is documented', '{default: {description: any}}', ifNoneMatch, []],
    ['no response is documented', '{}', ifNoneMatch, []],
    ['the parameter is not a header', bare, '[{name: If-None-Match, in: query}]', []],
    ['the parameter is behind a broken `$ref`', bare, `[{$ref: '#/nowhere'}, null, 1]`, []],
    ['3XX is documented', `{'200': {description: ok}, 3XX: {description: elsewhere}}`, ifNoneMatch, []],
  ])('reports nothing if %s', async (_, responses, parameters, rules) => {
    const findings = await found(operation(responses, 'get', parameters));
    expect(findings.map((finding) => finding.split(' ', 1)[0])).toEqual(rules);
  });
});

describe('not-modified-no-content', () => {
  const with304 = (response: string) => operation(`{'200': {description: ok}, '304': ${response}}`, 'get', ifNoneMatch);
  const content = '/paths//a/get/responses/304/content';

  test.each([
    ['content with a media type', '{content: {application/json: {schema: {type: object}}}}', [`no-content ${content}`]],
    ['content with the media type */*, which bundlers add', "{content: {'*/*': {}}}", [`no-content ${content}`]],
    ['an empty `content`', '{content: {}}', []],
    ['a `content` that is null', '{content: null}', []],
    ['a `schema`, which declares content only in 2.0', '{schema: {type: object}}', []],
  ])('reports, or not: a 304 with %s', async (_, response, findings) => {
    expect(await found(with304(response))).toEqual(findings);
  });

  test.each([
    ['a schema', '{schema: {type: object}}', ['no-content /paths//a/get/responses/304/schema']],
    ['an example', '{examples: {application/json: {}}}', ['no-content /paths//a/get/responses/304/examples']],
    ['empty `examples`', '{examples: {}}', []],
    ['a `content`, which declares content only since 3.0', '{content: {application/json: {}}}', []],
    // Spectral would show a finding at the `$ref` at its target, which is not the 304 of an operation.
    ['a reference to a schema', "{schema: {$ref: '#/definitions/E'}}", ['no-content /paths//a/get/responses/304']],
  ])('reports, or not, in OpenAPI 2.0: a 304 with %s', async (_, response, findings) => {
    expect(await found(`${with304(response)}\ndefinitions: {E: {type: object}}`, "swagger: '2.0'")).toEqual(findings);
  });

  test('reports content on any method', async () => {
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

  test('reports nothing for the range 3XX', async () => {
    expect(await found(operation('{3XX: {description: elsewhere}}', 'post'))).toEqual([]);
  });
});

describe('not-modified-repeats-etag', () => {
  test.each([
    ['a 304 without headers', `{'200': {${etag}}, '304': {description: u}}`, '/304'],
    ['a 304 with other headers', `{'200': {${etag}}, '304': {headers: {Vary: {}}}}`, '/304/headers'],
    ['a 304 without the ETag of the range 2XX', `{2XX: {${etag}}, '304': {description: u}}`, '/304'],
  ])('reports %s', async (_, responses, at) => {
    expect(await found(operation(responses))).toEqual([`repeats-etag /paths//a/get/responses${at}`]);
  });

  test.each([
    ['if the 304 has the ETag in lower case', `{'200': {${etag}}, '304': {headers: {etag: {}}}}`],
    ['if the ETag of the 304 is null', `{'200': {${etag}}, '304': {headers: {ETag: null}}}`],
    ['if the 304 is behind a broken `$ref`', `{'200': {${etag}}, '304': {$ref: '#/nowhere'}}`],
    [
      'if the headers of the 304 are behind a broken `$ref`',
      `{'200': {${etag}}, '304': {headers: {$ref: '#/nowhere'}}}`,
    ],
    [
      'if the range 2XX beside the 200 has the ETag',
      `{'200': {description: ok}, 2XX: {${etag}}, '304': {description: u}}`,
    ],
    ['if only a 206 has an ETag', `{'206': {${etag}}, '304': {description: u}}`],
  ])('reports nothing %s', async (_, responses) => {
    expect(await found(operation(responses))).toEqual([]);
  });

  test('reports a component once', async () => {
    const get = `{get: {responses: {'200': {${etag}}, '304': {$ref: '#/components/responses/NotModified'}}}}`;
    const body = `paths: {/a: ${get}, /b: ${get}}\ncomponents: {responses: {NotModified: {description: u}}}`;
    expect(await found(body)).toEqual(['repeats-etag /components/responses/NotModified']);
  });
});
