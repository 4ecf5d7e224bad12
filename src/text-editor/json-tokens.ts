const backslash = 0x5c;

/** The offset after a string. @param start the offset of its opening quotation mark */
export function endOfString(text: string, start: number): number {
  let end = start;
  do end = text.indexOf('"', end + 1);
  while (isEscaped(text, end));
  return end + 1;
}

/** Whether an odd number of backslashes precedes an offset. */
export function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === backslash) first--;
  return (at - first) % 2 === 1;
}

/** The offset after a number or `true`, `false` or `null`. */
export function endOfWord(text: string, start: number): number {
  let at = start;
  while (isPartOfWord(text.charCodeAt(at))) at++;
  return at;
}

/** The offset after white space. */
export function endOfSpace(text: string, start: number): number {
  let at = start;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Whether a character belongs to a number or to `true`, `false` or `null`. */
export function isPartOfWord(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a) || [0x2b, 0x2d, 0x2e, 0x45].includes(code);
}
