import { rfc2119, type Citation } from './guidelines/citation.js';
import type { Contradiction, Copy, Guideline } from './guidelines/guideline.js';
import { citedGuidelines, rfcs, stylebook } from './guidelines/guidelines.js';
import { table } from './markdown.js';
import type { Rule } from './rule.js';
import { rulesetNames } from './rulesets.js';
import { citationsIn, severityUnder } from './sources.js';

/** The page of every guideline, as Markdown: what was read, its own words, what it asks for rule by rule, and what it is against. */
export function guidelinePages(rules: readonly Rule[]): string[] {
  return [
    'Each was read in a copy of its own text, of the date given here. Only what it says is cited; of this, every citation gives the section.',
    ...rfcPages(),
    ...citedGuidelines.flatMap((guideline) => guidelinePage(guideline, rules)),
    `The [API Stylebook](${stylebook.url}) first compared what guidelines say about 304.`,
  ];
}

function rfcPages(): string[] {
  const items = rfcs.map(
    ({ publication: { label, title, publisher, date, url } }) =>
      `- ${label}: [${title}](${url}), ${publisher}, ${date}`,
  );
  return ['### rfc9110', items.join('\n')];
}

/** The page of a guideline, as the parts of a Markdown text. */
export function guidelinePage(guideline: Guideline, rules: readonly Rule[]): string[] {
  const { name, copies, contradicts, faults } = guideline;
  const asked = rules.filter((rule) => citationsIn(guideline, rule).length > 0);
  const rows = asked.map((rule) => [
    `[${rule.id}](#${rule.id})`,
    severityUnder(rule, guideline) ?? '',
    [...new Set(citationsIn(guideline, rule).map(shortCitation))].join(', '),
  ]);
  const against = Object.entries(contradicts).map(([id, contradiction]) =>
    contradictionItem(`[${id}](#${id})`, contradiction),
  );
  const wrong = Object.entries(faults).map(([id, fault]) => `- [${id}](#${id}): ${fault}`);
  const hasRuleset = rulesetNames.some((other) => other === name);
  return [
    `### ${name}`,
    `${introduction(guideline)} Read in ${copies.map(copyInWords).join(' and in ')}. ${wordsOf(guideline)}`.trim(),
    ...(hasRuleset ? [] : ['It asks for too little to be followed, so it has no ruleset.']),
    table([['rule', 'severity', 'section'], ...rows]),
    ...(against.length === 0 ? [] : ['Left out, because it says otherwise:', against.join('\n')]),
    ...(wrong.length === 0 ? [] : ['Faults in its own examples:', wrong.join('\n')]),
  ];
}

function introduction({ publication, reviewDate }: Guideline): string {
  const { label, title, publisher, date, url, formerUrl } = publication;
  const of = label === publisher ? label : `${label} (${publisher})`;
  const former = formerUrl === undefined ? '' : `, in 2016 at ${formerUrl}`;
  const reviewed = reviewDate === undefined ? '' : ` The API Stylebook reviewed it on ${reviewDate}.`;
  return `[${title}](${url}), ${of}, ${date}${former}.${reviewed}`;
}

function copyInWords({ from, commit, date }: Copy): string {
  const place = /^https?:/.test(from) ? from : `[${from}](https://github.com/${from})`;
  return `${place}${commit === undefined ? '' : ` at \`${commit}\``} (${date})`;
}

/** The words of a guideline that are not those of RFC 2119, and what they come to. */
function wordsOf({ words, asks }: Guideline): string {
  const used = new Set(Object.values(asks).flatMap((citations) => citations.map(({ keyword }) => keyword)));
  const own = [...used].filter((word) => !(word in rfc2119));
  return own.length === 0 ? '' : `Its own words: ${own.map((word) => `“${word}” ${words[word]}`).join(', ')}.`;
}

function shortCitation({ section, keyword, bearing }: Citation): string {
  return `[${section.name}](${section.url}) (${keyword}${bearing === 'states' ? '' : `, ${bearing}`})`;
}

/**
 * A contradiction as an item of a Markdown list.
 *
 * @param subject who is against the rule, or the rule
 */
export function contradictionItem(subject: string, { section, says }: Contradiction): string {
  return `- ${subject}, because of [${section.name}](${section.url}): ${says}`;
}
