import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseServer, type ServerWishes } from '../../../src/hosts/vscode-extension/server-choice.js';
import { folderWith, projectWith, read, root } from '../../files.js';

const { name, version } = JSON.parse(read('package.json'));
const broughtAlong = join(root, 'dist/vscode-extension/server');
const ordinary: ServerWishes = { named: '', isTrusted: true, broughtAlong };
const ofExtension = {
  origin: 'the extension',
  server: { folder: broughtAlong, version, module: join(broughtAlong, 'dist/bin/conditional-requests.cjs') },
};

/** The manifest of a package with a program. */
const manifestWith = (more: object = {}) =>
  JSON.stringify({ name, version: '0.0.9', bin: { 'conditional-requests': 'main.cjs' }, ...more });

/** Makes a folder in which a package is installed that consists of some files. */
function folderWithPackage(files: Readonly<Record<string, string>>): string {
  const installed = Object.entries(files).map(([path, text]) => [join('node_modules', name, path), text]);
  return folderWith(Object.fromEntries(installed));
}

describe('the server for a folder is', () => {
  test('that of the package that is installed there', async () => {
    const folder = projectWith({});
    const installed = join(folder, 'node_modules', name);
    expect(await chooseServer(folder, ordinary)).toEqual({
      origin: 'the workspace',
      server: { folder: installed, version, module: join(installed, 'dist/bin/conditional-requests.cjs') },
    });
  });

  test('that of the package that is installed in a folder above', async () => {
    const above = projectWith({ 'packages/shop/openapi.yaml': '' });
    const { origin, server } = await chooseServer(join(above, 'packages/shop'), ordinary);
    expect([origin, server.folder]).toEqual(['the workspace', join(above, 'node_modules', name)]);
  });

  test.each(['absolute', 'relative'])('that of the package that the user names, %s', async (kind) => {
    const folder = projectWith({});
    mkdirSync(join(folder, 'tools'));
    symlinkSync(root, join(folder, 'tools/linter'));
    const named = kind === 'relative' ? 'tools/linter' : join(folder, 'tools/linter');
    const { origin, server, problem } = await chooseServer(folder, { ...ordinary, named });
    expect([origin, server.folder, problem]).toEqual(['the setting', join(folder, 'tools/linter'), undefined]);
  });

  test.each([
    ['nothing is installed', folderWith({})],
    ['there is no folder', undefined],
  ])('that of the extension if %s', async (_, folder) => {
    expect(await chooseServer(folder, ordinary)).toEqual(ofExtension);
  });

  test.each(['installed', 'named'])(
    'that of the extension if the user does not trust the folder, and the one that is %s does not run',
    async (kind) => {
      const ran = join(folderWith({}), 'ran');
      const folder = folderWithPackage({
        'package.json': manifestWith(),
        'main.cjs': `require('node:fs').writeFileSync(${JSON.stringify(ran)}, ''); console.log('--stdio');`,
      });
      const wishes = { ...ordinary, named: kind === 'named' ? join('node_modules', name) : '' };
      expect(await chooseServer(folder, { ...wishes, isTrusted: false })).toEqual(ofExtension);
      expect(existsSync(ran)).toBe(false);
      expect((await chooseServer(folder, wishes)).problem).toBeUndefined();
    },
  );
});

describe('if the package cannot be used, the server of the extension runs, and the reason says', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['it is not whole', { 'main.cjs': '' }, 'it has no package.json'],
    ['its manifest is broken', { 'package.json': '{"name": ' }, 'JSON'],
    ['it is another package', { 'package.json': manifestWith({ name: 'another' }) }, `it is not the package ${name}`],
    [
      'it had no command yet',
      { 'package.json': manifestWith({ bin: {} }) },
      'version 0.0.9 has no command conditional-requests',
    ],
    ['its program is missing', { 'package.json': manifestWith() }, 'version 0.0.9 fails: Error: Cannot find module'],
    [
      'its program throws',
      { 'package.json': manifestWith(), 'main.cjs': "throw new TypeError('no such function')" },
      'version 0.0.9 fails: TypeError: no such function',
    ],
    [
      'its program knows no such command',
      { 'package.json': manifestWith(), 'main.cjs': "console.error('unknown command'); process.exit(2)" },
      'version 0.0.9 fails: unknown command',
    ],
    [
      'its program does something else',
      { 'package.json': manifestWith(), 'main.cjs': "console.log('lint')" },
      'version 0.0.9 has no language server',
    ],
  ])('%s', async (_, files, reason) => {
    const folder = folderWithPackage(files);
    const { problem, ...choice } = await chooseServer(folder, ordinary);
    expect(choice).toEqual(ofExtension);
    expect(problem).toContain(`${join(folder, 'node_modules', name)} cannot be used: `);
    expect(problem).toContain(reason);
  });

  test('the folder that the user names is not there', async () => {
    const { problem, ...choice } = await chooseServer(projectWith({}), { ...ordinary, named: 'gone' });
    expect(choice).toEqual(ofExtension);
    expect(problem).toMatch(/gone cannot be used: it has no package\.json$/);
  });
});
