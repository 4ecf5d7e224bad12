import type { Citation, Publication, Section, Strength } from './citation.js';

/** What an RFC says of conditional requests: its title and date, and for each section number its title and what it says. */
interface RfcText<Number extends string> {
  readonly title: string;
  /** When it was published (ISO 8601). */
  readonly date: string;
  readonly sections: Readonly<Record<Number, readonly [name: string, says: string]>>;
}

/** Cites a section of an RFC under one keyword. The bearing is `states` unless given. */
type Cite<Number extends string> = (number: Number, bearing?: Citation['bearing'], on?: string) => Citation;

/** Functions that cite an RFC by the keywords of RFC 2119. */
export interface RfcCitations<Number extends string> extends Record<
  'must' | 'mustNot' | 'should' | 'shouldNot' | 'may',
  Cite<Number>
> {
  /** Cites a statement of fact or a definition, which a description must not contradict. */
  readonly defines: Cite<Number>;
  readonly publication: Publication;
  readonly sections: Readonly<Record<Number, Section>>;
}

/**
 * An RFC, with the addresses of its sections at the RFC Editor.
 *
 * @param number of the RFC: `9110`
 */
export function rfc<Number extends string>(number: number, text: RfcText<Number>): RfcCitations<Number> {
  const { title, date } = text;
  const url = `https://www.rfc-editor.org/rfc/rfc${number}.html`;
  const publication = { label: `RFC ${number}`, title, publisher: 'IETF', date, url };
  const entries = Object.entries<readonly [string, string]>(text.sections).map(([section, [name, says]]) => [
    section,
    { name: `§${section} ${name}`, number: section, url: `${url}#section-${section}`, says },
  ]);
  const sections = Object.fromEntries(entries) as Record<Number, Section>;
  const citing = (keyword: string, strength: Strength): Cite<Number> => {
    return (section, bearing = 'states', on) => {
      return { publication, section: sections[section], keyword, strength, bearing, ...(on && { on }) };
    };
  };
  return {
    must: citing('MUST', 'requires'),
    mustNot: citing('MUST NOT', 'requires'),
    should: citing('SHOULD', 'recommends'),
    shouldNot: citing('SHOULD NOT', 'recommends'),
    may: citing('MAY', 'permits'),
    defines: citing('definition', 'requires'),
    publication,
    sections,
  };
}
