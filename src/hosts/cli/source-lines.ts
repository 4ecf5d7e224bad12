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
  // Lines are asked for file by file. To keep all texts would take as much memory as all descriptions together.
  let last: { readonly file: string; readonly lines: Pick<TextFile, 'lineAt'> } | undefined;
  return (file, line) => {
    if (file.includes('://')) return undefined;
    if (last?.file !== file) {
      const text = texts.get(file);
      const known = text === undefined ? read.get(file) : undefined;
      last = { file, lines: known ?? new LineIndex(text ?? textOf(file)) };
    }
    return last.lines.lineAt(line);
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
