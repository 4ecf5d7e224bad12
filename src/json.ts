/** A byte order mark, which editors on Windows leave at the beginning of a file. */
export const byteOrderMark = '\uFEFF';

/** Reads a text as JSON (RFC 8259), a byte order mark before it allowed; `undefined` for what is none. */
export function jsonOf(text: string): { data: unknown } | undefined {
  try {
    return { data: JSON.parse(text.startsWith(byteOrderMark) ? text.slice(1) : text) };
  } catch {
    return undefined;
  }
}
