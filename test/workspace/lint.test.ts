import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rulesetNames, type RulesetName } from '../../src/rulesets.js';
import { folderWith, okWithEtag, root, severalFiles } from '../files.js';
import { comparable, linted, ofOurRules } from '../linted.js';
import { lintFile, type Seen } from '../spectral.js';

const examples = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:yaml|json)$/.test(file))
  .map((file) => join(root, 'examples', file));

/** Descriptions of several files, each a folder with an `openapi.yaml`. */
const folders = {
  'path items, operations and responses in other files': severalFiles,
  'JSON among YAML, names with spaces, and a reference back': {
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
  'emoji, tabs and braces': {
    'openapi.yaml': `{"openapi": "3.0.3",\t"x-😀": "😀", "paths": {"/😀/{{a}}": {"get": {"responses": {"200":\n{"headers":\n{"ETag":\n\t{"example": "😀"}}}}}}}}\n`,
  },
};

/** Spectral does not look behind aliases, and shows what it finds there in the first line of the file. */
const isBehindAlias = ({ at }: Seen) =>
  /^\/paths\/(?:\/b|\/a\/get\/responses\/200\/|\/c\/(?:get\/responses\/200|put\/responses\/304)\/)/.test(at);

describe('lint says what Spectral says, at the same places', () => {
  describe.each(rulesetNames)('%s', (name: RulesetName) => {
    test.each(examples)('%s', async (file) => {
      expect(comparable(linted(file, name))).toEqual(comparable(ofOurRules(await lintFile(file, name))));
    });

    test.each(Object.entries(folders))('%s', async (title, files) => {
      const file = join(folderWith(files), 'openapi.yaml');
      const ours = linted(file, name);
      const theirs = ofOurRules(await lintFile(file, name));
      const isLocated = (finding: Seen) => !(title.startsWith('anchors') && isBehindAlias(finding));
      expect(comparable(ours, isLocated)).toEqual(comparable(theirs, isLocated));
      expect(ours.length).toBeGreaterThan(0);
    });
  });
});
