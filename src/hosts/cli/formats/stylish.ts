import { getColorForSeverity, getSeverityName, getSummary, groupBySource } from '@stoplight/spectral-formatters/utils';
import { printPath, PrintStyle } from '@stoplight/spectral-runtime';
import type { Result, SeverityNumber } from '../../../result.js';
import { visible } from '../../../visible-text.js';
import { coloured, type Paint, plain } from './paint.js';

type Diagnostic = Parameters<typeof groupBySource>[0][number];

/**
 * Results as a table for each file, and a summary; empty if there are no results.
 *
 * The output is that of Spectral's formatter without two of its faults: it overflows the stack above about 100,000 results, and
 * it replaces the space between two numbers with a colon, as in `1994:08:49:37` for the year and time of an HTTP-date.
 */
export function stylish(results: readonly Result[], hasColours: boolean): string {
  const paint = hasColours ? coloured : plain;
  const groups = groupBySource(results as unknown as Diagnostic[]);
  const summary = getSummary(groups);
  if (summary === null) return '';
  const tables = Object.entries(groups).map(
    ([source, here]) => `${paint('underline', visible(source))}\n${tableOf(here, paint)}\n\n`,
  );
  const worst = results.reduce<SeverityNumber>((least, { severity }) => (severity < least ? severity : least), 3);
  return `\n${tables.join('')}${paint(getColorForSeverity(worst), paint('bold', `\u2716 ${summary}`))}\n`;
}

function tableOf(diagnostics: readonly Diagnostic[], paint: Paint): string {
  const rows = diagnostics.map(({ range, severity, code, message, path, documentationUrl = '' }) => {
    const position = ` ${range.start.line + 1}:${range.start.character + 1}`;
    const cells = [
      position,
      getSeverityName(severity),
      `${code}`,
      message,
      printPath(path, PrintStyle.Dot),
      documentationUrl,
    ].map(visible);
    return { severity, cells };
  });
  const widths: number[] = [];
  for (const { cells } of rows)
    for (const [column, { length }] of cells.entries()) widths[column] = Math.max(widths[column] ?? 0, length);
  const lines = rows.map(({ severity, cells }) => {
    const [position = '', name = '', ...others] = cells.map((cell, column) =>
      aligned(cell, column, widths[column] ?? 0),
    );
    return [position, name.replace(/\S+/, (text) => paint(getColorForSeverity(severity), text)), ...others]
      .join('  ')
      .trimEnd();
  });
  return lines.join('\n');
}

/** A cell padded to the width of its column: the first is centred, the second right-aligned, the others left-aligned. */
function aligned(cell: string, column: number, width: number): string {
  if (column === 0) return cell.padStart(cell.length + Math.ceil((width - cell.length) / 2)).padEnd(width);
  return column === 1 ? cell.padStart(width) : cell.padEnd(width);
}
