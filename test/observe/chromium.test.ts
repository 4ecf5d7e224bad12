import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, startChromium } from '../chromium.js';
import { folderWith } from '../files.js';
import { keptDescription, type Loopback, servingRightBut, type Wrong } from './loopback.js';
import { runBeside } from './run-beside.js';

if (!hasChromium) console.warn('Skipped: recording traffic needs Chromium in /usr/bin.');

// Chromium itself decides when it asks the network, and not always alike.
describe.skipIf(!hasChromium)('a HAR file that Playwright recorded in Chromium', { retry: 2 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser?.close());

  /** Loads a page several times, so that the browser revalidates what it has stored, and returns what `observe` finds. */
  async function recorded(wrong: Wrong) {
    const server: Loopback = await servingRightBut(wrong);
    const folder = folderWith({ 'openapi.yaml': keptDescription });
    const path = join(folder, 'recorded.har');
    const context = await browser.newContext({ recordHar: { path, content: 'embed' } });
    const page = await context.newPage();
    for (let load = 0; load < 3; load++) await page.goto(`${server.url.href}a`);
    await page.evaluate('fetch("/a").then((response) => response.text())');
    await context.close();
    server.close();
    const args = ['--traffic', 'recorded.har', '--server', server.url.href, '--save', 'seen.json', '-f', 'json'];
    const { out, status } = await runBeside(folder, 'observe', 'openapi.yaml', ...args);
    const codes = (JSON.parse(out) as { code: string }[]).map(({ code }) => code);
    return { codes, status, seen: JSON.parse(readFileSync(join(folder, 'seen.json'), 'utf8')).operations[0] };
  }

  test('shows the 304s that its cache hides, and no fault of a server that is right', async () => {
    const { codes, status, seen } = await recorded({});
    expect([codes, status]).toEqual([[], 0]);
    expect(seen.responses['304'].count).toBeGreaterThan(1);
    expect(seen.ifNoneMatch.answered).toBe(seen.responses['304'].count);
  });

  test('shows a fault of a server that is wrong', async () => {
    const { codes, status } = await recorded({
      fields: (fields, code) => {
        if (code === 304) delete fields['Cache-Control'];
      },
    });
    expect([codes, status]).toEqual([['observed-not-modified-repeats-fields'], 1]);
  });
});
