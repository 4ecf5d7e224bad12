import { catalogue } from '../catalogue.js';
import type { Severity } from '../guidelines/citation.js';
import type { Guideline } from '../guidelines/guideline.js';
import type { Path } from '../json.js';
import type { Rule } from '../rule.js';
import { followedBy, type RulesetName, severityIn } from '../rulesets.js';
import { sectionFor } from '../sources.js';
import { visible, visibleName } from '../visible-text.js';

/** The rules that are on, and their severities. */
export interface Selection {
  /** Its file, or the name of the shipped ruleset. */
  readonly origin: string;
  /** Whether it contains any rule of the catalogue, even one that is off. */
  readonly isOurs: boolean;
  /**
   * The rules that are on for a description, in the order of the catalogue.
   *
   * @param description the absolute path of its entry document
   */
  rulesFor(description: string): readonly Rule[];
  /**
   * The severity of a finding.
   *
   * @param description the absolute path of the entry document
   * @param file the absolute path of the document that the finding is in
   * @param path its path in that document
   * @returns `undefined` if the rule is off there
   */
  severityOf(rule: Rule, description: string, file: string, path: Path): Severity | undefined;
  /**
   * The severity of a duplicate name in a description.
   *
   * @param description the absolute path of its entry document
   * @returns `undefined` if the ruleset turns it off
   */
  severityOfDuplicates(description: string): Severity | undefined;
  /**
   * The guidelines that the ruleset follows for a description, in the order in which findings name them.
   *
   * @param description the absolute path of its entry document
   */
  followedFor(description: string): readonly Guideline[];
  /**
   * The address of the section that findings of a rule link to.
   *
   * @param description the absolute path of its entry document
   */
  linkFor(rule: Rule, description: string): string;
}

/** A ruleset that cannot be read, with the reason and the remedy. */
export class UnreadableRuleset extends Error {
  override readonly name = 'UnreadableRuleset';

  constructor(file: string, reason: string) {
    super(`${visible(file)}: ${reason}`.split('\n').map(visibleName).join('\n'));
  }
}

/** The rules of a shipped ruleset. */
export function shippedSelection(name: RulesetName): Selection {
  return selectionFrom(name, name);
}

/**
 * The rules of a shipped ruleset, or of a team's own guideline.
 *
 * @param origin the name of the ruleset, or the file of the guideline
 */
export function selectionFrom(origin: string, ruleset: RulesetName | Guideline): Selection {
  const follows = followedBy(ruleset);
  const on = catalogue.filter((rule) => severityIn(ruleset, rule) !== undefined);
  return {
    origin,
    isOurs: true,
    rulesFor: () => on,
    severityOf: (rule) => severityIn(ruleset, rule),
    severityOfDuplicates: () => 'error',
    followedFor: () => follows,
    linkFor: (rule) => sectionFor(rule, follows).url,
  };
}

/** A selection with only some of its rules. */
export function withRules(selection: Selection, rules: readonly Rule[]): Selection {
  return {
    origin: selection.origin,
    isOurs: selection.isOurs,
    rulesFor: (description) => selection.rulesFor(description).filter((rule) => rules.includes(rule)),
    severityOf: (...where) => selection.severityOf(...where),
    severityOfDuplicates: (description) => selection.severityOfDuplicates(description),
    followedFor: (description) => selection.followedFor(description),
    linkFor: (...where) => selection.linkFor(...where),
  };
}

/** The recommended rules, and some that the user names to have their findings fixed. */
export function recommendedAnd(named: readonly Rule[]): Selection {
  return withRules(shippedSelection('all'), [...shippedSelection('recommended').rulesFor(''), ...named]);
}
