import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf, hasChromium, openPage, startChromium } from '../chromium.js';
import { folderWith, root } from '../files.js';
import { run } from '../hosts/cli/run.js';

if (!hasChromium) console.warn('Skipped: looking at the report needs Chromium in /usr/bin.');

describe.skipIf(!hasChromium)('the page of a report, in Chromium', () => {
  let browser: Browser;
  let page: string;

  beforeAll(async () => {
    const folder = folderWith({});
    run(root, 'report', 'examples', '--output', join(folder, 'report.html'));
    page = pathToFileURL(join(folder, 'report.html')).href;
    browser = await startChromium();
  });
  afterAll(async () => browser?.close());

  test.each([
    [400, 'light'],
    [1000, 'light'],
    [1600, 'light'],
    [400, 'dark'],
    [1600, 'dark'],
  ] as const)('fits a window of %d pixels and is accessible, in the %s', async (width, scheme) => {
    const { tab } = await openPage(browser, page, { width, colorScheme: scheme });
    expect(await faultsOf(tab)).toEqual([]);
  });

  test('needs nothing from the network, and no script', async () => {
    const { tab, requests } = await openPage(browser, page, { width: 1000, javaScriptEnabled: false });
    expect(requests).toEqual([page]);
    expect(await tab.locator('h1').textContent()).toMatch(/^Conditional requests in \d+ APIs$/);
  });

  test('leads from a cell to the operations of the API', async () => {
    const { tab } = await openPage(browser, page, { width: 1000 });
    const [cell] = await tab.locator('#apis ~ .wide td a').all();
    expect(await tab.locator('details li').first().isVisible()).toBe(false);
    await cell?.click();
    const target = await cell?.getAttribute('href');
    expect(await tab.locator(`${target} li`).first().isVisible()).toBe(true);
  });

  test('shows the operations in print', async () => {
    const { tab } = await openPage(browser, page, { width: 1000 });
    await tab.emulateMedia({ media: 'print' });
    expect(await tab.locator('details li').first().isVisible()).toBe(true);
  });
});
