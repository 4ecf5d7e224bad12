import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, okWithEtag } from '../../files.js';
import { lint as lintInSpectral, shippedRuleset } from '../../spectral.js';
import { run } from './run.js';

const head = `openapi: 3.1.1\ninfo: {title: Orders, version: '1'}\n`;
const takes = `parameters: [{name: If-None-Match, in: header, schema: {type: string}}]`;

/** A description with a GET whose 304 is a `$ref`. */
function with304(reference: string): string {
  return `${head}paths:
  /a:
    get:
      ${takes}
      responses:
        '200': ${okWithEtag}
        '304':
          $ref: '${reference}'
components:
  schemas:
    B: {type: object, description: An error}
  requestBodies:
    B: {description: An order, content: {application/json: {}}}
  responses:
    Missing: {$ref: '#/components/responses/Nowhere'}
`;
}

interface PublishedFinding {
  readonly code: string;
  readonly path: readonly string[];
  readonly message: string;
  readonly severity: number;
  readonly range: object;
}

const files = { 'part.yaml': 'Same: {description: Same}\n', 'schema.yaml': 'type: object\nproperties: {}\n' };

describe('a `$ref` that cannot be resolved is an error at the `$ref`', () => {
  test.each([
    '#/components/responses/Typo',
    'missing.yaml',
    'missing.yaml#/a',
    '#/components/responses/200/headers',
    '#/%zz',
  ])('at the same place as in Spectral: %s', async (reference) => {
    const text = with304(reference);
    const folder = folderWith({ ...files, 'openapi.yaml': text });
    const { status, out, err } = run(folder, 'lint', '-f', 'json', 'openapi.yaml');
    const published = (JSON.parse(out) as PublishedFinding[]).filter(({ code }) => code === 'invalid-ref');
    const bySpectral = (await lintInSpectral(text, await shippedRuleset('all'), join(folder, 'openapi.yaml'))).filter(
      ({ code, at }) => code === 'invalid-ref' && at.startsWith('/paths'),
    );
    const places = published.map(({ path, range, severity }) => ({ at: `/${path.join('/')}`, range, severity }));
    expect(places).toEqual(bySpectral.map(({ at, range }) => ({ at, range, severity: 0 })));
    expect([status, err, published.length]).toEqual([1, '', 1]);
  });

  test.each([
    ['a pointer into a file', 'part.yaml#/Nope', '$ref: ', ['/Nope/$ref 1']],
    ['an anchor that does not exist', '#nope', '$ref: ', ['/$ref 1']],
    [
      'a chain of `$ref`s that breaks',
      '#/components/responses/Missing',
      'Missing: {$ref: ',
      ['/paths//a/get/responses/304/$ref 10'],
    ],
    ['a `$ref` to itself', '#/paths/~1a/get/responses/304', '$ref: ', []],
    ['a URI that is not a web address', 'urn:example:same', '$ref: ', ['/paths//a/get/responses/304/$ref 10']],
    ['a folder', '.', '$ref: ', ['/paths//a/get/responses/304/$ref 10']],
  ])('even if Spectral reports another place, or none: %s', async (_, reference, before, bySpectral) => {
    const text = with304(reference);
    const folder = folderWith({ ...files, 'openapi.yaml': text });
    const { status, out } = run(folder, 'lint', '-f', 'json', 'openapi.yaml');
    const [first, ...more] = JSON.parse(out) as (PublishedFinding & {
      range: { start: { line: number; character: number } };
    })[];
    expect([status, first?.code, more]).toEqual([1, 'invalid-ref', []]);
    const { line = 0, character = 0 } = first?.range.start ?? {};
    expect(text.split('\n')[line]?.slice(0, character)).toMatch(new RegExp(`${before.replace(/[${}]/g, '\\$&')}$`));
    const theirs = await lintInSpectral(text, await shippedRuleset('all'), join(folder, 'openapi.yaml'));
    const places = theirs
      .filter(({ code }) => code === 'invalid-ref')
      .map(({ at, range }) => `${at} ${range.start.line + 1}`);
    expect(places.filter((place) => !place.startsWith('/components'))).toEqual(bySpectral);
  });

  test('in every format', () => {
    const folder = folderWith({ 'openapi.yaml': with304('#/components/responses/Typo') });
    for (const format of [
      'code-frame',
      'stylish',
      'text',
      'json',
      'junit',
      'sarif',
      'github-actions',
      'gitlab',
      'html',
      'teamcity',
    ]) {
      const { status, out } = run(folder, 'lint', '-f', format, 'openapi.yaml');
      expect([format, status]).toEqual([format, 1]);
      expect(out).toMatch(/leads nowhere/);
    }
  });
});

describe('a `$ref` to something of another kind', () => {
  test.each([
    ['#/components/schemas/B', 'a Schema Object'],
    ['#/components/requestBodies/B', 'a Request Body Object'],
    ['schema.yaml', 'a Schema Object'],
    ['#', 'an OpenAPI Object'],
    ['', 'an OpenAPI Object'],
  ])('is reported once, at the `$ref`, and fix changes no file: %s', (reference, found) => {
    const text = with304(reference);
    const folder = folderWith({ ...files, 'openapi.yaml': text });
    const { status, out } = run(folder, 'lint', '-f', 'text', 'openapi.yaml');
    expect(status).toBe(1);
    expect(out.match(/leads to [^,]*, not to a Response Object/g)).toEqual([
      `leads to ${found}, not to a Response Object`,
    ]);
    const { out: said } = run(folder, 'fix', '--suggested', '.');
    expect(readFileSync(join(folder, 'openapi.yaml'), 'utf8')).toBe(text);
    expect(readFileSync(join(folder, 'schema.yaml'), 'utf8')).toBe(files['schema.yaml']);
    expect(said).toContain('1 × invalid-ref (no automatic fix)');
  });

  test.each([
    ['{a: 1}', 'an object'],
    ['3', 'a number'],
    ['', 'null'],
    ['[a.yaml]', 'a list'],
    ['true', 'a boolean'],
  ])('so is one that is not a string: %s', (value, found) => {
    const text = with304('').replace(`$ref: ''`, `$ref: ${value}`);
    const folder = folderWith({ 'openapi.yaml': text });
    const { status, out } = run(folder, 'lint', '-f', 'text', 'openapi.yaml');
    expect([status, out.match(/invalid-ref .*/g)]).toEqual([
      1,
      [`invalid-ref "a $ref is the text of a URI, not ${found}"`],
    ]);
    expect(run(folder, 'fix', '--suggested', '.').out).toContain('1 × invalid-ref (no automatic fix)');
    expect(readFileSync(join(folder, 'openapi.yaml'), 'utf8')).toBe(text);
  });

  test('is reported once for all descriptions that share it', () => {
    const folder = folderWith({
      'a.yaml': `${head}paths: {/a: {$ref: 'part.yaml'}}\n`,
      'b.yaml': `${head}paths: {/b: {$ref: 'part.yaml'}}\n`,
      'part.yaml': `get: {responses: {'200': {$ref: 'schema.yaml'}}}\n`,
      'schema.yaml': files['schema.yaml'],
    });
    const { out } = run(folder, 'lint', '-f', 'json', 'a.yaml', 'b.yaml');
    expect(JSON.parse(out)).toMatchObject([{ code: 'invalid-ref', source: join(folder, 'part.yaml') }]);
  });
});

test('a password in a `$ref` is not printed', () => {
  const folder = folderWith({ 'openapi.yaml': with304('ftp://me:secret@example.com/a.yaml') });
  const { out } = run(folder, 'lint', 'openapi.yaml');
  expect(out).toContain("'ftp://…@example.com/a.yaml' leads nowhere");
  expect(out).not.toContain('secret');
});
