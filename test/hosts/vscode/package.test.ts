import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageName } from '../../../src/hosts/vscode-extension/server-choice.js';
import { folderWith, read, root } from '../../files.js';
import { packedExtension } from '../../packed.js';
import { Client, uriIn } from '../language-server/client.js';

const project = JSON.parse(read('package.json'));
const vsix = await packedExtension();

describe.skipIf(vsix === undefined)('the packed extension for VS Code', () => {
  let entries: Record<string, Uint8Array>;
  /** The folder of the extension, as VS Code installs it. */
  let installed: string;
  let manifest: Manifest;
  let editor: Client | undefined;

  beforeAll(() => {
    entries = unzipSync(readFileSync(vsix ?? ''));
    const folder = folderWith({});
    for (const [path, content] of Object.entries(entries)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    installed = join(folder, 'extension');
    manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  });
  afterAll(() => void editor?.server.kill());

  test('contains the extension, what people read about it, and a server; and no more', () => {
    const pictures = readdirSync(join(root, 'src/hosts/vscode-extension'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.startsWith('images/'))
      .map((path) => `extension/${path}`);
    const ofServer = readdirSync(join(root, 'dist/bin')).map((path) => `extension/server/dist/bin/${path}`);
    expect(
      Object.keys(entries)
        .filter((path) => !path.endsWith('/'))
        .toSorted(),
    ).toEqual(
      [
        '[Content_Types].xml',
        'extension.vsixmanifest',
        ...[
          'LICENSE.txt',
          'LICENSES.txt',
          'browser.js',
          'changelog.md',
          'extension.cjs',
          'icon.png',
          'package.json',
          'readme.md',
        ].map((path) => `extension/${path}`),
        ...ofServer,
        'extension/server/package.json',
        'extension/server/rulesets/README.md',
        ...pictures,
      ].toSorted(),
    );
  });

  test('is as small as extensions are', () => {
    expect(readFileSync(vsix ?? '').length).toBeLessThan(2_000_000);
  });

  test('has the version and the licence of the package, and files for all that its manifest names', () => {
    expect(manifest).toMatchObject({ version: project.version, license: project.license });
    for (const file of [manifest.main, manifest.browser, manifest.icon])
      expect(existsSync(join(installed, file))).toBe(true);
    expect(readFileSync(join(installed, manifest.icon)).readUInt32BE(16)).toBeGreaterThanOrEqual(128);
  });

  test('describes each setting, and its README does, too', () => {
    const readme = readFileSync(join(installed, 'readme.md'), 'utf8');
    const described = Object.entries(manifest.contributes.configuration.properties);
    expect(described.length).toBeGreaterThan(0);
    for (const [setting, { description, markdownDescription }] of described) {
      expect(description ?? markdownDescription ?? '').toMatch(/\.$/);
      expect(readme).toContain(`\`${setting}\``);
    }
  });

  test('has every picture that its README shows', () => {
    const readme = readFileSync(join(installed, 'readme.md'), 'utf8');
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path = '']) => path);
    expect(pictures.filter((path) => !existsSync(join(installed, path)))).toEqual([]);
  });

  test('contains the licences of the packages that are bundled in it', () => {
    const notices = readFileSync(join(installed, 'LICENSES.txt'), 'utf8')
      .split(`\n${'-'.repeat(80)}\n\n`)
      .slice(1);
    const names = notices.map((notice) => notice.split('\n', 1)[0]?.replace(/ [\d.]+, /, ': '));
    expect(names).toMatchInlineSnapshot(`
      [
        "@stoplight/yaml-ast-parser: Apache-2.0",
        "balanced-match: MIT",
        "brace-expansion: MIT",
        "jsonc-parser: MIT",
        "leven: MIT",
        "minimatch: BlueOak-1.0.0",
        "semver: ISC",
        "vscode-jsonrpc: MIT",
        "vscode-languageclient: MIT",
        "vscode-languageserver-protocol: MIT",
        "vscode-languageserver-textdocument: MIT",
        "vscode-languageserver-types: MIT",
        "yaml: ISC",
      ]
    `);
    for (const notice of notices) expect(notice.split('\n').length).toBeGreaterThan(5);
  });

  test.each([
    ['', 'main', builtinModules],
    [', in a browser', 'browser', []],
  ] as const)('needs nothing but VS Code%s', (_, entry, given: readonly string[]) => {
    const text = readFileSync(join(installed, manifest[entry]), 'utf8');
    const asked = [...text.matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, name = '']) => name);
    const others = asked.filter((name) => !given.includes(name.replace(/^node:/, '')));
    expect(new Set(others)).toEqual(new Set(['vscode']));
  });

  test('brings a server along that finds, explains and fixes', async () => {
    const server = JSON.parse(readFileSync(join(installed, 'server/package.json'), 'utf8'));
    expect(server).toMatchObject({ name: packageName, version: project.version });
    const folder = folderWith({});
    const program = join(installed, 'server', server.bin['conditional-requests']);
    editor = await Client.start({ folder, command: [process.execPath, program, 'language-server', '--stdio'] });
    expect(editor.initialized.serverInfo?.version).toBe(project.version);
    const uri = uriIn(folder, 'openapi.yaml');
    const document = await editor.open(uri, read('examples/entity-tag-example/violation.yaml'));
    const [diagnostic] = await editor.diagnostics(uri, (all) => all.length === 1);
    const [fix, , explanation] = await editor.actions(
      uri,
      diagnostic?.range ?? { start: document.positionAt(0), end: document.positionAt(0) },
    );
    await editor.connection.sendRequest('workspace/executeCommand', explanation?.command);
    expect(editor.shown).toEqual([expect.stringContaining('/server/rulesets/README.md#')]);
    await editor.apply(fix);
    expect(document.getText()).toBe(read('examples/entity-tag-example/conforming.yaml'));
  });
});

interface Manifest {
  readonly main: string;
  readonly browser: string;
  readonly icon: string;
  readonly contributes: {
    readonly configuration: {
      readonly properties: Record<string, { readonly description?: string; readonly markdownDescription?: string }>;
    };
  };
}
