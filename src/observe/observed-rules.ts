import type { Operation } from '../model/operation.js';
import { absent, type Obligation } from '../obligation.js';
import type { Rule } from '../rule.js';
import { type DescriptionRule, descriptionRules } from './description-rules.js';
import type { FaultRule } from './fault-rule.js';
import { type Observations, type SeenOperation } from './observations.js';
import { faultRules, nameOfFault, type Observed } from './observer.js';
import type { ShownExchange } from './redaction.js';

/** A rule about what was seen. */
export type ObservedRule = FaultRule | DescriptionRule;

/** Every rule about what was seen: first those on descriptions that disagree with their server, then those on servers. */
export const observedRules: readonly ObservedRule[] = [...descriptionRules, ...faultRules];

/** Whether a rule is about the description, and not about the server. */
export function isAboutDescription(rule: ObservedRule): rule is DescriptionRule {
  return 'obligations' in rule;
}

/** The rule about what was seen that has an id; `undefined` if there is none. */
export function observedRuleCalled(id: string): ObservedRule | undefined {
  return observedRules.find((rule) => rule.id === id);
}

/** Rules about what was seen, together with what was seen. */
export interface BoundRules {
  readonly rules: readonly Rule[];
  /** The exchange that shows why an obligation of theirs does not hold. */
  evidenceFor(operation: Operation, obligation: Obligation): ShownExchange | undefined;
}

/**
 * The rules about what was seen, as rules about the description: their findings point into it, and their fixes write what was seen.
 *
 * @param wanted which of the rules
 */
export function bound(
  observed: Observations | Observed,
  wanted: (rule: ObservedRule) => boolean = () => true,
): BoundRules {
  const shownBy = new WeakMap<Obligation, string>();
  const byOperation = new Map(observed.operations.map((seen) => [labelOf(seen), seen]));
  const rules = observedRules.filter(wanted).map((rule): Rule => {
    return {
      ...rule,
      *obligations(operation) {
        const seen = byOperation.get(labelOf(operation));
        if (seen === undefined) return;
        const found = isAboutDescription(rule) ? rule.obligations(operation, seen) : faultsAs(rule, operation, seen);
        for (const one of found) {
          shownBy.set(one.obligation, one.shownBy);
          yield one.obligation;
        }
      },
    };
  });
  return {
    rules,
    evidenceFor: (operation, obligation) =>
      'evidence' in observed ? observed.evidence(operation, shownBy.get(obligation) ?? '') : undefined,
  };
}

function labelOf({ method, template }: Pick<Operation, 'method' | 'template'>): string {
  return `${method} ${template}`;
}

/** The faults of a server as obligations that do not hold. They point at the operation, which no fix changes. */
function* faultsAs({ id }: FaultRule, operation: Operation, { faults }: SeenOperation) {
  for (const fault of faults.filter(({ rule }) => rule === id)) {
    const wording = {
      fault: 'Expected',
      noun: fault.expected,
      whereInWords: `from ${operation.label}`,
      because: fault.seen,
    };
    yield { obligation: absent(operation.place, wording), shownBy: nameOfFault(fault) };
  }
}
