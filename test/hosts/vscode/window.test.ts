import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lint } from 'spectral-conditional-requests/api';
import { hasChromium } from '../../chromium.js';
import { folderWith, read } from '../../files.js';
import { install, packed, packedExtension } from '../../packed.js';
import { run } from '../cli/run.js';
import { server } from './vscode.mjs';
import { languageServers, patience, VsCode, type Window } from './window.js';

const missing = [
  ...(hasChromium ? [] : ['Chromium in /usr/bin']),
  ...(existsSync(server) ? [] : ['VS Code, which `node test/hosts/vscode/vscode.mjs` installs']),
];
if (missing.length > 0) console.warn(`Skipped: the window of VS Code needs ${missing.join(' and ')}.`);
const extension = missing.length > 0 ? undefined : await packedExtension();

const manifest = JSON.parse(read('src/hosts/vscode-extension/manifest.json'));
const orders = read('examples/orders.yaml');
/** The name of the output channel. */
const channel = 'Conditional requests';

/** The size of a small window. */
const forPictures = { width: 800, height: 480 };

/** The number, from 1, of the first line of the example after another text that has a text in it. */
function lineOf(text: string, after = ''): number {
  return orders.slice(0, orders.indexOf(text, orders.indexOf(after))).split('\n').length;
}

/** The line of `responses:` where a 304 is missing. */
const without304 = lineOf('responses:');

/** Makes a new folder named `shop`, with some files in it. */
function shopWith(files: Readonly<Record<string, string>>): string {
  const named = Object.entries(files).map(([path, text]) => [`shop/${path}`, text]);
  return join(folderWith(Object.fromEntries(named)), 'shop');
}

function textOf(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

/** The text of a description after `fix`. */
function fixed(text: string, ...options: string[]): string {
  const folder = folderWith({ 'openapi.yaml': text });
  expect(run(folder, 'fix', ...options, 'openapi.yaml').status).toBe(0);
  return textOf(folder, 'openapi.yaml');
}

// On a busy machine, VS Code at times loses a click or a key.
describe.skipIf(extension === undefined)('the extension, in a window of VS Code', { retry: 2 }, () => {
  let vscode: VsCode;

  beforeAll(async () => {
    vscode = await VsCode.started(extension ?? '');
  });
  afterAll(async () => vscode?.stop());

  test('lists what lint finds, with links and causes, and underlines names alone', async () => {
    const { findings } = await lint(orders);
    await vscode.inWindow(shopWith({ 'orders.yaml': orders }), async (window) => {
      await window.openFile('orders.yaml');
      const problems = await window.problems('orders.yaml');
      const shown = problems.map(({ message, code, href }) => [code, href, message]);
      expect(shown.toSorted()).toEqual(findings.map(({ rule, url, message }) => [rule, url, message]).toSorted());
      expect(problems.find(({ code }) => code === 'not-modified-documented')).toMatchObject({
        position: `[Ln ${without304}, Col 7]`,
        related: [`orders.yaml [Ln ${lineOf('ETag:')}, Col 13] its 200 response declares ETag`],
      });

      await window.clickProblem('not-modified-only-when-retrieving');
      await expect.poll(() => window.underlined(), { timeout: patience }).toContain("'304'");
      await window.clickProblem('not-modified-documented');
      await expect.poll(() => window.underlined(), { timeout: patience }).toContain('responses');
      for (const name of await window.underlined()) expect(name).toMatch(/^\S+$/);
      await window.hideExplorer();
      await window.page.setViewportSize({ width: 800, height: 600 });
      await window.clickProblem('not-modified-documented');
      await window.picture('problems');
    });
  });

  test('says on hover what the guidelines say, with links', async () => {
    const use = async (window: Window) => {
      await window.openFile('orders.yaml');
      await window.checked();
      await window.hideExplorer();
      await window.goTo(lineOf('ETag:') + 3);
      const { text, links } = await window.hover(lineOf('ETag:'), 'ETag');
      expect(text).toContain('Its value is one entity-tag');
      expect(links).toContainEqual(['§8.8.3 ETag', 'https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.3']);
      await window.picture('hover');
      const finding = await window.hover(without304, 'responses');
      expect(finding.text).toContain('Expected a 304 response on GET /orders');
    };
    await vscode.inWindow(shopWith({ 'orders.yaml': orders }), use, { width: 800, height: 560 });
  });

  test('offers fixes at the light bulb, which write what fix writes, and an explanation', async () => {
    const shop = shopWith({ 'orders.yaml': orders });
    const use = async (window: Window) => {
      await window.openFile('orders.yaml');
      await window.checked();
      await window.hideExplorer();
      await window.goTo(without304);
      await expect.poll(() => window.underlined(), { timeout: patience }).toContain('responses');
      await window.click(without304, 'responses');
      expect(await window.openLightBulb()).toEqual([
        'Add a 304 response (not-modified-documented)',
        'Ignore not-modified-documented here (with a reason)',
        'Explain not-modified-documented',
      ]);
      await window.picture('quick-fix');
      await window.choose('Explain');
      await expect
        .poll(() => window.previewedHeading('README.md'), { timeout: patience })
        .toBe('not-modified-documented');
      await window.picture('explain');

      await window.run('View: Close Editor');
      await window.click(without304, 'responses');
      await window.openLightBulb();
      await window.choose('Add a 304 response');
      await expect.poll(() => window.underlined(), { timeout: patience }).not.toContain('responses');
      await window.goTo(lineOf('post:'));
      await window.picture('fixed');
      await window.save();
      expect(textOf(shop, 'orders.yaml')).toBe(fixed(orders, '--rule', 'not-modified-documented'));
    };
    await vscode.inWindow(shop, use, forPictures);
  });

  test('makes the safe fixes on save, and on command', async () => {
    const settings = { 'editor.codeActionsOnSave': { 'source.fixAll.conditionalRequests': 'explicit' } };
    const shop = shopWith({
      'orders.yaml': orders,
      'returns.yaml': orders,
      '.vscode/settings.json': JSON.stringify(settings),
    });
    const use = async (window: Window) => {
      await window.openFile('returns.yaml');
      await window.checked();
      await window.goTo(1);
      await window.page.keyboard.type('# Typed');
      await window.page.keyboard.press('Enter');
      await window.save();
      expect(textOf(shop, 'returns.yaml')).toBe(fixed(`# Typed\n${orders}`));

      await window.openFile('orders.yaml');
      await window.hideExplorer();
      await window.page.setViewportSize({ width: 800, height: 680 });
      await window.run('Fix All');
      await window.page.locator('.tab.active.dirty').waitFor();
      await window.run('File: Compare Active File with Saved');
      await window.page.locator('.monaco-diff-editor .line-insert').first().waitFor();
      await window.picture('fix-on-save');
      await window.showTab('orders.yaml');
      await window.save();
      expect(textOf(shop, 'orders.yaml')).toBe(fixed(orders));
    };
    await vscode.inWindow(shop, use, forPictures);
  });

  test('starts the server that it brings along, says so, and starts it again on command', async () => {
    const { version } = JSON.parse(read('package.json'));
    const { findings } = await lint(orders);
    await vscode.inWindow(shopWith({ 'orders.yaml': orders }), async (window) => {
      await window.openFile('orders.yaml');
      await window.problems('orders.yaml');
      await window.showOutput(channel);
      const line = /language server (\S+) of the extension, (\S+)/;
      await expect.poll(() => window.output(), { timeout: patience }).toMatch(line);
      const [, started, folder = ''] = line.exec(await window.output()) ?? [];
      expect(started).toBe(version);
      const before = languageServers(folder);
      expect(before).toHaveLength(1);
      await window.run('Conditional requests: Restart server');
      await expect.poll(() => languageServers(folder), { timeout: patience }).not.toEqual(before);
      await expect.poll(() => window.countOfProblems('orders.yaml'), { timeout: patience }).toBe(findings.length);
      expect(languageServers(folder)).toHaveLength(1);
    });
  });

  test('starts the server that is installed in a folder, each with its settings, in a workspace of several', async () => {
    const folder = folderWith({
      'all.code-workspace': JSON.stringify({ folders: [{ path: 'plain' }, { path: 'own' }] }),
      'plain/orders.yaml': orders,
      'own/invoices.yaml': orders,
      'own/package.json': '{"private": true}',
      'own/.vscode/settings.json': JSON.stringify({ 'conditionalRequests.ruleset': 'all' }),
    });
    await install(join(folder, 'own'), await packed());
    const installed = join(folder, 'own/node_modules/spectral-conditional-requests');
    // The view of problems lists no hints.
    const counts = [await lint(orders), await lint(orders, { ruleset: 'all' })].map(
      ({ findings }) => findings.filter(({ severity }) => severity !== 'hint').length,
    );
    await vscode.inWindow(
      join(folder, 'all.code-workspace'),
      async (window) => {
        await window.openFile('orders.yaml');
        await window.openFile('invoices.yaml');
        const shown = async () => [
          await window.countOfProblems('orders.yaml'),
          await window.countOfProblems('invoices.yaml'),
        ];
        await expect.poll(shown, { timeout: patience }).toEqual(counts);
        await window.showOutput(channel);
        const brought = /plain: language server \S+ of the extension, /;
        await expect.poll(() => window.output(), { timeout: patience }).toMatch(brought);
        const own = new RegExp(`own: language server \\S+ of the workspace, ${installed}`);
        await expect.poll(() => window.output(), { timeout: patience }).toMatch(own);
        expect(languageServers(installed)).toHaveLength(1);
      },
      { width: 1200, height: 1400 },
    );
  });

  test('lists its settings with what they mean', async () => {
    const { properties } = manifest.contributes.configuration;
    const wanted = Object.keys(properties).map((name) => {
      const { description, markdownDescription } = properties[name];
      const label = name.slice(name.lastIndexOf('.') + 1);
      return [label.charAt(0).toUpperCase() + label.slice(1), description ?? markdownDescription.replaceAll('`', '')];
    });
    await vscode.inWindow(shopWith({ 'orders.yaml': orders }), async (window) => {
      await window.searchSettings(`${manifest.publisher}.${manifest.name}`);
      const shown = async () => (await window.shownSettings()).toSorted();
      await expect.poll(shown, { timeout: patience }).toEqual(wanted.toSorted());
    });
  });
});
