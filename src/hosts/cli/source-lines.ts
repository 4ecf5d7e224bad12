import { contentsOf } from '../../files/regular-file.js';
import { decoded } from '../../files/reading.js';
import { LineIndex } from '../../text-editor/line-index.js';

/**
 * A function that returns a line, counted from 0, of a text that was passed in or of a file on disk; `undefined` for a document on the
 * network. To split a large text into all its lines would take as long as to lint it.
 *
 * @param texts those that were passed in, by the name of the file
 */
export function sourceLines(texts: ReadonlyMap<string, string>): (file: string, line: number) => string | undefined {
  const known = new Map<string, { readonly text: string; readonly index: LineIndex }>();
  return (file, line) => {
    if (file.includes('://')) return undefined;
    let found = known.get(file);
    if (found === undefined) {
      const text = texts.get(file) ?? textOf(file);
      found = { text, index: new LineIndex(text) };
      known.set(file, found);
    }
    const { text, index } = found;
    const start = index.offsetAt({ line, character: 0 });
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    return text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
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
