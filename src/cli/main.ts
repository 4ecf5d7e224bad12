import { writeSync } from 'node:fs';
import type { ParseArgsConfig } from 'node:util';
import { parsed } from './arguments.js';
import { exitCodes, Failure } from './failure.js';
import type { Output } from './output.js';
import { version } from './version.js';

const help = `Usage: conditional-requests COMMAND [OPTIONS]

Checks what OpenAPI descriptions promise about HTTP conditional requests, and
puts right what can be put right.

Commands:
  lint [FILE|FOLDER|GLOB|-…]  say what is wrong
  fix FILE|FOLDER|GLOB…       put right what can be put right, and nothing else
  explain [RULE]              say what a rule asks for, who asks, and why;
                              without a rule: list them all
  language-server --stdio     serve an editor

  -h, --help                  print this; after a command: what it takes
      --version               print the version
`;

const rulesetHelp = `  -r, --ruleset NAME|FILE    recommended, all, rfc9110, atlassian, haufe,
                             zalando, or a Spectral ruleset. Without it: the
                             .spectral.yaml of this folder, or recommended`;

const lintHelp = `Usage: conditional-requests lint [OPTIONS] [FILE|FOLDER|GLOB|-…]

Lints OpenAPI descriptions; without arguments, those of this folder and below
that git does not ignore. - is standard input.

${rulesetHelp}
  -f, --format FORMAT        stylish, json, sarif, github-actions, junit,
                             gitlab, code-climate, html, markdown, pretty,
                             teamcity or text; may be repeated
  -o, --output FILE          write to a file; of several formats, one each:
                             --output.sarif FILE
  -F, --fail-severity LEVEL  exit with 1 from error (the default), warn, info or
                             hint on
  -D, --display-only-failures
                             only show what makes it fail
      --show-documentation-url
                             show the section that each rule is taken from
      --ignore-unknown-format
                             pass over what is named and no description, as
                             what is found in folders
      --stdin-filepath FILE  what standard input is taken for
      --allow-remote         fetch what $refs to other hosts lead to
      --shard N/COUNT        lint one of COUNT parts of the files
  -q, --quiet                show results and errors, and nothing else

Exit codes: 0 nothing found, 1 something severe enough, 2 something that was
named is missing or no description. In folders and globs, what is none is
passed over, unless it seems to be one with a mistake in its version.
`;

const fixHelp = `Usage: conditional-requests fix [OPTIONS] FILE|FOLDER|GLOB…

Puts right what only corrects the description.

${rulesetHelp}
      --rule ID              fix what this rule finds, and nothing else; may be
                             repeated. Includes what the rule can only suggest
      --suggested            fix too what says something about the server that
                             only a person can know
      --dry-run              print the changes as a diff, and write nothing
      --check                write nothing, and exit with 1 if something would
                             change
      --ignore-unknown-format
                             pass over what is named and no description, as
                             what is found in folders

Exit codes: 0 done, 1 --check has found something to change, 2 something that
was named is missing, or no OpenAPI description can be read in it, or its text
has a mistake; what is broken keeps everything from being changed.
`;

const explainHelp = `Usage: conditional-requests explain [RULE]

Says what a rule asks for, who asks, and why; without a rule: lists them all.
`;

const languageServerHelp = `Usage: conditional-requests language-server --stdio

Serves an editor by the Language Server Protocol, on standard input and output.

      --clientProcessId PID  end when this process is gone
`;

const fixOptions = {
  ruleset: { type: 'string', short: 'r' },
  rule: { type: 'string', multiple: true },
  suggested: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  check: { type: 'boolean' },
  'ignore-unknown-format': { type: 'boolean' },
} as const satisfies ParseArgsConfig['options'];

const languageServerOptions = {
  stdio: { type: 'boolean' },
  clientProcessId: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

const commands = {
  lint: { help: lintHelp, run: lintCommand },
  fix: { help: fixHelp, run: fixCommand },
  explain: { help: explainHelp, run: explainCommand },
  'language-server': { help: languageServerHelp, run: languageServerCommand },
} as const;

const output: Output = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};

/**
 * Runs the command line.
 *
 * @param args what was written after the name of the command
 * @returns the exit code; `undefined` where the process ends by itself
 */
async function run([name, ...args]: readonly string[]): Promise<number | undefined> {
  if (name === undefined) {
    output.err(help);
    return exitCodes.failed;
  }
  if (name === '--version') output.out(`${version()}\n`);
  else if (name === '--help' || name === '-h') output.out(help);
  else if (!isCommand(name)) {
    throw new Failure(
      `There is no command "${name}": there are lint, fix, explain and language-server. --help says more.`,
    );
  } else if (args.includes('--help') || args.includes('-h')) output.out(commands[name].help);
  else return commands[name].run(args);
  return exitCodes.done;
}

function isCommand(name: string): name is keyof typeof commands {
  return Object.hasOwn(commands, name);
}

async function lintCommand(args: string[]): Promise<number> {
  const { lintAsAsked } = await import('./lint-arguments.js');
  return lintAsAsked(args, process.cwd(), output);
}

async function fixCommand(args: string[]): Promise<number> {
  const { values, positionals } = parsed(args, fixOptions);
  const { fixFiles } = await import('./fix-command.js');
  const options = {
    files: positionals,
    ruleset: values.ruleset,
    rules: values.rule ?? [],
    suggested: values.suggested === true,
    dryRun: values['dry-run'] === true,
    check: values.check === true,
    ignoreUnknownFormat: values['ignore-unknown-format'] === true,
  };
  return fixFiles(options, process.cwd(), output);
}

async function explainCommand(args: string[]): Promise<number> {
  const [id, another] = parsed(args, {}).positionals;
  if (another !== undefined) throw new Failure('One rule at a time.');
  const { explain, listOfRules } = await import('./explain.js');
  process.stdout.write(id === undefined ? listOfRules() : explain(id));
  return exitCodes.done;
}

/** The server reads its arguments, and says when the process is to end and how, by itself. */
async function languageServerCommand(args: string[]): Promise<undefined> {
  const { values, positionals } = parsed(args, languageServerOptions);
  if (values.stdio !== true || positionals.length > 0)
    throw new Failure('Standard input and output are all it serves: --stdio');
  const { serve } = await import('../language-server/server.js');
  serve(version());
}

/** Ends the process once all is written: what was read need not be taken apart first, which takes long. */
function end(code: number): void {
  isEnded = true;
  process.stdout.write('', () => {
    const error: NodeJS.ErrnoException | null = process.stdout.errored;
    // Whoever was reading may have seen enough: `lint | head`.
    const isFailed = error !== null && error.code !== 'EPIPE';
    if (isFailed) output.err(`Standard output cannot be written: ${error.message}\n`);
    process.stderr.write('', () => process.exit(isFailed ? exitCodes.failed : code));
  });
}

let isEnded = false;
process.on('exit', (code) => {
  if (isEnded || code !== 0) return;
  // Node takes it for the end when nothing is left that could bring what is waited for.
  process.exitCode = exitCodes.failed;
  writeSync(process.stderr.fd, 'Could not be finished: something that was waited for never came.\n');
});

for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
run(process.argv.slice(2)).then(
  (code) => {
    if (code === undefined) isEnded = true;
    else end(code);
  },
  (error: Error) => {
    if (!(error instanceof Failure) && error.name !== 'UnreadableRuleset') throw error;
    output.err(`${error.message}\n`);
    end(exitCodes.failed);
  },
);
