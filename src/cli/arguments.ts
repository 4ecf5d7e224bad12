import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Failure } from './failure.js';

/**
 * What the arguments of a command say.
 *
 * @throws Failure where there is no such option, or it lacks its value
 */
export function parsed<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
): ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new Failure(`${(error as Error).message.split('. ', 1)[0]}. --help says what there is.`);
  }
}
