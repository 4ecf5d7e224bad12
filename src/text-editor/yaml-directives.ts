/**
 * A YAML text for a parser that only takes `%YAML 1.2` and no directives that are yet to be (YAML 1.2.2 §6.8: to be passed over, as
 * is another version 1.x). What differs between versions 1.1 and 1.2, tools for OpenAPI read as 1.2 has it.
 *
 * @returns a text of the same length, where everything stands where it stood
 */
export function withKnownDirectives(text: string): string {
  const [prologue] = /^\uFEFF?(?:(?:[ \t]*(?:#.*)?|%.*)\r?\n)*/.exec(text) ?? [''];
  if (!prologue.includes('%')) return text;
  const known = prologue.replaceAll(/^(%YAML[ \t]+1\.)\d(?=\s)/gm, '$12').replaceAll(/^%(?!YAML\s|TAG\s)/gm, '#');
  return known + text.slice(prologue.length);
}
