/**
 * Makes the directives of a YAML text readable for a parser that accepts only `%YAML 1.2` and rejects unknown directives. A
 * reader should ignore unknown directives, and read other versions 1.x (YAML 1.2.2 §6.8). Tools for OpenAPI read all of them as
 * 1.2.
 *
 * @returns a text of the same length, in which everything else is unchanged
 */
export function withKnownDirectives(text: string): string {
  const [prologue] = /^\uFEFF?(?:(?:[ \t]*(?:#.*)?|%.*)\r?\n)*/.exec(text) ?? [''];
  if (!prologue.includes('%')) return text;
  const known = prologue.replaceAll(/^(%YAML[ \t]+1\.)\d(?=\s)/gm, '$12').replaceAll(/^%(?!YAML\s|TAG\s)/gm, '#');
  return known + text.slice(prologue.length);
}
