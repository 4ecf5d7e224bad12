import { getSeverityName } from '@stoplight/spectral-formatters/utils';
import type { Result } from '../../../result.js';
import { defused } from '../../../visible-text.js';

/** Results as service messages of TeamCity: of each the type of inspection, and what it has come to. */
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

/** A value of a service message, as its manual has it: https://www.jetbrains.com/help/teamcity/service-messages.html. */
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
