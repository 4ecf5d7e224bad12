import type { Rule } from '../../rule.js';
import { contentRules } from './content.js';
import { documentedRules } from './documented.js';
import { reachableRules } from './reachable.js';

/** The rules on 304 Not Modified (RFC 9110 §15.4.5), in the order of the catalogue. */
export const notModifiedRules: readonly Rule[] = [
  documentedRules.documented,
  documentedRules.documentedOnHead,
  documentedRules.answersPrecondition,
  contentRules.noContent,
  contentRules.repeatsEtag,
  contentRules.repeatsCacheFields,
  reachableRules.onlyWhenRetrieving,
  reachableRules.reachable,
  contentRules.noRepresentationMetadata,
  reachableRules.storable,
];
