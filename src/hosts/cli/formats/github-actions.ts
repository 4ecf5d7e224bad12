import { relative, sep } from 'node:path';
import type { Result } from '../../../result.js';
import { visible } from '../../../visible-text.js';
import { type FormatContext, sectionUrls } from './formats.js';

/** The runner's commands for the severities, most severe first. */
const commandBySeverity = ['error', 'warning', 'notice', 'notice'];

/** Results as workflow commands of GitHub Actions, which the runner shows as annotations. */
export function githubActions(results: readonly Result[], { rules, cwd }: FormatContext): string {
  const urls = sectionUrls(rules);
  const lines = results.map(({ code, message, severity, range, source, documentationUrl = urls.get(code) }) => {
    const properties = {
      title: code,
      file: relative(cwd, source).split(sep).join('/'),
      col: range.start.character + 1,
      endColumn: range.end.character + 1,
      line: range.start.line + 1,
      endLine: range.end.line + 1,
    };
    const list = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(`${value}`)}`);
    const text = documentationUrl === undefined ? message : `${message}\nDocumentation: ${documentationUrl}`;
    return `::${commandBySeverity[severity]} ${list.join(',')}::${escapedData(text)}\n`;
  });
  return lines.join('');
}

/** Escapes the message of a command. The runner decodes only percent signs and line breaks there. */
function escapedData(text: string): string {
  const lines = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return visible(lines);
}

/** Escapes the value of a property, in which colons and commas are delimiters. */
function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
