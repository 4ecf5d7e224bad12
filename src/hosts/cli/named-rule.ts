import { catalogue, ruleCalled } from '../../catalogue.js';
import { nearestName } from '../../nearest-name.js';
import type { Rule } from '../../rule.js';
import { Failure } from './failure.js';

/** The failure for a rule that is none of some rules. It suggests the nearest name, or rules that share words with it. */
export function unknownRule(id: string, rules: readonly Pick<Rule, 'id'>[]): Failure {
  const ids = rules.map((rule) => rule.id);
  const words = id.toLowerCase().split(/[^a-z\d]+/);
  const score = (other: string) => words.filter((word) => word !== '' && other.split('-').includes(word)).length;
  const close = ids.filter((other) => score(other) > 0).toSorted((one, other) => score(other) - score(one));
  const nearest = nearestName(id, ids);
  const best = nearest === undefined ? close.slice(0, 3) : [nearest];
  const hint =
    best.length > 0 ? `Did you mean ${best.join(' or ')}?` : '`conditional-requests explain` lists all rules.';
  return new Failure(`Unknown rule '${id}'. ${hint}`);
}

/** The rule with an id. @throws Failure if there is none */
export function namedRule(id: string): Rule {
  const rule = ruleCalled(id);
  if (rule === undefined) throw unknownRule(id, catalogue);
  return rule;
}
