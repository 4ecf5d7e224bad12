import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { type RulesetName, rulesetNames } from '../src/rulesets.js';
import { folderWith, okWithEtag, root, severalFiles } from './files.js';
import { run } from './hosts/cli/run.js';
import { Client, uriIn } from './hosts/language-server/client.js';
import { comparableLines, lintedInProcess, ofOurRules } from './spectral-comparison.js';
import { lintFile, type SpectralFinding } from './spectral.js';

const examples = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:yaml|json)$/.test(file))
  .map((file) => join(root, 'examples', file));

/** Descriptions that are compared, each as the files of a folder with an `openapi.yaml`. */
const folders = {
  'path items, operations and responses in other files': severalFiles,
  'JSON and YAML files, file names with spaces, and a `$ref` back to the entry document': {
    'openapi.yaml': `openapi: 3.1.0
paths:
  /a: {$ref: 'my paths/a b.json'}
  /b: {$ref: 'my paths/100%25.yaml'}
components:
  responses:
    Ok: ${okWithEtag}
`,
    'my paths/a b.json': JSON.stringify(
      { get: { responses: { 200: { $ref: '../openapi.yaml#/components/responses/Ok' } } } },
      null,
      2,
    ),
    'my paths/100%25.yaml': `\uFEFFget:\r\n  responses:\r\n    200: ${okWithEtag}\r\n`,
  },
  'anchors, merge keys and cycles': {
    'openapi.yaml': `openapi: 3.0.3
x-ok: &ok
  description: ok
  headers: &headers
    ETag: &etag {schema: {type: string}, example: 33a6}
    Last-Modified: {example: 2020-01-01}
paths:
  /a: &a
    get: {responses: {'200': *ok, '304': {description: same, headers: {<<: *headers, Vary: {}}, content: {}}}}
  /b: *a
  /c:
    <<: *a
    put: {responses: {'304': *ok, '412': {description: no}}}
  /d: {$ref: '#/paths/~1d'}
  /e: {get: {responses: {'200': {<<: [*ok, {description: other}], content: {}}}}}
`,
  },
  'emoji, tabs and double braces': {
    'openapi.yaml': `{"openapi": "3.0.3",\t"x-😀": "😀", "paths": {"/😀/{{a}}": {"get": {"responses": {"200":\n{"headers":\n{"ETag":\n\t{"example": "😀"}}}}}}}}\n`,
  },
};

/** Spectral does not locate values behind YAML aliases, and shows findings in them in the first line of the file. */
const isBehindAlias = ({ at }: SpectralFinding) =>
  /^\/paths\/(?:\/b|\/a\/get\/responses\/200\/|\/c\/(?:get\/responses\/200|put\/responses\/304)\/)/.test(at);

describe('lint reports the same findings as Spectral, at the same places', () => {
  describe.each(rulesetNames)('with the ruleset %s', (name: RulesetName) => {
    test.each(examples)('%s', async (file) => {
      expect(comparableLines(lintedInProcess(file, name))).toEqual(
        comparableLines(ofOurRules(await lintFile(file, name))),
      );
    });

    test.each(Object.entries(folders))('%s', async (title, files) => {
      const file = join(folderWith(files), 'openapi.yaml');
      const ours = lintedInProcess(file, name);
      const theirs = ofOurRules(await lintFile(file, name));
      const isLocated = (finding: SpectralFinding) => !(title.startsWith('anchors') && isBehindAlias(finding));
      expect(comparableLines(ours, isLocated)).toEqual(comparableLines(theirs, isLocated));
      expect(ours.length).toBeGreaterThan(0);
    });
  });
});

describe('for a finding on a `$ref`, lint points at the `$ref`, and Spectral at the object that contains it', () => {
  const file = join(
    folderWith({
      'openapi.yaml': `openapi: 3.1.0
info: {title: Orders, version: '1'}
paths:
  /a:
    put:
      parameters:
        - $ref: '#/components/parameters/Since'
      responses:
        '204': {description: done}
        '304': {$ref: '#/components/responses/Same'}
  /b:
    post:
      responses:
        '412':
          $ref: shared.yaml#/Failed
        '428': {$ref: '#/components/responses/Same'}
    get:
      responses:
        '200':
          description: B
          headers:
            Expires: {$ref: '#/components/headers/Expires'}
            ETag: {$ref: '#/components/headers/Tag'}
components:
  headers: {Expires: {schema: {type: string}}, Tag: {schema: {type: string}}}
  parameters: {Since: {name: If-Modified-Since, in: header, schema: {type: string}}}
  responses: {Same: {description: same}}
`,
      'shared.yaml': 'Failed: {description: failed}\n',
    }),
    'openapi.yaml',
  );
  const expected = [
    ['not-modified-only-when-retrieving', 10, 8],
    ['precondition-failed-has-precondition', 14, 13],
    ['precondition-required-has-precondition', 16, 13],
    ['precondition-heeded', 7, 6],
    ['cacheable-without-expires', 22, 21],
  ] as const;
  const pointsOf = (found: readonly { code: string | number | undefined; line: number | undefined }[]) =>
    expected.map(([rule]) => found.filter(({ code }) => code === rule).map(({ line }) => line));
  const exact = expected.map(([, line]) => [line]);
  const written = (format: string) => JSON.parse(run(dirname(file), 'lint', '-r', 'all', '-f', format, file).out);

  test('in JSON and SARIF', () => {
    const json = written('json') as { code: string; range: { start: { line: number } } }[];
    expect(pointsOf(json.map(({ code, range }) => ({ code, line: range.start.line + 1 })))).toEqual(exact);
    const { results = [] } = (written('sarif') as Log).runs[0] ?? {};
    const lines = results.map(({ ruleId, locations: [location] = [] }) => {
      return { code: ruleId, line: location?.physicalLocation?.region?.startLine };
    });
    expect(pointsOf(lines)).toEqual(exact);
  });

  test('in the editor', async () => {
    const editor = await Client.start({ folder: dirname(file), initializationOptions: { ruleset: 'all' } });
    const uri = uriIn(dirname(file), 'openapi.yaml');
    await editor.open(uri, readFileSync(file, 'utf8'));
    const diagnostics = await editor.diagnostics(uri);
    expect(pointsOf(diagnostics.map(({ code, range }) => ({ code, line: range.start.line + 1 })))).toEqual(exact);
    expect(await editor.stop()).toBe(0);
  });

  test('in Spectral', async () => {
    const findings = ofOurRules(await lintFile(file, 'all'));
    expect(pointsOf(findings).map(([line]) => line)).toEqual(expected.map(([, , line]) => line));
  });
});
