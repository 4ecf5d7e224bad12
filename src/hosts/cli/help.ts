import type { Option } from './arguments.js';
import { type Command, commands } from './commands.js';
import { wrapped } from './wrapped-text.js';

/** The maximum length of a line, in characters. */
const width = 80;

/** The columns in which the explanations of options, of commands and in lists start, counted from 0. */
const column = { options: 32, commands: 30, list: 18 };

/** The help of the command line as a whole. */
export function overview(): string {
  const lines = Object.entries<Command>(commands).map(([name, { takes, summary }]) =>
    entry(`  ${name} ${takes}`.trimEnd(), summary, column.commands),
  );
  return `Usage: conditional-requests COMMAND [OPTIONS]

${wrapped('Checks what OpenAPI descriptions promise about HTTP conditional requests, and fixes what can be fixed.', width).join('\n')}

Commands:
${lines.join('\n')}

${entry('  -h, --help', 'print this help; after a command, its help', column.commands)}
${entry('  -v, --version', 'print the version', column.commands)}
`;
}

/** The help of a command. */
export function helpOf(name: keyof typeof commands): string {
  const { takes, about, options, list, exitCodes }: Command = commands[name];
  const isRequired = (option: string) => takes.includes(`--${option}`);
  const optional = Object.entries(options).filter(([option]) => !isRequired(option));
  const explained = optional.flatMap(([option, each]) =>
    each.help === undefined ? [] : entry(synopsisOf(option, each), each.help, column.options),
  );
  const usage = optional.length > 0 && !takes.startsWith('--') ? `[OPTIONS] ${takes}` : takes;
  return `${[
    `Usage: conditional-requests ${name} ${usage}`.trimEnd(),
    wrapped(about, width).join('\n'),
    ...(explained.length > 0 ? [explained.join('\n')] : []),
    ...(list === undefined ? [] : [listed(list)]),
    ...(exitCodes === undefined ? [] : [wrapped(`Exit codes: ${exitCodes}`, width).join('\n')]),
  ].join('\n\n')}\n`;
}

/** A list with a heading: a line for each term. */
function listed({ heading, entries }: NonNullable<Command['list']>): string {
  const lines = Object.entries(entries).map(([term, text]) => entry(`  ${term}`, text, column.list));
  return [`${heading}:`, ...lines].join('\n');
}

/** An option as the user types it: short name, long name and value. */
function synopsisOf(name: string, { short, value }: Option): string {
  return `  ${short === undefined ? '   ' : `-${short},`} --${name}${value === undefined ? '' : ` ${value}`}`;
}

/** An entry of a list: a term, and its explanation beside it, or below it if the term is too long. */
function entry(head: string, text: string, at: number): string {
  const indent = ' '.repeat(at);
  const lines = wrapped(text, width - at).join(`\n${indent}`);
  return head.length + 2 <= at ? `${head.padEnd(at)}${lines}` : `${head}\n${indent}${lines}`;
}
