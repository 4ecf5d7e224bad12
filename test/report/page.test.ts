import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderWith, root } from '../files.js';
import { run } from '../hosts/cli/run.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (executablePath === undefined) console.warn('Skipped: looking at the report needs Chromium in /usr/bin.');

describe.skipIf(executablePath === undefined)('the page of a report, in Chromium', () => {
  let browser: Browser;
  let page: string;

  beforeAll(async () => {
    const folder = folderWith({});
    run(root, 'report', 'examples', '--output', join(folder, 'report.html'));
    page = pathToFileURL(join(folder, 'report.html')).href;
    const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
    browser = await chromium.launch({ args, ...(executablePath && { executablePath }) });
  });
  afterAll(async () => browser?.close());

  /** The page in a window of a width, and the addresses that it has asked for. */
  async function opened(width: number, colorScheme: 'light' | 'dark' = 'light', javaScriptEnabled = true) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled });
    const tab = await context.newPage();
    const requests: string[] = [];
    tab.on('request', (request) => requests.push(request.url()));
    await tab.goto(page);
    return { tab, requests };
  }

  test.each([
    [400, 'light'],
    [1000, 'light'],
    [1600, 'light'],
    [400, 'dark'],
    [1600, 'dark'],
  ] as const)('fits a window of %d pixels and is accessible, in the %s', async (width, scheme) => {
    const { tab } = await opened(width, scheme);
    expect(await tab.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await tab.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
    const { violations } = await tab.evaluate<AxeResults>('axe.run()');
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });

  test('needs nothing from the network, and no script', async () => {
    const { tab, requests } = await opened(1000, 'light', false);
    expect(requests).toEqual([page]);
    expect(await tab.locator('h1').textContent()).toMatch(/^Conditional requests in \d+ APIs$/);
  });

  test('leads from a cell to the operations of the API', async () => {
    const { tab } = await opened(1000);
    const [cell] = await tab.locator('#apis ~ .wide td a').all();
    expect(await tab.locator('details li').first().isVisible()).toBe(false);
    await cell?.click();
    const target = await cell?.getAttribute('href');
    expect(await tab.locator(`${target} li`).first().isVisible()).toBe(true);
  });

  test('shows the operations in print', async () => {
    const { tab } = await opened(1000);
    await tab.emulateMedia({ media: 'print' });
    expect(await tab.locator('details li').first().isVisible()).toBe(true);
  });
});
