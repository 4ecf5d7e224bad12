import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { withoutPasswords } from '../files/address.js';
import { shortName } from '../files/discovery.js';
import { nearestName } from '../nearest-name.js';
import { isRulesetName, rulesetNames } from '../rulesets.js';
import { isGuideline } from './find-guideline.js';
import { type Selection, selectionFrom, shippedSelection, UnreadableRuleset } from './selection.js';
import { selectionIn } from './spectral-selection.js';

/**
 * The rules of a ruleset or guideline.
 *
 * @param name the name of a shipped ruleset, or the file of a ruleset or of a guideline
 * @param cwd the folder that names are relative to
 * @throws UnreadableRuleset
 */
export async function chooseRuleset(name: string, cwd: string): Promise<Selection> {
  if (isRulesetName(name)) return shippedSelection(name);
  if (/^https?:/i.test(name))
    throw new UnreadableRuleset(withoutPasswords(name), 'is a URL: extend it in a ruleset file');
  if (/^[\w-]+$/.test(name) && !existsSync(resolve(cwd, name))) throw new UnreadableRuleset(name, noSuchRuleset(name));
  const file = resolve(cwd, name);
  if (!isGuideline(file)) return selectionIn(file);
  // Few have one, and reading it takes modules that linting JSON does not need.
  const { readGuideline } = await import('./guideline-file.js');
  return selectionFrom(file, readGuideline(file).guideline);
}

function noSuchRuleset(name: string): string {
  const meant = nearestName(name, rulesetNames);
  const hint = meant === undefined ? '' : `did you mean ${meant}? `;
  return `no such ruleset: ${hint}use ${rulesetNames.join(', ')}, or a file`;
}

/** The message for a ruleset that contains none of the rules. */
export function withoutOurRules({ origin }: Selection, cwd: string): string {
  return `${shortName(origin, cwd)} contains none of these rules: extend spectral-conditional-requests in it, or pass --ruleset recommended`;
}
