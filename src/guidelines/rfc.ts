import type { Section } from './citation.js';

/** The section of an RFC at the RFC Editor. */
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
