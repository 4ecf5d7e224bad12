import { defused } from '../../../visible-text.js';

/** A value as JSON in which nothing that a terminal would act upon is left as it is. Who parses it gets the same value. */
export function jsonText(value: unknown, indent: string | number): string {
  return defusedJson(JSON.stringify(value, null, indent));
}

/** JSON with escapes for what a terminal would act upon, but for the blanks that it is laid out with. */
export function defusedJson(json: string): string {
  return defused(json, (character) => (character === '\n' || character === '\t' ? character : escapesOf(character)));
}

/** The escapes of the UTF-16 code units of a character. */
function escapesOf(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return units.map((unit) => `\\u${unit}`).join('');
}
