import { defused } from '../../../visible-text.js';

/** A value as JSON, with control characters of a terminal escaped. Parsing it gives the same value. */
export function jsonText(value: unknown, indent: string | number): string {
  return defusedJson(JSON.stringify(value, null, indent));
}

/** JSON with control characters of a terminal escaped, except its own line breaks and tabs. */
export function defusedJson(json: string): string {
  return defused(json, (character) => (character === '\n' || character === '\t' ? character : escapesOf(character)));
}

/** The JSON escapes of a character, one for each UTF-16 code unit. */
function escapesOf(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return units.map((unit) => `\\u${unit}`).join('');
}
