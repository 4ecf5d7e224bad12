import { join } from 'node:path';
import { catalogue, ruleCalled } from '../../catalogue.js';
import { shortName } from '../../files/discovery.js';
import { shippedRulePage } from '../../files/rule-pages.js';
import { observedRuleCalled, observedRules } from '../../observe/observed-rules.js';
import type { Rule } from '../../rule.js';
import { citationItem } from '../../rule-docs.js';
import { citationsIn } from '../../sources.js';
import { chooseRuleset } from '../../user-ruleset/choose-ruleset.js';
import { unknownRule } from './named-rule.js';

/**
 * The page of a rule, as Markdown.
 *
 * @param ruleset the ruleset or guideline whose words the page is to show, too
 * @param cwd the folder that its name is relative to
 * @throws Failure if there is no such rule
 * @throws UnreadableRuleset
 */
export async function explain(id: string, ruleset: string | undefined, cwd: string): Promise<string> {
  const rule = ruleCalled(id);
  if (rule === undefined && observedRuleCalled(id) === undefined)
    throw unknownRule(id, [...catalogue, ...observedRules]);
  const { text } = shippedRulePage(id);
  const own = rule === undefined || ruleset === undefined ? '' : await sectionUnder(rule, ruleset, cwd);
  return `# ${id}\n\n${text.replace('### Who asks for it\n', () => `${own}### Who asks for it\n`)}\n`;
}

/** What a ruleset makes of a rule, and what the guidelines say that it follows. */
async function sectionUnder(rule: Rule, name: string, cwd: string): Promise<string> {
  const selection = await chooseRuleset(name, cwd);
  const description = join(cwd, 'openapi.yaml');
  const isOn = selection.rulesFor(description).includes(rule);
  const severity = isOn ? selection.severityOf(rule, description, description, []) : undefined;
  const origin = shortName(selection.origin, cwd);
  const statements = selection
    .followedFor(description)
    .flatMap((guideline) => citationsIn(guideline, rule).map(citationItem));
  return [
    `### In ${origin}\n`,
    `It is ${severity === undefined ? 'off' : `reported as ${severity}`}.\n`,
    ...(statements.length > 0 ? [`${statements.join('\n')}\n`] : []),
    '',
  ].join('\n');
}

/** A line for each rule: its id and its summary. */
export function listOfRules(): string {
  const rules = [...catalogue, ...observedRules];
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules.map(({ id, summary }) => `${id.padEnd(width)}  ${summary}\n`).join('');
}
