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
      last = { file, lines: text === undefined ? (read.get(file) ?? linesOf(file)) : new LineIndex(text) };
    }
    return last.lines.lineAt(line);
  };
}

/**
 * The lines of a file as it was linted, whatever its encoding; empty if they can no longer be read. Only those that are asked for are
 * decoded, a few of thousands; one that is asked for again, as the only line of a text may be, only once.
 */
function linesOf(file: string): Pick<TextFile, 'lineAt'> {
  const lines = new LineIndex(orEmpty(() => contentsOf(file).toString('latin1')));
  let last: { readonly line: number; readonly text: string } | undefined;
  return {
    lineAt(line) {
      if (last?.line !== line)
        last = { line, text: orEmpty(() => decoded(file, Buffer.from(lines.lineAt(line), 'latin1'))) };
      return last.text;
    },
  };
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
