import type { Path } from './json.js';
import type { Range } from './text-editor/line-index.js';

/** The severities as Spectral and the Language Server Protocol (which counts from 1) number them: error, warn, info, hint. */
export type SeverityNumber = 0 | 1 | 2 | 3;

/** What is wrong with a file, in the shape of Spectral's results. */
export interface Result {
  /** The id of a rule; or `parser`, of a description that cannot be read. */
  readonly code: string;
  readonly path: Path;
  readonly message: string;
  readonly severity: SeverityNumber;
  readonly range: Range;
  /** The absolute path of the file, or what standard input is called. */
  readonly source: string;
  /** The section that the rule is taken from. */
  readonly documentationUrl?: string;
  /** What puts it right, where that was asked for and can be had. */
  readonly fix?: ResultFix;
}

/** What puts a result right, be it in another file than the one that the result is in. */
export interface ResultFix {
  /** Whether it only corrects the description, and says nothing new about the server. */
  readonly isSafe: boolean;
  /** The absolute path of the file that is changed. */
  readonly file: string;
  readonly edits: readonly { readonly range: Range; readonly text: string }[];
}
