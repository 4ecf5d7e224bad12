import { type Citation, type Section, type Severity, severityOf, strongest } from './guidelines/citation.js';
import type { Guideline } from './guidelines/guideline.js';
import { citedGuidelines, http, namedToAll } from './guidelines/guidelines.js';
import type { Rule } from './rule.js';

/** What a guideline says in support of a rule; for HTTP, what the rule cites itself. */
export function citationsIn(guideline: Guideline, { id, cites }: Rule): readonly Citation[] {
  if (guideline.name === http.name) return cites;
  return Object.hasOwn(guideline.asks, id) ? (guideline.asks[id] ?? []) : [];
}

const ranks = ['first', undefined, 'last'] as const;

/** The citations of each rule for a reader who follows no guideline. */
const general = new WeakMap<Rule, readonly Citation[]>();

/**
 * Every citation of a rule.
 *
 * @param follows the guidelines that the reader follows: theirs come first, then those of HTTP, then the others
 */
export function citationsOf(rule: Rule, follows: readonly Guideline[] = []): readonly Citation[] {
  let all = general.get(rule);
  if (all === undefined) {
    const inOrder = [...rule.cites, ...citedGuidelines.flatMap((guideline) => citationsIn(guideline, rule))];
    all = ranks.flatMap((rank) => inOrder.filter((citation) => citation.rank === rank));
    general.set(rule, all);
  }
  if (follows.length === 0) return all;
  return [...new Set([...[...follows, http].flatMap((guideline) => citationsIn(guideline, rule)), ...all])];
}

/**
 * Whether whoever follows guidelines is asked for an aspect of a rule: by one of them, or by HTTP, in words that lead to no lesser severity
 * than the rule has under these guidelines. If none of them asks for the rule at all, the reader has chosen it, and with it all aspects.
 */
export function isAskedFor(rule: Rule, follows: readonly Guideline[], on: string | undefined): boolean {
  if (on === undefined) return true;
  const own = follows.flatMap((guideline) => citationsIn(guideline, rule));
  const speaksOfIt = (citation: Citation) => citation.on === undefined || citation.on === on;
  if (own.length === 0 || own.some(speaksOfIt)) return true;
  const severity = strongest(own.map(severityOf));
  return rule.cites.some((citation) => {
    const byHttp = severityOf(citation);
    return speaksOfIt(citation) && strongest([byHttp, severity ?? byHttp]) === byHttp;
  });
}

/** How many sources a message names. */
const mostNamed = 2;

/**
 * The sources as a message names them, each once and at most two: a guideline by its name, an RFC with the section. If a guideline that
 * the reader follows asks for it, the message names only such guidelines and HTTP. Otherwise it names HTTP and the guidelines that are
 * named to all readers; if none of these asks for it, it names the others that do.
 *
 * @param on the aspect of the rule that the message is about
 */
export function namesOfSources(rule: Rule, follows: readonly Guideline[], on?: string): string[] {
  const isFollowed = follows.some((guideline) => citationsIn(guideline, rule).length > 0);
  const about = citationsOf(rule, follows).filter((citation) => citation.on === undefined || citation.on === on);
  const named = [http, ...(isFollowed ? follows : namedToAll)].flatMap((guideline) => citationsIn(guideline, rule));
  const preferred = about.filter((citation) => named.includes(citation));
  const names = (preferred.length > 0 ? preferred : about).map(({ publication: { label }, section: { number } }) =>
    number === undefined ? label : `${label} §${number}`,
  );
  return [...new Set(names)].slice(0, mostNamed);
}

/** The section to read about a rule: of a guideline that the reader follows, or else the first that asks for it. */
export function sectionFor(rule: Rule, follows: readonly Guideline[]): Section {
  const [first] = citationsOf(rule, follows);
  if (first === undefined) throw new Error(`${rule.id} has no source`);
  return first.section;
}

/**
 * The severity of a rule under a guideline: that of the strongest citation from there.
 *
 * @returns `undefined` if the guideline does not ask for it
 */
export function severityUnder(rule: Rule, guideline: Guideline): Severity | undefined {
  return strongest(citationsIn(guideline, rule).map(severityOf));
}

/**
 * The severity of a rule in the ruleset `all`: the recommended one, or else the one that HTTP's words lead to. What only guidelines ask
 * for is a hint, however many they are: a new guideline makes nobody's build fail.
 */
export function severityOverall(rule: Rule): Severity {
  return rule.recommended ?? rule.severityInAll ?? severityUnder(rule, http) ?? 'hint';
}
