import type { Bearing, Citation, Publication, Section, Strength } from './citation.js';

/** A copy of a publication that was read. */
export interface Copy {
  /** A repository on GitHub (`owner/name`), or an address. */
  readonly from: string;
  /** The commit that was read, if it is a repository. */
  readonly commit?: string;
  /** The date of that commit, or the day on which the address was read (ISO 8601). */
  readonly date: string;
}

/** A section of a guideline that is against a rule, and what it says. */
export interface Contradiction {
  readonly section: Section;
  /** What the guideline says instead, in a sentence. */
  readonly says: string;
}

/** A guideline that a team can follow: what it asks of descriptions, rule by rule, and what it is against. */
export interface Guideline<Name extends string = string> {
  /** The name of its ruleset. */
  readonly name: Name;
  readonly publication: Publication;
  /** When the API Stylebook reviewed it, if it has (ISO 8601). */
  readonly reviewDate?: string;
  /** The copies that were read for the citations. */
  readonly copies: readonly Copy[];
  /** Its words for how strongly it asks, each with what it comes to. */
  readonly words: Readonly<Record<string, Strength>>;
  readonly sections: Readonly<Record<string, Section>>;
  /** The statements that support rules, by rule id. */
  readonly asks: Readonly<Record<string, readonly Citation[]>>;
  /** The rules that its ruleset leaves out because it says otherwise, by rule id. */
  readonly contradicts: Readonly<Record<string, Contradiction>>;
  /** What is wrong in its own examples, by the id of the rule that finds it. */
  readonly faults: Readonly<Record<string, string>>;
  /** The names of the rulesets that a team's own guideline builds on; absent for a guideline that ships. */
  readonly basedOn?: readonly string[];
  /** The rules of those that it does not ask for. */
  readonly drops?: readonly string[];
}

/** A statement that supports a rule, as a guideline's file gives it. */
export interface Statement<SectionName, Word> {
  readonly section: SectionName;
  /** The guideline's own word: one of its `words`. */
  readonly level: Word;
  /** How directly it supports the rule: `states`, unless given. */
  readonly bearing?: Bearing;
  /** What the section says on this, if that is something else than what it says in general. */
  readonly says?: string;
  readonly on?: string;
  readonly rank?: Citation['rank'];
}

/** What a guideline's file says: the data of a {@link Guideline}, with sections and words by their names. */
export interface GuidelineText<Name extends string, SectionName extends string, Word extends string> {
  /** The name of its ruleset: lower case, with hyphens. */
  readonly name: Name;
  /** Who follows it, and its name in messages. */
  readonly who: string;
  /** Who published it, if that is another name than `who`. */
  readonly publisher?: string;
  readonly title: string;
  readonly url: string;
  readonly date: string;
  readonly formerUrl?: string;
  readonly reviewDate?: string;
  readonly copies: readonly Copy[];
  readonly words: Readonly<Record<Word, Strength>>;
  readonly sections: Readonly<Record<SectionName, Section>>;
  readonly asks: Readonly<
    Record<
      string,
      Statement<NoInfer<SectionName>, NoInfer<Word>> | readonly Statement<NoInfer<SectionName>, NoInfer<Word>>[]
    >
  >;
  readonly contradicts?: Readonly<Record<string, { readonly section: NoInfer<SectionName>; readonly says: string }>>;
  readonly faults?: Readonly<Record<string, string>>;
}

/** Makes a guideline from what its file says. */
export function guideline<const Name extends string, SectionName extends string, Word extends string>(
  text: GuidelineText<Name, SectionName, Word>,
): Guideline<Name> {
  const { name, who, publisher = who, title, url, date, formerUrl, reviewDate, copies, words, sections } = text;
  const publication: Publication = { label: who, title, publisher, date, url, ...(formerUrl && { formerUrl }) };
  const cited = ({ section, level, bearing = 'states', says, on, rank }: Statement<SectionName, Word>): Citation => ({
    publication,
    section: says === undefined ? sections[section] : { ...sections[section], says },
    keyword: level,
    strength: words[level],
    bearing,
    ...(on && { on }),
    ...(rank && { rank }),
  });
  // Most runs need the statements of no guideline, or of one.
  let asks: Guideline['asks'] | undefined;
  const readAsks = () =>
    Object.fromEntries(Object.entries(text.asks).map(([id, statements]) => [id, [statements].flat().map(cited)]));
  const contradicts = Object.entries(text.contradicts ?? {}).map(([id, { section, says }]) => [
    id,
    { section: sections[section], says },
  ]);
  return {
    name,
    publication,
    ...(reviewDate && { reviewDate }),
    copies,
    words,
    sections,
    get asks() {
      return (asks ??= readAsks());
    },
    contradicts: Object.fromEntries(contradicts),
    faults: text.faults ?? {},
  };
}
