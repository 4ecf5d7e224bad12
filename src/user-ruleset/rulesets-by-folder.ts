import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { chooseRuleset } from './choose-ruleset.js';
import { guidelineIn, isGuideline } from './find-guideline.js';
import { shortName, textOrNothing } from '../files/discovery.js';
import { mayBeDescription } from '../files/recognition.js';
import { addToGroup } from '../grouping.js';
import type { Guideline } from '../guidelines/guideline.js';
import type { Rule } from '../rule.js';
import { recommendedAnd, type Selection, shippedSelection, UnreadableRuleset } from './selection.js';
import { rulesetIn, selectionIn } from './spectral-selection.js';

/** The rulesets of a run: the one that the user names, or else for each file the nearest. Each is read once. */
export class RulesetsByFolder {
  readonly #name: string | undefined;
  readonly #cwd: string;
  readonly #rules: readonly Rule[];
  /** The nearest ruleset file of each folder. */
  readonly #nearest = new Map<string, string | undefined>();
  /** The rulesets that were read, by their files; the shipped one has none. */
  readonly #read = new Map<string | undefined, Promise<Selection>>();

  /**
   * @param name the name of a shipped ruleset, or the file of a ruleset or of a guideline, which then counts for every file
   * @param cwd the folder that names are relative to
   * @param rules those that are on beside the recommended ones where there is no ruleset
   */
  constructor(name: string | undefined, cwd: string, rules: readonly Rule[] = []) {
    this.#rules = rules;
    this.#name = name;
    this.#cwd = cwd;
  }

  /**
   * The file of the ruleset or guideline that counts for a file: that of the nearest folder upwards, up to the root of the repository.
   * Outside a repository the search ends at the working folder. If it finds none, that of the working folder counts, as for Spectral.
   *
   * @param file an absolute path
   * @returns `undefined` if the user has named a ruleset, or if there is none
   * @throws UnreadableRuleset if a folder cannot be searched
   */
  fileFor(file: string): string | undefined {
    if (this.#name !== undefined) return undefined;
    return this.#upwardsFrom(dirname(file)) ?? this.#upwardsFrom(this.#cwd);
  }

  /**
   * The rules for a file.
   *
   * @throws UnreadableRuleset
   */
  selectionFor(file: string): Promise<Selection> {
    const found = this.fileFor(file);
    const known = this.#read.get(found) ?? this.#choose(found);
    this.#read.set(found, known);
    return known;
  }

  async #choose(found: string | undefined): Promise<Selection> {
    const name = found ?? this.#name;
    if (found !== undefined && dirname(found) !== this.#cwd && !isGuideline(found)) return this.#readAsData(found);
    if (name !== undefined) return chooseRuleset(name, this.#cwd);
    return this.#rules.length === 0 ? shippedSelection('recommended') : recommendedAnd(this.#rules);
  }

  /** Reads a ruleset that the user may not have written. What stands beside a description must not run because of it. */
  async #readAsData(file: string): Promise<Selection> {
    // Few runs need it, and the YAML parser that comes with it is a quarter of the code of `lint`.
    const { codeIn } = await import('./code-in-ruleset.js');
    const code = codeIn(file, this.#cwd);
    if (code === undefined) return selectionIn(file, join(this.#cwd, 'openapi.yaml'));
    const remedy = `It is not run, since it is not in the folder ${this.#cwd}. If you trust it, name it: --ruleset`;
    throw new UnreadableRuleset(file, `${code}. ${remedy} ${shortName(file, this.#cwd)}`);
  }

  /**
   * The rules for some files. A ruleset that counts for no description among them is not read.
   *
   * @param files absolute paths; without any, the rules for the working folder
   * @throws UnreadableRuleset
   */
  async selectionForAll(files: readonly string[]): Promise<Selection> {
    const groups = new Map<string | undefined, string[]>();
    for (const file of files) {
      try {
        addToGroup(groups, this.fileFor(file), file);
      } catch (error) {
        // Why a file cannot be read is reported where it is read.
        if (!isLocked(file)) throw error;
      }
    }
    const byFile = new Map<string, Selection>();
    for (const group of groups.values()) {
      // Standard input can stand for a file that does not exist.
      const mayBe = (file: string) => !existsSync(file) || mayBeDescription(textOrNothing(file));
      const first = groups.size === 1 ? group[0] : group.find(mayBe);
      if (first === undefined) continue;
      const selection = await this.selectionFor(first);
      for (const file of group) byFile.set(file, selection);
    }
    const [only, another] = new Set(byFile.values());
    if (only === undefined) return this.selectionFor(join(this.#cwd, 'openapi.yaml'));
    return another === undefined ? only : new SelectionByFile(byFile, only);
  }

  /** The rulesets that were read so far. */
  get all(): Promise<Selection[]> {
    return Promise.all(this.#read.values());
  }

  #upwardsFrom(folder: string): string | undefined {
    if (this.#nearest.has(folder)) return this.#nearest.get(folder);
    const here = rulesetIn(folder) ?? guidelineIn(folder);
    const above = here === undefined && !this.#isTop(folder) ? this.#upwardsFrom(dirname(folder)) : here;
    this.#nearest.set(folder, above);
    return above;
  }

  /** Whether the search ends at a folder. */
  #isTop(folder: string): boolean {
    if (folder === dirname(folder) || existsSync(join(folder, '.git'))) return true;
    return !isInRepository(folder) && !isBelow(folder, this.#cwd);
  }
}

function isLocked(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return false;
  } catch {
    return true;
  }
}

/** Whether a folder is in a git repository. In a worktree or submodule, `.git` is a file. */
function isInRepository(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  return folder !== dirname(folder) && isInRepository(dirname(folder));
}

/** Whether a folder is within another, and is not that one. */
function isBelow(folder: string, other: string): boolean {
  const path = relative(other, folder);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** The rules for descriptions that have different rulesets. */
class SelectionByFile implements Selection {
  readonly origin: string;
  readonly isOurs: boolean;
  readonly #byFile: ReadonlyMap<string, Selection>;
  readonly #first: Selection;

  /** @param first the rules for any other description */
  constructor(byFile: ReadonlyMap<string, Selection>, first: Selection) {
    this.origin = first.origin;
    this.isOurs = [...byFile.values()].every(({ isOurs }) => isOurs);
    this.#byFile = byFile;
    this.#first = first;
  }

  rulesFor(description: string): readonly Rule[] {
    return this.#for(description).rulesFor(description);
  }

  severityOf(...[rule, description, ...where]: Parameters<Selection['severityOf']>) {
    return this.#for(description).severityOf(rule, description, ...where);
  }

  severityOfDuplicates(description: string) {
    return this.#for(description).severityOfDuplicates(description);
  }

  followedFor(description: string): readonly Guideline[] {
    return this.#for(description).followedFor(description);
  }

  linkFor(rule: Rule, description: string): string {
    return this.#for(description).linkFor(rule, description);
  }

  #for(description: string): Selection {
    return this.#byFile.get(description) ?? this.#first;
  }
}
