import { fc } from '../fast-check.js';
import { catalogue } from '../../src/catalogue.js';
import type { Permissions } from '../../src/fixing/fix-all.js';
import type { Rule } from '../../src/rule.js';
import { type Selection, shippedSelection, withRules } from '../../src/user-ruleset/selection.js';

/** A ruleset, and what of its findings may be fixed. */
interface FixRun {
  readonly rules: readonly Rule[];
  readonly selection: Selection;
  readonly permissions: Permissions;
}

const ids = catalogue.map(({ id }) => id);

/** Rulesets of any rules, and what may be fixed: what is safe, what is suggested too, everything, or everything of one rule. */
export const fixRuns: fc.Arbitrary<FixRun> = fc
  .record({
    on: fc.oneof(fc.constant(ids), fc.subarray(ids, { minLength: 2 })),
    may: fc.constantFrom('safe', 'suggested', 'everything', 'named'),
    named: fc.nat(),
  })
  .map(({ on, may, named }) => {
    const rules = catalogue.filter(({ id }) => on.includes(id));
    const only = rules.filter((_, index) => index === named % rules.length);
    return {
      rules,
      selection: withRules(shippedSelection('all'), rules),
      permissions: {
        allows: (_, kind) => kind === 'safe' || kind === may || may === 'everything' || may === 'named',
        forbids: () => undefined,
        ...(may === 'named' && { rules: only }),
      },
    };
  });
