import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { catalogue } from '../../src/catalogue.js';
import { check } from '../../src/check.js';
import { Description } from '../../src/model/description.js';
import { folderWith, okWithEtag, severalFiles } from '../files.js';
import { sourcesInMemory } from '../sources-in-memory.js';
import { lint as lintAll, lintFile as lintFileWith, type SpectralFinding, shippedRuleset } from '../spectral.js';

/** The findings about 304, and Spectral's own. These tests are about Spectral, so they need not follow every new rule. */
function on304(findings: readonly SpectralFinding[]): SpectralFinding[] {
  return findings.filter(({ code }) => !code.includes('-') || /^not-modified-|-ref$|-format$/.test(code));
}

const lint = async (...args: Parameters<typeof lintAll>) => on304(await lintAll(...args));
const lintFile = async (...args: Parameters<typeof lintFileWith>) => on304(await lintFileWith(...args));

test('findings in other files are reported in those files, for each operation', async () => {
  const folder = folderWith(severalFiles);
  const findings = await lintFile(join(folder, 'openapi.yaml'), 'recommended');
  const seen = findings.map(({ code, source, line, message }) => {
    return `${source.slice(folder.length + 1)}:${line} ${code} ${/ (?:on|in) (.*?):/.exec(message)?.[1]}`;
  });
  expect(seen).toEqual([
    'paths/all.yaml:4 not-modified-documented GET /items',
    'paths/all.yaml:8 not-modified-documented GET /invoices',
    'paths/order.yaml:2 not-modified-documented GET /orders/{id}',
    'shared/responses.yaml:2 not-modified-repeats-etag this 304 response',
    'shared/responses.yaml:4 not-modified-no-content this 304 response',
  ]);
});

test('a `$ref` resolves through paths above the root and through repeated slashes', async () => {
  const folder = folderWith({ 'paths/a.yaml': `get: {responses: {'200': ${okWithEtag}}}\n` });
  const aboveRoot = `${'../'.repeat(30)}${folder.slice(1)}/paths/a.yaml`;
  for (const reference of [aboveRoot, 'paths//a.yaml']) {
    const description = `openapi: 3.0.3\npaths:\n  /a: {$ref: '${reference}'}\n`;
    const findings = await lint(description, await shippedRuleset('recommended'), join(folder, 'openapi.yaml'));
    expect(findings.map(({ code, source }) => [code, source])).toEqual([
      ['not-modified-documented', join(folder, 'paths/a.yaml')],
    ]);
  }
});

test('a `$ref` resolves to file names that are not valid in a URL', async () => {
  const folder = folderWith({
    'my api.yaml': `openapi: 3.0.3\npaths:\n  /a: {$ref: 'path items/ä b.yaml'}\n  /b: {$ref: './path items/../path items/100%25.yaml'}\n`,
    'path items/ä b.yaml': `get:\n  responses:\n    '200': ${okWithEtag}\n`,
    'path items/100%25.yaml': `get:\n  responses:\n    '200': ${okWithEtag}\n`,
  });
  const findings = await lintFile(join(folder, 'my api.yaml'), 'recommended');
  expect(findings.map(({ message }) => message.split(':', 1)[0]).toSorted()).toEqual([
    'Expected a 304 response on GET /a',
    'Expected a 304 response on GET /b',
  ]);
});

test('a `$ref` to HTTP resolves as it does in Spectral', async () => {
  const server = createServer((request, response) => {
    response.end(request.url === '/apis/paths/a.yaml' ? `get:\n  responses:\n    '200': ${okWithEtag}\n` : 'no');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/apis`;
  const text = `openapi: 3.0.3\npaths: {/a: {$ref: './paths/a.yaml'}, /b: {$ref: '${base}/paths/a.yaml'}}`;
  const findings = await lint(text, await shippedRuleset('recommended'), `${base}/openapi.yaml`);
  expect(findings.map(({ source, line }) => `${source.slice(base.length)}:${line}`)).toEqual([
    '/paths/a.yaml:2',
    '/paths/a.yaml:2',
  ]);
});

test('a `$ref` from another file back to the entry document resolves', async () => {
  const folder = folderWith({
    'openapi.yaml': `openapi: 3.0.3\npaths:\n  /a: {$ref: 'a.yaml'}\ncomponents:\n  responses:\n    Ok: ${okWithEtag}\n`,
    'a.yaml': `get:\n  responses:\n    '200': {$ref: 'openapi.yaml#/components/responses/Ok'}\n`,
  });
  const findings = await lintFile(join(folder, 'openapi.yaml'), 'recommended');
  expect(findings.map(({ source, line }) => `${source.slice(folder.length + 1)}:${line}`)).toEqual(['a.yaml:2']);
});

test('a document without a location is linted without its external references', async () => {
  const text = `openapi: 3.0.3\npaths: {/a: {get: {responses: {'200': ${okWithEtag}}}}, /b: {$ref: 'b.yaml'}}`;
  const findings = await lint(text, await shippedRuleset('recommended'));
  expect(findings.filter(({ code }) => code !== 'invalid-ref').map(({ at }) => at)).toEqual([
    '/paths//a/get/responses',
  ]);
});

test('braces in a path template are not taken for a placeholder of a message', async () => {
  const text = `openapi: 3.0.3\npaths: {'/a/{{error}}': {get: {responses: {'200': ${okWithEtag}}}}}`;
  const [finding] = await lint(text, await shippedRuleset('recommended'));
  expect(finding?.message).toMatch(/^Expected a 304 response on GET \/a\/\{ \{error\}\}: its /);
});

test.each([
  ['is not an OpenAPI description', 'title: Orders', ['unrecognized-format']],
  ['is broken YAML', 'openapi: 3.0.3\npaths: {', ['parser']],
  ['is empty', '', ['unrecognized-format']],
  ['is a list instead of an object', '[openapi]', ['unrecognized-format']],
  ['refers to nowhere', "openapi: 3.0.3\npaths: {/a: {$ref: '#/nowhere'}}", ['invalid-ref']],
  ['refers to a missing file', "openapi: 3.0.3\npaths: {/a: {$ref: 'missing.yaml'}}", ['invalid-ref']],
  ['refers to itself', "openapi: 3.0.3\npaths: {/a: {$ref: '#/paths/~1a'}}", []],
  [
    'has null for everything',
    'openapi: 3.0.3\npaths: {/a: null, /b: {get: null, put: {responses: {304: null}}}}',
    ['parser', 'not-modified-only-when-retrieving'],
  ],
  ['has no paths', 'openapi: 3.1.1', []],
  ['has only an unknown version', 'openapi: 4.0.0', ['unrecognized-format']],
])('the codes reported for a document that %s', async (_, text, codes) => {
  const folder = folderWith({ 'openapi.yaml': text });
  const findings = await lintFile(join(folder, 'openapi.yaml'), 'all');
  expect(findings.map(({ code }) => code).toSorted()).toEqual([...codes].toSorted());
});

test('all rules finish on schemas that multiply and on examples that contain themselves', () => {
  const links = Array.from({ length: 60 }, (_, n) => {
    const next = { $ref: `#/components/schemas/S${n + 1}` };
    return [`S${n}`, { allOf: [next, next], items: next, example: 'x' }];
  });
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  let deep: unknown = 'x';
  for (let depth = 0; depth < 20_000; depth++) deep = { deep };
  const headers = {
    ETag: {
      schema: { $ref: '#/components/schemas/S0' },
      examples: { cyclic: { value: cyclic }, deep: { value: deep } },
    },
  };
  const { root, reader } = sourcesInMemory({
    openapi: '3.1.2',
    paths: { '/a': { get: { responses: { 200: { headers } } } } },
    components: { schemas: Object.fromEntries(links) },
  });
  const description = new Description(root, reader);
  const messages = catalogue.flatMap((rule) => check(rule, description)).map(({ message }) => message);
  expect(messages.filter((message) => message.startsWith('Malformed entity-tag'))).toHaveLength(2);
});

test('the example API has the same findings in YAML and in JSON', async () => {
  const findingsIn = async (file: string) => {
    const findings = await lintFileWith(file, 'recommended');
    return findings.map(({ severity, code, at }) => `${severity} ${code} ${at}`);
  };
  const inYaml = await findingsIn(join(import.meta.dirname, '../../examples/orders.yaml'));
  expect(inYaml).toMatchInlineSnapshot(`
    [
      "warn not-modified-documented /paths//orders/get/responses",
      "error not-modified-no-content /paths//orders/{orderId}/get/responses/304/content",
      "warn not-modified-only-when-retrieving /paths//orders/{orderId}/put/responses/304",
      "warn precondition-required-has-precondition /paths//orders/{orderId}/delete/responses/428",
      "warn not-modified-answers-precondition /paths//orders/{orderId}/invoice/get/responses",
      "warn http-date-schema /paths//products/{sku}/get/responses/200/headers/Last-Modified/schema/format",
      "warn entity-tag-example /components/headers/ETag/example",
      "info not-modified-repeats-etag /components/responses/NotModified",
    ]
  `);
  expect(await findingsIn(join(import.meta.dirname, '../../examples/orders.json'))).toEqual(inYaml);
});
