import type { Section } from './citation.js';

/**
 * The sections of an RFC, with their addresses at the RFC Editor.
 *
 * @param rfc its number, as in `rfc9110`
 * @param texts for each section number, its title and what it says
 */
export function rfcSections<Number extends string>(
  rfc: string,
  texts: Readonly<Record<Number, readonly [name: string, says: string]>>,
) {
  const url = (number: string) => `https://www.rfc-editor.org/rfc/${rfc}.html#section-${number}`;
  const sections = Object.entries<readonly [string, string]>(texts).map(([number, [name, says]]) => [
    number,
    { name: `§${number} ${name}`, url: url(number), says },
  ]);
  return Object.fromEntries(sections) as Record<Number, Section>;
}
