import { sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Guideline } from '../../../guidelines/guideline.js';
import type { Result, SeverityNumber } from '../../../result.js';
import type { Rule } from '../../../rule.js';

/** A rule that was on, the severity of its findings, the section that they link to, and the guidelines that the user follows. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: SeverityNumber;
  readonly url: string;
  readonly follows: readonly Guideline[];
}

/** The address of the section that each rule links to, by rule id. */
export function sectionUrls(rules: readonly ActiveRule[]): Map<string, string> {
  return new Map(rules.map(({ rule, url }) => [rule.id, url]));
}

/** What formats need besides the results. */
export interface FormatContext {
  /** The lowest severity that makes the command fail. */
  readonly failSeverity: SeverityNumber;
  /** The rules that were on for at least one file. */
  readonly rules: readonly ActiveRule[];
  /** The version of this package. */
  readonly version: string;
  /** The absolute paths of the descriptions that were linted, with findings or without. */
  readonly files: readonly string[];
  /** The folder that relative paths in the output start from. */
  readonly cwd: string;
  /** A line, counted from 0, of a file in which something was found; `undefined` if it cannot be read. */
  readonly lineOf: (file: string, line: number) => string | undefined;
  /** The results that are not shown: the description makes an exception for them, or the baseline holds them back. */
  readonly suppressed: readonly Result[];
  /** Whether the output goes to a file, which must not contain escape sequences for colours. */
  readonly isForFile: boolean;
}

/** An output format. */
interface Format {
  /** Its explanation in the help and in `examples/ci/README.md`. */
  readonly description: string;
  /** Whether it is for people at a terminal. Then the command also prints a line if there are no findings. */
  readonly isForPeople?: true;
  /** Whether it contains fixes, which must be computed first. */
  readonly hasFixes?: true;
  /** Loads the modules of the format and returns the whole output, with its final line break if it has one. */
  readonly write: (results: readonly Result[], context: FormatContext) => Promise<string>;
}

/**
 * The formats, by the names that `spectral lint` uses. Only the requested formats are loaded: loading all of them takes as long
 * as linting does.
 */
const table = {
  'code-frame': {
    description: 'each finding with its line, for people (the default)',
    isForPeople: true,
    write: async (results, context) => {
      const { codeFrame } = await import('./code-frame.js');
      return codeFrame(results, context, process.stdout.columns || 80, hasColours(context));
    },
  },
  stylish: {
    description: 'a table for each file, as `spectral lint` writes it',
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
    write: async (results, context) => (await import('./sarif.js')).sarif(results, fromRoot(context)),
  },
  'github-actions': {
    description: 'annotations on GitHub',
    write: async (results, context) => (await import('./github-actions.js')).githubActions(results, fromRoot(context)),
  },
  junit: {
    description: 'JUnit XML; a finding that does not fail the run is output of a passed test',
    write: async (results, context) => (await import('./junit.js')).junit(results, context),
  },
  gitlab: {
    description: 'a code quality report for GitLab',
    write: async (results, context) => (await import('./code-climate.js')).codeClimate(results, fromRoot(context)),
  },
  'code-climate': {
    description: 'a code quality report for Code Climate, the same as gitlab',
    write: async (results, context) => (await import('./code-climate.js')).codeClimate(results, fromRoot(context)),
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

/**
 * GitHub and GitLab count paths in reports from the root of the repository, also where a step runs in a folder below it. They say where
 * that root is.
 */
function fromRoot(context: FormatContext): FormatContext {
  const roots = [process.env['GITHUB_WORKSPACE'], process.env['CI_PROJECT_DIR']];
  const above = roots.find((root) => root !== undefined && root !== '' && context.cwd.startsWith(`${root}${sep}`));
  return above === undefined ? context : { ...context, cwd: above };
}

/** Whether to write colours. */
export function hasColours({ isForFile }: Pick<FormatContext, 'isForFile'>): boolean {
  return !isForFile && wantsColours();
}

/** Whether the user wants colours on standard output: https://no-color.org, https://force-color.org. */
export function wantsColours(): boolean {
  const { NO_COLOR = '', FORCE_COLOR } = process.env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return NO_COLOR === '' && process.stdout.isTTY && process.stdout.hasColors();
}
