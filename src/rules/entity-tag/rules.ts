import type { Rule } from '../../rule.js';
import { afterUpdate } from './after-update.js';
import { property } from './property.js';
import { entityTagValueRules } from './values.js';

/** The rules on entity-tags (RFC 9110 §8.8.3), in the order of the catalogue. */
export const entityTagRules: readonly Rule[] = [...entityTagValueRules, afterUpdate, property];
