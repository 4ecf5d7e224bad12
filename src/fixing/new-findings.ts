import type { Violation } from '../check.js';
import { addToGroup } from '../grouping.js';
import type { Operation } from '../model/operation.js';
import type { Place } from '../model/place.js';
import type { FixOperation } from '../obligation.js';
import type { Rule } from '../rule.js';

/** A finding, as far as it is compared with others. */
export interface ComparedFinding {
  readonly rule: Rule;
  readonly violations: readonly Violation[];
  /** Identifies the finding, also after other findings have been fixed. */
  readonly key: string;
}

/** A finding that a change has brought, for one of the operations that it is about. */
export interface NewFinding<Found extends ComparedFinding = ComparedFinding> extends Violation {
  readonly finding: Found;
}

/**
 * The findings that a change has brought. They are counted by rule and operation: a rule's new findings about an operation count only
 * if they outnumber those that have gone. An old finding about a shared part is not new to another operation that now shares the part.
 *
 * @param hasSeveral whether several changes were made for an operation: the finding that one of them brings is then new, although
 *   another makes one go
 */
export function newFindings<Found extends ComparedFinding>(
  before: readonly ComparedFinding[],
  after: readonly Found[],
  hasSeveral: (operation: Operation) => boolean = () => false,
): NewFinding<Found>[] {
  const known = new Set(before.map(({ key }) => key));
  const appeared = new Map<string, NewFinding<Found>[]>();
  for (const finding of after) {
    if (known.has(finding.key)) continue;
    for (const [key, violation] of byOperation(finding)) {
      addToGroup(appeared, key, { finding, ...violation });
    }
  }
  if (appeared.size === 0) return [];
  const left = new Set(after.map(({ key }) => key));
  const gone = new Map<string, number>();
  for (const finding of before) {
    if (left.has(finding.key)) continue;
    for (const key of byOperation(finding).keys()) gone.set(key, (gone.get(key) ?? 0) + 1);
  }
  return [...appeared].flatMap(([key, found]) => {
    const isOutnumbered = found.length <= (gone.get(key) ?? 0);
    return isOutnumbered && !found.some(({ operation }) => hasSeveral(operation)) ? [] : found;
  });
}

/** One violation of each operation that a finding is about, by the rule and the place of the operation. */
function byOperation({ rule, violations }: ComparedFinding): Map<string, Violation> {
  return new Map(violations.map((violation) => [`${rule.id}\n${keyOfOperation(violation.operation)}`, violation]));
}

/** Identifies an operation, however often its description is read. */
export function keyOfOperation({ place: { source, path } }: Operation): string {
  return [source.uri, ...path].join('\n');
}

/** Why a fix that leads to a finding is declined. */
function whyNotLeadingTo({ finding, operation }: NewFinding): string {
  return `it would lead to ${finding.rule.id} on ${operation.label}`;
}

/** A fix that was made. */
interface MadeFix extends ComparedFinding {
  readonly patch: readonly FixOperation[];
}

/** The findings at the beginning of a round, and the fixes that were then made. */
interface Round {
  readonly found: readonly ComparedFinding[];
  readonly made: MadeFix[];
}

/** What a fix of some texts has found and done, round by round. */
export class FixHistory {
  readonly #rounds: Round[] = [];

  /** Begins a round. */
  found(findings: readonly ComparedFinding[]): void {
    this.#rounds.push({ found: findings, made: [] });
  }

  made(fix: MadeFix): void {
    this.#rounds.at(-1)?.made.push(fix);
  }

  /** Why fixes should not have been made, by the keys of their findings: each led to a finding that was not there before. */
  refusals(): Map<string, string> {
    const refused = new Map<string, string>();
    const [first] = this.#rounds;
    const last = this.#rounds.at(-1);
    let brought = first && last ? newFindings(first.found, last.found) : [];
    // The round that brought a finding is the first after which it was always there.
    for (const { found, made } of this.#rounds.slice(0, -1).toReversed()) {
      if (first === undefined || brought.length === 0) break;
      const there = new Set(newFindings(first.found, found).map(subjectOf));
      const onPath = new Map<string, MadeFix[]>();
      for (const fix of made) for (const template of templatesOf(fix)) addToGroup(onPath, template, fix);
      for (const finding of brought) {
        if (there.has(subjectOf(finding))) continue;
        for (const { key } of guiltyAmong(onPath.get(finding.operation.template) ?? made, finding)) {
          if (!refused.has(key)) refused.set(key, whyNotLeadingTo(finding));
        }
      }
      brought = brought.filter((finding) => there.has(subjectOf(finding)));
    }
    return refused;
  }
}

function subjectOf({ finding: { rule }, operation }: NewFinding): string {
  return `${rule.id}\n${keyOfOperation(operation)}`;
}

/** The paths of the operations that a finding is about. */
export function templatesOf({ violations }: Pick<ComparedFinding, 'violations'>): Set<string> {
  return new Set(violations.map(({ operation }) => operation.template));
}

/** The fixes that may have led to a finding: those that have changed what it is about, or else all. */
function guiltyAmong(fixes: readonly MadeFix[], { obligation }: NewFinding): readonly MadeFix[] {
  const about = [obligation.place, obligation.cause?.entry];
  const direct = fixes.filter(({ patch }) =>
    patch.some((change) => about.some((place) => place !== undefined && isChangedBy(place, change))),
  );
  return direct.length > 0 ? direct : fixes;
}

/** Whether a change has added what is at a place, or has replaced a value in the object around it. */
function isChangedBy({ source, path }: Place, change: FixOperation): boolean {
  const changed = change.op === 'replace' ? change.path.slice(0, -1) : change.path;
  return source === change.source && changed.every((key, index) => path[index] === key);
}
