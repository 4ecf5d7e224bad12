import { describe, expect, test } from 'vitest';
import { Workspace } from '../../src/files/workspace.js';
import { fixDescriptions } from '../../src/fixing/fix-all.js';
import { isSame } from '../../src/json.js';
import { shippedSelection } from '../../src/user-ruleset/selection.js';
import { overlaysOfExamples } from './examples.js';
import { dataOf, everything } from './fixed-overlay.js';
import { faultsOf, programs } from './programs.js';

describe.each(Object.entries(programs))('%s', (name, apply) => {
  test.each(overlaysOfExamples)(
    'makes of the overlay of $path what fix makes of the description',
    async ({ before, after, overlay }) => {
      expect(faultsOf(name, after, await apply(before, overlay))).toEqual([]);
    },
  );
});

test('fix gives the same without an overlay, except what an overlay cannot say', () => {
  const different = overlaysOfExamples.filter(({ file, after }) => {
    const { changed } = fixDescriptions([file], shippedSelection('all'), everything, new Workspace());
    return !isSame(after, dataOf(changed[0]?.after ?? ''));
  });
  const reasons = different.flatMap(({ result }) => result.outcomes.flatMap(({ reason }) => reason ?? []));
  expect(different.map(({ path }) => path)).toEqual([]);
  expect(reasons).toEqual([]);
  expect(overlaysOfExamples.length).toBeGreaterThan(15);
});
