import { stripVTControlCharacters } from 'node:util';
import type { Rule } from '../../rule.js';
import type { Result, SeverityNumber } from '../../workspace/result.js';

/** The formats that results can be written in, by the names that `spectral lint` has for them. */
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

/** A rule that was on, and how severe what it finds is. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: SeverityNumber;
}

/** What formats say beside the results themselves. */
export interface FormatContext {
  /** The least severe of what makes the command fail. */
  readonly failSeverity: SeverityNumber;
  /** The rules that were on for one of the files at least. */
  readonly rules: readonly ActiveRule[];
  /** Of this package. */
  readonly version: string;
  /** The absolute paths of the descriptions that were linted, with findings or without. */
  readonly files: readonly string[];
  /** The folder that names are relative to, in the formats that have relative ones. */
  readonly cwd: string;
  /** Whether it is written to a file, where escape sequences for colours mean nothing. */
  readonly isForFile: boolean;
}

/** Writes results in a format. Whoever prints it adds nothing, no line break either. */
export async function formatted(
  results: readonly Result[],
  format: FormatName,
  context: FormatContext,
): Promise<string> {
  // A format that is not asked for is not loaded: loading all of them takes as long as linting does.
  switch (format) {
    case 'stylish': {
      const { stylish } = await import('./stylish.js');
      return stylish(results, hasColours(context));
    }
    case 'junit': {
      const { junit } = await import('./junit.js');
      return junit(results, context);
    }
    case 'github-actions': {
      const { githubActions } = await import('./github-actions.js');
      return githubActions(results, context);
    }
    case 'sarif': {
      const { sarif } = await import('./sarif.js');
      return sarif(results, context);
    }
    case 'markdown': {
      const { markdown } = await import('./markdown.js');
      return markdown(results, context);
    }
    case 'teamcity': {
      const { teamcity } = await import('./teamcity.js');
      return teamcity(results);
    }
    case 'code-climate':
    case 'gitlab': {
      const { codeClimate } = await import('./code-climate.js');
      return codeClimate(results, context);
    }
    default: {
      const { inSpectral } = await import('./in-spectral.js');
      const text = await inSpectral(results, format, context);
      return format !== 'pretty' || hasColours(context) ? text : stripVTControlCharacters(text);
    }
  }
}

/** Whether colours are wanted, and can be seen: https://no-color.org, https://force-color.org. */
function hasColours({ isForFile }: FormatContext): boolean {
  const { NO_COLOR = '', FORCE_COLOR } = process.env;
  if (isForFile) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return NO_COLOR === '' && process.stdout.isTTY && process.stdout.hasColors();
}
