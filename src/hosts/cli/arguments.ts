import { parseArgs, type ParseArgsConfig } from 'node:util';
import { closestMatch } from 'leven';
import { Failure } from './failure.js';

/** An option of a command: what is understood, what help says of it, and what a shell can complete. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for its value in the help. */
  readonly value?: string;
  /** The values that it takes, if those are all. */
  readonly values?: readonly string[];
  /** What it is for, as the help says it. */
  readonly help: string;
}

/** The options of a command, by their long names. */
export type Options = Readonly<Record<string, Option>>;

/** How many letters of what was written may differ from what was meant. */
const maxDistance = 3;

/**
 * What the arguments of a command say.
 *
 * @throws Failure where there is no such option, or it lacks its value
 */
export function parseArguments<T extends Options & NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
): ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const { message } = error as Error;
    const [, unknown] = /^Unknown option '--([^']+)'/.exec(message) ?? [];
    const meant = unknown === undefined ? undefined : nearest(unknown, Object.keys(options));
    const hint = meant === undefined ? '--help lists the options.' : `Did you mean --${meant}?`;
    throw new Failure(`${message.split('. ', 1)[0]}. ${hint}`);
  }
}

/** The name that may have been meant by one that there is not. */
function nearest(unknown: string, names: readonly string[]): string | undefined {
  const longer = names.find((name) => unknown.length > 2 && name.startsWith(unknown));
  return longer ?? closestMatch(unknown, names, { maxDistance });
}

/**
 * A value as one of those that there are.
 *
 * @param noun what they are
 * @throws Failure where it is none of them
 */
export function oneOf<T extends string>(values: readonly T[], noun: string, value: string): T {
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw new Failure(`unknown ${noun} '${value}'; use one of: ${values.join(', ')}`);
  return found;
}
