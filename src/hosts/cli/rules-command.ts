import { join } from 'node:path';
import { catalogue } from '../../catalogue.js';
import { shortName } from '../../files/discovery.js';
import type { Severity } from '../../guidelines/citation.js';
import { table } from '../../markdown.js';
import type { Rule } from '../../rule.js';
import { bySeverity, ofNoGuideline } from '../../rule-docs.js';
import { rulesetNames } from '../../rulesets.js';
import { citationsIn, citationsOf } from '../../sources.js';
import { chooseRuleset } from '../../user-ruleset/choose-ruleset.js';
import { type Selection, shippedSelection } from '../../user-ruleset/selection.js';
import type { ListFormat } from './commands.js';

/** A ruleset of the list: its name, and the severities of its rules. */
interface Column {
  readonly name: string;
  readonly selection: Selection;
  severityOf(rule: Rule): Severity | undefined;
}

/**
 * Lists the rules and their severities in rulesets. Without names, it lists all rules and all rulesets; with names, the rules that one
 * of the rulesets holds. For one ruleset it adds where its guideline asks for them.
 *
 * @param names of rulesets that ship, or files of rulesets and guidelines
 * @param cwd the folder that names are relative to
 * @throws UnreadableRuleset
 */
export async function listRules(names: readonly string[], format: ListFormat, cwd: string): Promise<string> {
  const chosen = await Promise.all(names.map((name) => chooseRuleset(name, cwd)));
  const columns = chosen.map((selection) => columnOf(selection, cwd));
  if (format === 'json') return asJson(columns.length > 0 ? columns : allColumns(cwd));
  const rows = columns.length > 0 ? rowsOf(columns, cwd) : rowsOfAll(cwd);
  const isMarkdown = format === 'markdown';
  const cells = rows.map((row) => row.map((cell) => (isMarkdown ? cell.markdown : cell.text)));
  return isMarkdown ? `${table(cells)}\n` : inColumns(cells);
}

function columnOf(selection: Selection, cwd: string): Column {
  const description = join(cwd, 'openapi.yaml');
  const on = selection.rulesFor(description);
  return {
    name: shortName(selection.origin, cwd),
    selection,
    severityOf: (rule) => (on.includes(rule) ? selection.severityOf(rule, description, description, []) : undefined),
  };
}

function allColumns(cwd: string): Column[] {
  return rulesetNames.map((name) => columnOf(shippedSelection(name), cwd));
}

interface Cell {
  readonly text: string;
  readonly markdown: string;
}

function plain(text: string): Cell {
  return { text, markdown: text };
}

/** A row for each rule, after the head. */
function rowsOf(columns: readonly Column[], cwd: string): Cell[][] {
  const held = catalogue.filter((rule) => columns.some((column) => column.severityOf(rule) !== undefined));
  const [only, another] = columns;
  const details = only === undefined || another !== undefined ? undefined : only;
  return [
    [
      ...['rule', ...columns.map(({ name }) => name)].map(plain),
      ...(details ? ['asked for in', 'summary'].map(plain) : []),
    ],
    ...held.map((rule) => [
      ruleCell(rule),
      ...columns.map((column) => plain(column.severityOf(rule) ?? '·')),
      ...(details ? [sectionCell(rule, details.selection, cwd), plain(rule.summary)] : []),
    ]),
  ];
}

function rowsOfAll(cwd: string): Cell[][] {
  const columns = ofNoGuideline.map((name) => columnOf(shippedSelection(name), cwd));
  const [head = [], ...rows] = rowsOf(columns, cwd);
  return [
    [...head, plain('guidelines')],
    ...rows.map((row, index) => [...row, plain(bySeverity(catalogue[index] as Rule))]),
  ];
}

function ruleCell({ id }: Rule): Cell {
  return { text: id, markdown: `\`${id}\`` };
}

/** The sections in which the nearest guideline that a ruleset follows asks for a rule, or else the first that there is. */
function sectionCell(rule: Rule, selection: Selection, cwd: string): Cell {
  const follows = selection.followedFor(join(cwd, 'openapi.yaml'));
  const all = [...follows.map((guideline) => citationsIn(guideline, rule)), citationsOf(rule).slice(0, 1)];
  const nearest = all.find((cites) => cites.length > 0) ?? [];
  return {
    text: nearest
      .map(({ publication, section, keyword }) => `${publication.label}, ${section.name} (${keyword})`)
      .join('; '),
    markdown: nearest
      .map(
        ({ publication, section, keyword }) => `${publication.label}, [${section.name}](${section.url}) (${keyword})`,
      )
      .join('; '),
  };
}

function inColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function asJson(columns: readonly Column[]): string {
  const rules = catalogue.map((rule) => {
    const severities = columns.flatMap((column) => {
      const severity = column.severityOf(rule);
      return severity === undefined ? [] : [[column.name, severity] as const];
    });
    return { rule: rule.id, summary: rule.summary, fix: rule.fix, severities: Object.fromEntries(severities) };
  });
  return `${JSON.stringify(rules, undefined, 2)}\n`;
}
