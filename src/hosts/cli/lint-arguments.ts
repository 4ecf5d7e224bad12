import { parseArguments } from './arguments.js';
import { commands } from './commands.js';
import { Failure } from './failure.js';
import { type FormatName, formatNames } from './formats/formats.js';
import { runLint } from './lint-command.js';
import type { Output } from './output.js';

const { options: lintOptions } = commands.lint;

/**
 * Parses the arguments of `lint` and runs it.
 *
 * @param cwd the folder that names are relative to
 * @returns the exit code
 * @throws Failure if an argument is wrong or nothing could be linted
 */
export async function lintWithArguments(args: readonly string[], cwd: string, output: Output): Promise<number> {
  const { values, positionals } = parseArguments(args, lintOptions);
  const formats = (values.format ?? ['code-frame']).map((name) => lintOptions.format.read(name));
  if (values['cache-location'] !== undefined && values.cache !== true)
    throw new Failure('--cache-location needs --cache');
  const uncounted = formats.find((name) => !['code-frame', 'json'].includes(name));
  if (values.statistics === true && uncounted !== undefined)
    throw new Failure(`--statistics prints text, or JSON with --format json, and not ${uncounted}`);
  const files = new Map(formatNames.map((name) => [name, values[`output.${name}`]]));
  const options = {
    files: positionals,
    ruleset: values.ruleset,
    formats: withFiles(formats, values.output, files),
    rules: values.rule ?? [],
    skippedRules: values['skip-rule'] ?? [],
    statistics: values.statistics === true,
    failSeverity: lintOptions['fail-severity'].read(values['fail-severity'] ?? 'error'),
    displayOnlyFailures: values['display-only-failures'] === true,
    showDocumentationUrl: values['show-documentation-url'] === true,
    ignoreUnknownFormat: values['ignore-unknown-format'] === true || values['find-related'] === true,
    stdinFilepath: values['stdin-filepath'],
    overlays: values.overlay ?? [],
    baseline: values.baseline,
    updateBaseline: values['update-baseline'] === true,
    pruneBaseline: values['prune-baseline'] === true,
    strictBaseline: values['strict-baseline'] === true,
    allowRemote: values['allow-remote'] === true,
    cache: values.cache === true,
    cacheLocation: values['cache-location'],
    changedSince: values['changed-since'],
    findRelated: values['find-related'] === true,
    shard: values.shard === undefined ? undefined : lintOptions.shard.read(values.shard),
    quiet: values.quiet === true,
    verbose: values.verbose === true,
  };
  return runLint(options, cwd, output);
}

/**
 * The formats with the files that they are written to.
 *
 * @param only the file of `--output`
 * @param files the files of `--output.FORMAT`
 */
function withFiles(
  formats: readonly FormatName[],
  only: string | undefined,
  files: ReadonlyMap<FormatName, string | undefined>,
) {
  const stray = formatNames.find((name) => files.get(name) !== undefined && !formats.includes(name));
  if (stray !== undefined) throw new Failure(`--output.${stray} needs --format ${stray}`);
  if (only !== undefined && formats.length > 1) {
    throw new Failure('Several formats need a file each: --output.json FILE --output.sarif FILE');
  }
  return formats.map((format) => ({ format, file: files.get(format) ?? only }));
}
