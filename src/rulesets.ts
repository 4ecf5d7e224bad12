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

/** Whether a shipped ruleset has this name. */
export function isRulesetName(name: string): name is RulesetName {
  return (rulesetNames as readonly string[]).includes(name);
}

/** The guidelines that whoever uses a ruleset follows, nearest first: a team's own, and those that it builds on. */
export function followedBy(ruleset: RulesetName | Guideline): Guideline[] {
  if (typeof ruleset === 'string') return [guidelineOf(ruleset) ?? []].flat();
  return [ruleset, ...(ruleset.basedOn ?? []).flatMap((name) => guidelineOf(name) ?? [])];
}

/**
 * The severity of a rule in a ruleset, derived from what its guideline says.
 *
 * @param ruleset the name of a ruleset that ships, or a team's own guideline
 * @returns `undefined` if the rule is not in that ruleset
 */
export function severityIn(ruleset: RulesetName | Guideline, rule: Rule): Severity | undefined {
  if (typeof ruleset !== 'string') {
    const own = severityUnder(rule, ruleset);
    if (own !== undefined || ruleset.drops?.includes(rule.id)) return own;
    const bases = (ruleset.basedOn ?? []).filter(isRulesetName);
    return bases.map((base) => severityIn(base, rule)).find((severity) => severity !== undefined);
  }
  const guideline = guidelineOf(ruleset);
  if (guideline !== undefined) return severityUnder(rule, guideline);
  return ruleset === 'all' ? severityOverall(rule) : rule.recommended;
}

/** The rules of a ruleset with their severities, in the order of the catalogue. */
export function rulesOf(ruleset: RulesetName | Guideline): { rule: Rule; severity: Severity }[] {
  return catalogue.flatMap((rule) => {
    const severity = severityIn(ruleset, rule);
    return severity === undefined ? [] : [{ rule, severity }];
  });
}
