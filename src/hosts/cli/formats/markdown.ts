import { groupBySource } from '@stoplight/spectral-formatters/utils';
import { printPath, PrintStyle } from '@stoplight/spectral-runtime';
import type { Result } from '../../../result.js';
import type { Position } from '../../../text-editor/line-index.js';
import { visible } from '../../../visible-text.js';
import { type FormatContext, sectionUrls } from './formats.js';

type Diagnostic = Parameters<typeof groupBySource>[0][number];

const head = ['Code', 'Path', 'Message', 'Severity', 'Start', 'End', 'Source'];

/** The names of the severities in the table, most severe first. */
const severityNames = ['Error', 'Warning', 'Information', 'Hint'];

/**
 * Results as a Markdown table, sorted by line within each file.
 *
 * The table is the same as that of Spectral's formatter, with two corrections: lines and columns count from 1, and a `|` in a
 * cell is escaped.
 */
export function markdown(results: readonly Result[], { rules }: FormatContext): string {
  const urls = sectionUrls(rules);
  const groups = Object.values(groupBySource(results as unknown as Diagnostic[])) as unknown as Result[][];
  const rows = groups.flatMap((group) =>
    group
      .toSorted((one, other) => one.range.start.line - other.range.start.line)
      .map((result) => cellsOf(result, urls)),
  );
  const widths = head.map((name, column) =>
    rows.reduce((widest, cells) => Math.max(widest, cells[column]?.length ?? 0), name.length),
  );
  const line = (cells: readonly string[]) =>
    `|${cells.map((cell, column) => ` ${cell.padEnd(widths[column] ?? 0)} |`).join('')}`;
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n');
}

function cellsOf(
  { code, path, message, severity, range, source }: Result,
  urls: ReadonlyMap<string, string>,
): string[] {
  const url = urls.get(code);
  return [
    url === undefined ? code : `[${code}](${url})`,
    escaped(printPath([...path], PrintStyle.Dot)),
    escaped(message),
    severityNames[severity] ?? '',
    position(range.start),
    position(range.end),
    escaped(source),
  ];
}

function position({ line, character }: Position): string {
  return `${line + 1}:${character + 1}`;
}

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/** A text escaped for a cell of a Markdown table. */
function escaped(text: string): string {
  return visible(text)
    .replace(/[\\`*_#/()[\]|~]/g, '\\$&')
    .replace(/[<>&]/g, (character) => entities[character] ?? character);
}
