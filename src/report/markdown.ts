import { counted } from '../counted.js';
import { visible } from '../visible-text.js';
import type { Changes, ReportChanges } from './changes.js';
import { measures, percent, signed } from './measures.js';
import { promiseHeads, promiseRows } from './promises.js';
import type { Counts, Report } from './report.js';

/**
 * A report as Markdown, without the list of operations.
 *
 * @param changes what has changed since an earlier report
 */
export function reportMarkdown(
  { total, apis, guidelines, opportunities, promises, unread }: Report,
  changes?: ReportChanges,
): string {
  const heads = measures.map(({ name }) => name);
  const rows = apis.map((api) => [
    `${text(api.title)} ${text(api.version)} (\`${code(api.file)}\`)`,
    ...shares(api, changes?.apis.get(api.file)),
  ]);
  const parts = [
    `# Conditional requests in ${counted(apis.length, 'API')}`,
    table(['API', ...heads], [['**all**', ...shares(total, changes?.total)], ...rows]),
    ...(changes === undefined || changes.gone.length === 0
      ? []
      : [`No longer there: ${changes.gone.map((file) => `\`${code(file)}\``).join(', ')}.`]),
    ...(promises === undefined ? [] : ['## Promised and seen', table(['', ...promiseHeads], promiseRows(promises))]),
    '## What to do first',
    opportunities.length === 0
      ? 'No fix is left to make.'
      : opportunities
          .map(({ file, rule, operations, isSafe }, index) => {
            const kind = isSafe ? 'safe' : 'a suggestion';
            return `${index + 1}. \`${rule}\` in \`${code(file)}\`: ${counted(operations, 'operation')} (${kind})`;
          })
          .join('\n'),
    '## Who asks for what is missing',
    table(
      ['Guideline', 'Errors', 'Warnings', 'Other findings', 'APIs with errors or warnings'],
      guidelines.map(({ name, errors, warnings, others, apis: count }) => [
        text(name),
        ...[errors, warnings, others, count].map(String),
      ]),
    ),
    ...(unread.length === 0
      ? []
      : ['## Not read', unread.map(({ file, reason }) => `- \`${code(file)}\`: ${text(reason)}`).join('\n')]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function shares(counts: Counts, changes: Changes | undefined): string[] {
  return measures.map(({ has, of }) => {
    const share = percent(counts[has], counts[of]);
    if (share === undefined) return 'none';
    const change = signed(changes?.[has]);
    return `${counts[has]} of ${counts[of]} (${share} %)${change === '' ? '' : ` ${change}`}`;
  });
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A text in a cell of a table. */
function text(value: string): string {
  return visible(value).replace(/[\\`*_{}[\]<>|#&!]/g, String.raw`\$&`);
}

/** A text between backticks in a cell of a table. */
function code(value: string): string {
  return visible(value)
    .replaceAll('`', 'ˋ')
    .replaceAll('|', String.raw`\|`);
}
