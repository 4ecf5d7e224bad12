import { resolve } from 'node:path';
import { withoutPasswords } from '../files/address.js';
import { shortName } from '../files/discovery.js';
import type { RulesetName } from '../rulesets.js';
import {
  isRulesetName,
  rulesetIn,
  type Selection,
  selectionIn,
  shippedSelection,
  UnreadableRuleset,
} from './selection.js';

/**
 * Chooses the rules: those of the named ruleset, or of the one that `spectral lint` would find, or else of a shipped one.
 *
 * @param name the name of a shipped ruleset, or a file
 * @param cwd the folder that names are relative to, and that is searched for a ruleset as `spectral lint` does
 * @param otherwise the ruleset to use if there is none
 * @throws UnreadableRuleset
 */
export async function chooseRuleset(name: string | undefined, cwd: string, otherwise: RulesetName): Promise<Selection> {
  if (name !== undefined && isRulesetName(name)) return shippedSelection(name);
  if (name !== undefined && /^https?:/i.test(name))
    throw new UnreadableRuleset(withoutPasswords(name), 'is a URL: extend it in a ruleset file');
  const file = name === undefined ? rulesetIn(cwd) : resolve(cwd, name);
  return file === undefined ? shippedSelection(otherwise) : selectionIn(file);
}

/** The message for a ruleset that contains none of the rules. */
export function withoutOurRules({ origin }: Selection, cwd: string): string {
  return `${shortName(origin, cwd)} contains none of these rules: extend spectral-conditional-requests in it, or pass --ruleset recommended`;
}
