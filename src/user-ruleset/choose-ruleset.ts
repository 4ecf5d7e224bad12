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
 * The rules to go by: those of the ruleset that was named, or that `spectral lint` would find, or else of one that ships.
 *
 * @param name of a ruleset that ships, or of a file
 * @param cwd the folder that names are relative to, and in which a ruleset is looked for as `spectral lint` does
 * @param otherwise what to go by where there is none
 * @throws UnreadableRuleset
 */
export async function chooseRuleset(name: string | undefined, cwd: string, otherwise: RulesetName): Promise<Selection> {
  if (name !== undefined && isRulesetName(name)) return shippedSelection(name);
  if (name !== undefined && /^https?:/i.test(name))
    throw new UnreadableRuleset(withoutPasswords(name), 'only files are read: let a ruleset file extend it');
  const file = name === undefined ? rulesetIn(cwd) : resolve(cwd, name);
  return file === undefined ? shippedSelection(otherwise) : selectionIn(file);
}

/** What to say of a ruleset that has none of the rules. */
export function withoutOurRules({ origin }: Selection, cwd: string): string {
  return `${shortName(origin, cwd)} has none of these rules: let it extend spectral-conditional-requests, or name a ruleset: --ruleset recommended`;
}
