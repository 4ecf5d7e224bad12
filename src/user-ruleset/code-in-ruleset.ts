import { createRequire } from 'node:module';
import { dirname, extname, isAbsolute, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { contentsOf } from '../files/regular-file.js';
import { isObject } from '../json.js';

/**
 * The code that Spectral would run to load a ruleset, apart from packages that a folder has installed: the ruleset is a script, has
 * functions of its own, or extends such a ruleset. Somebody else may have put it beside a description.
 *
 * @param file the absolute path of the ruleset
 * @param trusted the folder whose packages may run
 * @returns what runs, in words; `undefined` if nothing does, or if the text cannot be read, which Spectral's loader reports
 */
export function codeIn(file: string, trusted: string): string | undefined {
  const queue = [file];
  const seen = new Set<string>();
  for (const next of queue) {
    if (seen.has(next) || isInstalled(next, trusted)) continue;
    seen.add(next);
    if (!['.yaml', '.yml', '.json'].includes(extname(next))) return next === file ? 'is a script' : `extends ${next}`;
    const ruleset = contentOf(next);
    if (!isObject(ruleset)) continue;
    const { functions, overrides } = ruleset;
    if (functions !== undefined) return 'has functions of its own';
    const parts = [ruleset, ...(Array.isArray(overrides) ? overrides.filter(isObject) : [])];
    for (const name of parts.flatMap(extendedBy)) {
      if (name.startsWith('.') || isAbsolute(name)) queue.push(resolve(dirname(next), name));
      else if (/^https?:/i.test(name)) return `extends ${name}`;
      else if (!name.startsWith('spectral:') && isOtherPackage(name, next, trusted)) return `extends ${name}`;
    }
  }
  return undefined;
}

const thisPackage = fileURLToPath(new URL('../../', import.meta.url));

/** Whether a file belongs to this package, or to one that is installed in a folder or above it. */
function isInstalled(file: string, folder: string): boolean {
  if (file.startsWith(thisPackage)) return true;
  const [owner = ''] = file.split(`${sep}node_modules${sep}`);
  return owner !== file && (owner === folder || folder.startsWith(`${owner}${sep}`));
}

function contentOf(file: string): unknown {
  try {
    return parse(contentsOf(file).toString());
  } catch {
    return undefined;
  }
}

/** The rulesets that a ruleset extends: one, or a list in which each may have a choice of rules. */
function extendedBy(ruleset: Readonly<Record<string, unknown>>): string[] {
  const names = [ruleset['extends']].flat().map((one: unknown): unknown => (Array.isArray(one) ? one[0] : one));
  return names.filter((name) => typeof name === 'string');
}

/** Whether a name stands for one package beside a file, and for another in the trusted folder. */
function isOtherPackage(name: string, file: string, trusted: string): boolean {
  return packagePath(name, file) !== packagePath(name, join(trusted, 'openapi.yaml'));
}

function packagePath(name: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}
