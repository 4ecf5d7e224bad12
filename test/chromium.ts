import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** Whether Chromium is installed. */
export const hasChromium = executablePath !== undefined;

/** Starts Chromium: without a sandbox, since tests may run as root in a container. */
export function startChromium(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
  return chromium.launch({ args, ...(executablePath && { executablePath }) });
}

/** How a window shows a page. */
export interface WindowOptions {
  /** In CSS pixels. */
  readonly width: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly javaScriptEnabled?: boolean;
}

/** A page in a window, the addresses that it has asked for, and its errors. */
export interface OpenPage {
  readonly tab: Page;
  readonly requests: readonly string[];
  readonly errors: readonly string[];
}

/** Opens a page in a new window. */
export async function openPage(browser: Browser, page: string, options: WindowOptions): Promise<OpenPage> {
  const { width, ...others } = options;
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...others });
  const tab = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  tab.on('request', (request) => requests.push(request.url()));
  tab.on('pageerror', (error) => errors.push(error.message));
  tab.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await tab.goto(page);
  return { tab, requests, errors };
}

/** What is wrong with a page for people: what does not fit its window, and what axe finds inaccessible. */
export async function faultsOf(tab: Page): Promise<unknown[]> {
  const overflow = await tab.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  await tab.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
  const { violations } = await tab.evaluate<AxeResults>('axe.run()');
  return [
    ...(overflow > 0 ? [`${overflow} pixels too wide`] : []),
    ...violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
  ];
}
