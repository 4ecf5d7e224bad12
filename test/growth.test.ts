import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic } from 'vscode-languageserver/node';
import { catalogue } from '../src/catalogue.js';
import { UnreadableFile } from '../src/files/text-file.js';
import { fixDescriptions } from '../src/fixing/fix-all.js';
import { sarif } from '../src/hosts/cli/formats/sarif.js';
import { Linter } from '../src/hosts/cli/lint-file.js';
import { unifiedDiff } from '../src/hosts/cli/unified-diff.js';
import { Actions } from '../src/hosts/language-server/actions.js';
import { Folders } from '../src/hosts/language-server/folders.js';
import { Session } from '../src/hosts/language-server/session.js';
import { shippedSelection } from '../src/user-ruleset/selection.js';
import { families } from './bench/families.mjs';

const file = '/api';
const selection = shippedSelection('all');
const permissions = { allows: () => true, forbids: () => undefined };

async function lint(text: string, withFixes: boolean) {
  const rules = catalogue.map(({ id }) => id);
  return new Linter().run({ file, text, isNamed: true, rules, allowRemote: false, withFixes });
}

/** What is changed in a text; nothing where it is given up. */
function fixed(text: string) {
  try {
    return fixDescriptions([file], selection, permissions, () => text).changed;
  } catch (error) {
    if (error instanceof UnreadableFile) return [];
    throw error;
  }
}

/** What users ask for, of a text. */
const tasks: Readonly<Record<string, (text: string) => Promise<unknown>>> = {
  lint: (text) => lint(text, false),
  async sarif(text) {
    const { findings } = await lint(text, true);
    const results = findings.map((finding) => ({ ...finding, code: finding.rule, severity: 1 as const, source: file }));
    const context = { failSeverity: 0 as const, rules: [], version: '', files: [file], cwd: '/', isForFile: true };
    return sarif(results, context);
  },
  async fix(text) {
    const changed = fixed(text);
    return changed.map(({ before, edits }) => unifiedDiff('api', before, edits));
  },
  async actions(text) {
    const published: Diagnostic[] = [];
    const ignore = () => {};
    const folders = new Folders(() => undefined, { warn: ignore, inform: ignore });
    folders.ruleset = 'all';
    const session = new Session(folders, {
      publish: ({ diagnostics }) => void published.push(...diagnostics),
      report(error) {
        throw error;
      },
    });
    const document = TextDocument.create(`file://${file}`, 'yaml', 1, text);
    session.change(file, document);
    await session.refresh();
    const actions = new Actions(session, () => true);
    const range = { start: { line: 0, character: 0 }, end: document.positionAt(text.length) };
    const found = actions.at({ textDocument: { uri: document.uri }, range, context: { diagnostics: published } });
    return [found.find(({ data }) => data !== undefined), found.at(-1)].map(
      (action) => action && actions.resolve(action),
    );
  },
};

/** The processor time that a task takes, in milliseconds. */
async function timeOf(task: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await task();
  return process.cpuUsage(start).user / 1000;
}

/** How much longer the task takes for four times as much: about 4 where it grows with the size alone, 16 where with its square. */
async function growthOf(make: (size: number) => string, task: (text: string) => Promise<unknown>): Promise<number> {
  let size = 125;
  let small = 0;
  // What takes next to no time says nothing of how it grows.
  for (; small < 10 && size < 8_000; size *= 2) small = await timeOf(() => task(make(size)));
  size /= 2;
  const large = await timeOf(() => task(make(4 * size)));
  return large / small;
}

/** Half way between what grows with the size, by 4, and what grows with its square, by 16. */
const tooMuch = 10;

for (const [name, make] of Object.entries(families)) {
  test.each(Object.keys(tasks))(`${name}: the time of %s grows with the size alone`, async (task) => {
    let growth = Infinity;
    // Other processes, and the collection of garbage, make one measurement or the other too large.
    for (let tries = 0; tries < 4 && growth >= tooMuch; tries++) {
      growth = Math.min(growth, await growthOf(make, tasks[task] as (text: string) => Promise<unknown>));
    }
    if (process.env['SHOW']) console.log(name, task, growth.toFixed(1));
    expect(growth).toBeLessThan(tooMuch);
  });
}
