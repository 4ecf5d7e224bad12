import { check, type Finding } from '../../check.js';
import { type TextFile, textFileOf } from '../../files/text-file.js';
import { addToGroup } from '../../grouping.js';
import { severities } from '../../guidelines/citation.js';
import type { Description } from '../../model/description.js';
import type { Rule } from '../../rule.js';
import type { BoundRules } from '../../observe/observed-rules.js';
import { type Result, type SeverityNumber, unseenInOrder } from '../../result.js';
import { sectionFor } from '../../sources.js';
import type { ActiveRule } from './formats/formats.js';

/** A severity as a number. */
function severityOf({ recommended = 'hint' }: Rule): SeverityNumber {
  return severities.indexOf(recommended) as SeverityNumber;
}

/** The rules, as the formats list them. */
export function activeRules({ rules }: BoundRules): ActiveRule[] {
  return rules.map((rule) => ({ rule, severity: severityOf(rule), url: sectionFor(rule, []).url, follows: [] }));
}

/** What rules about what was seen find in a description, in the order of the text. */
export function observedResults(description: Description, { rules, evidenceFor }: BoundRules): Result[] {
  const byFile = new Map<TextFile, Finding[]>();
  for (const rule of rules)
    for (const finding of check(rule, description)) addToGroup(byFile, textFileOf(finding.place.source), finding);
  const results = [...byFile].flatMap(([file, findings]) => {
    const ranges = file.rangesOf(findings.map(({ place }) => place.path));
    return findings.flatMap(
      ({ rule, message, statement, sources, place, fix, violations: [violation] }, index): Result[] => {
        const range = ranges[index];
        const exchange = violation && evidenceFor(violation.operation, violation.obligation);
        if (range === undefined) return [];
        const where = { path: place.path, range, source: file.uri };
        const about = { code: rule.id, message, statement, sources, fixKind: fix, severity: severityOf(rule) };
        return [{ ...about, ...where, ...(exchange && { exchange }) }];
      },
    );
  });
  return unseenInOrder(results, new Set());
}
