import { Failure } from '../../../src/hosts/cli/failure.js';
import { lintWithArguments } from '../../../src/hosts/cli/lint-arguments.js';
import type { Run } from './run.js';

/** Runs `lint` as the command line does, without the time that starting another process takes. */
export async function lintInProcess(cwd: string, ...args: string[]): Promise<Run> {
  const written = { out: '', err: '' };
  const output = {
    out: (text: string) => void (written.out += text),
    err: (text: string) => void (written.err += text),
    isTerminal: false,
  };
  try {
    return { status: await lintWithArguments(args, cwd, output), ...written };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...written, status: 2, err: `${error.message}\n` };
  }
}
