import { parseArgs, type ParseArgsConfig } from 'node:util';
import { nearestName } from '../../nearest-name.js';
import { Failure } from './failure.js';

/** An option of a command: how it is parsed, and its help. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** The placeholder of its value in the help. */
  readonly value?: string;
  /** Its values, if there are only these. */
  readonly choices?: readonly string[];
  /** Reads its value. Throws a {@link Failure} if the value is invalid. Absent if every text is valid. */
  readonly read?: (text: string) => unknown;
  /** Its explanation in the help; absent if another option explains it too. */
  readonly help?: string;
}

/** The options of a command, by their long names. */
export type Options = Readonly<Record<string, Option>>;

/**
 * Parses the arguments of a command.
 *
 * @throws Failure if an option is unknown or its value is missing
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
    const meant = unknown === undefined ? undefined : nearestName(unknown, Object.keys(options));
    const hint = meant === undefined ? '--help lists the options.' : `Did you mean --${meant}?`;
    throw new Failure(`${message.split('. ', 1)[0]}. ${hint}`);
  }
}

/**
 * Checks that a value is one of the allowed ones.
 *
 * @param noun what the values are, for the message
 * @throws Failure if it is not
 */
export function oneOf<T extends string>(values: readonly T[], noun: string, value: string): T {
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw new Failure(`unknown ${noun} '${value}'; ${insteadOf(value, values)}`);
  return found;
}

/** What to use instead of an unknown name: the nearest, if one is near, and all that there are. */
export function insteadOf(unknown: string, names: readonly string[]): string {
  const meant = nearestName(unknown, names);
  return `${meant === undefined ? '' : `did you mean ${meant}? `}use one of: ${names.join(', ')}`;
}

/**
 * What an option says that takes one of some values.
 *
 * @param noun what the values are, for the message
 */
export function choiceOf<T extends string>(choices: readonly T[], noun: string) {
  return { choices, read: (text: string): T => oneOf(choices, noun, text) };
}
