import type { Rule } from '../../rule.js';
import { outcomeRules } from './outcomes.js';
import { parameterRules } from './parameters.js';
import { rangeRules } from './range.js';
import { updateRules } from './updates.js';
import { validatorRules } from './validators.js';

/** The rules on preconditions (RFC 9110 §13, RFC 6585 §3), in the order of the catalogue. */
export const preconditionRules: readonly Rule[] = [
  parameterRules.documented,
  parameterRules.optional,
  parameterRules.spelling,
  outcomeRules.failedDocumented,
  outcomeRules.failedHasPrecondition,
  outcomeRules.failedNotWhenRevalidating,
  outcomeRules.requiredDocumented,
  outcomeRules.requiredHasPrecondition,
  outcomeRules.requiredNotCacheable,
  parameterRules.either,
  parameterRules.requiredMarked,
  updateRules.obtainable,
  updateRules.dateObtainable,
  validatorRules.hasValidator,
  validatorRules.prefersEntityTag,
  updateRules.guardsUpdate,
  updateRules.guardsCreation,
  parameterRules.heeded,
  rangeRules.range,
  rangeRules.rangeExample,
];
