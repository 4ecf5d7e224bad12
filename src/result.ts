import type { FixKind } from './obligation.js';
import type { Path } from './json.js';
import type { ShownExchange } from './observe/redaction.js';
import type { Range } from './text-editor/line-index.js';

/** The severities as Spectral and the Language Server Protocol (which counts from 1) number them: error, warn, info, hint. */
export type SeverityNumber = 0 | 1 | 2 | 3;

/** What is reported about a file, in the shape of Spectral's results. */
export interface Result {
  /** The id of a rule; or the code of a problem, such as `parser`. */
  readonly code: string;
  readonly path: Path;
  readonly message: string;
  /** The message of a finding without its sources and its full stop. */
  readonly statement?: string;
  /** The sources that the message of a finding names. */
  readonly sources?: readonly string[];
  /** Who can fix a finding. */
  readonly fixKind?: FixKind;
  readonly severity: SeverityNumber;
  readonly range: Range;
  /** The absolute path of the file, or the name of standard input. */
  readonly source: string;
  /** The section that the rule cites first. */
  readonly documentationUrl?: string;
  /** The request and the response that show it, if it is about what a server did. */
  readonly exchange?: ShownExchange;
  /** Its fix, if fixes were wanted and there is one. */
  readonly fix?: ResultFix;
  /** What it is about, in words that do not change with the text around it; absent if there is no saying. */
  readonly subject?: Subject;
  /** Whether a baseline had it already; absent without a baseline. */
  readonly baselineState?: 'new' | 'unchanged';
  /** Why it is not shown: an exception in the description, or the baseline. */
  readonly suppression?: Suppression;
}

/** What a result is about. */
export interface Subject {
  /** The absolute path, or the address, of the document, even if an overlay has added it. */
  readonly file: string;
  /** One text, or one for each of several members that are missing. */
  readonly about: readonly string[];
}

/** Why a result is not shown, in the words of SARIF 2.1.0 §3.35. */
export interface Suppression {
  /** `inSource` for an exception in the description, `external` for the baseline. */
  readonly kind: 'inSource' | 'external';
  /** The reason that its author gives. */
  readonly justification?: string | undefined;
}

/** The fix of a result, possibly in another file. */
export interface ResultFix {
  /** Whether it only corrects the description, and says nothing about the server. */
  readonly isSafe: boolean;
  /** The absolute path of the file to change. */
  readonly file: string;
  readonly edits: readonly { readonly range: Range; readonly text: string }[];
}

/**
 * The results that have not been seen yet, in Spectral's order: by file, position and code.
 *
 * @param results those of one description; another may have had the same in a file that they share
 * @param seen the keys of the results seen so far, to which these are added
 */
export function unseenInOrder(results: readonly Result[], seen: Set<string>): Result[] {
  const unseen = results.filter((result) => {
    // A syntax error has no path, so its range identifies it.
    const where = result.path.length > 0 ? [] : [result.range];
    const key = JSON.stringify([result.code, result.source, result.path, result.message, ...where]);
    return !seen.has(key) && seen.add(key);
  });
  return unseen.toSorted(inOrder);
}

function inOrder(one: Result, other: Result): number {
  return (
    compared(one.source, other.source) ||
    one.range.start.line - other.range.start.line ||
    one.range.start.character - other.range.start.character ||
    compared(one.code, other.code) ||
    compared(one.path.join(), other.path.join())
  );
}

let collator: Intl.Collator | undefined;

/** Compares two texts. The collator is made only if they differ: making it takes longer than linting a small file. */
function compared(one: string, other: string): number {
  if (one === other) return 0;
  collator ??= new Intl.Collator();
  return collator.compare(one, other);
}
