import type { Rule } from './rule.js';
import { cacheableRules } from './rules/cacheable.js';
import { entityTagRules } from './rules/entity-tag/rules.js';
import { headRules } from './rules/head.js';
import { httpDateRules } from './rules/http-date.js';
import { notModifiedRules } from './rules/not-modified/rules.js';
import { partialContentRules } from './rules/partial-content.js';
import { preconditionRules } from './rules/precondition/rules.js';
import { validatorChoiceRules } from './rules/validator.js';

/** Every rule, in the order of the documentation. */
export const catalogue: readonly Rule[] = [
  ...notModifiedRules,
  ...preconditionRules,
  ...entityTagRules,
  ...httpDateRules,
  ...validatorChoiceRules,
  ...cacheableRules,
  ...headRules,
  ...partialContentRules,
];

const byId = new Map(catalogue.map((rule) => [rule.id, rule]));

/** The rule with an id; `undefined` if there is none. */
export function ruleCalled(id: string): Rule | undefined {
  return byId.get(id);
}
