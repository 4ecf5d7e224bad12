import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { documentCount, fc } from '../fast-check.js';
import { catalogue } from '../../src/catalogue.js';
import { TextFile } from '../../src/files/text-file.js';
import { Workspace } from '../../src/files/workspace.js';
import { isSame, type Json } from '../../src/json.js';
import { lint } from '../../src/lint.js';
import { fixWithOverlay } from '../../src/overlay/fix-overlay.js';
import { overlayIn } from '../../src/overlay/overlay-document.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';
import { descriptions } from '../fixing/descriptions.js';
import { printJson, printYaml } from '../text-editor/printer.js';
import { commonStyle } from '../text-editor/styles.js';
import { everything, fixedOverlay } from './fixed-overlay.js';
import { faultsOf, type Program, programs } from './programs.js';

/** An overlay takes several fixes and lints. */
const runs = Math.ceil(documentCount / 20);
const file = '/nowhere/openapi.yaml';

/** What lint finds in a description. */
function found(data: unknown): string[] {
  const entry = new TextFile(file, JSON.stringify(data));
  return lint(entry, new Workspace(), catalogue).located.map(({ finding }) => `${finding.rule.id} ${finding.message}`);
}

test('the overlay gives what fix gives, in any program, and lint then finds what it finds after fix', async () => {
  const counts = { overlays: 0, departures: 0 };
  const property = async (description: Json, text: string) => {
    const made = fixedOverlay(file, text);
    if (made === undefined) return;
    counts.overlays++;
    expect(isSame(made.before, description)).toBe(true);
    for (const [name, apply] of Object.entries<Program>(programs)) {
      const got = await apply(made.before, made.overlay);
      expect(faultsOf(name, made.after, got)).toEqual([]);
      const isDeparture = !isSame(got, made.after);
      counts.departures += Number(isDeparture);
      expect(isDeparture || isSame(found(got), found(made.after))).toBe(true);
    }
  };
  await fc.assert(
    fc.asyncProperty(descriptions, commonStyle, fc.boolean(), (description, style, isJson) =>
      property(description, isJson ? printJson(description, style) : printYaml(description, style)),
    ),
    { numRuns: runs },
  );
  expect(counts.overlays).toBeGreaterThan(runs / 4);
  expect(counts.departures).toBeLessThanOrEqual(counts.overlays / 10);
});

/** The targets of the actions of an overlay, in order. */
function targetsOf(overlay: string): readonly string[] {
  return parse(overlay).actions.map(({ target }: { target: string }) => target);
}

test('an overlay is not changed by a second run, and the order of its actions not by that of the paths', () => {
  fc.assert(
    fc.property(descriptions, (description) => {
      const fix = (data: unknown, overlay?: string) => {
        const existing = overlay === undefined ? undefined : overlayIn(new TextFile('/nowhere/o.yaml', overlay));
        const entry = new TextFile(file, JSON.stringify(data));
        // Rules of `all` contradict each other, and then the order of the paths decides which fix is made.
        return fixWithOverlay(entry, '/nowhere/o.yaml', existing, shippedSelection('recommended'), everything);
      };
      const first = fix(description).change?.after;
      if (first === undefined) return;
      expect(fix(description, first).change).toBeUndefined();
      const { paths, ...others } = description as { readonly paths: Readonly<Record<string, Json>> };
      const reordered = { ...others, paths: Object.fromEntries(Object.entries(paths).toReversed()) };
      const again = fix(reordered, first).change?.after ?? first;
      expect(fix(reordered, again).change).toBeUndefined();
      // What is copied from the first of several neighbours that differ may be another one now, and equal to less.
      const [ours, theirs] = [targetsOf(first), targetsOf(again)];
      expect(theirs.filter((target) => ours.includes(target))).toEqual(
        ours.filter((target) => theirs.includes(target)),
      );
    }),
    { numRuns: Math.ceil(runs / 2) },
  );
});
