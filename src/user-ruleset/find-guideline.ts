import { join } from 'node:path';
import { textOrNothing } from '../files/discovery.js';

/** The names under which the guideline of a folder is found. */
const usualNames = ['guideline.yaml', 'guideline.yml'];

/** The guideline of a folder; `undefined` if there is none. A file for another purpose can have the same name. */
export function guidelineIn(folder: string): string | undefined {
  return usualNames.map((name) => join(folder, name)).find(saysWhoseItIs);
}

/** Whether a file that the user named is a team's own guideline, and not a Spectral ruleset. */
export function isGuideline(file: string): boolean {
  return /(?:^|[\\/._-])guideline\.(?:ya?ml|json)$/i.test(file) || saysWhoseItIs(file);
}

/** Whether a file has a member that guidelines have and Spectral rulesets do not. */
function saysWhoseItIs(file: string): boolean {
  if (!/\.(?:ya?ml|json)$/i.test(file)) return false;
  const text = textOrNothing(file);
  const member = text.trimStart().startsWith('{') ? /"(?:who|basedOn)"\s*:/ : /^["']?(?:who|basedOn)["']?[ \t]*:/m;
  return member.test(text);
}
