import { catalogue } from '../../catalogue.js';
import { shippedRulePage } from '../../files/rule-pages.js';
import { Failure } from './failure.js';

/**
 * The page of a rule, as Markdown.
 *
 * @throws Failure if there is no such rule
 */
export function explain(id: string): string {
  if (!catalogue.some((rule) => rule.id === id)) throw unknownRule(id);
  return `# ${id}\n\n${shippedRulePage(id).text}\n`;
}

/** A line for each rule: its id and its summary. */
export function listOfRules(): string {
  const width = Math.max(...catalogue.map(({ id }) => id.length));
  return catalogue.map(({ id, summary }) => `${id.padEnd(width)}  ${summary}\n`).join('');
}

/** The failure for a rule that does not exist. It suggests rules with similar names. */
export function unknownRule(id: string): Failure {
  const words = id.toLowerCase().split(/[^a-z\d]+/);
  const score = (other: string) => words.filter((word) => word !== '' && other.split('-').includes(word)).length;
  const close = catalogue.map((rule) => rule.id).filter((other) => score(other) > 0);
  const best = close.toSorted((one, other) => score(other) - score(one)).slice(0, 3);
  const hint =
    best.length > 0 ? `Did you mean ${best.join(' or ')}?` : '`conditional-requests explain` lists all rules.';
  return new Failure(`Unknown rule '${id}'. ${hint}`);
}
