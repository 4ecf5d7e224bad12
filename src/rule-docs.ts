import { type Citation, severities } from './guidelines/citation.js';
import { publications, stylebook } from './guidelines/publications.js';
import type { Rule } from './rule.js';
import { rulesetNames, severityIn } from './rulesets.js';

/** The two documents that show a rule: the smallest one that it finds fault with, and the same put right. */
export interface Example {
  readonly violation: string;
  readonly conforming: string;
}

/** How strongly a source bears a rule out, as the page of the rule says it. */
const bearings = { states: '', implies: ', by implication', suggests: ', as background' };

/** What can put a violation right, as the page of a rule says it. */
const fixes = {
  safe: 'Putting it right only corrects the description.',
  suggested: 'Putting it right asserts something about the server, which a person has to know.',
  none: 'Putting it right takes a decision about the API.',
};

/**
 * The page of a rule, as Markdown: what it finds and why that matters, who asks for it, an example, when to turn it off.
 *
 * @param rule a rule of the catalogue
 * @param example the texts of its two example documents, YAML
 */
export function rulePage(rule: Rule, example: Example): string {
  const severityOf = rulesetNames.map((ruleset) => severityIn(ruleset, rule) ?? '·');
  return [
    `## ${rule.id}`,
    rule.summary,
    rule.rationale,
    fixes[rule.fix] + (rule.suggestedWhere === undefined ? '' : ` It is only suggested ${rule.suggestedWhere}.`),
    table([rulesetNames, severityOf]),
    '### Who asks for it',
    [...rule.cites.map(citationOf), ...(is304(rule) ? [`- [${stylebook.title}](${stylebook.url})`] : [])].join('\n'),
    '### Violation',
    fenced(example.violation),
    '### Put right',
    fenced(example.conforming),
    '### When to turn it off',
    rule.exceptions,
  ].join('\n\n');
}

/** Whether a rule is about the topic for which the API Stylebook compared the guidelines. */
function is304({ id }: Rule): boolean {
  return id.startsWith('not-modified-');
}

/** A citation as an item of a list in Markdown: who says it, where, how strongly, and what. */
export function citationOf({ publication: source, section, keyword, bearing }: Citation): string {
  const former = 'formerUrl' in section ? ` ([in 2016](${section.formerUrl}))` : '';
  return `- ${source.label}, [${section.name}](${section.url})${former}, ${keyword}${bearings[bearing]}: ${section.says}`;
}

/**
 * The reference of the rulesets, as Markdown: which rules each holds, the sources, and the page of every rule.
 *
 * @param rules the catalogue
 * @param exampleOf the two example documents of a rule
 */
export function rulesetDocs(rules: readonly Rule[], exampleOf: (rule: Rule) => Example): string {
  const rows = rules.map((rule) => [
    `[${rule.id}](#${rule.id})`,
    ...rulesetNames.map((ruleset) => severityIn(ruleset, rule) ?? '·'),
    rule.fix === 'none' ? '·' : rule.fix,
  ]);
  return `${[
    '# Rules and rulesets',
    'Generated from the catalogue: change it there, then run `npm run generate`.',
    `Each ruleset holds what one guideline asks for, as severely as its words carry: ${severities.map((severity) => `\`${severity}\``).join(', ')}. \`recommended\` is what anybody would want; \`all\` turns every rule on, what one company alone asks for as a hint. "Fix" says whether a violation can be put right by the description alone (safe), by somebody who knows the server (suggested), or not mechanically (·).`,
    table([['rule', ...rulesetNames, 'fix'], ...rows]),
    '## Sources',
    table([
      ['source', 'title', 'published', 'reviewed', 'in 2016'],
      ...publications.map((source) => [
        source.label === source.company ? source.company : `${source.label} (${source.company})`,
        `[${source.title}](${source.url})`,
        source.date,
        source.reviewDate ?? '·',
        source.formerUrl ?? '·',
      ]),
    ]),
    `The three company guidelines were first put side by side by the [API Stylebook](${stylebook.url}).`,
    ...rules.map((rule) => rulePage(rule, exampleOf(rule))),
  ].join('\n\n')}\n`;
}

/** A Markdown table, its first row the head. */
function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function fenced(document: string): string {
  return `\`\`\`yaml\n${document.trimEnd()}\n\`\`\``;
}
