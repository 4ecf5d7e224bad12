import type { Documents } from '../files/documents.js';
import type { TextFile } from '../files/text-file.js';
import type { Guideline } from '../guidelines/guideline.js';
import { type LocatedFinding, serialised, type SerialisedFinding } from '../lint.js';
import type { ResultFix } from '../result.js';
import type { Rule } from '../rule.js';
import { inOrder } from '../text-editor/text-edits.js';
import type { ActiveRules } from './fix-candidates.js';
import { isSafe, quickFixesFor } from './quick-fixes.js';

/** A finding as plain data, with the fix that it has by itself, if there is one. */
export interface FixableFinding extends SerialisedFinding {
  readonly fix?: ResultFix;
}

/**
 * The findings in a description as plain data, each with the fix that it has as long as nothing else has been changed.
 *
 * @param rules all that are on
 * @param follows the guidelines that the messages name first
 */
export function serialisedWithFixes(
  located: readonly LocatedFinding[],
  entry: TextFile,
  documents: Documents,
  rules: readonly Rule[],
  follows: readonly Guideline[],
): FixableFinding[] {
  const findings = located.map(({ finding }) => finding);
  const active: ActiveRules = { rulesFor: () => [...rules], severityOf: () => 'error', followedFor: () => follows };
  const quickFixes = new Map(
    quickFixesFor(findings, findings, [entry], documents, active).map(
      (quickFix) => [quickFix.finding, quickFix] as const,
    ),
  );
  return located.map((one) => {
    const quickFix = quickFixes.get(one.finding);
    if (quickFix === undefined) return serialised(one);
    const { file, edits } = quickFix;
    const ranges = inOrder(edits).map(({ start, end, text }) => ({ range: file.rangeOf({ start, end }), text }));
    return { ...serialised(one), fix: { isSafe: isSafe(quickFix), file: file.uri, edits: ranges } };
  });
}
