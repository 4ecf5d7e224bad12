import { readFileSync } from 'node:fs';

/** The pages of all rules, generated from the catalogue. They ship with the package. */
export const rulePages = new URL('../../rulesets/README.md', import.meta.url);

/** The page of a rule in the {@link rulePages}. */
export interface RulePage {
  /** Markdown, without the heading. */
  readonly text: string;
  /** The line of the heading, counted from 0. */
  readonly line: number;
}

/**
 * Finds the page of a rule.
 *
 * @param id of a rule of the catalogue
 */
export function shippedRulePage(id: string): RulePage {
  const [before = '', page = ''] = readFileSync(rulePages, 'utf8').split(`\n## ${id}\n`);
  const [text = ''] = page.split('\n## ');
  return { text: text.trim(), line: before.split('\n').length };
}
