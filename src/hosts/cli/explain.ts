import { join } from 'node:path';
import { createSupportsHyperlinks } from 'supports-hyperlinks';
import { catalogue, ruleCalled } from '../../catalogue.js';
import { shortName } from '../../files/discovery.js';
import { shippedRulePage } from '../../files/rule-pages.js';
import { observedRuleCalled, observedRules } from '../../observe/observed-rules.js';
import type { Rule } from '../../rule.js';
import { citationItem } from '../../rule-docs.js';
import { rulesetNames, severityIn } from '../../rulesets.js';
import { citationsIn, citationsOf } from '../../sources.js';
import type { Citation } from '../../guidelines/citation.js';
import type { ListFormat } from './commands.js';
import { wantsColours } from './formats/formats.js';
import { jsonText } from './formats/json-text.js';
import { coloured, plain } from './formats/paint.js';
import { chooseRuleset } from '../../user-ruleset/choose-ruleset.js';
import { unknownRule } from './named-rule.js';

/** The rules that have a page. */
const explained = [...catalogue, ...observedRules];

/**
 * The page of a rule.
 *
 * @param ruleset the ruleset or guideline whose words the page is to show, too
 * @param format `text` is laid out for a terminal; if absent, `text` on a terminal and Markdown elsewhere
 * @param cwd the folder that `ruleset` is relative to
 * @throws Failure if there is no such rule
 * @throws UnreadableRuleset
 */
export async function explain(
  id: string,
  ruleset: string | undefined,
  format: ListFormat | undefined,
  cwd: string,
  isTerminal: boolean,
): Promise<string> {
  if (format === 'json') return explainJson(id, ruleset, cwd);
  const page = await pageOf(id, ruleset, cwd);
  if (format !== 'text' && (format === 'markdown' || !isTerminal)) return page;
  const { terminalMarkdown } = await import('./terminal-markdown.js');
  const hasColours = wantsColours();
  return terminalMarkdown(page, {
    width: Math.min(Math.max(process.stdout.columns || 80, narrowest), widest),
    paint: hasColours ? coloured : plain,
    hasLinks: hasColours && createSupportsHyperlinks(process.stdout),
  });
}

/** The narrowest and the widest that a page becomes, in columns. Longer lines of prose are hard to read. */
const [narrowest, widest] = [40, 100];

/** The page of a rule, as Markdown. */
async function pageOf(id: string, ruleset: string | undefined, cwd: string): Promise<string> {
  const rule = ruleCalled(id);
  if (rule === undefined && observedRuleCalled(id) === undefined) throw unknownRule(id, explained);
  const { text } = shippedRulePage(id);
  const own = rule === undefined || ruleset === undefined ? '' : await sectionUnder(rule, ruleset, cwd);
  return `# ${id}\n\n${text.replace('### Who asks for it\n', () => `${own}### Who asks for it\n`)}\n`;
}

/** What a ruleset makes of a rule, and what the guidelines say that it follows. */
async function underRuleset(rule: Rule, name: string, cwd: string) {
  const selection = await chooseRuleset(name, cwd);
  const description = join(cwd, 'openapi.yaml');
  const isOn = selection.rulesFor(description).includes(rule);
  const severity = isOn ? selection.severityOf(rule, description, description, []) : undefined;
  const citations = selection.followedFor(description).flatMap((guideline) => citationsIn(guideline, rule));
  return { origin: shortName(selection.origin, cwd), severity: severity ?? ('off' as const), citations };
}

async function sectionUnder(rule: Rule, name: string, cwd: string): Promise<string> {
  const { origin, severity, citations } = await underRuleset(rule, name, cwd);
  return [
    `### In ${origin}\n`,
    `It is ${severity === 'off' ? severity : `reported as ${severity}`}.\n`,
    ...(citations.length > 0 ? [`${citations.map(citationItem).join('\n')}\n`] : []),
    '',
  ].join('\n');
}

/** What the page of a rule says, as JSON. */
async function explainJson(id: string, ruleset: string | undefined, cwd: string): Promise<string> {
  const rule = ruleCalled(id);
  const either = rule ?? observedRuleCalled(id);
  if (either === undefined) throw unknownRule(id, explained);
  const { summary, rationale, exceptions, fix } = either;
  const texts = { rule: id, summary, rationale, fix, whenToTurnItOff: exceptions };
  if (rule === undefined) return `${jsonText({ ...texts, sources: either.cites.map(sourceOf) }, 2)}\n`;
  const severities = rulesetNames.flatMap((name) => {
    const severity = severityIn(name, rule);
    return severity === undefined ? [] : [[name, severity] as const];
  });
  const own = ruleset === undefined ? undefined : await underRuleset(rule, ruleset, cwd);
  const page = {
    ...texts,
    severities: Object.fromEntries(severities),
    sources: citationsOf(rule).map(sourceOf),
    ...(own && { ruleset: { name: own.origin, severity: own.severity, sources: own.citations.map(sourceOf) } }),
  };
  return `${jsonText(page, 2)}\n`;
}

/** Where and how a source asks for a rule. */
function sourceOf({ publication, section, keyword, strength, bearing, on }: Citation) {
  const { name, url, says } = section;
  return { source: publication.label, section: name, url, keyword, strength, bearing, ...(on && { on }), says };
}

/** All rules, a line for each in text: its id and its summary. */
export function listOfRules(format: ListFormat | undefined): string {
  if (format === 'json')
    return `${jsonText(
      explained.map(({ id, summary }) => ({ rule: id, summary })),
      2,
    )}\n`;
  const width = Math.max(...explained.map(({ id }) => id.length));
  return explained.map(({ id, summary }) => `${id.padEnd(width)}  ${summary}\n`).join('');
}
