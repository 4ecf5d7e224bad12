/** The guidelines that a team can follow. Each has a ruleset of its name. */
export type GuidelineName = 'atlassian' | 'haufe' | 'rfc9110' | 'zalando';

/** How strongly a source asks for something, whatever words it has for it. */
type Strength = 'requires' | 'recommends' | 'permits';

/**
 * How directly a citation bears on a description: the section `states` what the rule says; it `implies` it, by what it
 * asks of servers and clients, which a description may be silent about; or it merely `suggests` it.
 */
export type Bearing = 'states' | 'implies' | 'suggests';

/** A section of a source. */
export interface Section {
  /** Its name or number, as the source has it. */
  readonly name: string;
  /** Where it is read today. */
  readonly url: string;
  /** Where it stood in 2016, if it has moved since. */
  readonly formerUrl?: string;
  /** What it says on the subject: one sentence of it in quotation marks, or its gist. */
  readonly says: string;
}

/** A document that citations point to. */
export interface Publication<Name extends string = string> {
  /** The guideline that it belongs to. */
  readonly guideline: GuidelineName;
  /** What a message calls it. */
  readonly label: string;
  readonly title: string;
  readonly company: string;
  /** When it was published, or first reviewed where it bears no date (ISO 8601). */
  readonly date: string;
  /** When the API Stylebook read it (ISO 8601), for those that it has read. */
  readonly reviewDate?: string;
  /** Where it is read today. */
  readonly url: string;
  /** Where it stood in 2016, if it has moved since. */
  readonly formerUrl?: string;
  readonly sections: Readonly<Record<Name, Section>>;
}

/** A statement in a source that a rule rests on. */
export interface Citation {
  readonly publication: Publication;
  readonly section: Section;
  /** The source's own word for how strongly it asks: `MUST`, `SHOULD NOT`, `advice`. */
  readonly keyword: string;
  readonly strength: Strength;
  readonly bearing: Bearing;
}

/** How severe a finding is, in Spectral's words, most severe first. */
export const severities = ['error', 'warn', 'info', 'hint'] as const;

export type Severity = (typeof severities)[number];

/**
 * The severity that a citation carries: an error where the source requires what the rule says, a warning where it recommends
 * it, information where it permits it; one step less where it only implies it, two where it suggests it.
 */
export function severityOf({ strength, bearing }: Citation): Severity {
  const strongest = ['requires', 'recommends', 'permits'].indexOf(strength);
  const steps = ['states', 'implies', 'suggests'].indexOf(bearing);
  return severities[Math.min(strongest + steps, severities.length - 1)] as Severity;
}

/** A way to cite the sections of a source under one keyword. */
type Cite<Name extends string> = (section: Name, bearing?: Bearing) => Citation;

export function citing<Name extends string>(
  source: Publication<Name>,
  keyword: string,
  strength: Strength,
): Cite<Name> {
  return (name, bearing = 'states') => {
    return { publication: source, section: source.sections[name], keyword, strength, bearing };
  };
}

/** Citations by the words of RFC 2119, each bearing `states` unless said otherwise. */
export function inTheWordsOfRfc2119<Name extends string>(source: Publication<Name>) {
  return {
    must: citing(source, 'MUST', 'requires'),
    mustNot: citing(source, 'MUST NOT', 'requires'),
    should: citing(source, 'SHOULD', 'recommends'),
    shouldNot: citing(source, 'SHOULD NOT', 'recommends'),
    may: citing(source, 'MAY', 'permits'),
    /** A statement of fact or a definition: what contradicts it is wrong. */
    defines: citing(source, 'definition', 'requires'),
  };
}
