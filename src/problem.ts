import type { Path } from './json.js';
import type { Range } from './text-editor/line-index.js';

/** What is wrong with a file, whatever the rules say: plain data, which can go from one thread to another. */
export interface Problem {
  /**
   * As Spectral has it: `parser`, of a text that is not as its language has it; `unrecognized-format`, of what is no
   * description; `invalid-ref`, of a `$ref` that cannot be followed.
   */
  readonly code: 'parser' | 'unrecognized-format' | 'invalid-ref';
  readonly message: string;
  /** The absolute path of the file, or the address. */
  readonly file: string;
  readonly path: Path;
  readonly range: Range;
  /** Whether it is a name that an object has twice: a ruleset says how severe that is. Everything else is an error. */
  readonly isDuplicate?: true;
}

/** What a problem is known by: descriptions that have a file in common have its problems in common. */
export function keyOf({ code, file, path, message, range }: Problem): string {
  return JSON.stringify([code, file, path, message, range]);
}
