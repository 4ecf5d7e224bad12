import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Ruleset } from '@stoplight/spectral-core';
import { beforeAll, expect, test } from 'vitest';
import { documentCount, fc } from '../fast-check.js';
import { Workspace } from '../../src/files/workspace.js';
import { fixDescriptions } from '../../src/fixing/fix-all.js';
import type { Json } from '../../src/json.js';
import { isSwagger } from '../../src/model/specification-version.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';
import { folderWith } from '../files.js';
import { lint, loadRuleset } from '../spectral.js';
import { allFixes } from './permissions.js';

/** Validates a document with one of OpenAPI's JSON Schemas. */
type Validator = ((document: unknown) => boolean) & { errors?: readonly { instancePath: string; message: string }[] };

const validators = createRequire(import.meta.url)('@stoplight/spectral-rulesets/dist/oas/schemas/validators.js') as {
  readonly [name in 'oas2_0' | 'oas3_0' | 'oas3_1']: Validator;
};

/** The names of the components, by kind. */
type Shared = Readonly<Record<string, readonly string[]>>;

const shared3: Shared = {
  '/components/responses': ['NotModified', 'Order', '304'],
  '/components/headers': ['ETag', 'Version'],
  '/components/parameters': ['Condition', 'Id'],
  '/components/schemas': ['ETag', 'Order'],
  '/components/requestBodies': ['Order', 'NotModified'],
  '/components/examples': ['ETag', 'Order'],
  '/components/links': ['Next'],
  '/components/callbacks': ['Changed'],
  '/components/securitySchemes': ['Basic'],
  '/x-shared': ['Something', 'Other'],
};
const shared2: Shared = {
  '/responses': ['NotModified', 'Order', '304'],
  '/parameters': ['Condition', 'Id'],
  '/definitions': ['ETag', 'Order'],
  '/x-shared': ['Something', 'Other'],
};

/** Objects of which only the `$ref`s to them can say what they are. */
const uncertain = fc.constantFrom<Json>(
  {},
  { description: 'Something' },
  { description: 'Something', content: {} },
  { description: 'Something', required: true },
  { example: '"a"' },
);

/** The targets of `$ref`s: any component. */
function targetsAmong(shared: Shared): string[] {
  return Object.entries(shared).flatMap(([holder, names]) => names.map((name) => `#${holder}/${name}`));
}

/** Targets of the wrong kind: maps of components, parts of operations, the document, and missing ones. Many make a circle. */
function oddTargetsAmong(shared: Shared): string[] {
  const inside = ['', '/get', '/get/responses', '/get/responses/200', '/get/responses/200/headers/ETag', '/parameters'];
  return [
    ...Object.keys(shared).map((holder) => `#${holder}`),
    ...inside.map((path) => `#/paths/~1orders${path}`),
    '#',
    '',
    '#/nowhere',
    'nowhere.yaml',
  ];
}

/** A value, or a `$ref` to a target of the same kind or of another. */
function orReference(value: fc.Arbitrary<Json>, shared: Shared, holder: string): fc.Arbitrary<Json> {
  const own = (shared[holder] ?? []).map((name) => `#${holder}/${name}`);
  return fc.oneof(
    { weight: 50, arbitrary: value },
    { weight: 15, arbitrary: fc.constantFrom(...own, `#${holder}/nowhere`).map(($ref) => ({ $ref })) },
    { weight: 15, arbitrary: fc.constantFrom(...targetsAmong(shared)).map(($ref) => ({ $ref })) },
    { weight: 1, arbitrary: fc.constantFrom(...oddTargetsAmong(shared)).map(($ref) => ({ $ref })) },
  );
}

function objectOf(names: readonly string[], value: fc.Arbitrary<Json>, most: number, least = 0): fc.Arbitrary<Json> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), value), {
      selector: ([name]) => name,
      minLength: least,
      maxLength: most,
    })
    .map((members) => Object.fromEntries(members));
}

function allOf(names: readonly string[], value: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return objectOf(names, value, names.length, names.length);
}

/** An object with all required members, and some of the optional ones. */
function having(always: Record<string, fc.Arbitrary<Json>>, maybe: Record<string, fc.Arbitrary<Json>> = {}) {
  return fc
    .record<Record<string, Json>>({ ...always, ...maybe } as never, { requiredKeys: Object.keys(always) as never[] })
    .map((members): Json => ({ ...members }));
}

const fields = ['ETag', 'Last-Modified', 'Cache-Control', 'Vary', 'X-Rate'];
const codes = ['200', '304', '404', '412'];
const conditions = ['If-Match', 'If-Modified-Since', 'If-Unmodified-Since'];

/** Identifies an item of a list without duplicates: a `$ref` by its target, a parameter by its name. */
const nameOf = (one: Json) => JSON.stringify((one as { readonly name?: string }).name ?? one);
const text = fc.constantFrom<Json>('An order', 'As it was');

/** Descriptions of version 3 with findings, in which every `$ref` may have a wrong target. */
function descriptions3(version: string): fc.Arbitrary<Json> {
  const any = (value: fc.Arbitrary<Json>, kind: string) => orReference(value, shared3, `/components/${kind}`);
  const plainSchema = fc.constantFrom<Json>(
    { type: 'string' },
    { type: 'integer' },
    { type: 'object', properties: {} },
  );
  const schema = any(plainSchema, 'schemas');
  const content = having({ 'application/json': having({ schema }) });
  const header = fc.oneof(
    { weight: 9, arbitrary: having({ schema }, { description: text }) },
    { weight: 1, arbitrary: having({}, { description: text, type: fc.constant<Json>('string') }) },
  );
  const headers = objectOf(fields, any(header, 'headers'), 3, 1);
  const response = having({ description: text }, { headers, content });
  const parameter = fc
    .tuple(fc.constantFrom(...conditions), schema)
    .map(([name, itsSchema]): Json => ({ name, in: 'header', schema: itsSchema }));
  const parameters = fc
    .uniqueArray(any(parameter, 'parameters'), { maxLength: 3, selector: nameOf })
    .map((list): Json => list);
  const requestBody = having({ content }, { description: text });
  const operation = having(
    {
      responses: fc
        .tuple(having({ description: text, headers }), objectOf(codes, any(response, 'responses'), 3))
        .map(([ok, others]): Json => ({ 200: ok, ...(others as object) })),
    },
    { parameters, requestBody: any(requestBody, 'requestBodies') },
  );
  const pathItem = having({ get: operation }, { put: operation, parameters });
  const example = having({ value: fc.constantFrom<Json>('"a"', { description: 'x' }) }, { summary: text });
  const names = (kind: string) => shared3[`/components/${kind}`] ?? [];
  return having({
    'x-shared': allOf(shared3['/x-shared'] ?? [], uncertain),
    openapi: fc.constant<Json>(version),
    info: fc.constant<Json>({ title: 'Orders', version: '1' }),
    paths: having({ '/orders': pathItem }, { '/items': orReference(pathItem, shared3, '/components/pathItems') }),
    components: having({
      responses: allOf(names('responses'), any(response, 'responses')),
      headers: allOf(names('headers'), any(header, 'headers')),
      parameters: having({
        Condition: any(
          fc.constant<Json>({ name: 'If-None-Match', in: 'header', schema: { type: 'string' } }),
          'parameters',
        ),
        Id: any(fc.constant<Json>({ name: 'X-Id', in: 'header', schema: { type: 'string' } }), 'parameters'),
      }),
      schemas: allOf(names('schemas'), any(plainSchema, 'schemas')),
      requestBodies: allOf(names('requestBodies'), any(requestBody, 'requestBodies')),
      examples: allOf(names('examples'), any(example, 'examples')),
      links: allOf(names('links'), fc.constant<Json>({ operationId: 'next', description: 'Next' })),
      callbacks: allOf(
        names('callbacks'),
        fc.constant<Json>({ '{$url}': { post: { responses: { 200: { description: 'x' } } } } }),
      ),
      securitySchemes: allOf(
        names('securitySchemes'),
        fc.constant<Json>({ type: 'http', scheme: 'basic', description: 'Basic' }),
      ),
    }),
  });
}

/** Such descriptions of version 2.0. */
function descriptions2(): fc.Arbitrary<Json> {
  const any = (value: fc.Arbitrary<Json>, holder: string) => orReference(value, shared2, holder);
  const plainSchema = fc.constantFrom<Json>(
    { type: 'string' },
    { type: 'integer' },
    { type: 'object', properties: {} },
  );
  const type = fc.constantFrom<Json>('string', 'integer');
  const header = fc.oneof(
    { weight: 9, arbitrary: having({ type }, { description: text }) },
    { weight: 1, arbitrary: having({}, { description: text, schema: having({ type }) }) },
  );
  const headers = objectOf(fields, any(header, '/headers'), 3, 1);
  const response = having({ description: text }, { headers, schema: any(plainSchema, '/definitions') });
  const parameter = fc.constantFrom(...conditions).map((name): Json => ({ name, in: 'header', type: 'string' }));
  const parameters = fc
    .uniqueArray(any(parameter, '/parameters'), { maxLength: 3, selector: nameOf })
    .map((list): Json => list);
  const responses = fc
    .tuple(having({ description: text, headers }), objectOf(codes, any(response, '/responses'), 3))
    .map(([ok, others]): Json => ({ 200: ok, ...(others as object) }));
  const operation = having({ responses }, { parameters });
  const pathItem = having({ get: operation }, { put: operation, parameters });
  return having({
    'x-shared': allOf(shared2['/x-shared'] ?? [], uncertain),
    swagger: fc.constant<Json>('2.0'),
    info: fc.constant<Json>({ title: 'Orders', version: '1' }),
    paths: having({ '/orders': pathItem }, { '/items': any(pathItem, '/paths') }),
    responses: allOf(shared2['/responses'] ?? [], any(response, '/responses')),
    parameters: fc.constant<Json>({
      Condition: { name: 'If-None-Match', in: 'header', type: 'string' },
      Id: { name: 'X-Id', in: 'header', type: 'string' },
    }),
    definitions: allOf(shared2['/definitions'] ?? [], any(plainSchema, '/definitions')),
  });
}

/** How many descriptions to compare. There are few, because Spectral is slow. */
const runs = Math.ceil(documentCount / 100);

let ruleset: Ruleset;
const folder = folderWith({ '.spectral.yaml': `extends: [['spectral:oas', all]]\n` });
const file = join(folder, 'openapi.json');

beforeAll(async () => {
  ruleset = await loadRuleset(join(folder, '.spectral.yaml'));
});

/** The errors of a description by the JSON Schema of its version. */
function errorsBySchema(description: string): string[] {
  const document: unknown = JSON.parse(description);
  const version = isSwagger(document) ? 'oas2_0' : description.includes('"3.0.') ? 'oas3_0' : 'oas3_1';
  validators[version](document);
  return (validators[version].errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The location of each `$ref` in a document, as a JSON Pointer fragment, and its target. */
function referencesIn(value: Json, pointer = '#'): [from: string, to: string][] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, member]) => {
    return referencesIn(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  });
  const { $ref } = value as { readonly $ref?: Json };
  return typeof $ref === 'string' ? [[pointer, $ref], ...inside] : inside;
}

/** Whether a `$ref` leads back to itself, directly or through others. In such a circle, Spectral may run for ever. */
function hasCircle(document: Json): boolean {
  const references = new Map(referencesIn(document));
  return [...references.keys()].some((start) => {
    const passed = new Set<string>();
    for (let at: string | undefined = start; at !== undefined; at = references.get(at)) {
      if (passed.has(at)) return true;
      passed.add(at);
    }
    return false;
  });
}

/** The errors that Spectral's OpenAPI rules find; `undefined` for a circle of `$ref`s, in which Spectral may run for ever. */
async function errorsBySpectral(description: string): Promise<string[] | undefined> {
  if (hasCircle(JSON.parse(description))) return undefined;
  try {
    const found = await lint(description, ruleset, file);
    const errors = found.filter(({ severity }) => severity === 'error');
    // If several `$ref`s lead to the same error, Spectral reports it at the first that it visits.
    return errors.map(({ code, at, message }) => `${code} ${code === 'invalid-ref' ? '' : at} ${message}`);
  } catch {
    return undefined;
  }
}

test.each([
  ['3.1.1', descriptions3('3.1.1')],
  ['3.0.3', descriptions3('3.0.3')],
  ['2.0', descriptions2()],
])(
  'fix causes no error of OpenAPI in a description of version %s, wherever its `$ref`s lead',
  async (_, descriptions) => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(descriptions, async (description) => {
        const before = JSON.stringify(description, undefined, 2);
        const { changed } = fixDescriptions([file], shippedSelection('all'), allFixes, new Workspace(() => before));
        const after = changed[0]?.after;
        if (after === undefined) return;
        const known = new Set(errorsBySchema(before));
        expect(errorsBySchema(after).filter((error) => !known.has(error))).toEqual([]);
        const bySpectral = await errorsBySpectral(before);
        if (bySpectral === undefined) return;
        compared++;
        const now = await errorsBySpectral(after);
        expect(now?.filter((error) => !bySpectral.includes(error))).toEqual([]);
      }),
      // About two of three descriptions have a circle of `$ref`s.
      { numRuns: 3 * runs },
    );
    // Some descriptions must have been fixed and compared.
    expect(compared).toBeGreaterThan(runs / 4);
  },
);
