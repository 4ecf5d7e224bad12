import { catalogue } from './catalogue.js';
import type { Severity } from './guidelines/citation.js';
import type { Guideline } from './guidelines/guideline.js';
import { type GuidelineName, guidelines } from './guidelines/guidelines.js';
import type { Rule } from './rule.js';
import { severityOverall, severityUnder } from './sources.js';

/** The names of the rulesets in the package. */
export type RulesetName = 'recommended' | GuidelineName | 'all';
export const rulesetNames: readonly RulesetName[] = ['recommended', ...guidelines.map(({ name }) => name), 'all'];

/** The guideline that a ruleset follows; `undefined` if it follows none. */
export function guidelineOf(ruleset: string): Guideline | undefined {
  return guidelines.find(({ name }) => name === ruleset);
}

/**
 * The severity of a rule in a ruleset, derived from what its guideline says.
 *
 * @returns `undefined` if the rule is not in that ruleset
 */
export function severityIn(ruleset: RulesetName, rule: Rule): Severity | undefined {
  const guideline = guidelineOf(ruleset);
  if (guideline !== undefined) return severityUnder(rule, guideline);
  return ruleset === 'all' ? severityOverall(rule) : rule.recommended;
}

/** The rules of a ruleset with their severities, in the order of the catalogue. */
export function rulesOf(ruleset: RulesetName): { rule: Rule; severity: Severity }[] {
  return catalogue.flatMap((rule) => {
    const severity = severityIn(ruleset, rule);
    return severity === undefined ? [] : [{ rule, severity }];
  });
}
