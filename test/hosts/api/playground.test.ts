import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { fix, lint } from 'spectral-conditional-requests/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf, hasChromium, openPage, startChromium } from '../../chromium.js';
import { folderWith, read, root } from '../../files.js';

if (!hasChromium) console.warn('Skipped: the playground needs Chromium in /usr/bin.');

describe.skipIf(!hasChromium)('the playground, in Chromium', () => {
  let browser: Browser;
  let page: string;

  beforeAll(async () => {
    const file = join(folderWith({}), 'playground.html');
    execFileSync(process.execPath, ['examples/playground/build.mjs', file], { cwd: root });
    page = pathToFileURL(file).href;
    browser = await startChromium();
  });
  afterAll(async () => browser?.close());

  /** The page, once it has linted its text. */
  async function opened(width = 1200, colorScheme: 'light' | 'dark' = 'light') {
    const open = await openPage(browser, page, { width, colorScheme });
    await open.tab.locator('#findings li').first().waitFor();
    return open;
  }

  const textOf = (tab: Page) => tab.locator('#description').inputValue();

  /** Waits until the page has linted its text again, and shows what `lint` finds. */
  async function expectFindings(
    tab: Page,
    ruleset: 'recommended' | 'zalando' | 'all' = 'recommended',
  ): Promise<number> {
    const { findings, problems } = await lint(await textOf(tab), { ruleset });
    const wanted = [...problems.map(({ message }) => message), ...findings.map(({ statement }) => statement)];
    await expect.poll(() => tab.locator('#findings li p').allTextContents(), { timeout: 30_000 }).toEqual(wanted);
    return wanted.length;
  }

  test.each([
    [400, 'light'],
    [1200, 'light'],
    [400, 'dark'],
    [1200, 'dark'],
  ] as const)('fits a window of %d pixels and is accessible, in the %s', async (width, scheme) => {
    const { tab } = await opened(width, scheme);
    expect(await faultsOf(tab)).toEqual([]);
    const folder = process.env['SCREENSHOTS'];
    if (folder !== undefined) await tab.screenshot({ path: join(folder, `${width}-${scheme}.png`), fullPage: true });
  });

  test('lints as one types, and asks nothing of the network', async () => {
    const { tab, requests, errors } = await opened();
    expect(await expectFindings(tab)).toBeGreaterThan(1);
    await tab.locator('#description').fill('');
    await tab.locator('#description').pressSequentially('openapi: 3.1.0');
    await expect.poll(() => tab.locator('#status').textContent()).toBe('Nothing found.');
    await tab.locator('#description').pressSequentially('\npaths: [');
    expect(await expectFindings(tab)).toBeGreaterThan(0);
    await tab.locator('#description').fill(read('examples/orders.yaml'));
    expect(await expectFindings(tab)).toBeGreaterThan(5);
    expect({ requests, errors }).toEqual({ requests: [page], errors: [] });
  });

  test('follows the chosen guideline, and links to its sections', async () => {
    const { tab } = await opened();
    await tab.getByLabel('Ruleset').selectOption({ label: 'Zalando' });
    await expectFindings(tab, 'zalando');
    const links = await tab
      .locator('#findings a')
      .evaluateAll((all) => all.map((one) => [one.textContent, one.getAttribute('href')]));
    expect(links).toContainEqual([
      expect.stringContaining('Zalando'),
      expect.stringMatching(/^https:\/\/opensource\.zalando\.com\//),
    ]);
  });

  test('fixes one finding, which the browser can undo', async () => {
    const { tab } = await opened();
    const before = await textOf(tab);
    const item = tab.locator('#findings li', { hasText: 'entity-tag-example' });
    await item.getByRole('button', { name: 'Fix' }).click();
    await expectFindings(tab);
    expect(await textOf(tab)).toBe(before.replace('example: 33a64df5', `example: '"33a64df5"'`));
    await tab.keyboard.press('Control+z');
    expect(await textOf(tab)).toBe(before);
    expect(await expectFindings(tab)).toBeGreaterThan(1);
  });

  test('makes all fixes of a kind at once', async () => {
    const { tab } = await opened();
    await tab.locator('#description').fill(read('examples/orders.yaml'));
    const all = await expectFindings(tab);
    await tab.getByRole('button', { name: 'Make safe fixes' }).click();
    await expect.poll(async () => (await textOf(tab)) === read('examples/orders.yaml')).toBe(false);
    const afterSafe = await expectFindings(tab);
    expect(afterSafe).toBeLessThan(all);
    await expect.poll(() => tab.getByRole('button', { name: 'Make safe fixes' }).isDisabled()).toBe(true);
    const text = await textOf(tab);
    await tab.getByRole('button', { name: 'Make suggested fixes, too' }).click();
    await expect.poll(async () => (await textOf(tab)) === text).toBe(false);
    expect(await expectFindings(tab)).toBeLessThan(afterSafe);
    const { changed } = await fix(text, { suggested: true });
    expect(await textOf(tab)).toBe(changed[0]?.text);
  });

  test('selects the place of a finding', async () => {
    const { tab } = await opened();
    const item = tab.locator('#findings li', { hasText: 'entity-tag-example' });
    await item.getByRole('button', { name: /^Go to line \d+$/ }).click();
    expect(await tab.evaluate('getSelection().toString()')).toBe('33a64df5');
  });
});
