import type { Path } from '../json.js';
import type { FixKind, FixOperation } from '../obligation.js';
import type { PatchOperation } from '../patch.js';
import type { Rule } from '../rule.js';
import { composed, type TextEdit } from '../text-editor/text-edits.js';

/** What happened to a finding. */
export interface FixOutcome {
  readonly rule: Rule;
  readonly message: string;
  /** The file that the fix is, or would be, written to. */
  readonly file: string;
  readonly kind: 'fixed' | 'declined' | 'left';
  /** Why it was declined. */
  readonly reason?: string;
  /** Who can fix a finding that was left; absent if only the author of the description can. */
  readonly fix?: FixKind;
}

/** A file whose text has changed. */
export interface ChangedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly edits: readonly TextEdit[];
  /** The changes to its data, in order. Where an alias shows the changed text elsewhere, the data there has changed too. */
  readonly patch: readonly FixOperation[];
  /** The same changes, each at every path at which the data shows it. */
  readonly operations: readonly PatchOperation[];
  /** Its data; the new shares with the old what has not changed. */
  readonly data: { readonly before: unknown; readonly after: unknown };
  /** Which rule has changed which paths in the data. */
  readonly causes: readonly { readonly rule: Rule; readonly places: readonly Path[] }[];
}

/** The result of fixing some descriptions. */
export interface FixResult {
  /** How many of the files are descriptions. */
  readonly descriptions: number;
  /** The rules that were on for at least one of them. */
  readonly rules: ReadonlySet<Rule>;
  readonly outcomes: readonly FixOutcome[];
  readonly changed: readonly ChangedFile[];
  /** The `$ref`s that could not be followed, and their files. What they lead to was not changed. */
  readonly invalidReferences: readonly { readonly file: string; readonly path: Path }[];
}

/**
 * One result for two fixes, the second of which started from the texts that the first had written.
 *
 * @returns what was fixed by either, and what the second declined or left; one change per file, from its first text to its last
 */
export function combined(first: FixResult, second: FixResult): FixResult {
  const changed = new Map(first.changed.map((change) => [change.file, change]));
  for (const change of second.changed) {
    const earlier = changed.get(change.file);
    changed.set(change.file, earlier === undefined ? change : inSequence(earlier, change));
  }
  const outcomes = [...first.outcomes.filter(({ kind }) => kind === 'fixed'), ...second.outcomes];
  return { ...second, outcomes, changed: [...changed.values()] };
}

function inSequence(first: ChangedFile, second: ChangedFile): ChangedFile {
  const edits = composed(first.before.length, first.edits, second.edits);
  const data = { before: first.data.before, after: second.data.after };
  const causes = [...first.causes, ...second.causes];
  const patch = [...first.patch, ...second.patch];
  const operations = [...first.operations, ...second.operations];
  return { ...first, after: second.after, edits, patch, operations, data, causes };
}
