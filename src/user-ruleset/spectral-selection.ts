import fs from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Ruleset } from '@stoplight/spectral-core';
import { catalogue } from '../catalogue.js';
import { withoutPasswords } from '../files/address.js';
import { exclusion, isNegated } from '../files/exclusion.js';
import { reasonOf } from '../files/reading.js';
import { severities, type Severity } from '../guidelines/citation.js';
import type { Guideline } from '../guidelines/guideline.js';
import type { Path } from '../json.js';
import type { Rule } from '../rule.js';
import { followedIn, isFunctionOfRule } from '../ruleset-marks.js';
import { rulesetNames } from '../rulesets.js';
import { type Selection, UnreadableRuleset } from './selection.js';

/** The names of the ruleset files that `spectral lint` finds by itself. */
const defaultRuleset = /^\.?spectral\.(?:ya?ml|json|m?js)$/;

/**
 * The ruleset that `spectral lint` would use in a folder; `undefined` if there is none.
 *
 * @throws UnreadableRuleset if the folder cannot be read
 */
export function rulesetIn(folder: string): string | undefined {
  const name = namesIn(folder).find((candidate) => defaultRuleset.test(candidate));
  return name === undefined ? undefined : join(folder, name);
}

function namesIn(folder: string): string[] {
  try {
    return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  } catch (error) {
    throw new UnreadableRuleset(
      folder,
      `cannot be searched for a ruleset: ${reasonOf(error)}. Name one: --ruleset recommended`,
    );
  }
}

/** Why Spectral refuses a ruleset. It collects all faults in one error, which has no message of its own. */
function whyFaulty(error: unknown): string {
  const { errors, path = [], message } = error as Partial<AggregateError> & { readonly path?: readonly string[] };
  if (Array.isArray(errors)) return [...new Set(errors.map(whyFaulty))].join('; ');
  return [path.join('.'), message ?? String(error)].filter((part) => part !== '').join(': ');
}

/**
 * Reads the user's ruleset with Spectral's loader.
 *
 * @param file its absolute path
 * @param from a path in the folder whose Spectral reads it
 * @throws UnreadableRuleset if it is missing or faulty, or if Spectral is not installed
 */
export async function selectionIn(file: string, from = file): Promise<Selection> {
  if (!fs.existsSync(file)) throw new UnreadableRuleset(file, 'no such file');
  // Spectral would wait for the other end of a pipe.
  if (!fs.statSync(file).isFile()) throw new UnreadableRuleset(file, 'is not a regular file');
  let ruleset: Ruleset;
  try {
    const { bundleAndLoadRuleset, plugins } = loaderFor(file, from);
    ruleset = await bundleAndLoadRuleset(file, { fs, fetch }, plugins);
  } catch (error) {
    if (error instanceof UnreadableRuleset) throw error;
    throw new UnreadableRuleset(file, withoutPasswords(whyFaulty(error)));
  }
  return new SpectralSelection(file, ruleset, await Promise.all((ruleset.overrides ?? []).map(readOverride(file))));
}

/** Spectral's functions that read rulesets. */
interface Loader {
  bundleAndLoadRuleset(file: string, io: object, plugins: readonly unknown[]): Promise<Ruleset>;
  readonly plugins: readonly unknown[];
}

/**
 * Finds Spectral beside a path, so that it is the version that lints there; or else beside this package. It may be there only as
 * a dependency of Spectral's command line.
 */
function loaderFor(file: string, from: string): Loader {
  for (const start of [from, import.meta.url]) {
    const here = createRequire(start);
    for (const base of [here, requireOf('@stoplight/spectral-cli/package.json', here)]) {
      const load = <T>(path: string) => base?.(`@stoplight/spectral-ruleset-bundler/${path}`) as T;
      if (base === undefined || !canResolve('@stoplight/spectral-ruleset-bundler/with-loader', base)) continue;
      const { bundleAndLoadRuleset } = load<Pick<Loader, 'bundleAndLoadRuleset'>>('with-loader');
      const { builtins } = load<{ builtins(): unknown }>('plugins/builtins');
      const { commonjs } = load<{ commonjs(): unknown }>('plugins/commonjs');
      return { bundleAndLoadRuleset, plugins: [builtins(), commonjs()] };
    }
  }
  throw new UnreadableRuleset(
    file,
    `Spectral, which reads it, is not installed here. Run \`npm install --save-dev @stoplight/spectral-cli\`, or name a ruleset that needs no Spectral: --ruleset ${rulesetNames.join(', ')}`,
  );
}

function canResolve(name: string, from: NodeJS.Require): boolean {
  try {
    from.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** The `require` of a package, which another package can reach. */
function requireOf(name: string, from: NodeJS.Require): NodeJS.Require | undefined {
  return canResolve(name, from) ? createRequire(from.resolve(name)) : undefined;
}

type Override = NonNullable<Ruleset['overrides']>[number];

/** An override for one description: without the globs that a later negated glob cancels. */
type OverrideFor = (description: string) => Override;

/**
 * Reads overrides with negated globs, which exclude files from the globs before them. Spectral applies a negated glob to all files
 * except those that it names, whatever the other globs.
 *
 * @param ruleset the absolute path of the ruleset file
 */
function readOverride(ruleset: string): (override: Override) => Promise<OverrideFor> {
  return async (override) => {
    const globs = await Promise.all(
      override.files.map(async (glob) => {
        // A glob with a pointer names a place in a file, not a file.
        const isTaking = isNegated(glob) && !glob.includes('#');
        return { glob, takes: isTaking ? await exclusion([glob], dirname(ruleset), true) : undefined };
      }),
    );
    return (description) => {
      let files: string[] = [];
      for (const { glob, takes } of globs) {
        if (takes === undefined) files.push(glob);
        else if (takes(description)) files = [];
      }
      return { ...override, files };
    };
  };
}

/** The severities of a user's ruleset, as `spectral lint` applies them. */
class SpectralSelection implements Selection {
  readonly origin: string;
  readonly #ruleset: Ruleset;
  readonly #overrides: readonly OverrideFor[];
  readonly #forDescription = new Map<string, Ruleset>();

  constructor(origin: string, ruleset: Ruleset, overrides: readonly OverrideFor[]) {
    this.origin = origin;
    this.#ruleset = ruleset;
    this.#overrides = overrides;
  }

  get isOurs(): boolean {
    return catalogue.some((rule) => isOurs(rule, this.#ruleset));
  }

  rulesFor(description: string): Rule[] {
    const ruleset = this.#rulesetFor(description);
    return catalogue.filter((rule) => isOurs(rule, ruleset) && ruleset.rules[rule.id]?.enabled === true);
  }

  severityOf(rule: Rule, description: string, file: string, path: Path): Severity | undefined {
    const found = this.#rulesetFor(description).rules[rule.id];
    const severity: number | undefined = found?.getSeverityForSource(file, [...path]);
    return severity === undefined ? undefined : severities[severity];
  }

  severityOfDuplicates(description: string): Severity | undefined {
    const { duplicateKeys } = this.#rulesetFor(description).parserOptions;
    // Spectral accepts a name or a number, where 0 is an error.
    return typeof duplicateKeys === 'number'
      ? severities[duplicateKeys]
      : severities.find((name) => name === duplicateKeys);
  }

  followedFor(description: string): Guideline[] {
    return followedIn(this.#rulesetFor(description).formats);
  }

  linkFor({ id }: Rule, description: string): string {
    return this.#rulesetFor(description).rules[id]?.documentationUrl ?? '';
  }

  #rulesetFor(description: string): Ruleset {
    const known = this.#forDescription.get(description) ?? this.#readFor(description);
    this.#forDescription.set(description, known);
    return known;
  }

  #readFor(description: string): Ruleset {
    // Spectral offers no other way to replace the overrides of a ruleset.
    if (this.#overrides.length > 0)
      Object.assign(this.#ruleset, { overrides: this.#overrides.map((override) => override(description)) });
    return this.#ruleset.fromSource(description);
  }
}

/** Whether the rule with this id in a ruleset is the one of the catalogue, rather than one that the user defined. */
function isOurs({ id }: Rule, { rules }: Ruleset): boolean {
  const found = rules[id];
  return (
    found?.given.length === 1 && found.given[0] === '$' && found.then.every((one) => isFunctionOfRule(one.function, id))
  );
}
