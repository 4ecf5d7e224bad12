import { relative, sep } from 'node:path';
import type { Result } from '../../../result.js';
import { visible } from '../../../visible-text.js';
import type { FormatContext } from './formats.js';

/** What the runner calls the severities, most severe first. */
const commands = ['error', 'warning', 'notice', 'notice'];

/** Results as commands to the runner of GitHub Actions, which makes annotations of them. */
export function githubActions(results: readonly Result[], { rules, cwd }: FormatContext): string {
  const urls = new Map(rules.map(({ rule }) => [rule.id, rule.cites[0].section.url]));
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
    return `::${commands[severity]} ${list.join(',')}::${escapedData(text)}\n`;
  });
  return lines.join('');
}

/** The runner undoes this to what stands behind the second pair of colons; it has escapes for line breaks only. */
function escapedData(text: string): string {
  const lines = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return visible(lines);
}

/** The runner undoes this to the value of a property, in which colons and commas would end it. */
function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
