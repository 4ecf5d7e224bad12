import { describe, expect, test } from 'vitest';
import { claimsToBeDescription, mayBeDescription, recognised, whyNoDescription } from '../../src/files/recognition.js';
import { TextFile } from '../../src/files/text-file.js';
import { folderWith } from '../files.js';
import { run } from '../hosts/cli/run.js';
import { Client, codesOf, uriIn } from '../hosts/language-server/client.js';

const body = `info: {title: T, version: '1'}
paths:
  /a:
    get:
      responses:
        '200': {description: ok, headers: {ETag: {schema: {type: string}, example: 33a6}}}
`;
const inJson = `"info":{"title":"T","version":"1"},"paths":{"/a":{"get":{"responses":{"200":{"description":"ok","headers":{"ETag":{"schema":{"type":"string"},"example":"33a6"}}}}}}}`;

/** Texts that are recognised as descriptions. */
const descriptions: Readonly<Record<string, string>> = {
  'an anchor': `openapi: &v 3.1.0\n${body}`,
  'an alias': `x-v: &v 3.1.0\nopenapi: *v\n${body}`,
  'a comment, and the version in the next line': `openapi: # c\n  3.1.0\n${body}`,
  'a tag': `openapi: !!str 3.1.0\n${body}`,
  'a folded text': `openapi: >-\n  3.1.0\n${body}`,
  'a key after a question mark': `? openapi\n: 3.1.0\n${body}`,
  'a number': `openapi: 3.0\n${body}`,
  'a space before the colon': `{"openapi" : "3.0.3",${inJson}}`,
  'a line before the colon': `{"openapi"\n:\n"3.0.3",${inJson}}`,
  'a letter as an escape': String.raw`{"\u006fpenap\u0069":"3.0.3",` + `${inJson}}`,
  'a merge key': `x-base: &base {openapi: 3.0.3}\n<<: *base\n${body}`,
  'a byte order mark': `\uFEFFopenapi: 3.0.3\n${body}`,
  'a directive': `%YAML 1.1\n---\nopenapi: 3.0.3\n${body}`,
  'no space in front of it': `{openapi: 3.0.3,${inJson}}`,
};

describe.each(Object.entries(descriptions))('what is known by %s', (_, text) => {
  test(
    'is a description for lint, fix and the language server, whether named or discovered',
    { timeout: 60_000 },
    async () => {
      expect(recognised(new TextFile('/a.yaml', text))).toBe('description');
      expect(mayBeDescription(text)).toBe(true);
      const folder = folderWith({ 'a.yaml': text });
      for (const target of ['a.yaml', '.']) {
        expect(run(folder, 'lint', '-f', 'text', target).out).toContain('entity-tag-example');
        expect(run(folder, 'fix', '--dry-run', target).err).toContain('1 description:');
      }
      const editor = await Client.start({ folder });
      await editor.open(uriIn(folder, 'a.yaml'), text);
      expect(codesOf(await editor.diagnostics(uriIn(folder, 'a.yaml')))).toContain('entity-tag-example');
      await editor.stop();
    },
  );
});

test.each([
  ['a part of one', 'get: {responses: {}}\n', 'other'],
  ['a workflow that mentions one', 'on: push\nenv: {SPEC: openapi.yaml}\n', 'other'],
  ['the configuration of a tool', '{"openapi": "./api.yaml", "output": "src"}', 'other'],
  ['an AsyncAPI document', `asyncapi: 3.0.0\n${body}`, 'other'],
  ['paths of TypeScript', '{"compilerOptions": {"paths": {"/a": ["b"]}}}', 'other'],
  ['paths that others are put together from', 'paths: {/a: {get: {}}}\n', 'other'],
  ['a template that is no YAML', '{{ openapi }}\n- {{ a: b\n', 'other'],
  ['a version with a comma', `openapi: 3,0\n${body}`, 'mistaken'],
  ['a version with another name', `opneapi: 3.0.3\n${body}`, 'mistaken'],
  ['a name in capitals', `Swagger: '2.0'\n${body}`, 'mistaken'],
  ['webhooks without a version', 'info: {title: T}\nwebhooks: {a: {post: {}}}\n', 'mistaken'],
  ['one that is broken at its beginning', 'openapi: [3.0.3\n', 'other'],
  ['one that is broken behind its version', '{"openapi": "3.0.3", ', 'mistaken'],
])('%s', (_, text, standing) => {
  const file = new TextFile('/a.yaml', text);
  expect(recognised(file)).toBe(standing);
  expect(standing === 'other' || mayBeDescription(text)).toBe(true);
  const [problem] = whyNoDescription(file);
  expect(problem?.code).toBe(file.isBroken ? 'parser' : 'unrecognized-format');
});

test('a text that cannot be parsed is recognised by its version, also in UTF-16', () => {
  expect(claimsToBeDescription(Buffer.from('openapi: &v 3.0.3\n', 'utf16le').toString())).toBe(true);
  expect(claimsToBeDescription('see: our openapi docs, 3 pages\n')).toBe(false);
});
