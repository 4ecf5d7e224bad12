/** The guidelines that a team can follow. Each has a ruleset of the same name. */
export type GuidelineName = 'atlassian' | 'haufe' | 'rfc9110' | 'zalando';

/** How strongly a source asks for something, in whatever words. */
type Strength = 'requires' | 'recommends' | 'permits';

/**
 * How directly a citation supports a rule. The section `states` what the rule says; or it `implies` it, because it asks something of
 * servers or clients that the description should show; or it merely `suggests` it, as background.
 */
export type Bearing = 'states' | 'implies' | 'suggests';

/** A section of a publication. */
export interface Section {
  /** Its name or number in the publication. */
  readonly name: string;
  /** Its address today. */
  readonly url: string;
  /** Its address in 2016, if it has moved since. */
  readonly formerUrl?: string;
  /** What it says on the subject: a quotation, or a summary. */
  readonly says: string;
}

/** A document that rules cite. */
export interface Publication<Name extends string = string> {
  /** The guideline that it belongs to. */
  readonly guideline: GuidelineName;
  /** Its name in messages. */
  readonly label: string;
  readonly title: string;
  readonly company: string;
  /** When it was published; if it has no date, when it was first reviewed (ISO 8601). */
  readonly date: string;
  /** When the API Stylebook reviewed it, if it has (ISO 8601). */
  readonly reviewDate?: string;
  /** Its address today. */
  readonly url: string;
  /** Its address in 2016, if it has moved since. */
  readonly formerUrl?: string;
  readonly sections: Readonly<Record<Name, Section>>;
}

/** A statement in a publication that supports a rule. */
export interface Citation {
  readonly publication: Publication;
  readonly section: Section;
  /** The publication's own word for how strongly it asks: `MUST`, `SHOULD NOT`, `advice`. */
  readonly keyword: string;
  readonly strength: Strength;
  readonly bearing: Bearing;
}

/** How severe a finding is, in Spectral's words, most severe first. */
export const severities = ['error', 'warn', 'info', 'hint'] as const;

export type Severity = (typeof severities)[number];

/**
 * The severity that follows from a citation: an error for what the publication requires, a warning for what it recommends, information
 * for what it permits. It is one step less severe for what it implies, and two for what it suggests.
 */
export function severityOf({ strength, bearing }: Citation): Severity {
  const strongest = ['requires', 'recommends', 'permits'].indexOf(strength);
  const steps = ['states', 'implies', 'suggests'].indexOf(bearing);
  return severities[Math.min(strongest + steps, severities.length - 1)] as Severity;
}

/** Cites a section of a publication under one keyword. */
type Cite<Name extends string> = (section: Name, bearing?: Bearing) => Citation;

/**
 * A function that cites the sections of a publication under one keyword.
 *
 * @param keyword the publication's own word
 */
export function citing<Name extends string>(
  source: Publication<Name>,
  keyword: string,
  strength: Strength,
): Cite<Name> {
  return (name, bearing = 'states') => {
    return { publication: source, section: source.sections[name], keyword, strength, bearing };
  };
}

/** Functions that cite a publication by the keywords of RFC 2119. The bearing is `states` unless given. */
export function inTheWordsOfRfc2119<Name extends string>(source: Publication<Name>) {
  return {
    must: citing(source, 'MUST', 'requires'),
    mustNot: citing(source, 'MUST NOT', 'requires'),
    should: citing(source, 'SHOULD', 'recommends'),
    shouldNot: citing(source, 'SHOULD NOT', 'recommends'),
    may: citing(source, 'MAY', 'permits'),
    /** A statement of fact or a definition, which a description must not contradict. */
    defines: citing(source, 'definition', 'requires'),
  };
}
