import { describe, expect, test } from 'vitest';
import { lint, shippedRuleset } from '../spectral.js';
import { findingsWithPrefix } from './rule-findings.js';

/** A GET whose ETag header (or other member of the map) has the given definition, and components to refer to. */
function get(definition: string, name = 'ETag', components = ''): string {
  return `paths: {/a: {get: {responses: {'200': {description: ok, headers: {${name}: ${definition}}}}}}}\n${components}`;
}

const header = '/paths//a/get/responses/200/headers/ETag';

describe('entity-tag-example finds a malformed entity-tag', () => {
  test.each([
    ['in `example`', '{example: x}', '/example'],
    ['in `examples`', '{examples: {a: {value: x}}}', '/examples/a/value'],
    ['in the `example` of the schema', '{schema: {example: x}}', '/schema/example'],
    ['in the `examples` of the schema', `{schema: {examples: ['"y"', x]}}`, '/schema/examples/1'],
    ['in `default`', '{schema: {default: x}}', '/schema/default'],
    ['in `enum`', `{schema: {enum: ['"y"', x]}}`, '/schema/enum/1'],
    ['in `const`', '{schema: {const: x}}', '/schema/const'],
    ['in a part of `allOf`', '{schema: {allOf: [{type: string}, {example: x}]}}', '/schema/allOf/1/example'],
    ['in the `example` of `content`', '{content: {text/plain: {example: x}}}', '/content/text/plain/example'],
    [
      'in the `examples` of `content`',
      '{content: {text/plain: {examples: {a: {value: x}}}}}',
      '/content/text/plain/examples/a/value',
    ],
    ['in the schema of `content`', '{content: {text/plain: {schema: {const: x}}}}', '/content/text/plain/schema/const'],
    ['that is a number', '{example: 5}', '/example'],
    ['that is an object', '{example: {toString: 1}}', '/example'],
    ['for which no repair is known', '{example: a b}', '/example'],
  ])('%s', async (_, definition, at) => {
    expect(await findingsWithPrefix('entity-tag-example', get(definition))).toEqual([` ${header}${at}`]);
  });

  test.each([
    ['in the `dataValue` of an example', '{examples: {a: {dataValue: x}}}', '/examples/a/dataValue'],
    ['in the `serializedValue` of an example', '{examples: {a: {serializedValue: x}}}', '/examples/a/serializedValue'],
  ])('%s, in OpenAPI 3.2', async (_, definition, at) => {
    expect(await findingsWithPrefix('entity-tag-example', get(definition), 'openapi: 3.2.0')).toEqual([
      ` ${header}${at}`,
    ]);
  });

  test.each([
    ['in `default`', '{type: string, default: x}', '/default'],
    ['in `enum`', '{type: string, enum: [x]}', '/enum/0'],
    ['in `x-example`', '{type: string, x-example: x}', '/x-example'],
  ])('%s, in OpenAPI 2.0', async (_, definition, at) => {
    expect(await findingsWithPrefix('entity-tag-example', get(definition), "swagger: '2.0'")).toEqual([
      ` ${header}${at}`,
    ]);
  });

  test('in the component that holds the header, once', async () => {
    const components = 'components: {headers: {Tag: {example: x}}}';
    expect(
      await findingsWithPrefix('entity-tag-example', get("{$ref: '#/components/headers/Tag'}", 'ETag', components)),
    ).toEqual([' /components/headers/Tag/example']);
  });

  test('in a Parameter Object that a header refers to', async () => {
    const components = 'components: {parameters: {Tag: {name: ETag, in: header, example: x}}}';
    expect(
      await findingsWithPrefix('entity-tag-example', get("{$ref: '#/components/parameters/Tag'}", 'ETag', components)),
    ).toEqual([' /components/parameters/Tag/example']);
  });

  test('beside the `$ref` of a schema since 3.1, and not before', async () => {
    const body = get(
      "{schema: {$ref: '#/components/schemas/S', example: x}}",
      'ETag',
      'components: {schemas: {S: {}}}',
    );
    expect(await findingsWithPrefix('entity-tag-example', body)).toEqual([` ${header}/schema/example`]);
    expect(await findingsWithPrefix('entity-tag-example', body, 'openapi: 3.0.4')).toEqual([]);
  });

  test('in a keyword beside the `$ref` of a schema, at any depth', async () => {
    const body = get(
      "{schema: {$ref: '#/components/schemas/S', allOf: [{example: x}]}}",
      'ETag',
      'components: {schemas: {S: {allOf: [{example: \'"y"\'}]}}}',
    );
    expect(await findingsWithPrefix('entity-tag-example', body)).toEqual([` ${header}/schema/allOf/0/example`]);
    expect(await findingsWithPrefix('entity-tag-example', body, 'openapi: 3.0.4')).toEqual([]);
  });

  test('beside every `$ref` of a chain', async () => {
    const schemas = `{A: {$ref: '#/components/schemas/B', example: x}, B: {$ref: '#/components/schemas/C', type: integer}, C: {}}`;
    const body = get("{schema: {$ref: '#/components/schemas/A'}}", 'ETag', `components: {schemas: ${schemas}}`);
    expect(await findingsWithPrefix('entity-tag-', body)).toEqual([`example ${header}`, `schema ${header}`]);
    expect(await findingsWithPrefix('entity-tag-', body, 'openapi: 3.0.4')).toEqual([]);
  });

  test('in a shared schema, where the finding points at the header', async () => {
    const components = 'components: {schemas: {Id: {type: string, format: uuid, example: 0ce8}}}';
    const body = get("{schema: {$ref: '#/components/schemas/Id'}}", 'ETag', components);
    expect(await findingsWithPrefix('entity-tag-', body)).toEqual([`example ${header}`, `schema ${header}`]);
  });

  test.each([
    ['in null', '{example: null}'],
    ['in a well-formed one', `{example: '"33a6"'}`],
    ['in a placeholder in double braces', "{example: '{{etag}}'}"],
    ['in a quoted placeholder', `{example: "W/'{{ etag }}'"}`],
    ['in a shell variable', "{example: 'v${ETAG}'}"],
    ['in a placeholder in angle brackets', '{example: <etag>}'],
    ['in a placeholder in braces', "{example: '{etag}'}"],
    ['in a placeholder in brackets', "{example: '[your etag]'}"],
    ['in the name of a type', '{example: string}'],
    ['in the default that generators write', '{schema: {type: string, default: String}}'],
    ['in the name of the field', '{example: e_tag}'.replace('e_tag', 'ETag')],
    ['in the name of the field in lower case', '{example: etag}'],
    ['in words that stand for an entity-tag', '{example: your-entity_tag here}'],
    ['in such words without spaces', '{example: someEtagValue}'],
    ['in an ellipsis', "{example: '...'}"],
    ['in a row of equal letters', '{example: xxxxxxxx}'],
    ['in a word for something unknown', '{example: TBD}'],
    ['in a schema that refers to itself', "{schema: {$ref: '#/components/schemas/S'}}"],
    ['in an example behind a broken `$ref`', "{examples: {a: {$ref: '#/nowhere'}}}"],
  ])('but not %s', async (_, definition) => {
    const components = "components: {schemas: {S: {allOf: [{$ref: '#/components/schemas/S'}]}}}";
    expect(await findingsWithPrefix('entity-tag-example', get(definition, 'ETag', components))).toEqual([]);
  });

  test.each([
    'a<etag>',
    '<etag>a',
    'a{etag}',
    '{etag}a',
    '{"etag"}',
    '}}{{',
    '["etag"]',
    'x',
    'xx',
    'string5',
    'the',
    'my-id',
    'etag-33a6',
    `string ${'value '.repeat(20)}`,
  ])('in %s, which is not a placeholder', async (example) => {
    expect(await findingsWithPrefix('entity-tag-example', get(`{example: '${example}'}`))).toEqual([
      ` ${header}/example`,
    ]);
  });

  test('in a percent-encoded value only since 3.1.2', async () => {
    const body = get("{example: '%2233a6%22'}");
    expect(await findingsWithPrefix('entity-tag-example', body, 'openapi: 3.0.4')).toEqual([]);
    expect(await findingsWithPrefix('entity-tag-example', body, 'openapi: 3.1.1')).toEqual([]);
    expect(await findingsWithPrefix('entity-tag-example', body, 'openapi: 3.1.2')).toHaveLength(1);
    expect(await findingsWithPrefix('entity-tag-example', body, 'openapi: 3.2.0')).toHaveLength(1);
  });
});

describe('the rules entity-tag-*', () => {
  const parameter = (definition: string) =>
    `paths: {/a: {put: {parameters: [${definition}], responses: {'204': {description: ok, headers: {ETag: {}}}, '412': {description: f}}}}}`;

  test.each([
    ['{schema: {type: integer}}', ['schema /schema/type']],
    ['{schema: {type: object}}', ['schema /schema/type']],
    ['{schema: {type: [integer, "null"]}}', ['schema /schema/type']],
    ['{schema: {type: [string, "null"]}}', []],
    ['{schema: {type: string, format: uuid}}', ['schema /schema/format']],
    ['{schema: {type: string, format: date-time}}', ['schema /schema/format']],
    ['{schema: {type: number}}', ['schema /schema/type']],
    ['{schema: {type: boolean}}', ['schema /schema/type']],
    ['{schema: {type: []}}', []],
    ['{schema: {type: string, format: password}}', []],
    [`{example: '"a", "b"'}`, ['example /example']],
    [`{example: '*'}`, ['example /example']],
    ['{schema: {type: array, items: {type: array}}}', ['single /schema/type']],
    ['{schema: {type: string}}', []],
    ['{schema: {}}', []],
    ['{schema: {type: array, items: {type: string}}}', ['single /schema/type']],
    ['{schema: {type: array, items: {type: integer}}}', ['schema /schema/items/type', 'single /schema/type']],
    [
      `{schema: {type: array, items: {type: string}}, example: ['W/"xy"', '5']}`,
      ['example /example/1', 'single /schema/type'],
    ],
  ])('report, or not: an ETag with %s', async (definition, findings) => {
    const found = await findingsWithPrefix('entity-tag-', get(definition));
    expect(found.map((finding) => finding.replace(header, '')).toSorted()).toEqual(findings);
  });

  test.each(
    'uuid date-time date time http-date duration byte base64url int32 int64 float double email hostname ipv4 ipv6 uri uri-reference url'.split(
      ' ',
    ),
  )('report the format %s, which does not allow quotation marks', async (format) => {
    expect(await findingsWithPrefix('entity-tag-', get(`{schema: {type: string, format: ${format}}}`))).toEqual([
      `schema ${header}/schema/format`,
    ]);
  });

  test.each([
    ['{name: If-Match, in: header, schema: {type: integer}}', ['schema /schema/type']],
    ['{name: If-Match, in: header, schema: {type: array, items: {type: string}}}', []],
    [`{name: If-Match, in: header, example: '*'}`, []],
    [`{name: If-Match, in: header, example: '"a", W/"b"'}`, []],
    [`{name: if-none-match, in: header, example: '"a", *'}`, ['example /example']],
    ['{name: If-Match, in: query, schema: {type: integer}}', []],
    ['{name: ETag, in: header, schema: {type: integer}}', []],
  ])('report, or not: the parameter %s', async (definition, findings) => {
    const found = await findingsWithPrefix('entity-tag-', parameter(definition));
    expect(found.map((finding) => finding.replace('/paths//a/put/parameters/0', ''))).toEqual(findings);
  });

  test('suggest a value, or only describe the error if no value is certain', async () => {
    const all = await shippedRuleset('all');
    const messages = async (definition: string) => {
      const findings = await lint(`openapi: 3.1.2\n${get(definition)}`, all);
      return findings
        .filter(({ code }) => code.startsWith('entity-tag-'))
        .map(({ message }) => message.split(': ', 1)[0]);
    };
    expect(await messages('{example: 33a6}')).toEqual([
      'Expected entity-tag "33a6" instead of 33a6 in the ETag header of GET /a',
    ]);
    expect(await messages('{example: {a: 1}}')).toEqual(['Malformed entity-tag {"a":1} in the ETag header of GET /a']);
    expect(await messages('{schema: {type: integer}}')).toEqual([
      'Expected type string instead of integer in the ETag header of GET /a',
    ]);
  });
});

describe('entity-tag-strong', () => {
  const at = ' /paths//a/put/parameters/0';
  const put = (definition: string) =>
    `paths: {/a: {put: {parameters: [{name: if-match, in: header, ${definition}}], responses: {'204': {description: ok}}}}}`;

  test.each([
    [`example: 'W/"a"'`, ['/example']],
    [`example: 'W/"a", W/"b"'`, ['/example']],
    [`example: ['W/"a"', 'W/"b"']`, ['/example/0', '/example/1']],
    [`example: 'W/"a"', schema: {const: 'W/"b"'}`, ['/example', '/schema/const']],
    [`example: '"a"'`, []],
    [`example: '*'`, []],
    [`example: 'W/"a", "b"'`, []],
    [`examples: {weak: {value: 'W/"a"'}, strong: {value: '"a"'}}`, []],
    [`example: '"W/"'`, []],
    [`example: 'w/"a"'`, []],
    ['schema: {type: string}', []],
  ])('reports, or not: an If-Match with %s', async (definition, places) => {
    expect(await findingsWithPrefix('entity-tag-strong', put(definition))).toEqual(
      places.map((place) => `${at}${place}`),
    );
  });

  test.each([
    ['weak', ['W/"a"'], '', true],
    ['weak on both GET and PUT', ['W/"a"', 'W/"b"'], '', true],
    ['weak and strong', ['W/"a"', '"b"'], '', false],
    ['strong', ['"a"'], '', false],
    ['weak, and the example of If-Match is strong', ['W/"a"'], `, example: '"a"'`, false],
    ['weak, and the example of If-Match is `*`', ['W/"a"'], `, example: '*'`, false],
    ['without examples', [], '', false],
  ])('reports, or not: an If-Match on a path whose ETags are %s', async (_, [ofGet, ofPut], own, isFound) => {
    const answer = (tag?: string) => (tag === undefined ? '{ETag: {}}' : `{ETag: {example: '${tag}'}}`);
    const parameters = `[{name: If-Match, in: header${own}}]`;
    const responses = (tag?: string) => `{'200': {description: ok, headers: ${answer(tag)}}}`;
    const body = `paths: {/a: {get: {responses: ${responses(ofGet)}}, put: {parameters: ${parameters}, responses: ${responses(ofPut)}}, delete: {parameters: ${parameters}}}}`;
    expect(await findingsWithPrefix('entity-tag-strong', body)).toEqual(isFound ? [' /paths//a/put'] : []);
  });

  test('reports nothing for If-None-Match, which uses the weak comparison', async () => {
    const body = put(`example: 'W/"a"'`).replace('if-match', 'If-None-Match');
    expect(await findingsWithPrefix('entity-tag-strong', body)).toEqual([]);
  });

  test('reports a percent-encoded example', async () => {
    const body = put("example: 'W/%22a%22'");
    expect(await findingsWithPrefix('entity-tag-strong', body, 'openapi: 3.0.4')).toEqual([`${at}/example`]);
  });
});

describe('the rules http-date-*', () => {
  test.each([
    ['Last-Modified', '{schema: {type: string, format: date-time}}', ['schema /schema/format']],
    ['last-modified', '{schema: {type: string, format: date}}', ['schema /schema/format']],
    ['Last-Modified', '{schema: {type: integer}}', ['schema /schema/type']],
    ['Last-Modified', '{schema: {type: string, format: http-date}}', []],
    ['Expires', '{schema: {type: string, format: date-time}}', ['schema /schema/format']],
    ['Date', '{schema: {type: string, format: date-time}}', []],
    ['Last-Modified', "{example: '1994-11-15T08:12:31Z'}", ['example /example']],
    ['Last-Modified', "{example: 'Tue, 15 Nov 1994 08:12:31 GMT'}", []],
    ['Expires', "{example: '0'}", []],
    ['Expires', '{example: -1}', []],
    ['Last-Modified', "{example: '0'}", ['example /example']],
  ])('report, or not: %s with %s', async (name, definition, findings) => {
    const found = await findingsWithPrefix('http-date-', get(definition, name));
    expect(found.map((finding) => finding.replace(`/paths//a/get/responses/200/headers/${name}`, ''))).toEqual(
      findings,
    );
  });

  test.each(['If-Modified-Since', 'If-Unmodified-Since'])('report the parameter %s', async (name) => {
    const body = `paths: {/a: {get: {parameters: [{name: ${name}, in: header, schema: {type: string, format: date-time, example: '1994-11-15'}}], responses: {'304': {description: u}}}}}`;
    expect(await findingsWithPrefix('http-date-', body)).toEqual([
      'schema /paths//a/get/parameters/0/schema/format',
      'example /paths//a/get/parameters/0/schema/example',
    ]);
  });
});
