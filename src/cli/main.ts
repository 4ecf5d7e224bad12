import { readFileSync } from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { exitCodes, Failure } from './failure.js';

const help = `Usage: conditional-requests <command> [options]

Checks what OpenAPI descriptions promise about HTTP conditional requests.

Commands:
  fix FILE|FOLDER|GLOB…   put right what can be put right, and nothing else
  explain [RULE]          say what a rule asks for, who asks, and why;
                          without a rule: list them all

Options of fix:
  -r, --ruleset NAME|FILE  recommended, all, rfc9110, atlassian, haufe, zalando,
                           or a Spectral ruleset. Without it: the .spectral.yaml
                           of this folder, or else recommended
      --rule ID            fix what this rule finds, and nothing else; may be
                           repeated. Includes what the rule can only suggest
      --suggested          fix too what says something about the server that
                           only a person can know
      --dry-run            print the changes as a diff, and write nothing
      --check              write nothing, and exit with 1 if something would
                           change

  -h, --help               print this
      --version            print the version

Exit codes: 0 done, 1 --check has found something to change, 2 nothing was done.
`;

const fixOptions = {
  ruleset: { type: 'string', short: 'r' },
  rule: { type: 'string', multiple: true },
  suggested: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  check: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options'];

/**
 * Runs the command line.
 *
 * @param args what was written after the name of the command
 * @returns the exit code
 */
async function run(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === undefined || args.includes('--help') || args.includes('-h')) {
    (command === undefined ? process.stderr : process.stdout).write(help);
    return command === undefined ? exitCodes.failed : exitCodes.done;
  }
  if (command === '--version') {
    process.stdout.write(`${version()}\n`);
    return exitCodes.done;
  }
  if (command === 'fix') return fixCommand(rest);
  if (command === 'explain') return explainCommand(rest);
  throw new Failure(`There is no command "${command}": there are fix and explain. --help says more.`);
}

function version(): string {
  const { version: text } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return String(text);
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
  };
  return fixFiles(options, process.cwd(), {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  });
}

async function explainCommand(args: string[]): Promise<number> {
  const [id, another] = parsed(args, {}).positionals;
  if (another !== undefined) throw new Failure('One rule at a time.');
  const { explain, listOfRules } = await import('./explain.js');
  process.stdout.write(id === undefined ? listOfRules() : explain(id));
  return exitCodes.done;
}

function parsed<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Failure(`${(error as Error).message.split('. ', 1)[0]}. --help says what there is.`);
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Failure) && (error as Error).name !== 'UnreadableRuleset') throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = exitCodes.failed;
}
