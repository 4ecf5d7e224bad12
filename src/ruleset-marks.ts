import type { Guideline } from './guidelines/guideline.js';
import { guidelineOf } from './rulesets.js';

// Spectral passes a rule's function nothing of the running ruleset but the formats that the document has, and a ruleset that is loaded
// shows its formats and functions. So these two carry what has to be known of them.

/** A format that only the ruleset of one guideline has. */
export function formatOfGuideline<T extends object>(format: T, guideline: Guideline): T {
  return Object.assign(format, { guideline });
}

/**
 * The guidelines that a ruleset follows, found by its formats. The one that it extends last comes first: in Spectral, its severities and
 * its links hold.
 */
export function followedIn(formats: Iterable<object>): Guideline[] {
  return [...formats].toReversed().flatMap((format) => {
    const { guideline } = format as { readonly guideline?: Guideline };
    if (guideline === undefined) return [];
    // Spectral reads a copy of this package, with guidelines of its own.
    return guideline.basedOn === undefined ? (guidelineOf(guideline.name) ?? guideline) : guideline;
  });
}

/** A function for one rule of the catalogue. */
export function functionOfRule<T extends object>(run: T, id: string): T {
  return Object.assign(run, { conditionalRequestsRule: id });
}

/** Whether a function is for a rule of the catalogue, and no function of the user's in a rule of that name. */
export function isFunctionOfRule(run: object, id: string): boolean {
  return 'conditionalRequestsRule' in run && run.conditionalRequestsRule === id;
}
