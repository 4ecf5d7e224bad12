import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { shortName } from '../../files/discovery.js';
import { reasonOf } from '../../files/reading.js';
import { Failure } from './failure.js';

/** The streams that a command writes to. */
export interface Output {
  /** Writes the results of the command to standard output. */
  out(text: string): void;
  /** Writes messages about the run to standard error. */
  err(text: string): void;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
}

/**
 * Writes the output of a command to a file.
 *
 * @param name the file, relative to `cwd`
 * @param descriptions the absolute paths of the descriptions that the output is about, none of which is overwritten
 * @throws Failure if it cannot be written
 */
export function writeOutput(name: string, text: string, cwd: string, descriptions: readonly string[]): void {
  const file = resolve(cwd, name);
  const real = existsSync(file) ? realpathSync(file) : undefined;
  if (real !== undefined && descriptions.some((other) => existsSync(other) && realpathSync(other) === real))
    throw new Failure(
      `${shortName(file, cwd)}: is one of the descriptions, and was not overwritten: name another --output`,
    );
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Failure(`${shortName(file, cwd)}: cannot be written: ${reasonOf(error)}`);
  }
}
