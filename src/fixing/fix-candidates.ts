import { check, type Finding, type Violation } from '../check.js';
import { UnreadableFile } from '../files/text-file.js';
import type { Description } from '../model/description.js';
import type { Rule } from '../rule.js';
import type { Selection } from '../user-ruleset/selection.js';

/** A finding that may be fixed. Descriptions that share the place share the candidate. */
export interface FixCandidate {
  readonly finding: Finding;
  readonly rule: Rule;
  /** The violations at the same place in all descriptions. */
  readonly violations: readonly Violation[];
  /** Identifies the finding, also after other findings have been fixed. */
  readonly key: string;
}

/** The rules that are on for a description, and where. */
export type ActiveRules = Pick<Selection, 'rulesFor' | 'severityOf' | 'followedFor'>;

/** A description, and the absolute path of its file. */
export interface DescriptionFile {
  readonly file: string;
  readonly description: Description;
}

/**
 * Runs the selected rules on some descriptions.
 *
 * @throws UnreadableFile if a description is too large
 */
export function candidatesIn(descriptions: readonly DescriptionFile[], selection: ActiveRules): FixCandidate[] {
  const candidates = new Map<string, FixCandidate & { violations: Violation[] }>();
  const [first] = descriptions;
  // One message for all, since the message identifies a finding.
  const follows = first === undefined ? [] : selection.followedFor(first.file);
  for (const { file, description } of descriptions) {
    for (const rule of selection.rulesFor(file)) {
      for (const finding of check(rule, description, follows)) {
        const { place, message } = finding;
        if (selection.severityOf(rule, file, place.source.uri ?? '', place.path) === undefined) continue;
        const key = [rule.id, place.source.uri, ...place.path, message].join('\n');
        const known = candidates.get(key);
        if (known === undefined) candidates.set(key, { finding, rule, violations: [...finding.violations], key });
        else for (const violation of finding.violations) known.violations.push(violation);
      }
    }
    if (description.whyTooLarge !== undefined) throw new UnreadableFile(file, description.whyTooLarge);
  }
  return [...candidates.values()];
}
