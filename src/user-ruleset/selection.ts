import fs from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Ruleset } from '@stoplight/spectral-core';
import { catalogue } from '../catalogue.js';
import { withoutPasswords } from '../files/address.js';
import { exclusion, isNegated } from '../files/exclusion.js';
import { reasonOf } from '../files/text-file.js';
import { severities, type Severity } from '../guidelines/citation.js';
import type { Path } from '../json.js';
import type { Rule } from '../rule.js';
import { type RulesetName, rulesetNames, severityIn } from '../rulesets.js';
import { visible, visibleName } from '../visible-text.js';

/** Which rules are on, and how severe what they find is. */
export interface Selection {
  /** Where it was read from: a file, or the name of a ruleset that ships. */
  readonly origin: string;
  /** Whether any rule of the catalogue is in it, be it off. */
  readonly isOurs: boolean;
  /**
   * The rules that are on for a description, in the order of the catalogue.
   *
   * @param description the absolute path of its entry document
   */
  rulesFor(description: string): Rule[];
  /**
   * The severity of what a rule finds in a description.
   *
   * @param description the absolute path of the entry document
   * @param file the absolute path of the document that the finding is in
   * @param path where it is, in that document
   * @returns `undefined` where the rule is off
   */
  severityOf(rule: Rule, description: string, file: string, path: Path): Severity | undefined;
  /**
   * The severity of a name that an object of a description has twice.
   *
   * @param description the absolute path of its entry document
   * @returns `undefined` where nobody wants to hear of that
   */
  severityOfDuplicates(description: string): Severity | undefined;
}

/** A ruleset that cannot be read, and what to do about it. */
export class UnreadableRuleset extends Error {
  override readonly name = 'UnreadableRuleset';

  constructor(file: string, reason: string) {
    super(`${visible(file)}: ${reason}`.split('\n').map(visibleName).join('\n'));
  }
}

/** Whether a ruleset of this name ships. */
export function isRulesetName(name: string): name is RulesetName {
  return (rulesetNames as readonly string[]).includes(name);
}

/** The rules of a ruleset that ships. */
export function shippedSelection(name: RulesetName): Selection {
  return {
    origin: name,
    isOurs: true,
    rulesFor: () => catalogue.filter((rule) => severityIn(name, rule) !== undefined),
    severityOf: (rule) => severityIn(name, rule),
    severityOfDuplicates: () => 'error',
  };
}

/** A selection without the rules that are not among some. */
export function withRules(selection: Selection, rules: readonly Rule[]): Selection {
  return {
    origin: selection.origin,
    isOurs: selection.isOurs,
    rulesFor: (description) => selection.rulesFor(description).filter((rule) => rules.includes(rule)),
    severityOf: (...where) => selection.severityOf(...where),
    severityOfDuplicates: (description) => selection.severityOfDuplicates(description),
  };
}

/** The name of a ruleset file that `spectral lint` finds on its own. */
const defaultRuleset = /^\.?spectral\.(?:ya?ml|json|m?js)$/;

/**
 * The ruleset that `spectral lint` would go by in a folder; `undefined` where there is none.
 *
 * @throws UnreadableRuleset where that cannot be seen
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
      `cannot be read, so nobody knows whether there is a ruleset in it: ${reasonOf(error)}. Name one: --ruleset recommended`,
    );
  }
}

/**
 * Reads a ruleset of the user's with Spectral's own loader.
 *
 * @param file its absolute path
 * @throws UnreadableRuleset where it is missing or faulty, or where there is no Spectral to read it
 */
export async function selectionIn(file: string): Promise<Selection> {
  if (!fs.existsSync(file)) throw new UnreadableRuleset(file, 'there is no such file');
  let ruleset: Ruleset;
  try {
    const { bundleAndLoadRuleset, plugins } = loaderFor(file);
    ruleset = await bundleAndLoadRuleset(file, { fs, fetch }, plugins);
  } catch (error) {
    if (error instanceof UnreadableRuleset) throw error;
    throw new UnreadableRuleset(file, withoutPasswords(error instanceof Error ? error.message : String(error)));
  }
  return new SpectralSelection(file, ruleset, await Promise.all((ruleset.overrides ?? []).map(readOverride(file))));
}

/** The part of Spectral that reads rulesets. */
interface Loader {
  bundleAndLoadRuleset(file: string, io: object, plugins: readonly unknown[]): Promise<Ruleset>;
  readonly plugins: readonly unknown[];
}

/**
 * Spectral, from where the ruleset is, so that it is the version that lints there; or else from where this package is. Both
 * may have it as a dependency of its command line only.
 */
function loaderFor(file: string): Loader {
  for (const from of [file, import.meta.url]) {
    const here = createRequire(from);
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

/** What a package can reach, seen from another one. */
function requireOf(name: string, from: NodeJS.Require): NodeJS.Require | undefined {
  return canResolve(name, from) ? createRequire(from.resolve(name)) : undefined;
}

type Override = NonNullable<Ruleset['overrides']>[number];

/** An override, as it is for a description: without the globs that a negated one behind them has taken away. */
type OverrideFor = (description: string) => Override;

/**
 * How the overrides of a ruleset are read. Spectral takes a negated glob for all files but those that it names, whatever else stands
 * beside it.
 *
 * @param ruleset the absolute path of the file that they stand in
 */
function readOverride(ruleset: string): (override: Override) => Promise<OverrideFor> {
  return async (override) => {
    const globs = await Promise.all(
      override.files.map(async (glob) => {
        // What has a pointer behind it is about a place in a file, not about the file.
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

/** The severities of a ruleset, as `spectral lint` comes to them. */
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
    // Spectral counts from error on, and takes a number as well as a name.
    return typeof duplicateKeys === 'number'
      ? severities[duplicateKeys]
      : severities.find((name) => name === duplicateKeys);
  }

  #rulesetFor(description: string): Ruleset {
    const known = this.#forDescription.get(description) ?? this.#readFor(description);
    this.#forDescription.set(description, known);
    return known;
  }

  #readFor(description: string): Ruleset {
    // Spectral has no other way to give a ruleset other overrides.
    if (this.#overrides.length > 0)
      Object.assign(this.#ruleset, { overrides: this.#overrides.map((override) => override(description)) });
    return this.#ruleset.fromSource(description);
  }
}

/** Whether it is the rule of the catalogue that has its name in a ruleset, and not what the user has made of that. */
function isOurs(rule: Rule, { rules }: Ruleset): boolean {
  const found = rules[rule.id];
  const isWhole = found?.given.length === 1 && found.given[0] === '$';
  return isWhole && found.documentationUrl === rule.cites[0].section.url;
}
