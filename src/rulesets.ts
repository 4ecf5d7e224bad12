import { catalogue } from './catalogue.js';
import type { Severity } from './guidelines/citation.js';
import { type Rule, severityOverall, severityUnder } from './rule.js';

/** The names of the rulesets in the package. */
export const rulesetNames = ['recommended', 'rfc9110', 'atlassian', 'haufe', 'zalando', 'all'] as const;
export type RulesetName = (typeof rulesetNames)[number];

/**
 * The severity of a rule in a ruleset, derived from the rule's citations.
 *
 * @returns `undefined` if the rule is not in that ruleset
 */
export function severityIn(ruleset: RulesetName, rule: Rule): Severity | undefined {
  if (ruleset === 'recommended') return rule.recommended;
  return ruleset === 'all' ? severityOverall(rule) : severityUnder(rule, ruleset);
}

/** The rules of a ruleset with their severities, in the order of the catalogue. */
export function rulesOf(ruleset: RulesetName): { rule: Rule; severity: Severity }[] {
  return catalogue.flatMap((rule) => {
    const severity = severityIn(ruleset, rule);
    return severity === undefined ? [] : [{ rule, severity }];
  });
}
