/**
 * The two lines of a diff that name the file, before and after.
 *
 * @param name the path of the file, relative to the folder where the diff is applied
 * @param isNew whether the file is not there before
 */
export function diffHeader(name: string, isNew: boolean): string {
  return `--- ${isNew ? '/dev/null' : nameIn('a', name)}\n+++ ${nameIn('b', name)}\n`;
}

/** A name as git writes it: quoted as in C if it has special characters, and followed by a tab if it has a space. */
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

/** A byte of a quoted name. */
function quoted(byte: number): string {
  const character = String.fromCharCode(byte);
  const isPlain = byte >= 0x20 && byte < 0x7f;
  return escapes[character] ?? (isPlain ? character : `\\${byte.toString(8).padStart(3, '0')}`);
}
