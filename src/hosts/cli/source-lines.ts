import { contentsOf } from '../../files/regular-file.js';
import { decoded } from '../../files/reading.js';
import type { TextFile } from '../../files/text-file.js';
import { LineIndex } from '../../text-editor/line-index.js';

/**
 * A function that returns a line, counted from 0, of a text that was passed in or of a file on disk; `undefined` for a document on the
 * network. To split a large text into all its lines would take as long as to lint it.
 *
 * @param texts those that were passed in, by the name of the file
 * @param read files that have been read already, by their absolute paths
 */
export function sourceLines(
  texts: ReadonlyMap<string, string>,
  read: ReadonlyMap<string, TextFile> = new Map(),
): (file: string, line: number) => string | undefined {
  const known = new Map<string, Pick<TextFile, 'lineAt'>>();
  return (file, line) => {
    if (file.includes('://')) return undefined;
    let found = known.get(file);
    if (found === undefined) {
      const text = texts.get(file);
      found = (text === undefined ? read.get(file) : undefined) ?? new LineIndex(text ?? textOf(file));
      known.set(file, found);
    }
    return found.lineAt(line);
  };
}

/** The text of a file as it was linted, whatever its encoding; empty if it can no longer be read. */
function textOf(file: string): string {
  try {
    return decoded(file, contentsOf(file));
  } catch {
    return '';
  }
}
