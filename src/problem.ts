import type { Path } from './json.js';
import type { Range } from './text-editor/line-index.js';

/** An error in a file that does not depend on the rules: plain data, which can be passed to another thread. */
export interface Problem {
  /**
   * Spectral's code: `parser` for an error of syntax or a duplicate name, `unrecognized-format` for a file that is not a description,
   * `invalid-ref` for a `$ref` that cannot be followed. Or a code of ours: `invalid-ignore` for a mistake in an exception from a rule,
   * `unused-ignore` for an exception that nothing needs.
   */
  readonly code: 'parser' | 'unrecognized-format' | 'invalid-ref' | 'invalid-ignore' | 'unused-ignore';
  readonly message: string;
  /** The absolute path of the file, or the address. */
  readonly file: string;
  readonly path: Path;
  readonly range: Range;
  /** Whether it is a duplicate name, whose severity the ruleset sets. */
  readonly isDuplicate?: true;
  /** Whether it is a warning. All other problems are errors. */
  readonly isWarning?: true;
  /** What it is about, in words that do not change with the text around it; absent if there is no saying. */
  readonly subject?: string;
}

/** A key that is the same for the same problem, found in two descriptions that share a file. */
export function problemKey({ code, file, path, message, range }: Problem): string {
  return JSON.stringify([code, file, path, message, range]);
}

/** Whether a problem leaves the meaning of its file uncertain, so that there may be more to find in it. */
export function isBroken({ code, isDuplicate }: Problem): boolean {
  return code === 'parser' && isDuplicate !== true;
}

/** The message of a problem, with its line. */
export function messageWithLine({ message, range }: Problem): string {
  return `line ${range.start.line + 1}: ${message}`;
}
