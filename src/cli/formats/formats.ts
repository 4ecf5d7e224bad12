import type { Rule } from '../../rule.js';
import type { Result, SeverityNumber } from '../../workspace/result.js';
export const formatNames = [
  'json',
  'stylish',
  'pretty',
  'junit',
  'html',
  'text',
  'teamcity',
  'github-actions',
  'sarif',
  'code-climate',
  'gitlab',
  'markdown',
] as const;
export type FormatName = (typeof formatNames)[number];
export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: SeverityNumber;
}
export interface FormatContext {
  readonly failSeverity: SeverityNumber;
  readonly rules: readonly ActiveRule[];
  readonly version: string;
  readonly files: readonly string[];
  readonly cwd: string;
  readonly isForFile: boolean;
}
export async function formatted(results: readonly Result[], format: FormatName, _: FormatContext): Promise<string> {
  if (format === 'json' || format === 'sarif') return JSON.stringify(results, null, '\t');
  return results.map((r) => `${r.source}:${r.range.start.line + 1} ${r.code} ${r.message}\n`).join('');
}
