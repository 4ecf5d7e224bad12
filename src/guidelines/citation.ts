/** How strongly a source asks for something, in whatever words. */
export type Strength = 'requires' | 'recommends' | 'permits';

/**
 * How directly a citation supports a rule. The section `states` what the rule says; or it `implies` it, because it asks something of
 * servers or clients that the description should show; or it merely `suggests` it, as background.
 */
export type Bearing = 'states' | 'implies' | 'suggests';

/** A section of a publication. */
export interface Section {
  /** Its name in the publication, with its number if it has one. */
  readonly name: string;
  /** Its number alone, if messages are to give it: `15.4.5`. */
  readonly number?: string;
  /** Its address today. */
  readonly url: string;
  /** Its address in 2016, if it has moved since. */
  readonly formerUrl?: string;
  /** What it says on the subject: a quotation of a few words, or a summary. */
  readonly says: string;
}

/** A document that rules cite. */
export interface Publication {
  /** Its name in messages. */
  readonly label: string;
  readonly title: string;
  /** Who published it. */
  readonly publisher: string;
  /** When it was published; if it has no date, the oldest date that is known of it (ISO 8601). */
  readonly date: string;
  /** Its address today. */
  readonly url: string;
  /** Its address in 2016, if it has moved since. */
  readonly formerUrl?: string;
}

/** A statement in a publication that supports a rule. */
export interface Citation {
  readonly publication: Publication;
  readonly section: Section;
  /** The publication's own word for how strongly it asks: `MUST`, `SHOULD NOT`, `advice`. */
  readonly keyword: string;
  readonly strength: Strength;
  readonly bearing: Bearing;
  /** The only aspect of the rule that it supports, if the rule has several (see `aspects` of a rule). */
  readonly on?: string;
  /**
   * Where findings name it if nobody's guideline is followed: `first`, or `last`. Otherwise HTTP comes before the guidelines, and these
   * in the order of their list.
   */
  readonly rank?: 'first' | 'last';
}

/** How severe a finding is, in Spectral's words, most severe first. */
export const severities = ['error', 'warn', 'info', 'hint'] as const;

export type Severity = (typeof severities)[number];

/**
 * The severity that follows from a citation: an error for what the publication requires, a warning for what it recommends, information
 * for what it permits. It is one step less severe for what it implies, and two for what it suggests.
 */
export function severityOf({ strength, bearing }: Pick<Citation, 'strength' | 'bearing'>): Severity {
  const step = ['requires', 'recommends', 'permits'].indexOf(strength);
  const less = ['states', 'implies', 'suggests'].indexOf(bearing);
  return severities[Math.min(step + less, severities.length - 1)] as Severity;
}

/** The most severe of some severities; `undefined` if there are none. */
export function strongest(candidates: readonly Severity[]): Severity | undefined {
  return severities.find((severity) => candidates.includes(severity));
}

/** The keywords of RFC 2119. */
export const rfc2119 = {
  MUST: 'requires',
  'MUST NOT': 'requires',
  REQUIRED: 'requires',
  SHALL: 'requires',
  'SHALL NOT': 'requires',
  SHOULD: 'recommends',
  'SHOULD NOT': 'recommends',
  RECOMMENDED: 'recommends',
  'NOT RECOMMENDED': 'recommends',
  MAY: 'permits',
  OPTIONAL: 'permits',
} as const satisfies Readonly<Record<string, Strength>>;
