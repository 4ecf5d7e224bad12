import { catalogue, ruleCalled } from '../../catalogue.js';
import { severities } from '../../guidelines/citation.js';
import { type OwnGuidelineText, ownGuideline } from '../../guidelines/own-guideline.js';
import { suggestion } from '../../nearest-name.js';
import type { Rule } from '../../rule.js';
import { isRulesetName, rulesetNames } from '../../rulesets.js';
import { parseGuideline } from '../../user-ruleset/guideline-text.js';
import { recommendedAnd, type Selection, selectionFrom, shippedSelection } from '../../user-ruleset/selection.js';
import type { GuidelineInput, RulesetOptions } from './types.js';

/**
 * The rules that a caller has chosen.
 *
 * @param named the rules that the caller names to have their findings fixed, which are on if no ruleset is given
 * @throws TypeError if there is no such ruleset, rule or severity, or the guideline has a mistake
 */
export function chosenRules({ ruleset, rules = {} }: RulesetOptions, named: readonly Rule[] = []): Selection {
  const isDefault = ruleset === undefined && named.length > 0;
  const selection = isDefault ? recommendedAnd(named) : rulesetFor(ruleset ?? 'recommended');
  const changed = new Map(Object.entries(rules).map(([id, severity]) => [ruleNamed(id), severityNamed(id, severity)]));
  if (changed.size === 0) return selection;
  return {
    ...selection,
    rulesFor: (description) => {
      const on = selection.rulesFor(description);
      return catalogue.filter((rule) => (changed.has(rule) ? changed.get(rule) !== 'off' : on.includes(rule)));
    },
    severityOf: (rule, ...where) => {
      const severity = changed.get(rule);
      if (severity === 'off') return undefined;
      return severity ?? selection.severityOf(rule, ...where);
    },
  };
}

/**
 * The rule with an id.
 *
 * @throws TypeError if there is none
 */
export function ruleNamed(id: string): Rule {
  const rule = ruleCalled(id);
  if (rule !== undefined) return rule;
  throw unknown(
    'rule',
    id,
    catalogue.map((each) => each.id),
  );
}

function rulesetFor(ruleset: string | GuidelineInput): Selection {
  if (typeof ruleset !== 'string') return selectionFrom('guideline', ownGuideline(checked(ruleset), 'guideline.yaml'));
  if (isRulesetName(ruleset)) return shippedSelection(ruleset);
  throw unknown('ruleset', ruleset, rulesetNames);
}

function checked(guideline: GuidelineInput): OwnGuidelineText {
  const text = parseGuideline(JSON.stringify(guideline));
  if ('who' in text) return text;
  throw new TypeError(`The guideline: ${text.map(({ path, what }) => [...path, what].join(': ')).join('; ')}.`);
}

function severityNamed(id: string, severity: unknown): (typeof severities)[number] | 'off' {
  const found = [...severities, 'off' as const].find((name) => name === severity);
  if (found !== undefined) return found;
  throw new TypeError(`Unknown severity '${String(severity)}' of ${id}: use ${severities.join(', ')} or off.`);
}

function unknown(noun: string, name: string, names: readonly string[]): TypeError {
  return new TypeError(`Unknown ${noun} '${name}': ${suggestion(name, names)}`);
}
