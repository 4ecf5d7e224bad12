import { describe, expect, test } from 'vitest';
import { claimsToBeDescription, mayBeDescription, recognised, whyNoDescription } from '../../src/files/recognition.js';
import { TextFile } from '../../src/files/text-file.js';
import { folderWith, withBareTag } from '../files.js';
import { run } from '../hosts/cli/run.js';
import { Client, codesOf, uriIn } from '../hosts/language-server/client.js';

const inJson = `"info":{"title":"T","version":"1"},"paths":{"/a":{"get":{"responses":{"200":{"description":"ok","headers":{"ETag":{"schema":{"type":"string"},"example":"33a6"}}}}}}}`;

/** Texts that are recognised as descriptions, by how they write the version. */
const descriptions: Readonly<Record<string, string>> = {
  'with an anchor': `openapi: &v 3.1.0\n${withBareTag}`,
  'as an alias': `x-v: &v 3.1.0\nopenapi: *v\n${withBareTag}`,
  'after a comment, in the next line': `openapi: # c\n  3.1.0\n${withBareTag}`,
  'with a tag': `openapi: !!str 3.1.0\n${withBareTag}`,
  'as a folded block scalar': `openapi: >-\n  3.1.0\n${withBareTag}`,
  'with an explicit key (`? openapi`)': `? openapi\n: 3.1.0\n${withBareTag}`,
  'as a number': `openapi: 3.0\n${withBareTag}`,
  'in JSON with a space before the colon': `{"openapi" : "3.0.3",${inJson}}`,
  'in JSON with line breaks around the colon': `{"openapi"\n:\n"3.0.3",${inJson}}`,
  'in JSON with escaped letters in the name': String.raw`{"\u006fpenap\u0069":"3.0.3",` + `${inJson}}`,
  'through a merge key': `x-base: &base {openapi: 3.0.3}\n<<: *base\n${withBareTag}`,
  'after a byte order mark': `\uFEFFopenapi: 3.0.3\n${withBareTag}`,
  'after a YAML directive': `%YAML 1.1\n---\nopenapi: 3.0.3\n${withBareTag}`,
  'directly after a brace': `{openapi: 3.0.3,${inJson}}`,
};

describe.each(Object.entries(descriptions))('a text that has its version %s', (_, text) => {
  test(
    'is a description for lint, fix and the language server, whether the file is named or found in a folder',
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
  ['a part of a description', 'get: {responses: {}}\n', 'other'],
  ['a workflow that mentions a description', 'on: push\nenv: {SPEC: openapi.yaml}\n', 'other'],
  ['the configuration of a tool', '{"openapi": "./api.yaml", "output": "src"}', 'other'],
  ['an AsyncAPI document', `asyncapi: 3.0.0\n${withBareTag}`, 'other'],
  ['a configuration of TypeScript with paths', '{"compilerOptions": {"paths": {"/a": ["b"]}}}', 'other'],
  ['a file that contains only paths', 'paths: {/a: {get: {}}}\n', 'other'],
  ['a template that is not YAML', '{{ openapi }}\n- {{ a: b\n', 'other'],
  ['a version with a comma', `openapi: 3,0\n${withBareTag}`, 'mistaken'],
  ['a version with a misspelt name', `opneapi: 3.0.3\n${withBareTag}`, 'mistaken'],
  ['a version with a capital letter in the name', `Swagger: '2.0'\n${withBareTag}`, 'mistaken'],
  ['webhooks without a version', 'info: {title: T}\nwebhooks: {a: {post: {}}}\n', 'mistaken'],
  ['a description with a syntax error in its version', 'openapi: [3.0.3\n', 'other'],
  ['a description with a syntax error after its version', '{"openapi": "3.0.3", ', 'mistaken'],
])('recognising %s', (_, text, standing) => {
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
