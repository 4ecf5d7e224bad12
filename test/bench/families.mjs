// Descriptions that are as unfavourable as they can be, of any size.
const headers = { ETag: { schema: { type: 'string' } } };

/** @type {<T>(count: number, item: (index: number) => T) => T[]} */
export const list = (count, item) => Array.from({ length: count }, (_, index) => item(index));
/** @type {<T>(count: number, name: string, item: (index: number) => T) => Record<string, T>} */
const members = (count, name, item) => Object.fromEntries(list(count, (index) => [`${name}${index}`, item(index)]));
/** @type {(paths: object, components?: object, openapi?: string) => string} */
export const json = (paths, components = {}, openapi = '3.1.1') =>
  JSON.stringify({ openapi, info: { title: 't', version: '1' }, paths, components });
/** @type {(get: object, components?: object) => string} */
const ofGet = (get, components) => json({ '/a': { get } }, components);
/** @type {(etag: object, components?: object) => string} */
const ofETag = (etag, components) =>
  ofGet({ responses: { 200: { description: '', headers: { ETag: etag } } } }, components);
const yaml = (/** @type {string} */ rest) =>
  `openapi: 3.1.1\npaths: {/a: {get: {responses: {'200': {headers: {ETag: {}}}}}}}\n${rest}`;
const lines = (/** @type {number} */ count, /** @type {(index: number) => string} */ line) =>
  list(count, line).join('');

/**
 * Ways to write a name, each once: with other separators, and with letters in upper and lower case.
 *
 * @type {(count: number, name: string, separator: string) => Record<string, object>}
 */
const spellings = (count, name, separator) => {
  const letters = [...name.replaceAll('-', separator)];
  const written = (/** @type {number} */ index) =>
    letters.map((letter, at) => ((index >> at) & 1 ? letter.toUpperCase() : letter.toLowerCase())).join('');
  return Object.fromEntries(list(count * 4, (index) => [written(index), {}]));
};
/** @type {(count: number, width: number, line: (last: string) => string) => string} */
const levels = (count, width, line) =>
  `l0: &l0 {a: b}\n${lines(count, (i) => `l${i + 1}: &l${i + 1} ${line(list(width, () => `*l${i}`).join(', '))}\n`)}`;
/** @type {(count: number, width: number) => string} */
const levelsInline = (count, width) =>
  `l0: &l0 [lol], ${lines(count, (i) => `l${i + 1}: &l${i + 1} [${list(width, () => `*l${i}`).join(', ')}], `)}last: &last [*l${Math.floor(count)}, *l${Math.floor(count)}]`;

/**
 * Descriptions that have much of one thing; a problem in every operation where there are many of those.
 *
 * @type {Readonly<Record<string, (size: number) => string>>}
 */
export const families = {
  'paths, each with a problem': (n) =>
    json(members(n / 10, '/p', () => ({ get: { responses: { 200: { headers } } } }))),
  'paths, each with a problem that two others have too': (n) => {
    const described = (/** @type {number} */ i) => ({ ETag: { description: `${Math.floor(i / 3)}`, ...headers.ETag } });
    return json(members(n / 10, '/p', (i) => ({ get: { responses: { 200: { headers: described(i) } } } })));
  },
  'methods, each with a problem': (n) =>
    json({ '/a': { additionalOperations: members(n / 10, 'm', () => ({ responses: { 304: {} } })) } }, {}, '3.2.0'),
  'users of one faulty response': (n) =>
    json(
      members(n / 10, '/p', () => ({ get: { responses: { 200: { $ref: '#/components/responses/R' } } } })),
      { responses: { R: { description: '', headers: { ETag: { example: 'abc' } } } } },
    ),
  'parameters that are for no one': (n) => {
    const parameters = members(n / 10, 'p', (i) => ({ name: `X-${i}`, in: 'header' }));
    return json(
      members(n / 10, '/p', () => ({ get: { responses: { 200: { headers } } } })),
      { parameters },
    );
  },
  '304 responses with a body': (n) =>
    json(
      members(n / 10, '/p', (i) => ({
        get: { responses: { 200: { headers } } },
        put: { responses: { 304: { $ref: `#/components/responses/R${i}` } } },
      })),
      { responses: members(n / 10, 'R', () => ({ description: '', content: { 'text/plain': {} } })) },
    ),
  'parameters of a path item': (n) =>
    json({
      '/a': {
        parameters: list(n, (i) => ({ name: `If-Match${i}`, in: 'header' })),
        get: { responses: { 200: { headers } } },
      },
    }),
  'codes of an operation': (n) => ofGet({ responses: members(n, 'x', () => ({ description: '', headers })) }),
  'headers of a response': (n) =>
    ofGet({ responses: { 200: { headers: { ...members(n, 'h', () => ({})), ...headers } } } }),
  'examples, each malformed': (n) => ofETag({ examples: members(n, 'e', () => ({ value: 'x' })) }),
  'values of an enum, each malformed': (n) => ofETag({ schema: { enum: list(n, (i) => `x${i}`) } }),
  'schemas in allOf': (n) => ofETag({ schema: { allOf: list(n, () => ({ type: 'string' })) } }),
  'schemas that refer to two others each': (n) => {
    const to = (/** @type {number} */ i) => ({ $ref: `#/components/schemas/S${i}` });
    return ofETag({ schema: to(0) }, { schemas: members(n / 10, 'S', (i) => ({ allOf: [to(i + 1), to(i + 2)] })) });
  },
  'references, one behind the other': (n) => {
    const to = (/** @type {number} */ i) => ({ $ref: `#/components/pathItems/p${i}` });
    return json({ '/a': to(0) }, { pathItems: members(n / 10, 'p', (i) => to(i + 1)) });
  },
  'members of the description': (n) => JSON.stringify({ ...JSON.parse(ofETag({})), ...members(n, 'x-', (i) => i) }),
  'one long name': (n) => json({ [`/${'a'.repeat(n * 10)}`]: { get: { responses: { 200: { headers } } } } }),
  'one long malformed value': (n) => ofETag({ example: '"'.repeat(n * 10) }),
  'one long value full of escapes': (n) => ofETag({ example: '\\'.repeat(n * 10) }),
  'one value full of placeholders that do not end': (n) => ofETag({ example: '{'.repeat(n * 10) }),
  'one value that begins many variables': (n) => ofETag({ example: '${'.repeat(n * 10) }),
  'one value of tags that do not end': (n) => ofETag({ example: '"", '.repeat(n) + '<' }),
  'parameters of an operation and of its path item': (n) => {
    const parameters = (/** @type {string} */ name) => list(n, (i) => ({ name: `${name}${i}`, in: 'header' }));
    return json({
      '/a': { parameters: parameters('If-A'), get: { parameters: parameters('If-B'), responses: { 304: {} } } },
    });
  },
  'methods and parameters of a path item': (n) =>
    json(
      {
        '/a': {
          parameters: list(n / 10, (i) => ({ name: `If_Match${'_'.repeat(i % 9)}`, in: 'header' })),
          additionalOperations: members(n / 10, 'm', () => ({ responses: { 304: {} } })),
        },
      },
      {},
      '3.2.0',
    ),
  'misspelt headers of a response': (n) =>
    ofGet({ responses: { 200: { headers: spellings(n / 4, 'If-None-Match', '_') } } }),
  'misspelt parameters, and other parameters on the path': (n) =>
    json(
      {
        '/a': {
          get: { parameters: list(n / 10, (i) => ({ $ref: `#/components/parameters/p${i}` })), responses: { 304: {} } },
          put: { parameters: list(n / 10, (i) => ({ name: `X-${i}`, in: 'header' })), responses: { 204: {} } },
        },
      },
      { parameters: members(n / 10, 'p', () => ({ name: 'If_Match', in: 'header' })) },
    ),
  'fields that a 304 must not have': (n) =>
    ofGet({ responses: { 200: { headers }, 304: { headers: spellings(n / 4, 'Content-Language', '-') } } }),
  'codes of an operation, each with a problem': (n) =>
    ofGet({ responses: members(n / 10, '2', () => ({ headers: { ETag: { example: 'x' } } })) }),
  'success responses of an operation, each with a problem': (n) =>
    ofGet({
      responses: {
        200: { headers },
        ...members(n / 10, 'x', () => ({ headers: { ETag: { example: 'x' }, 'Last-Modified': {} } })),
      },
    }),
  '304 responses without headers': (n) =>
    json(members(n / 10, '/p', () => ({ get: { responses: { 200: { headers }, 304: { description: '' } } } }))),
  'users of a header with many values': (n) =>
    json(
      members(n / 10, '/p', () => ({
        get: { responses: { 200: { headers: { ETag: { $ref: '#/components/headers/E' } } }, 304: {} } },
      })),
      { headers: { E: { examples: members(n / 2, 'e', () => ({ value: '"x"' })) } } },
    ),
  'users of a header with many malformed values': (n) =>
    json(
      members(n / 10, '/p', () => ({
        get: { responses: { 200: { headers: { ETag: { $ref: '#/components/headers/E' } } }, 304: {} } },
      })),
      { headers: { E: { examples: members(n / 2, 'e', () => ({ value: 'x' })) } } },
    ),
  'users of a header with a long value': (n) =>
    json(
      members(n / 10, '/p', () => ({
        get: { responses: { 200: { headers: { ETag: { $ref: '#/components/headers/E' } } }, 304: {} } },
      })),
      { headers: { E: { example: `"${'a'.repeat(n * 10)}` } } },
    ),
  'users of a header with a large value': (n) =>
    json(
      members(n / 10, '/p', () => ({
        get: { responses: { 200: { headers: { ETag: { $ref: '#/components/headers/E' } } }, 304: {} } },
      })),
      { headers: { E: { example: members(n, 'k', (i) => i) } } },
    ),
  'users of a response with many headers': (n) =>
    json(
      members(n / 10, '/p', () => ({
        get: { responses: { 200: { $ref: '#/components/responses/R' }, 304: {} } },
      })),
      { responses: { R: { headers: { ...members(n / 2, 'h', () => ({})), ...headers } } } },
    ),
  'users of a response without headers of interest': (n) =>
    json(
      members(n / 10, '/p', () => ({ get: { responses: { 200: { $ref: '#/components/responses/R' } } } })),
      { responses: { R: { headers: members(n / 2, 'h', () => ({})) } } },
    ),
  'users of a schema with many members': (n) =>
    json(
      members(n / 10, '/p', () => ({
        get: {
          responses: {
            200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/S' } } } },
            304: {},
          },
        },
      })),
      { schemas: { S: { properties: members(n / 2, 'p', () => ({})) } } },
    ),
  'users of a path item with many codes': (n) =>
    json(
      members(n / 10, '/p', () => ({ $ref: '#/components/pathItems/P' })),
      { pathItems: { P: { get: { responses: members(n / 10, 'x', () => ({ headers })) } } } },
    ),
  'operations of a path with a long name': (n) =>
    json(
      {
        [`/${'a'.repeat(n * 10)}`]: { additionalOperations: members(n / 10, 'm', () => ({ responses: { 304: {} } })) },
      },
      {},
      '3.2.0',
    ),
  'schemas in allOf, one in the other': (n) => {
    let schema = {};
    for (let i = 0; i < n / 10; i++) schema = { type: 'integer', allOf: [schema] };
    return ofETag({ schema });
  },
  'headers beside those of like objects': (n) =>
    json({
      '/a': { get: { responses: { 200: { headers: { ...members(n / 4, 'g', () => ({})), ...headers } } } } },
      '/b': {
        get: {
          responses: { 200: { headers: { ...headers, Vary: {} } }, 304: { headers: members(n / 4, 'h', () => ({})) } },
        },
      },
    }),
  'YAML: members of the description': (n) => yaml(lines(n, (i) => `x-${i}: 1\n`)),
  'YAML: aliases': (n) => yaml(`x: &a {b: c}\n${lines(n, (i) => `x-${i}: *a\n`)}`),
  'YAML: anchors': (n) => yaml(lines(n, (i) => `x-${i}: &a${i} {b: c}\n`)),
  'YAML: merge keys': (n) => yaml(`x: &a {b: c}\n${lines(n, (i) => `x-${i}: {<<: *a}\n`)}`),
  'YAML: comments': (n) => yaml(lines(n, () => '# comment\n')),
  'YAML: errors': (n) => yaml(lines(n / 10, () => 'a: "b" c\n')),
  'YAML: one long line': (n) => yaml(`x: [${lines(n, () => '{a: b}, ')}]\n`),
  'YAML: one long block': (n) => yaml(`x: >-\n${lines(n, () => '  text text\n')}`),
  'YAML: one long plain scalar': (n) => yaml(`x: a\n${lines(n, () => '  text text\n')}`),
  'YAML: one long quoted scalar': (n) => yaml(`x: "a\n${lines(n, () => '  text \\\n')}"\n`),
  'YAML: merge keys with two of the last each': (n) => yaml(levels(n / 20, 2, (last) => `{<<: [${last}]}`)),
  'YAML: merge keys with nine of the last each': (n) => yaml(levels(n / 20, 9, (last) => `{<<: [${last}]}`)),
  'YAML: lists of merge keys in lists': (n) => yaml(`${levels(n / 20, 2, (last) => `[${last}]`)}y: {<<: *l0}\n`),
  'YAML: values with nine of the last each': (n) =>
    `x: {${levelsInline(n / 20, 9)}}\nopenapi: 3.1.1\npaths: {/a: {get: {responses: {'200': {headers: {ETag: {example: *last, schema: {enum: *last, type: *last}}}}}}}}\n`,
  'YAML: a definition with nine of the last each': (n) =>
    `x: {${levelsInline(n / 20, 9)}}\nopenapi: 3.1.1\npaths: {/a: {get: {responses: {'200': {headers: {ETag: {x: *last, schema: {type: string}}}}}}}}\n`,
  'YAML: a merge key in each map that the next has': (n) =>
    yaml(`m0: &m0 {a: b}\n${lines(n * 2, (i) => `m${i + 1}: &m${i + 1} {<<: *m${i}, k${i}: 1}\n`)}`),
  'YAML: users of a large merge key': (n) =>
    yaml(`m: &m {${list(n * 2, (i) => `k${i}: 1`).join(', ')}}\n${lines(n * 2, (i) => `x${i}: {<<: *m}\n`)}`),
  'YAML: aliases of a path item': (n) =>
    `openapi: 3.1.1\nx: &p\n  get:\n    responses:\n      304: {}\n${lines(n / 10, (i) => `      x${i}: {headers: {ETag: {example: x}}}\n`)}paths:\n${lines(n / 10, (i) => `  /p${i}: *p\n`)}`,
  'YAML: empty lines before an anchor': (n) =>
    `openapi: 3.1.1\npaths:\n  /a:\n    get:\n      responses:\n${' \n'.repeat(n)}        &x\n        '200': {headers: {ETag: {}}}\n`,
  'YAML: comments before an anchor': (n) =>
    `openapi: 3.1.1\npaths:\n  /a:\n    get:\n      responses:\n${'#'.repeat(n)}\n        &x\n        '200': {headers: {ETag: {}}}\n`,
  'YAML: one value with many blanks': (n) => yaml(`x: |\n  a${' '.repeat(n * 10)}b\n`),
  'YAML: one anchor of marks': (n) => yaml(`${'&'.repeat(n * 10)} x: 1\n`),
  'YAML: one long text to be copied': (n) =>
    `openapi: 3.1.1\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          headers:\n            ETag:\n              description: |\n${lines(n, () => '                text   \\t text\n')}              schema: {type: string}\n`,
};
