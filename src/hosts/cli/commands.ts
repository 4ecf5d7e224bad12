import { severities } from '../../guidelines/citation.js';
import { rulesetNames } from '../../rulesets.js';
import type { Options } from './arguments.js';
import { formatNames } from './formats/formats.js';

/** A command: how it is called, and what its help says. */
export interface Command {
  /** What can stand behind its name. */
  readonly takes: string;
  /** What it does, in a line or two of the list of commands. */
  readonly summary: string;
  /** What it does, at the top of its own help. */
  readonly about: string;
  readonly options: Options;
  /** What its exit codes mean, where they are more than success and failure. */
  readonly exitCodes?: string;
}

const ruleset = {
  type: 'string',
  short: 'r',
  value: 'NAME|FILE',
  help: `${rulesetNames.join(', ')}, or a Spectral ruleset. Without it: the .spectral.yaml of this folder, or recommended`,
} as const;

const ignoreUnknownFormat = {
  type: 'boolean',
  help: 'pass over what is named and no description, as what is found in folders',
} as const;

/** Every command, by its name. Parsing, help and the suggestions for what is written wrongly go by this table. */
export const commands = {
  lint: {
    takes: '[FILE|FOLDER|GLOB|-…]',
    summary: 'say what is wrong',
    about:
      'Lints OpenAPI descriptions; without arguments, those of this folder and below that git does not ignore. - is standard input.',
    options: {
      ruleset,
      format: {
        type: 'string',
        short: 'f',
        multiple: true,
        value: 'FORMAT',
        values: formatNames,
        help: `${formatNames.slice(0, -1).join(', ')} or ${formatNames.at(-1)}; may be repeated`,
      },
      output: {
        type: 'string',
        short: 'o',
        value: 'FILE',
        help: 'write to a file; of several formats, one each: --output.sarif FILE',
      },
      'fail-severity': {
        type: 'string',
        short: 'F',
        value: 'LEVEL',
        values: severities,
        help: 'exit with 1 from error (the default), warn, info or hint on',
      },
      'display-only-failures': { type: 'boolean', short: 'D', help: 'only show what makes it fail' },
      'show-documentation-url': { type: 'boolean', help: 'show the section that each rule is taken from' },
      'ignore-unknown-format': ignoreUnknownFormat,
      'stdin-filepath': { type: 'string', value: 'FILE', help: 'what standard input is taken for' },
      'allow-remote': { type: 'boolean', help: 'fetch what $refs to other hosts lead to' },
      shard: { type: 'string', value: 'N/COUNT', help: 'lint one of COUNT parts of the files' },
      quiet: { type: 'boolean', short: 'q', help: 'show results and errors, and nothing else' },
    },
    exitCodes:
      '0 nothing found, 1 something severe enough, 2 something that was named is missing or no description. In folders and globs, what is none is passed over, unless it seems to be one with a mistake in its version.',
  },
  fix: {
    takes: 'FILE|FOLDER|GLOB…',
    summary: 'put right what can be put right, and nothing else',
    about: 'Puts right what only corrects the description.',
    options: {
      ruleset,
      rule: {
        type: 'string',
        multiple: true,
        value: 'ID',
        help: 'fix what this rule finds, and nothing else; may be repeated. Includes what the rule can only suggest',
      },
      suggested: { type: 'boolean', help: 'fix too what says something about the server that only a person can know' },
      remove: {
        type: 'boolean',
        help: 'take away too what is declared and should not be: headers, parameters, responses',
      },
      'dry-run': { type: 'boolean', help: 'print the changes as a diff, and write nothing' },
      check: { type: 'boolean', help: 'write nothing, and exit with 1 if something would change' },
      'ignore-unknown-format': ignoreUnknownFormat,
    },
    exitCodes:
      '0 done, 1 --check has found something to change, 2 something that was named is missing, or no OpenAPI description can be read in it, or its text has a mistake; what is broken keeps everything from being changed.',
  },
  explain: {
    takes: '[RULE]',
    summary: 'say what a rule asks for, who asks, and why; without a rule: list them all',
    about: 'Says what a rule asks for, who asks, and why; without a rule: lists them all.',
    options: {},
  },
  'language-server': {
    takes: '--stdio',
    summary: 'serve an editor',
    about: 'Serves an editor by the Language Server Protocol, on standard input and output.',
    options: {
      stdio: { type: 'boolean', help: 'serve standard input and output' },
      clientProcessId: { type: 'string', value: 'PID', help: 'end when this process is gone' },
    },
  },
} as const satisfies Readonly<Record<string, Command>>;
