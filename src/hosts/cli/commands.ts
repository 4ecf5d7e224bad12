import { baselineName } from '../../baseline/baseline-name.js';
import { severities } from '../../guidelines/citation.js';
import { choiceOf, type Options } from './arguments.js';
import { Failure } from './failure.js';
import { type FormatName, formatNames, formats } from './formats/formats.js';
import { observeOptions } from './observe-options.js';

/** A command: its arguments, its options and its help. */
export interface Command {
  /** Its arguments, as the help shows them after its name. */
  readonly takes: string;
  /** Its explanation in the list of commands, one or two lines. */
  readonly summary: string;
  /** Its explanation at the top of its own help. */
  readonly about: string;
  readonly options: Options;
  /** A list below its options, with a heading: terms and their explanations. */
  readonly list?: { readonly heading: string; readonly entries: Readonly<Record<string, string>> };
  /** The meaning of its exit codes, if there are more than success and failure. */
  readonly exitCodes?: string;
}

const ruleset = {
  type: 'string',
  short: 'r',
  value: 'NAME|FILE',
  help: 'a name (`rules` lists them) or a file. Default: the nearest .spectral.yaml or guideline.yaml above each file, or else recommended',
} as const;

const ignoreUnknownFormat = {
  type: 'boolean',
  help: 'skip named files that are no descriptions',
} as const;

const findRelated = {
  type: 'boolean',
  help: 'take the descriptions that the files are part of',
} as const;

/** `--output.FORMAT FILE` for each format. Spectral has these options for several formats at once. */
const outputOptions = Object.fromEntries(
  formatNames.map((name) => [`output.${name}`, { type: 'string', value: 'FILE' }]),
) as Readonly<Record<`output.${FormatName}`, { readonly type: 'string'; readonly value: 'FILE' }>>;

/** Reads which part of the files to lint, counted from 1, and the number of parts. */
function shardIn(text: string): { index: number; count: number } {
  const [index = 0, count = 0] = /^\d+\/\d+$/.test(text) ? text.split('/').map(Number) : [];
  if (index < 1 || index > count)
    throw new Failure(`--shard ${text}: expected a part and the number of parts, such as 2/5.`);
  return { index, count };
}

/** The forms of a report. */
export const reportForms = ['html', 'json', 'markdown'] as const;
export type ReportForm = (typeof reportForms)[number];

/** The shells that `completion` knows. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** The formats of the list of rules. */
export const listFormats = ['text', 'markdown', 'json'] as const;
export type ListFormat = (typeof listFormats)[number];

/** Every command, by its name. Parsing, help and the suggestions for unknown options use this table. */
export const commands = {
  lint: {
    takes: '[FILE|FOLDER|GLOB|-…]',
    summary: 'report what is wrong',
    about:
      'Lints OpenAPI descriptions. Without arguments, lints all in this folder and below that git does not ignore. - is standard input.',
    options: {
      ruleset,
      format: {
        type: 'string',
        short: 'f',
        multiple: true,
        value: 'FORMAT',
        ...choiceOf(formatNames, 'format'),
        help: 'one of the formats below; may be repeated',
      },
      output: {
        type: 'string',
        short: 'o',
        value: 'FILE',
        help: 'write to a file; by format: --output.sarif FILE',
      },
      ...outputOptions,
      'fail-severity': {
        type: 'string',
        short: 'F',
        value: 'LEVEL',
        ...choiceOf(severities, 'severity'),
        help: 'the least that exits with 1: error (default), warn, info or hint',
      },
      'display-only-failures': { type: 'boolean', short: 'D', help: 'show only findings that exit with 1' },
      'show-documentation-url': { type: 'boolean', help: 'show a link to the section that each rule cites' },
      'ignore-unknown-format': ignoreUnknownFormat,
      rule: { type: 'string', multiple: true, value: 'ID', help: 'lint with this rule only; may be repeated' },
      'skip-rule': { type: 'string', multiple: true, value: 'ID', help: 'lint without this rule; may be repeated' },
      statistics: { type: 'boolean', help: 'count by rule, guideline and file; also -f json' },
      'stdin-filepath': {
        type: 'string',
        value: 'FILE',
        help: 'the path that standard input stands for',
      },
      overlay: {
        type: 'string',
        multiple: true,
        value: 'FILE',
        help: 'an OpenAPI Overlay to apply; may be repeated',
      },
      baseline: {
        type: 'string',
        value: 'FILE',
        help: `instead of ${baselineName}`,
      },
      'update-baseline': {
        type: 'boolean',
        help: 'write what is found to the baseline',
      },
      'prune-baseline': { type: 'boolean', help: 'remove from the baseline what is no longer found' },
      'strict-baseline': { type: 'boolean', help: 'exit with 1 if it lists what is no longer found' },
      'changed-since': {
        type: 'string',
        value: 'REV',
        help: 'lint what changed since, and what refers to it',
      },
      'find-related': findRelated,
      cache: { type: 'boolean', help: 'keep what is found, and lint only what is new' },
      'cache-location': {
        type: 'string',
        value: 'FILE',
        help: 'instead of .conditional-requests-cache',
      },
      'allow-remote': { type: 'boolean', help: 'fetch documents that $refs lead to' },
      shard: { type: 'string', value: 'N/COUNT', read: shardIn, help: 'lint only part N of COUNT of the files' },
      quiet: { type: 'boolean', short: 'q', help: 'show only findings and errors' },
      verbose: { type: 'boolean', help: 'also say how many documents were slow to read' },
    },
    list: {
      heading: 'Formats',
      entries: Object.fromEntries(formatNames.map((name) => [name, formats[name].description])),
    },
    exitCodes:
      '0 no finding is severe enough, 1 a finding is, 2 a file that you named is missing or not an OpenAPI description, a text is broken, or the run failed. In folders and globs, other files are skipped, unless their version seems mistyped.',
  },
  fix: {
    takes: 'FILE|FOLDER|GLOB…',
    summary: 'fix what can be fixed, and change nothing else',
    about: 'Makes the safe fixes: those that only correct the description.',
    options: {
      ruleset,
      rule: {
        type: 'string',
        multiple: true,
        value: 'ID',
        help: 'make only the fixes of this rule, suggestions included; may be repeated',
      },
      suggested: {
        type: 'boolean',
        help: 'make suggestions too: fixes that say something about the server that only you can know',
      },
      remove: {
        type: 'boolean',
        help: 'also remove headers, parameters and responses that should not be declared',
      },
      observed: {
        type: 'string',
        value: 'FILE',
        help: 'add what was seen of the server: a file that `observe --save` wrote',
      },
      overlay: {
        type: 'string',
        value: 'FILE',
        help: 'write the fixes of one description to this OpenAPI Overlay, and not to the description',
      },
      'dry-run': { type: 'boolean', help: 'print the changes as a diff and write nothing' },
      'find-related': findRelated,
      check: { type: 'boolean', help: 'write nothing; exit with 1 if a fix is left to make' },
      'ignore-unknown-format': ignoreUnknownFormat,
    },
    exitCodes:
      '0 done, 1 --check found a fix to make, 2 a named file is missing, is not an OpenAPI description or is broken, or has a part that is. If a file is broken, no file is changed.',
  },
  report: {
    takes: '[FILE|FOLDER|GLOB…]',
    summary: 'show how much of each API promises conditional requests',
    about:
      'Reports how many reads can be revalidated and how many writes are guarded, API by API, and what to fix first. Without arguments, reports on all descriptions in this folder and below that git does not ignore.',
    options: {
      output: {
        type: 'string',
        short: 'o',
        value: 'FILE',
        help: 'write to a file: .html (one page, without scripts), .json or .md',
      },
      format: {
        type: 'string',
        short: 'f',
        value: 'FORMAT',
        ...choiceOf(reportForms, 'format'),
        help: 'html, json or markdown. Default: as the file ends, or else markdown',
      },
      since: { type: 'string', value: 'FILE', help: 'show what has changed since an earlier report in JSON' },
      observed: {
        type: 'string',
        value: 'FILE',
        help: 'show what was seen of the server beside what is promised: a file that `observe --save` wrote',
      },
    },
    exitCodes: '0 done, 2 a file could not be read or is not an OpenAPI description, or the run failed.',
  },
  observe: {
    takes: 'DESCRIPTION',
    summary: 'compare a description with what its server does',
    about:
      'Learns from recorded traffic, or by asking, what a server does about conditional requests. Reports where it breaks HTTP, and where the description disagrees with it.',
    options: observeOptions,
    exitCodes:
      '0 no finding is severe enough, 1 a finding is, 2 the description or the traffic could not be read, or nothing could be learnt.',
  },
  explain: {
    takes: '[RULE]',
    summary: 'print the page of a rule; without RULE, list all rules',
    about: 'Prints the page of a rule: what it asks for, who asks and why. Without RULE, lists all rules.',
    options: {
      ruleset: {
        type: 'string',
        short: 'r',
        value: 'NAME|FILE',
        help: 'show what this ruleset or guideline says of the rule, too',
      },
      format: {
        type: 'string',
        short: 'f',
        value: 'FORMAT',
        ...choiceOf(listFormats, 'format'),
        help: 'text (default on a terminal), markdown (default elsewhere) or json',
      },
    },
  },
  rules: {
    takes: '',
    summary: 'list the rules and their severities in each ruleset',
    about: 'Lists all rules and their severities in each ruleset.',
    options: {
      ruleset: {
        type: 'string',
        short: 'r',
        multiple: true,
        value: 'NAME|FILE',
        help: 'list the rules of this ruleset or guideline only, and where it asks for them; may be repeated',
      },
      format: {
        type: 'string',
        short: 'f',
        value: 'FORMAT',
        ...choiceOf(listFormats, 'format'),
        help: 'text (default), markdown, such as for a page of your guideline, or json',
      },
    },
  },
  ruleset: {
    takes: 'FILE',
    summary: 'write the Spectral ruleset of your own guideline',
    about:
      'Prints the Spectral ruleset of your own guideline, as a module to extend in .spectral.yaml: conditional-requests ruleset guideline.yaml > .spectral-guideline.mjs. Its findings name the guideline and link to it.',
    options: {},
  },
  completion: {
    takes: shells.join('|'),
    summary: 'print a script that completes commands',
    about:
      'Prints a script that completes commands, options and their values. In ~/.bashrc: source <(conditional-requests completion bash). In ~/.zshrc, after compinit: source <(conditional-requests completion zsh). For fish: conditional-requests completion fish > ~/.config/fish/completions/conditional-requests.fish',
    options: {},
  },
  'language-server': {
    takes: '--stdio',
    summary: 'serve an editor',
    about: 'Serves an editor through the Language Server Protocol, on standard input and output.',
    options: {
      stdio: { type: 'boolean', help: 'serve standard input and output' },
      clientProcessId: { type: 'string', value: 'PID', help: 'end when this process is gone' },
    },
  },
} as const satisfies Readonly<Record<string, Command>>;
