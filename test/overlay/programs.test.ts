import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { isSame } from '../../src/json.js';
import { documentCount, fc } from '../fast-check.js';
import { corpus, corpusRows, hasCorpus } from '../files.js';
import { descriptions } from '../fixing/descriptions.js';
import { overlaysOfExamples } from './examples.js';
import { fixedOverlay, type FixedOverlay } from './fixed-overlay.js';
import { installedPrograms } from './installed-programs.js';
import { faultsOf, type Program, programs } from './programs.js';

/** What this suite installs; or why it cannot. */
let installed: Readonly<Record<string, Program>> | string;

beforeAll(async () => {
  installed = await installedPrograms();
  if (typeof installed === 'string') console.warn(`Skipped: ${installed}`);
});

/** The programs that take no process of their own. */
function inProcess(): [string, Program][] {
  const libraries =
    typeof installed === 'string' ? [] : Object.entries(installed).filter(([name]) => name !== 'redocly bundle');
  return [...Object.entries(programs), ...libraries];
}

/** What programs give of an overlay that they should not, and how many of them depart from the specification. */
async function tried({ before, after, overlay }: FixedOverlay, applying: readonly (readonly [string, Program])[]) {
  const faults: unknown[] = [];
  const departing: string[] = [];
  for (const [name, apply] of applying) {
    const got = await apply(before, overlay);
    const own = faultsOf(name, after, got);
    faults.push(...own.map((fault) => ({ name, ...fault })));
    if (own.length === 0 && !isSame(after, got)) departing.push(name);
  }
  return { faults, departing };
}

test('bump-cli and Redocly make of the overlays of the examples what fix makes of them', async ({ skip }) => {
  if (typeof installed === 'string') return skip(installed);
  for (const { path, ...made } of overlaysOfExamples) {
    const { faults } = await tried(made, Object.entries(installed));
    expect({ path, faults }).toEqual({ path, faults: [] });
  }
});

test('all four programs make of the overlays of generated descriptions what fix makes of them', async ({ skip }) => {
  if (typeof installed === 'string') return skip(installed);
  const all = inProcess();
  expect(all).toHaveLength(4);
  const counts: Record<string, number> = { descriptions: 0, overlays: 0 };
  const count = (name: string) => (counts[name] = (counts[name] ?? 0) + 1);
  const property = fc.asyncProperty(descriptions, async (description) => {
    const made = fixedOverlay('/nowhere/openapi.json', JSON.stringify(description));
    count('descriptions');
    if (made === undefined) return;
    count('overlays');
    const { faults, departing } = await tried(made, all);
    expect(faults).toEqual([]);
    for (const name of departing) count(`${name} departs`);
  });
  await fc.assert(property, { numRuns: documentCount });
  console.log(counts);
  expect(counts['overlays']).toBeGreaterThan(documentCount / 4);
});

if (!hasCorpus) console.warn(`Skipped: there are no real descriptions at ${corpus}.`);

test.skipIf(!hasCorpus)('all programs make of the overlays of real descriptions what fix makes of them', async () => {
  const all = inProcess();
  const counts = { overlays: 0, actions: 0 };
  for (const { entry } of corpusRows()) {
    const file = join(corpus, 'docs', entry);
    const made = fixedOverlay(file, readFileSync(file, 'utf8'));
    if (made === undefined) continue;
    counts.overlays++;
    counts.actions += (made.overlay as { readonly actions: readonly unknown[] }).actions.length;
    expect({ entry, faults: (await tried(made, all)).faults }).toEqual({ entry, faults: [] });
  }
  console.log(`${counts.actions} actions in the overlays of ${counts.overlays} real descriptions.`);
  expect(counts.overlays).toBeGreaterThan(20);
});
