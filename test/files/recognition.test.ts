import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

describe('a text is a description for lint, fix and the language server', () => {
  const files = Object.entries(descriptions).map(([how, text], index): [how: string, file: string, text: string] => {
    return [how, `${index}.yaml`, text];
  });
  const folder = folderWith(Object.fromEntries(files.map(([, file, text]) => [file, text])));
  const named = files.map(([, file]) => file);

  /** The files in which `lint` finds the wrong entity-tag, and the number of descriptions that `fix` counts. */
  function seenIn(targets: readonly string[]): readonly [files: Set<string>, descriptions: string] {
    const { out } = run(folder, 'lint', '-f', 'json', ...targets);
    const results = JSON.parse(out) as { readonly code: string; readonly source: string }[];
    const found = results.filter(({ code }) => code === 'entity-tag-example').map(({ source }) => basename(source));
    return [new Set(found), /\d+ descriptions/.exec(run(folder, 'fix', '--dry-run', ...targets).err)?.[0] ?? ''];
  }

  test('whether the file is named or found in a folder', () => {
    const all = [new Set(named), `${named.length} descriptions`];
    expect(seenIn(named)).toEqual(all);
    expect(seenIn(['.'])).toEqual(all);
  });

  test.each(files)('that has its version %s', async (_, file, text) => {
    expect(recognised(new TextFile('/a.yaml', text))).toBe('description');
    expect(mayBeDescription(text)).toBe(true);
    const uri = uriIn(folder, file);
    await editor.open(uri, text);
    expect(codesOf(await editor.diagnostics(uri))).toContain('entity-tag-example');
  });

  let editor: Client;
  beforeAll(async () => {
    editor = await Client.start({ folder });
  });
  afterAll(() => editor.stop());
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
