import { Failure } from '../../src/hosts/cli/failure.js';
import { observeWithArguments } from '../../src/hosts/cli/observe-arguments.js';

/**
 * What `observe` says of arguments that are wrong, in the process of the test.
 *
 * @returns the message; `undefined` if it did not fail
 */
export async function failureOf(folder: string, ...args: string[]): Promise<string | undefined> {
  const printed: string[] = [];
  const print = (text: string) => void printed.push(text);
  try {
    await observeWithArguments(args, folder, { out: print, err: print, isTerminal: false });
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure) || printed.length > 0) throw error;
    return error.message;
  }
}
