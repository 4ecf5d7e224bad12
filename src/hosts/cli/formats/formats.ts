import { stripVTControlCharacters } from 'node:util';
import type { Result, SeverityNumber } from '../../../result.js';
import type { Rule } from '../../../rule.js';

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

/** A format that results can be written in. */
interface Format {
  /** What it is, for the README. */
  readonly description: string;
  /** Whether people read it at a terminal, who want to be told that nothing was found. */
  readonly isForPeople?: true;
  /** Whether it says what puts the findings right, which has to be found out first. */
  readonly hasFixes?: true;
  /** Writes results, after it has loaded what it takes. Whoever prints it adds nothing, no line break either. */
  readonly write: (results: readonly Result[], context: FormatContext) => Promise<string>;
}

/**
 * The formats, by the names that `spectral lint` has for them. A format that is not asked for is not loaded: loading all of them
 * takes as long as linting does.
 */
const table = {
  stylish: {
    description: 'a table for each file, for people',
    isForPeople: true,
    write: async (results, context) => (await import('./stylish.js')).stylish(results, hasColours(context)),
  },
  json: {
    description: 'JSON, as `spectral lint` writes it',
    write: async (results, context) => (await import('./in-spectral.js')).inSpectral(results, 'json', context),
  },
  sarif: {
    description: 'SARIF 2.1.0 with fixes, for code scanning',
    hasFixes: true,
    write: async (results, context) => (await import('./sarif.js')).sarif(results, context),
  },
  'github-actions': {
    description: 'annotations on GitHub',
    write: async (results, context) => (await import('./github-actions.js')).githubActions(results, context),
  },
  junit: {
    description: 'JUnit XML; a finding that does not fail the run is output of a passed test',
    write: async (results, context) => (await import('./junit.js')).junit(results, context),
  },
  gitlab: {
    description: 'a code quality report for GitLab',
    write: async (results, context) => (await import('./code-climate.js')).codeClimate(results, context),
  },
  'code-climate': {
    description: 'a code quality report for Code Climate, the same as gitlab',
    write: async (results, context) => (await import('./code-climate.js')).codeClimate(results, context),
  },
  html: {
    description: 'a web page',
    write: async (results, context) => (await import('./in-spectral.js')).inSpectral(results, 'html', context),
  },
  markdown: {
    description: 'a Markdown table',
    write: async (results, context) => (await import('./markdown.js')).markdown(results, context),
  },
  pretty: {
    description: 'columns, for people',
    isForPeople: true,
    write: async (results, context) => {
      const { inSpectral } = await import('./in-spectral.js');
      const text = await inSpectral(results, 'pretty', context);
      return hasColours(context) ? text : stripVTControlCharacters(text);
    },
  },
  teamcity: {
    description: 'TeamCity service messages',
    write: async (results) => (await import('./teamcity.js')).teamcity(results),
  },
  text: {
    description: 'a line for each finding, for people',
    isForPeople: true,
    write: async (results, context) => (await import('./in-spectral.js')).inSpectral(results, 'text', context),
  },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof table;

/** The formats, by their names. */
export const formats: Readonly<Record<FormatName, Format>> = table;

/** The names of the formats, in the order of the help. */
export const formatNames = Object.keys(formats) as FormatName[];

/** Writes results in a format. */
export function formatted(results: readonly Result[], format: FormatName, context: FormatContext): Promise<string> {
  return formats[format].write(results, context);
}

/** Whether colours are wanted, and can be seen: https://no-color.org, https://force-color.org. */
function hasColours({ isForFile }: FormatContext): boolean {
  const { NO_COLOR = '', FORCE_COLOR } = process.env;
  if (isForFile) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return NO_COLOR === '' && process.stdout.isTTY && process.stdout.hasColors();
}
