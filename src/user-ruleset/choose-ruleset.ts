import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { withoutPasswords } from '../files/address.js';
import { shortName } from '../files/discovery.js';
import { isRulesetName, type RulesetName, rulesetNames } from '../rulesets.js';
import { guidelineIn, isGuideline } from './find-guideline.js';
import {
  rulesetIn,
  type Selection,
  selectionFrom,
  selectionIn,
  shippedSelection,
  UnreadableRuleset,
} from './selection.js';

/**
 * Chooses the rules: those of the named ruleset, or of the one that `spectral lint` would find, or of the guideline in the folder, or
 * else of a shipped one.
 *
 * @param name the name of a shipped ruleset, or the file of a ruleset or of a guideline
 * @param cwd the folder that names are relative to, and that is searched for a ruleset as `spectral lint` does
 * @param otherwise the ruleset to use if there is none
 * @throws UnreadableRuleset
 */
export async function chooseRuleset(name: string | undefined, cwd: string, otherwise: RulesetName): Promise<Selection> {
  if (name !== undefined && isRulesetName(name)) return shippedSelection(name);
  if (name !== undefined && /^https?:/i.test(name))
    throw new UnreadableRuleset(withoutPasswords(name), 'is a URL: extend it in a ruleset file');
  if (name !== undefined && /^[\w-]+$/.test(name) && !existsSync(resolve(cwd, name)))
    throw new UnreadableRuleset(name, `no such ruleset: use ${rulesetNames.join(', ')}, or a file`);
  const file = name === undefined ? (rulesetIn(cwd) ?? guidelineIn(cwd)) : resolve(cwd, name);
  if (file === undefined) return shippedSelection(otherwise);
  if (!isGuideline(file)) return selectionIn(file);
  // Few have one, and reading it takes modules that linting JSON does not need.
  const { readGuideline } = await import('./guideline-file.js');
  return selectionFrom(file, readGuideline(file).guideline);
}

/** The message for a ruleset that contains none of the rules. */
export function withoutOurRules({ origin }: Selection, cwd: string): string {
  return `${shortName(origin, cwd)} contains none of these rules: extend spectral-conditional-requests in it, or pass --ruleset recommended`;
}
