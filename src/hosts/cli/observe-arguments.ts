import { parseArguments } from './arguments.js';
import { commands } from './commands.js';
import { runObserve } from './observe-command.js';
import type { Output } from './output.js';

const { options } = commands.observe;

/**
 * Parses the arguments of `observe` and runs it.
 *
 * @param cwd the folder that names are relative to
 * @returns the exit code
 * @throws Failure if an argument is wrong or nothing could be learnt
 */
export async function observeWithArguments(args: readonly string[], cwd: string, output: Output): Promise<number> {
  const { values, positionals } = parseArguments(args, options);
  return runObserve(
    {
      files: positionals,
      traffic: values.traffic ?? [],
      server: values.server === undefined ? undefined : options.server.read(values.server),
      parameters: new Map((values.param ?? []).map((text) => options.param.read(text))),
      fields: (values.header ?? []).map((text) => options.header.read(text)),
      rate: options.rate.read(values.rate ?? '10'),
      mostRequests: options['max-requests'].read(values['max-requests'] ?? '1000'),
      patience: 1000 * options.timeout.read(values.timeout ?? '10'),
      isPlan: values.plan === true,
      save: values.save,
      ignore: values.ignore ?? [],
      format: options.format.read(values.format ?? 'code-frame'),
      output: values.output,
      failSeverity: options['fail-severity'].read(values['fail-severity'] ?? 'error'),
      quiet: values.quiet === true,
    },
    cwd,
    output,
  );
}
