import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Workspace } from '../../src/files/workspace.js';
import { fixDescriptions, type Permissions } from '../../src/fixing/fix-all.js';
import { unifiedDiff } from '../../src/hosts/cli/unified-diff.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';
import { folderWith, read } from '../files.js';
import { lint, loadRuleset } from '../spectral.js';

const suggested: Permissions = {
  allows: (_, kind) => kind === 'safe' || kind === 'suggested',
  forbids: () => undefined,
};

const folder = 'test/fixing/cases';
const files = readdirSync(join(import.meta.dirname, 'cases')).filter((file) => !file.endsWith('.diff'));

/** Fixes a text, and returns the diff and the new text. */
function fixed(name: string, text: string, ruleset: 'recommended' | 'all') {
  const file = join(folderWith({ [name]: text }), name);
  const [change] = fixDescriptions([file], shippedSelection(ruleset), suggested, new Workspace()).changed;
  return { diff: change ? unifiedDiff(name, text, change.edits) : '', after: change?.after ?? text };
}

const everyRule = folderWith({
  '.spectral.yaml': `extends: ['spectral:oas', ${JSON.stringify(join(import.meta.dirname, '../../rulesets/recommended.yaml'))}]\n`,
});
const ruleset = loadRuleset(join(everyRule, '.spectral.yaml'));

test.each(files)('%s', async (file) => {
  const name = file.endsWith('.json') ? 'openapi.json' : 'openapi.yaml';
  const before = read(`${folder}/${file}`);
  const rules = file.startsWith('all rules') ? 'all' : 'recommended';
  const { diff, after } = fixed(name, before, rules);
  await expect(diff).toMatchFileSnapshot(join(import.meta.dirname, 'cases', file.replace(/\.\w+$/, '.diff')));
  expect(fixed(name, after, rules).diff).toBe('');
  const findings = async (text: string) => {
    const found = await lint(text, await ruleset);
    return found.map(({ code, message, at }) => `${code} ${message} ${at}`);
  };
  const old = new Set(await findings(before));
  expect((await findings(after)).filter((finding) => !old.has(finding))).toEqual([]);
});

test('what is added to a file without components of its own stays there', () => {
  const get = (name: string) => `${name}:
  get:
    responses:
      '200':
        description: A list
        headers:
          ETag:
            schema:
              type: string
`;
  const names = ['a', 'b', 'c'];
  const paths = names.map((name) => `  /${name}:\n    $ref: 'paths.yaml#/${name}'\n`).join('');
  const entry = `openapi: 3.0.3\ninfo: {title: Lists, version: '1'}\npaths:\n${paths}`;
  const inFolder = folderWith({ 'openapi.yaml': entry, 'paths.yaml': names.map(get).join('') });
  const { changed } = fixDescriptions(
    [join(inFolder, 'openapi.yaml')],
    shippedSelection('recommended'),
    suggested,
    new Workspace(),
  );
  expect(changed.map(({ file }) => file.slice(inFolder.length + 1))).toEqual(['paths.yaml']);
  expect(changed[0]?.after).not.toContain('$ref');
  expect(changed[0]?.after.match(/'304':\n {8}description: Not Modified\n/g)).toHaveLength(3);
});

test('what is added to another whole description becomes a component of that one', () => {
  const get = `{get: {responses: {'200': {description: A, headers: {ETag: {schema: {type: string}}}}}}}`;
  const head = `openapi: 3.0.3\ninfo: {title: Lists, version: '1'}\n`;
  const entry = `${head}paths:\n  /a: {$ref: 'other.yaml#/paths/~1a'}\n  /b: {$ref: 'other.yaml#/paths/~1b'}\n`;
  const inFolder = folderWith({
    'openapi.yaml': `${entry}  /c: {$ref: 'other.yaml#/paths/~1c'}\n  /d: ${get}\n`,
    'other.yaml': `${head}paths:\n  /a: ${get}\n  /b: ${get}\n  /c: ${get}\n`,
  });
  const { changed } = fixDescriptions(
    [join(inFolder, 'openapi.yaml')],
    shippedSelection('recommended'),
    suggested,
    new Workspace(),
  );
  const texts = new Map(changed.map(({ file, after }) => [file.slice(inFolder.length + 1), after]));
  expect(texts.get('other.yaml')).toContain('components:\n  responses: {NotModified: {description: Not Modified');
  expect(texts.get('openapi.yaml')).toContain(`'304': {description: Not Modified`);
});
