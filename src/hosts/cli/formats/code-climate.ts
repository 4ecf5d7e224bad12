import { createHash } from 'node:crypto';
import { relative, sep } from 'node:path';
import type { Result } from '../../../result.js';
import type { Position } from '../../../text-editor/line-index.js';
import type { FormatContext } from './formats.js';
import { jsonText } from './json-text.js';

/** Code Climate's names of the severities, most severe first. */
const severityNames = ['critical', 'major', 'minor', 'info'] as const;

/**
 * Results as Code Climate issues, which GitLab reads as a code quality report.
 *
 * Lines and columns count from 1. The fingerprint of an issue does not depend on its line, so an issue stays the same when it
 * moves. Issues with the same rule, path and message are numbered in order.
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
