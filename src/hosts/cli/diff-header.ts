/**
 * The lines that say which file a difference is about, before and after.
 *
 * @param name the name of the file, relative to where the difference is to be applied
 */
export function diffHeader(name: string): string {
  return `--- ${nameIn('a', name)}\n+++ ${nameIn('b', name)}\n`;
}

/** A name as git writes it: quoted as in C where it needs to be, and followed by a tab where it would seem to end at a blank. */
function nameIn(side: string, name: string): string {
  const full = `${side}/${name}`;
  if (/[^\x20-\x7E]|["\\]/.test(full)) return `"${[...Buffer.from(full)].map(quoted).join('')}"`;
  return full.includes(' ') ? `${full}\t` : full;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
};

/** A byte of a name between quotation marks. */
function quoted(byte: number): string {
  const character = String.fromCharCode(byte);
  const isPlain = byte >= 0x20 && byte < 0x7f;
  return escapes[character] ?? (isPlain ? character : `\\${byte.toString(8).padStart(3, '0')}`);
}
