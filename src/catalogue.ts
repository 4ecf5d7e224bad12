import type { Rule } from './rule.js';
import { notModifiedRules } from './rules/not-modified.js';

/** Every rule, in the order of the documentation. */
export const catalogue: readonly Rule[] = [...notModifiedRules];
