import {
  type Bearing,
  type Citation,
  type Publication,
  rfc2119,
  type Section,
  severities,
  type Severity,
  type Strength,
} from './citation.js';
import type { Guideline } from './guideline.js';

/** What a team's own guideline says in support of a rule. */
export interface OwnStatement {
  /** A word of RFC 2119, or one of the guideline's `words`. */
  readonly level: string;
  /** The name of the section, with its number if it has one. */
  readonly section?: string;
  /** The anchor of the section in the guideline, or the address of another page. */
  readonly anchor?: string;
  /** What it says, in a sentence. */
  readonly says?: string;
}

/** A team's own guideline, as a file describes it. */
export interface OwnGuidelineText {
  /** Whose it is: the name in messages. */
  readonly who: string;
  readonly title: string;
  readonly url: string;
  /** The rulesets that it builds on: it asks for what they ask for, too, unless it says otherwise. */
  readonly basedOn?: string | readonly string[];
  /** Its words for how strongly it asks, beside those of RFC 2119, each with the severity that it leads to. */
  readonly words?: Readonly<Record<string, Severity>>;
  /** What it asks, by rule id; or `off` for a rule of `basedOn` that it does not ask for. */
  readonly rules?: Readonly<Record<string, OwnStatement | 'off'>>;
}

/** The strength and the bearing that lead to each severity. */
const meanings: Readonly<Record<Severity, readonly [Strength, Bearing]>> = {
  error: ['requires', 'states'],
  warn: ['recommends', 'states'],
  info: ['permits', 'states'],
  hint: ['permits', 'implies'],
};

/** The words of a team's own guideline, with the severities that they lead to. */
export function ownWords({ words = {} }: Pick<OwnGuidelineText, 'words'>): Record<string, Severity> {
  const usual = Object.entries(rfc2119).map(([word, strength]) => {
    return [word, severities.find((severity) => meanings[severity][0] === strength)];
  });
  return { ...Object.fromEntries(usual), ...words };
}

/**
 * A team's own guideline.
 *
 * @param text what its file says; the file has been checked
 * @param name its name beside those of the rulesets that ship, which contain no dot: the name of its file
 */
export function ownGuideline(text: OwnGuidelineText, name: string): Guideline {
  const { who, title, url, basedOn = [], rules = {} } = text;
  const publication: Publication = { label: who, title, publisher: who, date: '', url };
  const words = ownWords(text);
  const cited = ({ level, section = title, anchor, says = `It asks for it.` }: OwnStatement): Citation => {
    const [strength, bearing] = meanings[words[level] ?? 'warn'];
    return {
      publication,
      section: ownSection(section, addressOf(anchor, url), says),
      keyword: level,
      strength,
      bearing,
    };
  };
  const asks = Object.entries(rules).flatMap(([id, asked]) => (asked === 'off' ? [] : [[id, [cited(asked)]] as const]));
  return {
    name,
    publication,
    copies: [],
    words: {},
    sections: {},
    asks: Object.fromEntries(asks),
    contradicts: {},
    faults: {},
    basedOn: [basedOn].flat(),
    drops: Object.keys(rules).filter((id) => rules[id] === 'off'),
  };
}

function ownSection(name: string, url: string, says: string): Section {
  const [, number] = /^§?\s*(\d+(?:\.\d+)*)(?![\w.])/.exec(name) ?? [];
  return { name, url, says, ...(number !== undefined && { number }) };
}

function addressOf(anchor: string | undefined, url: string): string {
  if (anchor === undefined) return url;
  return /^https?:/.test(anchor) ? anchor : `${url.split('#', 1)[0]}#${anchor.replace(/^#/, '')}`;
}
