import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { lint } from 'spectral-conditional-requests/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium } from '../../chromium.js';
import { folderWith, okWithEtag, read } from '../../files.js';
import { packedExtension } from '../../packed.js';
import { server } from './vscode.mjs';
import { patience, VsCode } from './window.js';

const isHere = hasChromium && existsSync(server);
if (!isHere)
  console.warn(
    'Skipped: the extension in a browser needs Chromium, and VS Code as `node test/hosts/vscode/vscode.mjs` installs it.',
  );
const extension = isHere ? await packedExtension() : undefined;

/** Packs the extension again, with nothing that runs outside of a browser. */
function forBrowsersOnly(vsix: string): string {
  const entries = unzipSync(readFileSync(vsix));
  const path = 'extension/package.json';
  const { main: _, extensionKind: __, ...manifest } = JSON.parse(strFromU8(entries[path] as Uint8Array));
  const kept = Object.entries(entries).filter(([name]) => !/^extension\/(?:server\/|extension\.cjs$)/.test(name));
  const file = join(folderWith({}), 'extension.vsix');
  writeFileSync(file, zipSync({ ...Object.fromEntries(kept), [path]: strToU8(JSON.stringify(manifest)) }));
  return file;
}

// On a busy machine, VS Code at times loses a click or a key.
describe.skipIf(extension === undefined)('the extension, in the web worker of a browser', { retry: 2 }, () => {
  let vscode: VsCode;

  beforeAll(async () => {
    vscode = await VsCode.started(forBrowsersOnly(extension ?? ''));
  });
  afterAll(async () => vscode?.stop());

  test('lists what lint finds, underlines names alone, and fixes', async () => {
    const text = read('examples/orders.yaml');
    const { findings } = await lint(text);
    const folder = folderWith({ 'orders.yaml': text });
    await vscode.inWindow(folder, async (window) => {
      await window.openFile('orders.yaml');
      const problems = await window.problems('orders.yaml');
      expect(problems.map(({ message, code, href }) => [code, href, message]).toSorted()).toEqual(
        findings.map(({ rule, url, message }) => [rule, url, message]).toSorted(),
      );
      const line = Number(
        /\d+/.exec(problems.find(({ code }) => code === 'not-modified-no-content')?.position ?? '')?.[0],
      );
      await window.goTo(line);
      await expect.poll(() => window.underlined(), { timeout: patience }).toContain('content');
      await window.click(line, 'content');
      expect(await window.openLightBulb()).toEqual(['Fix not-modified-no-content', 'Explain not-modified-no-content']);
      await window.choose('Fix not-modified-no-content');
      await expect.poll(() => window.countOfProblems('orders.yaml'), { timeout: patience }).toBe(findings.length - 1);
    });
  });

  test('reads the files that references lead to', async () => {
    const description = `openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      responses:\n        '200': {$ref: './parts.yaml#/Ok'}\n`;
    const folder = folderWith({ 'openapi.yaml': description, 'parts.yaml': `Ok: ${okWithEtag}\n` });
    await vscode.inWindow(folder, async (window) => {
      await window.openFile('openapi.yaml');
      const problems = await window.problems('openapi.yaml');
      expect(problems.map(({ code }) => code)).toEqual(['not-modified-documented']);
    });
  });
});
