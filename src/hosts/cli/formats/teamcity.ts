import { getSeverityName } from '@stoplight/spectral-formatters/utils';
import type { Result } from '../../../result.js';
import { defused } from '../../../visible-text.js';

/** Results as TeamCity service messages: for each result an `inspectionType` and an `inspection`. */
export function teamcity(results: readonly Result[]): string {
  return results.flatMap(messagesOf).join('\n');
}

function messagesOf({ code, message, severity, range, source, documentationUrl }: Result): string[] {
  const text = `${getSeverityName(severity)} -- ${message}`;
  const description = documentationUrl === undefined ? text : `${text} -- ${documentationUrl}`;
  const line = `${range.start.line + 1}`;
  return [
    serviceMessage('inspectionType', { category: 'openapi', id: code, name: code, description }),
    serviceMessage('inspection', { typeId: code, file: source, line, message: text }),
  ];
}

function serviceMessage(name: string, values: Readonly<Record<string, string>>): string {
  return `##teamcity[${name} ${Object.entries(values)
    .map(([key, value]) => `${key}='${escaped(value)}'`)
    .join(' ')}]`;
}

/** A value escaped for a service message: https://www.jetbrains.com/help/teamcity/service-messages.html. */
function escaped(text: string): string {
  const withBars = text
    .replace(/[|'[\]]/g, '|$&')
    .replaceAll('\n', '|n')
    .replaceAll('\r', '|r');
  return defused(withBars, (character) =>
    character
      .split('')
      .map((unit) => `|0x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
      .join(''),
  );
}
