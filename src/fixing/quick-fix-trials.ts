import type { Finding, Violation } from '../check.js';
import { type TextFile, textFileOf, UnreadableFile } from '../files/text-file.js';
import type { Documents } from '../files/documents.js';
import { addToGroup } from '../grouping.js';
import type { Path } from '../json.js';
import { Description } from '../model/description.js';
import type { Place } from '../model/place.js';
import type { Source } from '../model/source.js';
import type { FixOperation } from '../obligation.js';
import { canApply } from '../patch.js';
import type { Rule } from '../rule.js';
import { changedAt } from '../text-editor/changed-data.js';
import { type ActiveRules, candidatesIn, type FixCandidate } from './fix-candidates.js';
import { patchOf } from './fix-guard.js';
import { keyOfOperation, newFindings, templatesOf } from './new-findings.js';

/** A fix that may be offered for one finding. */
export interface Trial {
  readonly finding: Finding;
  readonly patch: readonly FixOperation[];
  /** The violations that ask for it, in all descriptions. */
  readonly violations: readonly Violation[];
  /** The other findings that it would lead to, which the patch therefore fixes, too. */
  readonly also: readonly Finding[];
  /** The paths in the data that a change of the patch changes; `undefined` if aliases show the text in too many places. */
  placesChangedBy(change: FixOperation): readonly Path[] | undefined;
}

/** How many times descriptions are checked to try fixes. A fix not tried by then is not offered. */
const mostTries = 50;

/** How many violations these checks may find in all. Of many methods with many parameters in common, each has those of all parameters. */
const mostViolations = 50_000;

/** How many times a fix is extended to fix what it would lead to: an ETag asks for a 304, and that for a parameter. */
const mostExtensions = 6;

/** Tries fixes on the data of descriptions, each by itself, to find out which of them lead to a finding that was not there before. */
export class Trials {
  readonly #documents: Documents;
  readonly #rules: ActiveRules;
  readonly #before = new Map<TextFile, readonly FixCandidate[]>();
  #triesLeft = mostTries;
  #violationsLeft = mostViolations;

  /** @param rules those that must not find more than before */
  constructor(documents: Documents, rules: ActiveRules) {
    this.#documents = documents;
    this.#rules = rules;
  }

  /** The fixes that lead to no new finding. One that would is extended, if possible, to fix that finding too. */
  harmless<T extends Trial>(trials: readonly T[]): T[] {
    const byRule = new Map<Rule, T[]>();
    for (const trial of trials) addToGroup(byRule, trial.finding.rule, trial);
    const found = new Map(
      [...byRule.values()].flatMap((ofRule) => this.#harmlessOfRule(ofRule)).map((trial) => [trial.finding, trial]),
    );
    return trials.flatMap(({ finding }) => found.get(finding) ?? []);
  }

  /**
   * Fixes of one rule seldom depend on each other, so they are tried together first. But one fix may repeat what another takes away, so
   * fixes that take something away are tried together only if they concern separate paths.
   */
  #harmlessOfRule<T extends Trial>(trials: readonly T[]): T[] {
    const removes = trials.some(({ finding }) => finding.fix === 'removal');
    const together = removes ? undefined : this.#try(trials);
    const found: T[] = together?.harmless ?? [];
    for (let untried = together === undefined ? trials : [...together.leading.keys()]; untried.length > 0;) {
      const { separate, rest } = divided(untried);
      let tried = separate;
      for (let extensions = 0; tried.length > 0; extensions++) {
        const { harmless, leading: stillLeading } = this.#try(tried);
        for (const trial of harmless) found.push(trial);
        const extended = [...stillLeading].flatMap(([trial, brought]) => extendedBy(brought, trial) ?? []);
        tried = extensions < mostExtensions ? extended : [];
      }
      untried = rest;
    }
    return found;
  }

  /** Makes some fixes together. If a path then has new findings, any fix that concerns the path may have led to them. */
  #try<T extends Trial>(trials: readonly T[]): { harmless: T[]; leading: Map<T, readonly FixCandidate[]> } {
    const entries = entriesOf(trials);
    const old = new Map<TextFile, unknown>();
    try {
      if (this.#triesLeft-- <= 0 || this.#violationsLeft <= 0) return { harmless: [], leading: new Map() };
      const before = entries.flatMap((entry) => {
        const known = this.#before.get(entry) ?? this.#check(entry);
        this.#before.set(entry, known);
        return known;
      });
      const made = trials.filter((trial) => apply(trial, old));
      const changes = new Map<string, number>();
      for (const { violations } of made) {
        for (const key of new Set(violations.map(({ operation }) => keyOfOperation(operation))))
          changes.set(key, (changes.get(key) ?? 0) + 1);
      }
      const byTemplate = new Map<string, FixCandidate[]>();
      for (const { finding, operation } of newFindings(
        before,
        entries.flatMap((entry) => this.#check(entry)),
        (changed) => (changes.get(keyOfOperation(changed)) ?? 0) > 1,
      )) {
        addToGroup(byTemplate, operation.template, finding);
      }
      const broughtBy = (trial: T) => new Set([...templatesOf(trial)].flatMap((one) => byTemplate.get(one) ?? []));
      const results = made.map((trial) => ({ trial, brought: [...broughtBy(trial)] }));
      return {
        harmless: results.filter(({ brought }) => brought.length === 0).map(({ trial }) => trial),
        leading: new Map(results.filter(({ brought }) => brought.length > 0).map((one) => [one.trial, one.brought])),
      };
    } catch (error) {
      // A fix can make a description too large to be read.
      if (error instanceof UnreadableFile) return { harmless: [], leading: new Map() };
      throw error;
    } finally {
      for (const [file, data] of old) file.replaceData(data);
    }
  }

  #check(entry: TextFile): FixCandidate[] {
    const found = candidatesIn(
      [{ file: entry.uri, description: new Description(entry, this.#documents) }],
      this.#rules,
    );
    for (const { violations } of found) this.#violationsLeft -= violations.length;
    return found;
  }
}

/**
 * A fix, extended to fix some other findings too; `undefined` if one of them has no fix in the same operations, or only one that takes
 * something away.
 */
function extendedBy<T extends Trial>(findings: readonly FixCandidate[], trial: T): T | undefined {
  const templates = templatesOf(trial);
  const [first] = trial.patch;
  const holders = trial.violations.map(({ operation }) => operation.place);
  const patches = findings.map((candidate) => {
    const { finding, rule } = candidate;
    const patch = patchOf(finding);
    const isOwn =
      [...templatesOf(candidate)].every((template) => templates.has(template)) &&
      patch.every(
        (change) =>
          change.source === first?.source &&
          holders.some(({ path, source }) => source === change.source && startsWith(change.path, path)) &&
          (trial.placesChangedBy(change) ?? [[], []]).length === 1,
      );
    return isOwn && rule.fix !== 'none' && ['safe', 'suggested'].includes(finding.fix) ? patch : [];
  });
  if (patches.some((patch) => patch.length === 0)) return undefined;
  const also = [...trial.also, ...findings.map(({ finding }) => finding)];
  // Two rules may ask for the same header.
  const added = new Map(patches.flat().map((change) => [change.path.join('\n'), change]));
  return { ...trial, patch: [...trial.patch, ...added.values()], also };
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((key, index) => path[index] === key);
}

/**
 * Makes a fix in the data.
 *
 * @param old receives the data that the files had before
 * @returns whether it could be made
 */
function apply({ patch, placesChangedBy }: Trial, old: Map<TextFile, unknown>): boolean {
  for (const change of patch) {
    const file = textFileOf(change.source);
    if (!canApply(file.data, change)) return false;
    if (!old.has(file)) old.set(file, file.data);
    for (const place of placesChangedBy(change) ?? []) file.replaceData(changedAt(file.data, change, place));
  }
  return true;
}

/** Divides fixes into some that concern separate paths, and the rest. */
function divided<T extends Trial>(trials: readonly T[]): { separate: T[]; rest: T[] } {
  const [separate, rest]: [T[], T[]] = [[], []];
  const concerned = new Set<string>();
  for (const trial of trials) {
    const templates = [...templatesOf(trial)];
    (templates.some((template) => concerned.has(template)) ? rest : separate).push(trial);
    for (const template of templates) concerned.add(template);
  }
  return { separate, rest };
}

/** The entry documents of the descriptions that fixes concern. */
function entriesOf(trials: readonly Trial[]): TextFile[] {
  const sources = trials.flatMap(({ violations }) => violations.map(({ operation }) => sourceOfRoot(operation.place)));
  return [...new Set(sources)].map(textFileOf);
}

function sourceOfRoot(place: Place): Source {
  let root = place;
  while (root.parent !== undefined) root = root.parent;
  return root.source;
}
