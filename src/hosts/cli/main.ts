import { writeSync } from 'node:fs';
import module from 'node:module';
import { visibleLines } from '../../visible-text.js';
import { insteadOf, oneOf, parseArguments } from './arguments.js';
import { exitCodes, Failure } from './failure.js';
import type { Output } from './output.js';
import { version } from './version.js';

/** The function that runs each command. Its modules, options and help are loaded only when it is called. */
const runs = {
  lint: runLintCommand,
  fix: runFixCommand,
  report: runReportCommand,
  observe: runObserveCommand,
  explain: runExplainCommand,
  rules: runRulesCommand,
  ruleset: runRulesetCommand,
  completion: runCompletionCommand,
  'language-server': runLanguageServerCommand,
} as const;

const output: Output = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(visibleLines(text)),
  isTerminal: process.stdout.isTTY,
};

/**
 * Runs the command line.
 *
 * @param args the arguments after the program's name
 * @returns the exit code; `undefined` if the language server ends the process itself
 */
async function run([name, ...args]: readonly string[]): Promise<number | undefined> {
  if (name === undefined) {
    const { overview } = await import('./help.js');
    output.err(overview());
    return exitCodes.failed;
  }
  const beforeFiles = [name, ...args.slice(0, args.includes('--') ? args.indexOf('--') : args.length)];
  if (beforeFiles.some((arg) => ['--version', '-v', '-V'].includes(arg)) || name === 'version')
    output.out(`${version()}\n`);
  else if (name === '--help' || name === '-h') {
    const { overview } = await import('./help.js');
    output.out(overview());
  } else if (!isCommand(name)) {
    throw new Failure(`unknown command '${name}'; ${insteadOf(name, Object.keys(runs))}. --help says more.`);
  } else if (beforeFiles.includes('--help') || beforeFiles.includes('-h')) {
    const { helpOf } = await import('./help.js');
    output.out(helpOf(name));
  } else return runs[name](args);
  return exitCodes.done;
}

function isCommand(name: string): name is keyof typeof runs {
  return Object.hasOwn(runs, name);
}

async function runLintCommand(args: string[]): Promise<number> {
  const { lintWithArguments } = await import('./lint-arguments.js');
  return lintWithArguments(args, process.cwd(), output);
}

async function runFixCommand(args: string[]): Promise<number> {
  const { fixFiles } = await import('./fix-command.js');
  const { commands } = await import('./commands.js');
  const { values, positionals } = parseArguments(args, commands.fix.options);
  const options = {
    files: positionals,
    ruleset: values.ruleset,
    rules: values.rule ?? [],
    suggested: values.suggested === true,
    remove: values.remove === true,
    observed: values.observed,
    overlay: values.overlay,
    dryRun: values['dry-run'] === true,
    check: values.check === true,
    findRelated: values['find-related'] === true,
    ignoreUnknownFormat: values['ignore-unknown-format'] === true || values['find-related'] === true,
  };
  return fixFiles(options, process.cwd(), output);
}

async function runReportCommand(args: string[]): Promise<number> {
  const { runReport } = await import('./report-command.js');
  const { commands, reportForms } = await import('./commands.js');
  const { values, positionals } = parseArguments(args, commands.report.options);
  const format = values.format === undefined ? undefined : oneOf(reportForms, 'format', values.format);
  const options = { files: positionals, output: values.output, format, since: values.since, observed: values.observed };
  return runReport(options, process.cwd(), output);
}

async function runObserveCommand(args: string[]): Promise<number> {
  const { observeWithArguments } = await import('./observe-arguments.js');
  return observeWithArguments(args, process.cwd(), output);
}

async function runExplainCommand(args: string[]): Promise<number> {
  const { commands, listFormats } = await import('./commands.js');
  const { values, positionals } = parseArguments(args, commands.explain.options);
  const [id, another] = positionals;
  if (another !== undefined) throw new Failure('Name one rule only.');
  const { explain, listOfRules } = await import('./explain.js');
  const format = values.format === undefined ? undefined : oneOf(listFormats, 'format', values.format);
  output.out(
    id === undefined
      ? listOfRules(format)
      : await explain(id, values.ruleset, format, process.cwd(), output.isTerminal),
  );
  return exitCodes.done;
}

async function runRulesCommand(args: string[]): Promise<number> {
  const { commands, listFormats } = await import('./commands.js');
  const { values, positionals } = parseArguments(args, commands.rules.options);
  const [argument] = positionals;
  if (argument !== undefined) throw new Failure(`Unexpected argument '${argument}'. Name rulesets with --ruleset.`);
  const { listRules } = await import('./rules-command.js');
  const format = oneOf(listFormats, 'format', values.format ?? 'text');
  process.stdout.write(await listRules(values.ruleset ?? [], format, process.cwd()));
  return exitCodes.done;
}

async function runRulesetCommand(args: string[]): Promise<number> {
  const [file, another] = parseArguments(args, {}).positionals;
  if (file === undefined || another !== undefined) throw new Failure('Name one file with a guideline.');
  const { rulesetModule } = await import('./ruleset-command.js');
  process.stdout.write(rulesetModule(file, process.cwd()));
  return exitCodes.done;
}

async function runCompletionCommand(args: string[]): Promise<number> {
  const { shells } = await import('./commands.js');
  const [name, another] = parseArguments(args, {}).positionals;
  if (name === undefined || another !== undefined) throw new Failure(`Name one shell: ${shells.join(', ')}.`);
  const { completionFor } = await import('./completion.js');
  output.out(completionFor(oneOf(shells, 'shell', name)));
  return exitCodes.done;
}

/** The language server library reads the arguments again and ends the process itself. */
async function runLanguageServerCommand(args: string[]): Promise<undefined> {
  const { commands } = await import('./commands.js');
  const { values, positionals } = parseArguments(args, commands['language-server'].options);
  if (values.stdio !== true || positionals.length > 0)
    throw new Failure('Pass --stdio: the server uses standard input and output.');
  const { serve } = await import('../language-server/server.js');
  serve(version());
}

/** Exits once all output is written. Exiting at once is faster than waiting until memory is freed. */
function end(code: number): void {
  isEnded = true;
  process.stdout.write('', () => {
    const error: NodeJS.ErrnoException | null = process.stdout.errored;
    // EPIPE: the reader has closed the pipe early, as in `lint | head`.
    const isFailed = error !== null && error.code !== 'EPIPE';
    if (isFailed) output.err(`Standard output cannot be written: ${error.message}\n`);
    process.stderr.write('', () => process.exit(isFailed ? exitCodes.failed : code));
  });
}

let isEnded = false;
process.on('exit', (code) => {
  if (isEnded || code !== 0) return;
  // Node exits with 0 when a promise is pending that nothing can settle any more.
  process.exitCode = exitCodes.failed;
  writeSync(process.stderr.fd, 'The command could not finish: it waited for something that never came.\n');
});

// Node has it since 22.1. Compiling takes a fifth of the time that it takes to lint a small file.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
run(process.argv.slice(2)).then(
  (code) => {
    if (code === undefined) isEnded = true;
    else end(code);
  },
  (error: Error) => {
    const isForUser = error instanceof Failure || error.name === 'UnreadableRuleset';
    // An error of the operating system is not a bug in this program.
    if (!isForUser && !('syscall' in error)) throw error;
    output.err(`${error.message}\n`);
    end(exitCodes.failed);
  },
);
