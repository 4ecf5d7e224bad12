import { createHash } from 'node:crypto';
import { relative, sep } from 'node:path';
import type { Result } from '../../../result.js';
import type { Position } from '../../../text-editor/line-index.js';
import type { FormatContext } from './formats.js';
import { jsonText } from './json-text.js';

/** What Code Climate calls the severities, most severe first. */
const severityNames = ['critical', 'major', 'minor', 'info'] as const;

/**
 * Results as issues of Code Climate, which are what GitLab reads as a report on code quality.
 *
 * Lines and columns count from 1. What an issue is known by from report to report does not depend on where in the file it is:
 * only of several that say the same of the same place in the description, it is the order that tells them apart.
 */
export function codeClimate(results: readonly Result[], { cwd }: FormatContext): string {
  const counts = new Map<string, number>();
  const issues = results.map(({ code, path, message, severity, range, source }) => {
    const file = relative(cwd, source).split(sep).join('/');
    const identity = JSON.stringify([code, file, path, message]);
    const ordinal = counts.get(identity) ?? 0;
    counts.set(identity, ordinal + 1);
    return {
      type: 'issue',
      check_name: code,
      description: message,
      categories: ['Style'],
      location: { path: file, positions: { begin: countedFromOne(range.start), end: countedFromOne(range.end) } },
      severity: severityNames[severity],
      fingerprint: createHash('sha256').update(`${ordinal} ${identity}`).digest('hex'),
    };
  });
  return jsonText(issues, '\t');
}

function countedFromOne({ line, character }: Position): { line: number; column: number } {
  return { line: line + 1, column: character + 1 };
}
