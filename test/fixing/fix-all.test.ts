import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Workspace } from '../../src/files/workspace.js';
import { fixDescriptions, type Permissions } from '../../src/fixing/fix-all.js';
import type { RulesetName } from '../../src/rulesets.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';
import { folderWith } from '../files.js';
import { allFixes } from './permissions.js';

/** Makes all fixes in some files, and returns the changed texts and the reasons of declined fixes. */
function fixedIn(
  files: Readonly<Record<string, string>>,
  entries: readonly string[],
  ruleset: RulesetName = 'recommended',
) {
  const folder = folderWith(files);
  const paths = entries.map((file) => join(folder, file));
  const { changed, outcomes } = fixDescriptions(paths, shippedSelection(ruleset), allFixes, new Workspace());
  return {
    texts: Object.fromEntries(changed.map(({ file, after }) => [file.slice(folder.length + 1), after])),
    declined: outcomes.filter(({ kind }) => kind === 'declined').map(({ rule, reason }) => `${rule.id}: ${reason}`),
  };
}

const head = `openapi: 3.1.0\ninfo: {title: Orders, version: '1'}\n`;
const body = '{application/json: {}}';
const etag = '{ETag: {schema: {type: string}}}';

describe('a fix of a shared component', () => {
  const twoUsers = `${head}paths:
  /a: {get: {responses: {'200': {description: A, headers: ${etag}}, '304': {$ref: '#/components/responses/NotModified'}}}}
  /b: {get: {responses: {'200': {description: B, headers: ${etag}}, '304': {$ref: '#/components/responses/NotModified'}}}}
components:
  responses:
    NotModified:
      description: Same
      content: ${body}
`;

  test('is made once if all operations that use it need it', () => {
    expect(fixedIn({ 'openapi.yaml': twoUsers }, ['openapi.yaml'])).toEqual({
      texts: {
        'openapi.yaml': expect.stringContaining(`    NotModified:
      description: Same
      headers: {ETag: {schema: {type: string}}}
`),
      },
      declined: [],
    });
  });

  test.each([
    [
      'a response with another code',
      `'404': {$ref: '#/components/responses/NotModified'}`,
      'the 404 response of GET /c',
    ],
    [
      'a callback',
      `'200': {description: C}}, callbacks: {x: {'{$url}': {post: {responses: {'200': {$ref: '#/components/responses/NotModified'}}}}}`,
      'a callback of GET /c',
    ],
  ])('is not made if the component is also used by %s', (_, responses, user) => {
    const files = {
      'openapi.yaml': twoUsers.replace('components:', `  /c: {get: {responses: {${responses}}}}\ncomponents:`),
    };
    const { texts, declined } = fixedIn(files, ['openapi.yaml']);
    expect(texts['openapi.yaml']).toContain(`content: ${body}`);
    expect(declined).toContainEqual(expect.stringContaining(`not-modified-no-content: ${user} shares it`));
  });

  test('is not made if the 200 of another operation, behind two `$ref`s, has no ETag', () => {
    const files = {
      'openapi.yaml': twoUsers
        .replace(
          'components:',
          `  /c: {get: {responses: {'200': {description: C}, '304': {$ref: '#/components/responses/Same'}}}}\ncomponents:`,
        )
        .replace('    NotModified:', `    Same: {$ref: '#/components/responses/NotModified'}\n    NotModified:`),
    };
    const { declined } = fixedIn(files, ['openapi.yaml']);
    expect(declined).toContainEqual(
      'not-modified-repeats-etag: the 304 response of GET /c shares it, and is wrong in another way: fix that first',
    );
  });

  test.each([
    [
      'a PUT that answers 304',
      `put: {responses: {'204': {description: C}, '304': {$ref: '#/components/responses/NotModified'}}}`,
      'the 304 response of PUT /api/2/c shares it, and is wrong in another way: fix that first',
    ],
    [
      'a POST that answers 304',
      `post: {responses: {'201': {description: C}, '304': {$ref: '#/components/responses/NotModified'}}}`,
      'the 304 response of POST /api/2/c shares it, and is wrong in another way: fix that first',
    ],
    [
      'a GET without an ETag',
      `get: {responses: {'200': {description: C}, '304': {$ref: '#/components/responses/NotModified'}}}`,
      'the 304 response of GET /api/2/c shares it, and is wrong in another way: fix that first',
    ],
    [
      'a GET with If-None-Match, whose entity-tag is in the body',
      `get: {parameters: [{name: If-None-Match, in: header, schema: {type: string}}], responses: {'200': {description: C, content: {application/json: {schema: {properties: {etag: {type: string}}}}}}, '304': {$ref: '#/components/responses/NotModified'}}}`,
      'the 304 response of GET /api/2/c shares it and does not need the change',
    ],
  ])('is declined, with the reason, if it is used by %s', (_, operation, reason) => {
    const files = { 'openapi.yaml': twoUsers.replace('components:', `  /api/2/c: {${operation}}\ncomponents:`) };
    expect(fixedIn(files, ['openapi.yaml']).declined).toContainEqual(`not-modified-repeats-etag: ${reason}`);
  });

  test('is not made in an unused component', () => {
    const unused = twoUsers.replace(
      '    NotModified:',
      `    Unused: {$ref: '#/components/responses/NotModified'}\n    NotModified:`,
    );
    expect(fixedIn({ 'openapi.yaml': unused }, ['openapi.yaml']).declined).toEqual([]);
  });

  test('is not made in an operation if a `$ref` of another operation leads into it', () => {
    const files = {
      'openapi.yaml': `${head}paths:
  /a: {get: {responses: {'200': {description: A}, '304': {description: Same, content: ${body}}}}}
  /b: {get: {responses: {'200': {description: B}, '422': {$ref: '#/paths/~1a/get/responses/304'}}}}
`,
    };
    const { texts, declined } = fixedIn(files, ['openapi.yaml']);
    expect(texts).toEqual({});
    expect(declined).toEqual([
      'not-modified-no-content: the 422 response of GET /b shares it and does not need the change',
    ]);
  });

  test('does not remove a component that a `$ref` leads to', () => {
    const files = {
      'openapi.yaml': `${head}paths:
  /a: {get: {responses: {'200': {description: A}, '304': {description: Same, content: {application/json: {schema: {type: object}}}}}}}
  /b: {get: {responses: {'200': {description: B, content: {application/json: {schema: {$ref: '#/paths/~1a/get/responses/304/content/application~1json/schema'}}}}}}}
`,
    };
    expect(fixedIn(files, ['openapi.yaml']).declined).toEqual([
      expect.stringContaining('the 200 response of GET /b shares it'),
    ]);
  });

  test('does not change a parameter of a path item for one method if another method needs it unchanged', () => {
    const files = {
      'openapi.yaml': `${head}paths:
  /a:
    parameters: [{name: If-None-Match, in: header, required: true, schema: {type: string}}]
    get: {responses: {'200': {description: A, headers: ${etag}}, '304': {description: Same, headers: ${etag}}}}
    put: {responses: {'204': {description: Done}}}
`,
    };
    expect(fixedIn(files, ['openapi.yaml']).declined).toEqual([
      'precondition-optional: PUT /a shares it and does not need the change',
    ]);
  });
});

describe('a fix of a YAML anchor', () => {
  const aliased = (second: string) => `${head}paths:
  /a:
    get:
      responses: &responses
        '200':
          description: A
          headers: ${etag}
  /b:
    ${second}:
      responses: *responses
`;

  test('is made if all its aliases need it', () => {
    const { texts, declined } = fixedIn({ 'openapi.yaml': aliased('get') }, ['openapi.yaml']);
    expect(declined).toEqual([]);
    expect(texts['openapi.yaml']?.match(/'304':/g)).toHaveLength(1);
  });

  test('is declined if one alias does not need it', () => {
    const { texts, declined } = fixedIn({ 'openapi.yaml': aliased('put') }, ['openapi.yaml']);
    expect(texts['openapi.yaml']).not.toContain('304');
    expect(declined).toContainEqual(
      'not-modified-documented: an alias repeats it in the 304 response of PUT /b, which does not need the change',
    );
  });
});

test('a patch that cannot be written does not stop the others', () => {
  const text = `${head}paths:
  /a:
    get:
      responses:
        '304':
          description: Same
          content: {application/json: &body {}}
        '404':
          description: None
          content: {text/json: *body}
  /b:
    get:
      responses:
        '200':
          description: B
          headers: {ETag: {schema: {type: string}}, Cache-Control: {schema: {type: string}}}
`;
  const { texts, declined } = fixedIn({ 'openapi.yaml': text }, ['openapi.yaml'], 'all');
  expect(declined).toEqual([expect.stringMatching(/^not-modified-no-content: .*alias/)]);
  const after = texts['openapi.yaml'] ?? '';
  expect(after).toContain("'304':\n          description: Same\n");
  expect(fixedIn({ 'openapi.yaml': after }, ['openapi.yaml'], 'all').texts).toEqual({});
});

describe('a fix is written to the file that holds the place of the finding', () => {
  const files = {
    'openapi.yaml': `${head}paths:
  /a: {$ref: 'paths/a.yaml'}
`,
    'paths/a.yaml': `get:
  responses:
    "200":
      description: A
      headers:
        ETag:
          $ref: "../headers.json#/ETag"
`,
    'headers.json': '{"ETag": {"schema": {"type": "string"}, "example": "33a6"}}',
  };

  test('in the style of each file', () => {
    const { texts } = fixedIn(files, ['openapi.yaml']);
    expect(Object.keys(texts).toSorted()).toEqual(['headers.json', 'paths/a.yaml']);
    expect(texts['headers.json']).toBe(String.raw`{"ETag": {"schema": {"type": "string"}, "example": "\"33a6\""}}`);
    expect(texts['paths/a.yaml']).toBe(`get:
  parameters:
    - name: If-None-Match
      in: header
      schema:
        type: string
  responses:
    "200":
      description: A
      headers:
        ETag:
          $ref: "../headers.json#/ETag"
    "304":
      description: Not Modified
      headers:
        ETag:
          $ref: "../headers.json#/ETag"
`);
  });

  test('once, if all descriptions that share the file need it', () => {
    const two = { ...files, 'other.yaml': files['openapi.yaml'].replace('/a:', '/b:') };
    const { texts } = fixedIn(two, ['openapi.yaml', 'other.yaml']);
    expect(texts['paths/a.yaml']?.match(/"304"/g)).toHaveLength(1);
    const third = `${head}paths: {/c: {post: {responses: {'200': {description: C, headers: {X-Version: {$ref: headers.json#/ETag}}}}}}}\n`;
    const { declined, texts: others } = fixedIn({ ...two, 'third.yaml': third }, [
      'openapi.yaml',
      'other.yaml',
      'third.yaml',
    ]);
    expect(others['headers.json']).toBeUndefined();
    expect(declined).toEqual([expect.stringContaining('entity-tag-example: the 200 response of POST /c shares it')]);
  });

  test('but not to a file that may not be changed', () => {
    const folder = folderWith(files);
    const permissions: Permissions = {
      ...allFixes,
      forbids: (file) => (file.endsWith('.json') ? 'it is not yours' : undefined),
    };
    const { changed, outcomes } = fixDescriptions(
      [join(folder, 'openapi.yaml')],
      shippedSelection('recommended'),
      permissions,
      new Workspace(),
    );
    expect(changed.map(({ file }) => file.slice(folder.length))).toEqual(['/paths/a.yaml']);
    expect(outcomes.filter(({ kind }) => kind === 'declined').map(({ reason }) => reason)).toEqual(['it is not yours']);
  });
});

test('a fix that an alias prevented is made once another fix has removed the alias', () => {
  const text = `openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /orders:
    get:
      responses:
        '200':
          description: The order
          headers:
            Expires: &expires
              $ref: '#/components/headers/Missing'
        '428':
          description: The order
          headers:
            Expires: *expires
`;
  const { texts, declined } = fixedIn({ 'openapi.yaml': text }, ['openapi.yaml'], 'zalando');
  expect(declined).toEqual([]);
  expect(texts['openapi.yaml']).not.toContain('xpires');
});

describe('a fix refers to an existing component', () => {
  const get = (more = '') => `get: {${more}responses: {'200': {description: A, headers: ${etag}}}}`;

  test('for a 304 with the right headers, and for a parameter', () => {
    const text = `${head}paths:
  /a: {${get()}}
components:
  parameters:
    Condition: {name: if-none-match, in: header, schema: {type: string}}
  responses:
    NotModified: {description: Same, headers: ${etag}}
`;
    const { texts } = fixedIn({ 'openapi.yaml': text }, ['openapi.yaml']);
    expect(texts['openapi.yaml']).toContain(
      `/a: {get: {parameters: [{$ref: '#/components/parameters/Condition'}], responses: {'200': {description: A, headers: ${etag}}, '304': {$ref: '#/components/responses/NotModified'}}}}`,
    );
  });

  test.each([
    ['has a body', `{description: Same, headers: ${etag}, content: ${body}}`],
    ['has no ETag', '{description: Same}'],
    [
      'has a validator that the 200 lacks',
      '{description: Same, headers: {ETag: {schema: {type: string}}, Last-Modified: {schema: {type: string}}}}',
    ],
    [
      'has a header about content',
      '{description: Same, headers: {ETag: {schema: {type: string}}, Content-Type: {schema: {type: string}}}}',
    ],
  ])('but not for a 304 if the component %s', (_, component) => {
    const text = `${head}paths:\n  /a: {${get()}}\ncomponents:\n  responses:\n    NotModified: ${component}\n`;
    const { texts } = fixedIn({ 'openapi.yaml': text }, ['openapi.yaml']);
    expect(texts['openapi.yaml']).toContain("'304': {description: Not Modified, headers:");
  });

  test('in another file, with the same `$ref` as the neighbours', () => {
    const files = {
      'openapi.yaml': `${head}paths:\n  /a: {$ref: paths.yaml#/a}\n  /b: {$ref: paths.yaml#/b}\n`,
      'paths.yaml': `a: {${get(`parameters: [{$ref: 'shared.yaml#/INM'}], `).replace(/\}\}$/, `, '304': {$ref: 'shared.yaml#/Same'}}}`)}}
b: {${get()}}
`,
      'shared.yaml': `Same: {description: Same, headers: ${etag}}\nINM: {name: If-None-Match, in: header, schema: {type: string}}\n`,
    };
    const { texts } = fixedIn(files, ['openapi.yaml']);
    expect(texts['paths.yaml']).toContain(
      `b: {get: {parameters: [{$ref: 'shared.yaml#/INM'}], responses: {'200': {description: A, headers: ${etag}}, '304': {$ref: 'shared.yaml#/Same'}}}}`,
    );
  });
});

test('a misspelt name is corrected and its value stays unchanged', () => {
  const text = `${head}paths:
  /a:
    get:
      parameters:
        - in: header # the condition
          name: If_None_Match # as the gateway calls it
          schema: {type: string}
      responses:
        '200':
          description: A
          headers:
            E-Tag: # of the order
              schema: {type: string} # quoted
`;
  const { texts } = fixedIn({ 'openapi.yaml': text }, ['openapi.yaml']);
  expect(texts['openapi.yaml']).toContain(
    '            ETag: # of the order\n              schema: {type: string} # quoted\n',
  );
  expect(texts['openapi.yaml']).toContain('          name: If-None-Match # as the gateway calls it\n');
});

test('a fix replaces an empty value with an object', () => {
  const text = `${head}paths:
  /a:
    get:
      responses:
        '200':
          description: A
          headers: ${etag}
        '304':
          description: Same
          headers:
`;
  const { texts } = fixedIn({ 'openapi.yaml': text }, ['openapi.yaml']);
  expect(texts['openapi.yaml']).toContain(`          headers:
            ETag: {schema: {type: string}}
`);
});

describe('a fix of an invalid value is safe, or not', () => {
  const get = (header: string) => `openapi: 3.1.0
paths:
  /a: {get: {responses: {'200': {description: A, headers: {${header}}}}}}
`;
  const safely = (text: string, rule: string) => {
    const file = join(folderWith({ 'openapi.yaml': text }), 'openapi.yaml');
    const safe: Permissions = { allows: ({ id }, kind) => id === rule && kind === 'safe', forbids: () => undefined };
    const { changed } = fixDescriptions([file], shippedSelection('recommended'), safe, new Workspace());
    return changed[0]?.after ?? text;
  };

  test.each([
    ['example: 33a6', true],
    ['example: 33a6, schema: {type: string, minLength: 1}', true],
    ['schema: {type: [string, "null"], example: 33a6}', true],
    ['schema: {examples: [33a6]}', true],
    ['examples: {default: {value: 33a6}}', true],
    ['schema: {default: 33a6}', false],
    ['schema: {const: 33a6}', false],
    ['schema: {enum: [33a6]}', false],
    ["example: 33a6, schema: {pattern: '^[0-9a-f]+$'}", false],
    ['example: 33a6, schema: {maxLength: 4}', false],
    ['example: 33a6, schema: {format: uuid}', false],
    ['example: 5, schema: {type: integer}', false],
    ['example: 33a6, schema: {allOf: [{enum: [33a6]}]}', false],
    ['example: 33a6, schema: {oneOf: [{type: integer}, {maxLength: 4}]}', false],
    ['content: {text/plain: {example: 33a6, schema: {not: {minLength: 5}}}}', false],
  ])('in an ETag with %s', (definition, isSafe) => {
    const text = get(`ETag: {${definition}}`);
    const after = safely(text, 'entity-tag-example');
    expect(after).toBe(isSafe ? text.replace(/33a6(?=[,}\]])/, `'"33a6"'`) : text);
  });

  test.each([
    ['example: 2020-01-01T00:00:00Z', true],
    ['example: 2020-01-01T00:00:00Z, schema: {format: http-date}', true],
    ['example: 2020-01-01T00:00:00Z, schema: {format: date-time}', false],
    ['schema: {default: 2020-01-01T00:00:00Z}', false],
    ['schema: {enum: [2020-01-01T00:00:00Z]}', false],
    ["example: 'Mon, 15 Nov 1994 08:12:31 GMT'", false],
    ["example: 'Tue, 5 Nov 2024 08:12:31 GMT'", true],
    ["example: 'Wed, 5 Nov 2024 08:12:31 GMT'", false],
  ])('in a Last-Modified with %s', (definition, isSafe) => {
    const text = get(`Last-Modified: {${definition}}`);
    expect(safely(text, 'http-date-example') !== text).toBe(isSafe);
  });
});
