import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shortName } from '../../files/discovery.js';
import { isRulesetName } from '../../rulesets.js';
import { readGuideline } from '../../user-ruleset/guideline-file.js';
import { Failure } from './failure.js';

/**
 * A module with the Spectral ruleset of a team's own guideline, for Spectral and its extension for VS Code.
 *
 * @param name the file of the guideline
 * @param cwd the folder that the name is relative to, and that the module is for
 * @throws Failure if the guideline ships with the package
 * @throws UnreadableRuleset if there is a mistake in the file
 */
export function rulesetModule(name: string, cwd: string): string {
  if (isRulesetName(name))
    throw new Failure(`${name} ships with the package: extend spectral-conditional-requests/rulesets/${name}.yaml.`);
  const { text } = readGuideline(resolve(cwd, name));
  const file = shortName(resolve(cwd, name), cwd);
  return [
    `// Written by \`conditional-requests ruleset ${file}\`. To change it, change ${file} and run that again.`,
    `import { rulesetOfOwnGuideline } from ${JSON.stringify(pathOfRuleset(cwd))};`,
    '',
    `export default rulesetOfOwnGuideline(${JSON.stringify(text, undefined, 2)});`,
    '',
  ].join('\n');
}

/**
 * The path of the package's ruleset, from a folder. Spectral's extension for VS Code would look on the network for a module that is
 * imported by name.
 */
function pathOfRuleset(folder: string): string {
  const ruleset = 'spectral-conditional-requests/dist/ruleset.mjs';
  let above = folder;
  while (!existsSync(join(above, 'node_modules', ruleset)) && dirname(above) !== above) above = dirname(above);
  const installed = join(above, 'node_modules', ruleset);
  const shipped = fileURLToPath(new URL('../ruleset.mjs', import.meta.url));
  const path = relative(folder, existsSync(installed) ? installed : shipped)
    .split(sep)
    .join('/');
  return path.startsWith('.') ? path : `./${path}`;
}
