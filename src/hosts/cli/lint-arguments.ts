import { oneOf, parseArguments } from './arguments.js';
import { commands } from './commands.js';
import { Failure } from './failure.js';
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
  const { rest, outputs } = outputsIn(args);
  const { values, positionals } = parseArguments(rest, lintOptions);
  const options = {
    files: positionals,
    ruleset: values.ruleset,
    formats: formatsIn(values.format ?? ['stylish'], values.output, outputs),
    failSeverity: oneOf(lintOptions['fail-severity'].values, 'severity', values['fail-severity'] ?? 'error'),
    displayOnlyFailures: values['display-only-failures'] === true,
    showDocumentationUrl: values['show-documentation-url'] === true,
    ignoreUnknownFormat: values['ignore-unknown-format'] === true,
    stdinFilepath: values['stdin-filepath'],
    allowRemote: values['allow-remote'] === true,
    shard: values.shard === undefined ? undefined : shardIn(values.shard),
    quiet: values.quiet === true,
  };
  return runLint(options, cwd, output);
}

/** Separates `--output.FORMAT FILE` from the other arguments. Spectral has this option for several formats at once. */
function outputsIn(args: readonly string[]): { rest: string[]; outputs: Map<string, string> } {
  const rest: string[] = [];
  const outputs = new Map<string, string>();
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    const [, format, inline] = /^--output\.([a-z-]+)(?:=(.*))?$/.exec(arg) ?? [];
    if (format === undefined) rest.push(arg);
    else outputs.set(format, inline ?? args[++index] ?? '');
  }
  return { rest, outputs };
}

function formatsIn(names: readonly string[], only: string | undefined, outputs: ReadonlyMap<string, string>) {
  const formats = names.map((name) => oneOf(lintOptions.format.values, 'format', name));
  const stray = [...outputs.keys()].find((name) => !names.includes(name));
  if (stray !== undefined) throw new Failure(`--output.${stray} needs --format ${stray}`);
  if (only !== undefined && formats.length > 1) {
    throw new Failure('Several formats need a file each: --output.json FILE --output.sarif FILE');
  }
  return formats.map((format) => ({ format, file: outputs.get(format) ?? only }));
}

function shardIn(text: string) {
  const [index = 0, count = 0] = /^\d+\/\d+$/.test(text) ? text.split('/').map(Number) : [];
  if (index < 1 || index > count)
    throw new Failure(`--shard ${text}: expected a part and the number of parts, such as 2/5.`);
  return { index, count };
}
