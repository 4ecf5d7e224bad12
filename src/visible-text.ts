/**
 * What a terminal or the log of a CI service obeys or hides: control characters, which move the cursor or begin an escape sequence;
 * line breaks; marks that turn the direction of writing; halves of surrogate pairs and code points that are no characters; and `##[`,
 * `##vso[` and `##teamcity[`. The joiners U+200C and U+200D stay: they only shape the letters around them, and languages need them.
 */
const commanding =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]|(?![\u200C\u200D])\p{Cf}|#(?=#(?:\[|vso\[|teamcity\[))/gu;

const names: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Replaces each character that a terminal, or the log of a CI service, would act upon. */
export function defused(text: string, instead: (character: string) => string): string {
  return text.replace(commanding, instead);
}

/** A text that is safe to print, in one line: what a terminal would act upon is written as an escape, such as `\n` or `\u001B`. */
export function visible(text: string): string {
  return defused(text, (character) => names[character] ?? codeOf(character));
}

/** Lines that are safe to print. Line breaks and tabs stay. */
export function visibleLines(text: string): string {
  const parts = text.split(/(\t|\r?\n)/);
  return parts.map((part, index) => (index % 2 === 0 ? visible(part) : part)).join('');
}

/**
 * A file name that is safe to print, in one line. One that begins like a command to a CI service gets a prefix: `./::error::.yaml`.
 */
export function visibleName(name: string): string {
  const shown = visible(name);
  return /^\s*::/.test(shown) ? `./${shown}` : shown;
}

function codeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
