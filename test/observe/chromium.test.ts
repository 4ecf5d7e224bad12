import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderWith } from '../files.js';
import { keptDescription, type Loopback, servingRightBut, type Wrong } from './loopback.js';
import { runBeside } from './run-beside.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

// Chromium itself decides when it asks the network, and not always alike.
describe('a HAR file that Playwright recorded in Chromium', { retry: 2 }, () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    // Without a sandbox, since tests may run as root in a container.
    const args = ['--no-sandbox'];
    browser = await chromium.launch({ args, ...(executablePath && { executablePath }) }).catch(() => undefined);
  });
  afterAll(() => browser?.close());

  /** Loads a page several times, so that the browser revalidates what it has stored, and returns what `observe` finds. */
  async function recorded(wrong: Wrong) {
    const server: Loopback = await servingRightBut(wrong);
    const folder = folderWith({ 'openapi.yaml': keptDescription });
    const path = join(folder, 'recorded.har');
    const context = await browser?.newContext({ recordHar: { path, content: 'embed' } });
    const page = await context?.newPage();
    for (let load = 0; load < 3; load++) await page?.goto(`${server.url.href}a`);
    await page?.evaluate('fetch("/a").then((response) => response.text())');
    await context?.close();
    server.close();
    const args = ['--traffic', 'recorded.har', '--server', server.url.href, '--save', 'seen.json', '-f', 'json'];
    const { out, status } = await runBeside(folder, 'observe', 'openapi.yaml', ...args);
    const codes = (JSON.parse(out) as { code: string }[]).map(({ code }) => code);
    return { codes, status, seen: JSON.parse(readFileSync(join(folder, 'seen.json'), 'utf8')).operations[0] };
  }

  test('shows the 304s that its cache hides, and no fault of a server that is right', async ({ skip }) => {
    if (browser === undefined) skip('Chromium cannot be started here');
    const { codes, status, seen } = await recorded({});
    expect([codes, status]).toEqual([[], 0]);
    expect(seen.responses['304'].count).toBeGreaterThan(1);
    expect(seen.ifNoneMatch.answered).toBe(seen.responses['304'].count);
  });

  test('shows a fault of a server that is wrong', async ({ skip }) => {
    if (browser === undefined) skip('Chromium cannot be started here');
    const { codes, status } = await recorded({
      fields: (fields, code) => {
        if (code === 304) delete fields['Cache-Control'];
      },
    });
    expect([codes, status]).toEqual([['observed-not-modified-repeats-fields'], 1]);
  });
});
