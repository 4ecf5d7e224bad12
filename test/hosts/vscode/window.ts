import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Browser, Locator, Page } from 'playwright-core';
import { startChromium } from '../../chromium.js';
import { folderWith, root } from '../../files.js';
import { server } from './vscode.mjs';

/** Where the pictures for the extension's README are. */
const pictures = join(root, 'src/hosts/vscode-extension/images');

/** The user's settings. */
const userSettings = {
  // VS Code asks neither the user nor the network anything.
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  // In a browser it would save by itself, unlike on a desktop.
  'files.autoSave': 'off',
  // Pictures are small and show what they are about.
  'diffEditor.hideUnchangedRegions.enabled': true,
  'editor.hover.above': false,
  'editor.minimap.enabled': false,
  'window.commandCenter': false,
  'window.title': '${activeEditorShort}${separator}${rootName}',
  'workbench.colorTheme': 'Default Light Modern',
};

/** A problem, as the view of problems shows it. */
export interface ShownProblem {
  readonly message: string;
  readonly code: string | null;
  /** Where the code leads to. */
  readonly href: string | null;
  readonly position: string | null;
  /** The places that have to do with it, each as its file, position and text. */
  readonly related: string[];
}

/** A box on the screen. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A character in an editor, and where it is on the screen. */
interface Character extends Box {
  readonly text: string;
}

/** A line in an editor. */
interface Line {
  readonly number: number;
  readonly characters: readonly Character[];
}

/** A link, as its text and its address. */
export type Link = readonly [text: string, href: string];

/** VS Code with an extension, served to a browser. */
export class VsCode {
  readonly #server: ChildProcess;
  readonly #browser: Browser;
  readonly #address: string;

  private constructor(child: ChildProcess, browser: Browser, address: string) {
    this.#server = child;
    this.#browser = browser;
    this.#address = address;
  }

  /**
   * Installs an extension, and starts VS Code and a browser.
   *
   * @param extension the path of its package
   */
  static async started(extension: string): Promise<VsCode> {
    const data = folderWith({ 'data/User/settings.json': JSON.stringify(userSettings) });
    const options = ['--server-data-dir', data, '--user-data-dir', join(data, 'data')];
    await promisify(execFile)(process.execPath, [server, ...options, '--install-extension', extension]);
    const address = ['--host', '127.0.0.1', '--port', '0', '--without-connection-token'];
    const quiet = ['--accept-server-license-terms', '--telemetry-level', 'off', '--disable-workspace-trust'];
    const log = join(data, 'errors.txt');
    const child = spawn(process.execPath, [server, ...address, ...quiet, ...options], {
      stdio: ['ignore', 'pipe', openSync(log, 'w')],
    });
    const port = await listeningPort(child);
    if (port === undefined) throw new Error(`VS Code has ended: ${readFileSync(log, 'utf8')}`);
    return new VsCode(child, await startChromium(), `http://127.0.0.1:${port}`);
  }

  /**
   * Opens a folder or a workspace in a new window, does something there, and closes it. If that fails, the error names a picture of
   * the window.
   *
   * @param path of a folder or a file `*.code-workspace`
   */
  async inWindow(path: string, use: (window: Window) => Promise<void>, viewport = { width: 1200, height: 900 }) {
    const context = await this.#browser.newContext({ viewport });
    await context.route(
      ({ hostname }) => hostname !== '127.0.0.1',
      (route) => route.abort(),
    );
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    try {
      const kind = path.endsWith('.code-workspace') ? 'workspace' : 'folder';
      await open(page, `${this.#address}/?${kind}=${encodeURIComponent(path)}`);
      await use(new Window(page));
      // A window that leaves the page ends its extensions. One that is only cut off is expected back, for hours.
      await page.goto('about:blank');
    } catch (error) {
      // The folder of the other temporary files is deleted after the tests.
      const picture = join(mkdtempSync(join(dirname(tmpdir()), 'vscode-window-')), 'failed.png');
      await page.screenshot({ path: picture });
      (error as Error).message += `\nThe window: ${picture}`;
      throw error;
    } finally {
      await context.close();
    }
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    const ended = new Promise((resolve) => this.#server.once('exit', resolve));
    this.#server.kill();
    await ended;
  }
}

/** Milliseconds to wait for what a window should show. Extensions start slowly on a busy machine. */
export const patience = 60_000;

/** Opens a window at an address, and waits for its files. On a busy machine, VS Code at times opens a workspace without its folders. */
async function open(page: Page, address: string): Promise<void> {
  const files = page.locator('.explorer-folders-view .monaco-list-row').first();
  for (let tries = 0; tries < 3; tries++) {
    await page.goto(address);
    try {
      return await files.waitFor();
    } catch (error) {
      if (tries === 2) throw error;
    }
  }
}

/** The processes that run the language server of a package in a folder, by their ids. */
export function languageServers(folder: string): string[] {
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    const [, module = '', command] = commandLine(id);
    return module.startsWith(`${folder}/`) && command === 'language-server';
  });
}

/** The program and the arguments of a process; none if it has ended. */
function commandLine(id: string): string[] {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** The port at which VS Code listens; `undefined` if it has ended. */
async function listeningPort({ stdout }: ChildProcess): Promise<string | undefined> {
  if (stdout === null) return undefined;
  return new Promise((resolve) => {
    createInterface(stdout)
      .on('line', (line) => {
        const [, port] = /listening on (\d+)/.exec(line) ?? [];
        if (port !== undefined) resolve(port);
      })
      .on('close', () => resolve(undefined));
  });
}

/** A window of VS Code, used with mouse and keyboard. */
export class Window {
  readonly page: Page;
  readonly #editor: Locator;

  constructor(page: Page) {
    this.page = page;
    this.#editor = page.locator('.editor-group-container.active .monaco-editor');
  }

  /** Opens a file from the explorer. */
  async openFile(name: string): Promise<void> {
    await this.page.locator('.explorer-folders-view').getByRole('treeitem', { name, exact: true }).dblclick();
    await this.page.getByRole('tab', { name, selected: true }).waitFor();
    await this.#editor.locator('.view-line').first().waitFor();
  }

  /** Shows an open file again. */
  async showTab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}(?:,|$)`) }).click();
    await this.#editor.locator('.view-line').first().waitFor();
  }

  /** Shows the editors alone. */
  async hideExplorer(): Promise<void> {
    await this.page.keyboard.press('Control+b');
    await this.page.locator('.explorer-folders-view').waitFor({ state: 'hidden' });
  }

  /** Waits until something has been found in the files that are open. */
  async checked(): Promise<void> {
    await this.page
      .locator('#status\\.problems')
      .getByRole('button', { name: /Warnings/ })
      .waitFor();
  }

  /** Writes a picture of the window for the extension's README, if PICTURES=write. */
  async picture(name: string): Promise<void> {
    if (process.env['PICTURES'] !== 'write') return;
    mkdirSync(pictures, { recursive: true });
    // What fades in is shown whole.
    await this.page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
  }

  /** Runs a command from the palette. */
  async run(command: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.pick(command, '>');
  }

  /** Picks an entry from the list at the top of the window, after typing it. */
  async pick(entry: string, before = ''): Promise<void> {
    await this.page.locator('.quick-input-widget input').fill(`${before}${entry}`);
    await this.page.locator('.quick-input-widget').getByRole('option', { name: entry }).first().click();
  }

  /** How many problems the window shows for a file, once there are some. */
  async countOfProblems(file: string): Promise<number> {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.page.keyboard.press('Control+Shift+M');
    const heading = panel.getByRole('treeitem', { name: new RegExp(`problems? in file ${file}`) });
    return Number(await heading.locator('.monaco-count-badge').textContent());
  }

  /** The problems that the window shows, once there are some for a file. */
  async problems(file: string): Promise<ShownProblem[]> {
    await this.countOfProblems(file);
    const rows = await this.page
      .locator('.markers-panel')
      .locator('.monaco-list-row')
      .evaluateAll((all) =>
        all.map((row) => {
          const text = (selector: string): string | null => row.querySelector(selector)?.textContent ?? null;
          return {
            message: text('.marker-message'),
            code: text('.marker-code'),
            href: row.querySelector('a.monaco-link')?.getAttribute('href') ?? null,
            position: text('.marker-line'),
            related:
              text('.marker-description') &&
              `${text('.related-info-resource')} ${text('.marker-line')} ${text('.marker-description')}`,
          };
        }),
      );
    const problems: ShownProblem[] = [];
    for (const { message, related, ...others } of rows) {
      if (message !== null) problems.push({ message, ...others, related: [] });
      else if (related !== null) problems.at(-1)?.related.push(related);
    }
    return problems;
  }

  /** Clicks on the first problem of a rule, which VS Code then shows in its file. */
  async clickProblem(code: string): Promise<void> {
    const row = this.page.locator('.markers-panel .monaco-list-row').filter({ hasText: code }).first();
    await row.locator('.marker-message').click();
  }

  /** Puts the cursor at the beginning of a line of the active editor, which is shown then. */
  async goTo(line: number): Promise<void> {
    await this.page.keyboard.press('Control+g');
    await this.page.locator('.quick-input-widget input').fill(`:${line}`);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('button', { name: `Ln ${line}, Col 1` }).waitFor();
  }

  /** Clicks on a text in a line of the active editor. */
  async click(line: number, text: string): Promise<void> {
    await this.page.mouse.click(...(await this.#placeOf(line, text)));
  }

  /** What VS Code shows on hover over a text in a line of the active editor: its text, and the links in it. */
  async hover(line: number, text: string): Promise<{ text: string; links: Link[] }> {
    const hover = this.page.locator('.monaco-hover').filter({ visible: true, has: this.page.locator('.hover-row') });
    await this.page.mouse.move(0, 0);
    await hover.waitFor({ state: 'hidden' });
    await this.page.mouse.move(...(await this.#placeOf(line, text)));
    // The window first says that it asks for more.
    await hover.filter({ hasNotText: 'Loading...' }).waitFor();
    const links: Link[] = await hover
      .locator('a')
      .evaluateAll((all) => all.map((one) => [one.textContent, one.dataset['href'] ?? one.getAttribute('href') ?? '']));
    return { text: await hover.innerText(), links };
  }

  /** Every text that is underlined in what the active editor shows. */
  async underlined(): Promise<string[]> {
    const marks = await boxesOf(this.#editor.locator('.view-overlays [class*="squiggly-"]'));
    const characters = (await this.#lines()).flatMap((line) => line.characters);
    return marks.map((mark) =>
      characters
        .filter((one) => contains(mark, centreOf(one)))
        .map(({ text }) => text)
        .join(''),
    );
  }

  /** Opens the light bulb where the cursor is, and returns the actions that it offers. */
  async openLightBulb(): Promise<string[]> {
    await this.#editor.locator('.lightBulbWidget.codicon, .codicon-gutter-lightbulb').first().click();
    await this.#actions.first().waitFor();
    return this.#actions.locator('.title').allTextContents();
  }

  /** Chooses an action that the light bulb offers. */
  async choose(action: string): Promise<void> {
    const row = this.#actions.filter({ hasText: action });
    // Until the mouse moves, VS Code takes no click: it guards against one that was meant for what is below the menu.
    await row.hover({ force: true });
    await row.click();
  }

  get #actions(): Locator {
    return this.page.locator('.action-widget .monaco-list-row.action');
  }

  /** Saves the active file, which has been changed, and waits until that is done. */
  async save(): Promise<void> {
    await this.page.locator('.tab.active.dirty').waitFor();
    await this.page.keyboard.press('Control+s');
    await this.page.locator('.tab.active:not(.dirty)').waitFor();
  }

  /** The heading at which rendered Markdown is shown, in the tab of a file. */
  async previewedHeading(file: string): Promise<string> {
    await this.page.getByRole('tab', { name: `Preview ${file}`, selected: true }).waitFor();
    const preview = this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await preview.locator('h1').first().waitFor();
    const headings = await preview
      .locator('h1, h2, h3')
      .evaluateAll((all) => all.map((one) => ({ text: one.textContent ?? '', top: one.getBoundingClientRect().top })));
    return headings.find(({ top }) => top >= 0)?.text ?? '';
  }

  /** Shows an output channel. */
  async showOutput(channel: string): Promise<void> {
    await this.run('Output: Show Output Channels...');
    await this.pick(channel);
    await this.page.locator('.output-view .view-line').first().waitFor();
  }

  /** What the output channel says that is shown. */
  async output(): Promise<string> {
    const lines = await this.page.locator('.output-view .view-line').allTextContents();
    return lines.join('').replaceAll('\u00a0', ' ');
  }

  /** Opens the settings, and searches for those of an extension. */
  async searchSettings(extension: string): Promise<void> {
    await this.run('Preferences: Open Settings (UI)');
    await this.page.locator('.settings-editor .suggest-input-container').click();
    await this.page.keyboard.type(`@ext:${extension}`);
  }

  /** The settings that are shown. While one types, those are shown that what is typed so far leads to. */
  shownSettings(): Promise<[name: string, description: string][]> {
    return this.page.locator('.settings-editor .settings-editor-tree .setting-item-contents').evaluateAll((all) =>
      all.map((one) => {
        const text = (selector: string): string => one.querySelector(selector)?.textContent ?? '';
        return [text('.setting-item-label'), text('.setting-item-description')];
      }),
    );
  }

  /** The middle of a text in a line that the active editor shows. */
  async #placeOf(line: number, text: string): Promise<[x: number, y: number]> {
    const characters = (await this.#lines()).find(({ number }) => number === line)?.characters ?? [];
    const start = characters
      .map((one) => one.text)
      .join('')
      .indexOf(text);
    const [first, last] = [characters[start], characters[start + text.length - 1]];
    if (first === undefined || last === undefined) throw new Error(`line ${line} does not show ${text}`);
    return centreOf({ ...first, right: last.right });
  }

  /** The lines that the active editor shows. */
  async #lines(): Promise<Line[]> {
    const numbers: { number: number; top: number; bottom: number }[] = await this.#editor
      .locator('.line-numbers')
      .evaluateAll((all) =>
        all.map((one) => {
          const { top, bottom } = one.getBoundingClientRect();
          return { number: Number(one.textContent), top, bottom };
        }),
      );
    const lines: Character[][] = await this.#editor.locator('.lines-content .view-line').evaluateAll((all) =>
      all.map((line) => {
        const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        const characters = [];
        while (texts.nextNode()) {
          const node = texts.currentNode as Text;
          for (let at = 0; at < node.length; at++) {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const { left, right, top, bottom } = range.getBoundingClientRect();
            characters.push({ text: node.data.charAt(at).replace('\u00a0', ' '), left, right, top, bottom });
          }
        }
        return characters;
      }),
    );
    return lines.flatMap((characters) => {
      const [first] = characters;
      const [, y] = first === undefined ? [0, Number.NaN] : centreOf(first);
      return numbers.filter(({ top, bottom }) => top < y && y < bottom).map(({ number }) => ({ number, characters }));
    });
  }
}

function boxesOf(elements: Locator): Promise<Box[]> {
  return elements.evaluateAll((all) =>
    all.map((one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      return { left, right, top, bottom };
    }),
  );
}

function centreOf({ left, right, top, bottom }: Box): [x: number, y: number] {
  return [(left + right) / 2, (top + bottom) / 2];
}

function contains({ left, right, top, bottom }: Box, [x, y]: readonly [x: number, y: number]): boolean {
  return left < x && x < right && top < y && y < bottom;
}
