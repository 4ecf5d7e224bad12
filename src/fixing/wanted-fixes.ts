import type { Rule } from '../rule.js';
import type { Permissions } from './fix-all.js';

/** Which fixes a user has asked for. Safe ones are made in any case. */
export interface WantedFixes {
  /** Whether to make those that say something about the server. */
  readonly suggested: boolean;
  /** Whether to make those that take away declared headers, parameters and responses. */
  readonly remove: boolean;
  /** The only rules whose findings are to be fixed, by fixes of any kind; empty for all rules. */
  readonly rules: readonly Rule[];
}

/** The permissions to make the fixes that a user has asked for. */
export function wantedFixes({ suggested, remove, rules }: WantedFixes): Pick<Permissions, 'allows' | 'rules'> {
  return {
    allows: (_, kind) =>
      kind === 'safe' || (kind === 'suggested' && suggested) || (kind === 'removal' && remove) || rules.length > 0,
    ...(rules.length > 0 && { rules }),
  };
}
