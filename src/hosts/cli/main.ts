import { writeSync } from 'node:fs';
import { visibleLines } from '../../visible-text.js';
import { parseArguments } from './arguments.js';
import { exitCodes, Failure } from './failure.js';
import type { Output } from './output.js';
import { version } from './version.js';

/** What runs a command. What is said of it in the help, and which options it has, is loaded with it. */
const runs = {
  lint: lintCommand,
  fix: fixCommand,
  explain: explainCommand,
  'language-server': languageServerCommand,
} as const;

const output: Output = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(visibleLines(text)),
  isTerminal: process.stdout.isTTY,
};

/**
 * Runs the command line.
 *
 * @param args what was written after the name of the command
 * @returns the exit code; `undefined` where the process ends by itself
 */
async function run([name, ...args]: readonly string[]): Promise<number | undefined> {
  if (name === undefined) {
    const { overview } = await import('./help.js');
    output.err(overview());
    return exitCodes.failed;
  }
  if (name === '--version') output.out(`${version()}\n`);
  else if (name === '--help' || name === '-h') {
    const { overview } = await import('./help.js');
    output.out(overview());
  } else if (!isCommand(name)) {
    throw new Failure(`unknown command '${name}'; use one of: ${Object.keys(runs).join(', ')}. --help says more.`);
  } else if (args.includes('--help') || args.includes('-h')) {
    const { helpOf } = await import('./help.js');
    output.out(helpOf(name));
  } else return runs[name](args);
  return exitCodes.done;
}

function isCommand(name: string): name is keyof typeof runs {
  return Object.hasOwn(runs, name);
}

async function lintCommand(args: string[]): Promise<number> {
  const lintArguments = await import('./lint-arguments.js');
  return lintArguments.lintCommand(args, process.cwd(), output);
}

async function fixCommand(args: string[]): Promise<number> {
  const { fixFiles } = await import('./fix-command.js');
  const { commands } = await import('./commands.js');
  const { values, positionals } = parseArguments(args, commands.fix.options);
  const options = {
    files: positionals,
    ruleset: values.ruleset,
    rules: values.rule ?? [],
    suggested: values.suggested === true,
    remove: values.remove === true,
    dryRun: values['dry-run'] === true,
    check: values.check === true,
    ignoreUnknownFormat: values['ignore-unknown-format'] === true,
  };
  return fixFiles(options, process.cwd(), output);
}

async function explainCommand(args: string[]): Promise<number> {
  const [id, another] = parseArguments(args, {}).positionals;
  if (another !== undefined) throw new Failure('Name one rule only.');
  const { explain, listOfRules } = await import('./explain.js');
  process.stdout.write(id === undefined ? listOfRules() : explain(id));
  return exitCodes.done;
}

/** The server reads its arguments, and says when the process is to end and how, by itself. */
async function languageServerCommand(args: string[]): Promise<undefined> {
  const { commands } = await import('./commands.js');
  const { values, positionals } = parseArguments(args, commands['language-server'].options);
  if (values.stdio !== true || positionals.length > 0)
    throw new Failure('Pass --stdio: the server uses standard input and output.');
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
  writeSync(process.stderr.fd, 'The command could not finish: it waited for something that never came.\n');
});

for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
run(process.argv.slice(2)).then(
  (code) => {
    if (code === undefined) isEnded = true;
    else end(code);
  },
  (error: Error) => {
    const isSaid = error instanceof Failure || error.name === 'UnreadableRuleset';
    // What the operating system refuses is not a fault of the program.
    if (!isSaid && !('syscall' in error)) throw error;
    output.err(`${error.message}\n`);
    end(exitCodes.failed);
  },
);
