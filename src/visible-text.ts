/**
 * What a terminal, or the log of a CI service, takes for a command, or does not show for what it is: control characters, which
 * move the cursor or begin an escape sequence; line breaks; what turns the direction of writing; halves of surrogate pairs and what is no character; and
 * `##[`, `##vso[` and `##teamcity[`. The joiners U+200C and U+200D only shape the letters around them, and languages need them.
 */
const commanding =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]|(?![\u200C\u200D])\p{Cf}|#(?=#(?:\[|vso\[|teamcity\[))/gu;

const names: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text with another one in place of each character that a terminal, or the log of a CI service, would act upon. */
export function defused(text: string, instead: (character: string) => string): string {
  return text.replace(commanding, instead);
}

/** A text as people see it, in one line, whatever is in it: what a terminal would act upon is written out, such as `\n` or `\u001B`. */
export function visible(text: string): string {
  return defused(text, (character) => names[character] ?? codeOf(character));
}

/** Lines as people see them; the breaks between them and the tabs that they are laid out with stay. */
export function visibleLines(text: string): string {
  const parts = text.split(/(\t|\r?\n)/);
  return parts.map((part, index) => (index % 2 === 0 ? visible(part) : part)).join('');
}

/**
 * The name of a file as people see it, in one line, and never what the log of a CI service takes for a command at the beginning
 * of one: `./::error::.yaml`.
 */
export function visibleName(name: string): string {
  const shown = visible(name);
  return /^\s*::/.test(shown) ? `./${shown}` : shown;
}

function codeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
