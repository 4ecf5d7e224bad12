import { ruleCalled } from '../../catalogue.js';
import { counted } from '../../counted.js';
import { shortName } from '../../files/discovery.js';
import { addToGroup } from '../../grouping.js';
import type { Result } from '../../result.js';
import { citationsOf } from '../../sources.js';
import { visible } from '../../visible-text.js';
import { jsonText } from './formats/json-text.js';
import { type Paint, plain } from './formats/paint.js';

/** How many findings there are, by rule, by guideline and by file; each list begins with the most. */
export interface Statistics {
  readonly findings: number;
  /** The rules, and the codes of problems such as `parser`. */
  readonly rules: readonly { rule: string; findings: number; files: number; fixable: number }[];
  /** Those that ask for what the findings are about, RFCs too. A finding counts for each of them. */
  readonly guidelines: readonly { guideline: string; findings: number; rules: number }[];
  readonly files: readonly { file: string; findings: number; rules: number; fixable: number }[];
}

/**
 * Counts results.
 *
 * @param cwd the folder that the names of files are relative to
 */
export function statisticsOf(results: readonly Result[], cwd: string): Statistics {
  return {
    findings: results.length,
    rules: groups(results, ({ code }) => [code]).map(([rule, here]) => ({
      rule,
      findings: here.length,
      files: countOf(here, ({ source }) => source),
      fixable: fixable(here),
    })),
    guidelines: groups(results, guidelinesFor).map(([guideline, here]) => ({
      guideline,
      findings: here.length,
      rules: countOf(here, ({ code }) => code),
    })),
    files: groups(results, ({ source }) => [source]).map(([source, here]) => ({
      file: shortName(source, cwd),
      findings: here.length,
      rules: countOf(here, ({ code }) => code),
      fixable: fixable(here),
    })),
  };
}

/** The results under each of their names, most first; names with as many in the order of the alphabet. */
function groups(results: readonly Result[], namesOf: (result: Result) => readonly string[]): [string, Result[]][] {
  const byName = new Map<string, Result[]>();
  for (const result of results) for (const name of namesOf(result)) addToGroup(byName, name, result);
  return [...byName].toSorted(([one, these], [other, those]) => those.length - these.length || (one < other ? -1 : 1));
}

function guidelinesFor({ code }: Result): string[] {
  const rule = ruleCalled(code);
  return rule === undefined ? [] : [...new Set(citationsOf(rule).map(({ publication }) => publication.label))];
}

function countOf(results: readonly Result[], nameOf: (result: Result) => string): number {
  return new Set(results.map(nameOf)).size;
}

function fixable(results: readonly Result[]): number {
  return results.filter(({ fixKind = 'none' }) => fixKind !== 'none').length;
}

/** Statistics as JSON. */
export function statisticsJson(statistics: Statistics): string {
  return `${jsonText(statistics, 2)}\n`;
}

/** Statistics as tables, numbers first. Empty if there are no findings. */
export function statisticsText(statistics: Statistics, paint: Paint = plain): string {
  const { findings, rules, guidelines, files } = statistics;
  if (findings === 0) return '';
  const tables = [
    [['findings', 'files', 'fixable', 'rule'], ...rules.map((row) => [row.findings, row.files, row.fixable, row.rule])],
    [['findings', 'rules', 'guideline'], ...guidelines.map((row) => [row.findings, row.rules, row.guideline])],
    [['findings', 'rules', 'fixable', 'file'], ...files.map((row) => [row.findings, row.rules, row.fixable, row.file])],
  ].filter((rows) => rows.length > 1);
  const title = `${counted(findings, 'finding')} in ${counted(files.length, 'file')}`;
  return [paint('bold', title), ...tables.map((rows) => table(rows, paint))].join('\n\n').concat('\n');
}

/** A table with a head. All columns but the last are numbers. */
function table(rows: readonly (readonly (string | number)[])[], paint: Paint): string {
  const cells = rows.map((row) => row.map((cell) => visible(String(cell))));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padStart(widths[column] ?? 0))).join('  '),
  );
  return lines.map((line, index) => (index === 0 ? paint('dim', line) : line)).join('\n');
}
