import { type Citation, severities } from './guidelines/citation.js';
import { citedGuidelines, guidelines, stylebook } from './guidelines/guidelines.js';
import { contradictionItem, guidelinePages } from './guideline-docs.js';
import { fenced, table } from './markdown.js';
import { isAboutDescription, type ObservedRule, observedRules } from './observe/observed-rules.js';
import type { Rule } from './rule.js';
import { guidelineOf, type RulesetName, rulesetNames, rulesOf, severityIn } from './rulesets.js';
import { citationsOf } from './sources.js';

/** The two documents that show a rule: a small one that violates it, and the same one corrected. */
export interface Example {
  readonly violation: string;
  readonly conforming: string;
}

/** How a source asks for what a rule says, in words. */
const strengths = { requires: 'requires it', recommends: 'recommends it', permits: 'allows it' };

/** How directly it does so. */
const bearings = { states: '', implies: ', by implication', suggests: ', as background' };

/** Who can fix a violation, for the page of a rule. */
const fixes = {
  safe: 'The fix is safe: it only corrects the description.',
  suggested: 'The fix is a suggestion: it asserts something about the server, which you have to know.',
  none: 'There is no fix: it takes a decision about the API.',
};

/** The topics of the table of contents, and what the ids of their rules begin with. */
const topics: Readonly<Record<string, readonly string[]>> = {
  '304 Not Modified': ['not-modified-'],
  'Preconditions and lost updates': ['precondition-'],
  'Entity-tags and dates': ['entity-tag-', 'http-date-', 'validator-'],
  Caching: ['cacheable-'],
  'HEAD and partial content': ['head-', 'partial-content-'],
};

/** What a ruleset holds. */
function contentsOf(name: RulesetName): string {
  const contents: Partial<Record<RulesetName, string>> = {
    recommended: 'what any API gains from, whichever guideline it follows',
    rfc9110: 'what HTTP asks for: RFC 9110, RFC 9111 and RFC 6585',
    all: 'every rule; what only guidelines ask for is a hint, but for a few rules',
  };
  return contents[name] ?? `[what ${guidelineOf(name)?.publication.label} asks for](#${name})`;
}

/**
 * The page of a rule, as Markdown: what it asks for, why, who asks for it, an example, and when to turn it off.
 *
 * @param rule a rule of the catalogue
 * @param example its two example documents, as YAML texts
 */
export function rulePage(rule: Rule, example: Example): string {
  return [
    `## ${rule.id}`,
    rule.summary,
    rule.rationale,
    fixes[rule.fix] + (rule.suggestedWhere === undefined ? '' : ` It is only a suggestion ${rule.suggestedWhere}.`),
    severityList(rule),
    '### Who asks for it',
    [...citationsOf(rule).map(citationItem), ...(is304(rule) ? [`- [${stylebook.title}](${stylebook.url})`] : [])].join(
      '\n',
    ),
    ...contradictionsOf(rule),
    '### Violation',
    fenced(example.violation),
    '### Corrected',
    fenced(example.conforming),
    '### When to turn it off',
    rule.exceptions,
  ].join('\n\n');
}

/** The severities of a rule, most severe first, and the rulesets in which it has each, as a Markdown list. */
function severityList(rule: Rule): string {
  const items = severities.flatMap((severity) => {
    const names = rulesetNames.filter((name) => severityIn(name, rule) === severity);
    return names.length === 0 ? [] : [`- **${severity}** in ${names.join(', ')}`];
  });
  return items.join('\n');
}

/** Whether a rule is about the topic for which the API Stylebook compared the guidelines. */
function is304({ id }: Rule): boolean {
  return id.startsWith('not-modified-');
}

/** A citation as an item of a Markdown list: which source asks for it, how, where, and in what words. */
export function citationItem({ publication, section, keyword, strength, bearing, on }: Citation): string {
  const former = 'formerUrl' in section ? ` ([in 2016](${section.formerUrl}))` : '';
  const asks = `${publication.label} ${strengths[strength]}${bearings[bearing]} (${keyword})`;
  const aspect = on === undefined ? '' : `, for ${on}`;
  return `- ${asks}${aspect}, in [${section.name}](${section.url})${former}: ${section.says}`;
}

/** The guidelines that are against a rule. */
function contradictionsOf({ id }: Rule): string[] {
  const items = citedGuidelines.flatMap((guideline) => {
    const contradiction = guideline.contradicts[id];
    return contradiction === undefined ? [] : [contradictionItem(guideline.publication.label, contradiction)];
  });
  return items.length === 0 ? [] : ['### Who is against it', `Their rulesets leave it out.`, items.join('\n')];
}

/** How to choose a ruleset, extend it, and turn a rule off. */
function usage(): string[] {
  return [
    table([
      ['ruleset', 'holds', 'rules'],
      ...rulesetNames.map((name) => [`\`${name}\``, contentsOf(name), String(rulesOf(name).length)]),
    ]),
    `Without a ruleset of your own, \`conditional-requests lint\` uses \`recommended\`. \`--ruleset ${guidelines.at(-1)?.name}\` uses another one. To change single rules, extend a ruleset in \`.spectral.yaml\`:`,
    fenced(`extends:
  - spectral-conditional-requests/rulesets/recommended.yaml
rules:
  # Turn a rule off.
  precondition-documented: 'off'
  # Turn on a rule of another ruleset, or change the severity of a rule.
  precondition-guards-update: warn
overrides:
  # Turn a rule off in some files, or for one operation.
  - files: ['legacy/**/*.yaml', '**/*.yaml#/paths/~1reports/get']
    rules:
      not-modified-documented: 'off'`),
    'Every ruleset has every rule, on or off. If you extend two, the last one decides which rules are on and how severe they are, and findings name it before the other. To follow both, or a guideline of your own, write a [guideline.yaml](../examples/own-guideline/README.md) that is `basedOn` both.',
    '`npx conditional-requests explain not-modified-documented` prints the page of a rule.',
  ];
}

/** What the table of severities and the citations mean. */
const legend = [
  'A finding is an `error`, a `warn`(ing), an `info`(rmation) or a `hint`. In this table, `·` means that the ruleset does not hold the rule, that no guideline asks for it, or that the rule has no fix. A **safe** fix only corrects the description. A **suggested** fix asserts something about the server, so you have to ask for it.',
  'The rulesets of the guidelines take their severities from what the sources say. What a source requires is an error, what it recommends a warning, what it allows information. It is one step less severe if the source only implies it: it asks something of servers or clients, and the description follows from that. It is two steps less severe if the source is only background: it explains why the rule makes sense.',
  'Each page gives the word of the source in brackets. MUST, SHALL, SHOULD and MAY are the words of RFC 2119. A “definition” states a fact, which a description must not contradict. Other words are explained where the [guideline](#guidelines) is.',
];

/** What the rules see of a description. */
const reading = [
  '- A response key `2XX` or `3XX` stands for all codes in its range. `default` does not, and no rule about 304 reports an operation that documents nothing but `default`.',
  '- The names of headers are compared without case. The parameters of a path item count for its operations.',
  '- `$ref`s are followed, from file to file too. If one leads nowhere, or to something of another kind (a schema where a response belongs), no rule says anything about what should stand there.',
  '- Examples, defaults, constants and enums are checked wherever OpenAPI allows them. A shared schema may be right for its other users, so the finding points at the header that uses it.',
  '- What is wrong in a shared component is reported once, in the component. What an operation lacks is reported at the operation.',
  '- Callbacks and webhooks are not checked: there, the API is the client.',
];

/**
 * The reference of the rulesets, as Markdown: how to use them, all rules by topic and by severity, the sources, and the page of
 * every rule.
 *
 * @param rules the catalogue
 * @param exampleOf the two example documents of a rule
 */
export function rulesetDocs(rules: readonly Rule[], exampleOf: (rule: Rule) => Example): string {
  const severityRows = rules.map((rule) => [
    `[${rule.id}](#${rule.id})`,
    ...ofNoGuideline.map((name) => severityIn(name, rule) ?? '·'),
    bySeverity(rule),
    rule.fix === 'none' ? '·' : rule.fix,
  ]);
  const byTopic = Object.entries(topics).flatMap(([topic, prefixes]) => {
    const ofTopic = rules.filter(({ id }) => prefixes.some((prefix) => id.startsWith(prefix)));
    return [`### ${topic}`, ofTopic.map(({ id, summary }) => `- [${id}](#${id}): ${summary}`).join('\n')];
  });
  return `${[
    '<!-- Generated from the catalogue of rules (src/catalogue.ts). Change it there, then run `npm run generate`. -->',
    '# Rules and rulesets',
    ...usage(),
    '## Rules by topic',
    ...byTopic,
    '## Severities and fixes',
    table([['rule', ...ofNoGuideline, 'guidelines', 'fix'], ...severityRows]),
    ...legend,
    '## How rules read a description',
    reading.join('\n'),
    '## Rules about servers',
    ...aboutServers(),
    '## Guidelines',
    ...guidelinePages(rules),
    ...rules.map((rule) => rulePage(rule, exampleOf(rule))),
    ...observedRules.map(observedRulePage),
  ].join('\n\n')}\n`;
}

/** What `conditional-requests observe` finds: its rules, and what each is about. */
function aboutServers(): string[] {
  const rows = observedRules.map((rule) => [
    `[${rule.id}](#${rule.id})`,
    rule.recommended,
    isAboutDescription(rule) ? 'the description disagrees with the server' : 'the server breaks HTTP',
    rule.fix === 'safe' ? '`fix --observed`' : '·',
    rule.summary,
  ]);
  return [
    '[`conditional-requests observe`](../examples/observe/README.md) compares a description with what its server does. Its rules are in no ruleset, since Spectral sees no server; `--ignore RULE` turns one off.',
    table([['rule', 'severity', 'what it says', 'fix', 'summary'], ...rows]),
  ];
}

/** The page of a rule about what was seen of a server. */
function observedRulePage(rule: ObservedRule): string {
  const fix =
    rule.fix === 'safe'
      ? 'The fix is safe: it writes what was seen (`fix --observed`).'
      : 'There is no fix: the server has to change, or the description has to be looked at.';
  return [
    `## ${rule.id}`,
    rule.summary,
    rule.rationale,
    fix,
    `\`conditional-requests observe\` reports it as ${rule.recommended}.`,
    '### Who asks for it',
    rule.cites.map(citationItem).join('\n'),
    '### When to turn it off',
    rule.exceptions,
  ].join('\n\n');
}

/** The rulesets that follow no company's or administration's guideline. */
export const ofNoGuideline: readonly RulesetName[] = ['recommended', 'rfc9110', 'all'];

/** The rulesets of guidelines that hold a rule, by severity. */
export function bySeverity(rule: Rule): string {
  const names = rulesetNames.filter((name) => !ofNoGuideline.includes(name));
  const groups = severities.flatMap((severity) => {
    const here = names.filter((name) => severityIn(name, rule) === severity);
    return here.length === 0 ? [] : [`${severity}: ${here.join(', ')}`];
  });
  return groups.join('; ') || '·';
}
