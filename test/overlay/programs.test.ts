import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { documentCount, fc } from '../fast-check.js';
import { corpus, corpusRows, hasCorpus } from '../files.js';
import { descriptions } from '../fixing/descriptions.js';
import { overlaysOfExamples } from './examples.js';
import { fixedOverlay, type FixedOverlay } from './fixed-overlay.js';
import { installedPrograms } from './installed-programs.js';
import { differencesOf, type Program, programs } from './programs.js';

/** What this suite installs; or why it cannot. */
let installed: Readonly<Record<string, Program>> | string;

beforeAll(async () => {
  installed = await installedPrograms();
  if (typeof installed === 'string') console.warn(`Skipped: ${installed}`);
});

/** The installed programs that take no process of their own. */
function libraries(): [string, Program][] {
  return typeof installed === 'string' ? [] : Object.entries(installed).filter(([name]) => name !== 'redocly bundle');
}

/** What the programs give that they should not. */
async function faultsIn(made: FixedOverlay, applying: readonly (readonly [string, Program])[]): Promise<unknown[]> {
  const faults: unknown[] = [];
  for (const [name, apply] of applying) {
    const differences = differencesOf(made.after, await apply(made.before, made.overlay));
    // Where an item has the `name` and `in` of one that is there, openapi-format merges the two.
    const isKnown = ({ path }: { path: string }) => name === 'openapi-format' && path.includes('/parameters');
    // Bundling adds components, even if there are none.
    const isEmpty = ({ path, got }: { path: string; got: unknown }) =>
      name === 'redocly bundle' && path === '/components' && JSON.stringify(got) === '{}';
    faults.push(...differences.filter((one) => !isKnown(one) && !isEmpty(one)).map((one) => ({ name, ...one })));
  }
  return faults;
}

describe('bump-cli and Redocly make of the overlay what fix makes of', () => {
  test('the examples', async ({ skip }) => {
    if (typeof installed === 'string') return skip(installed);
    for (const { path, ...made } of overlaysOfExamples)
      expect({ path, faults: await faultsIn(made, Object.entries(installed)) }).toEqual({ path, faults: [] });
  });

  test('generated descriptions', async ({ skip }) => {
    if (typeof installed === 'string') return skip(installed);
    let count = 0;
    const property = fc.asyncProperty(descriptions, async (description) => {
      const made = fixedOverlay('/nowhere/openapi.json', JSON.stringify(description));
      count += Number(made !== undefined);
      expect(made && (await faultsIn(made, libraries()))).toEqual(made && []);
    });
    await fc.assert(property, { numRuns: documentCount / 20 });
    expect(count).toBeGreaterThan(documentCount / 80);
  });
});

if (!hasCorpus) console.warn(`Skipped: there are no real descriptions at ${corpus}.`);

test.skipIf(!hasCorpus)('all programs make of the overlays of real descriptions what fix makes of them', async () => {
  const all = [...Object.entries(programs), ...libraries()];
  const counts = { overlays: 0, actions: 0 };
  for (const { entry } of corpusRows()) {
    const file = join(corpus, 'docs', entry);
    const made = fixedOverlay(file, readFileSync(file, 'utf8'));
    if (made === undefined) continue;
    counts.overlays++;
    counts.actions += (made.overlay as { readonly actions: readonly unknown[] }).actions.length;
    expect({ entry, faults: await faultsIn(made, all) }).toEqual({ entry, faults: [] });
  }
  console.log(`${counts.actions} actions in the overlays of ${counts.overlays} real descriptions.`);
  expect(counts.overlays).toBeGreaterThan(20);
});
