import { catalogue } from '../../catalogue.js';
import { observedRules } from '../../observe/observed-rules.js';
import { rulesetNames } from '../../rulesets.js';
import type { Option } from './arguments.js';
import { type Command, commands, type Shell, shells } from './commands.js';

/** An option as a shell completes it. */
interface CompletedOption {
  readonly name: string;
  readonly short: string | undefined;
  readonly help: string;
  /** The placeholder of its value; `undefined` if it takes none. */
  readonly value: string | undefined;
  /** The values to offer. */
  readonly values: readonly string[];
  /** Whether its value may be a file. */
  readonly takesFile: boolean;
}

/** A command as a shell completes it. */
interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** The values of its argument; without any, it takes files. */
  readonly values: readonly string[];
}

const ruleIds = catalogue.map(({ id }) => id);
const observedIds = observedRules.map(({ id }) => id);

/** The arguments of commands that take something other than files. */
const argumentsOf: Readonly<Record<string, readonly string[]>> = {
  explain: [...ruleIds, ...observedIds],
  completion: shells,
};

const completed: readonly CompletedCommand[] = Object.entries<Command>(commands).map(
  ([name, { summary, options }]) => ({
    name,
    summary,
    options: [
      ...Object.entries(options).map(([option, each]) => completedOption(option, each, name)),
      { name: 'help', short: 'h', help: 'print the help', value: undefined, values: [], takesFile: false },
    ],
    values: argumentsOf[name] ?? [],
  }),
);

function completedOption(
  name: string,
  { short, help, type, value = '', choices }: Option,
  command: string,
): CompletedOption {
  const ids = command === 'observe' ? observedIds : ruleIds;
  const known: Readonly<Record<string, readonly string[]>> = { 'NAME|FILE': rulesetNames, ID: ids };
  return {
    name,
    short,
    help: help ?? `the file of --${name.replace('.', ' ')}`,
    value: type === 'string' ? value : undefined,
    values: choices ?? known[value] ?? [],
    takesFile: /FILE|FOLDER/.test(value),
  };
}

/** The script that completes the command line in a shell. */
export function completionFor(shell: Shell): string {
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell]();
}

const options = ({ options: all }: CompletedCommand, wanted: (option: CompletedOption) => boolean = () => true) =>
  all.filter(wanted);

/** The names of an option as they are typed. */
function typed({ name, short }: CompletedOption): string[] {
  return [`--${name}`, ...(short === undefined ? [] : [`-${short}`])];
}

function bashScript(): string {
  const cases = completed.map((command) => {
    const values = options(command, ({ value }) => value !== undefined).map(
      (option) =>
        `        ${typed(option).join('|')}) values="${option.values.join(' ')}"; ${option.takesFile || option.values.length === 0 ? 'files=1' : 'files='} ;;`,
    );
    const names = options(command).flatMap(typed).join(' ');
    return `    ${command.name})
      options="${names}"
      values="${command.values.join(' ')}"
      files=${command.values.length === 0 ? 1 : ''}
      case "$previous" in
${[...values, `        *) isValue= ;;`].join('\n')}
      esac
      ;;`;
  });
  return `# Completes conditional-requests in bash.
_conditional_requests() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local options= values= files= isValue=1
  # Bash takes = for a word of its own.
  if [ "$word" = = ]; then
    word=
  elif [ "$previous" = = ]; then
    previous="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${completed.map(({ name }) => name).join(' ')} --help --version" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    *) return ;;
  esac
  if [ -z "$isValue" ] && [ "\${word:0:1}" = - ]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
    return
  fi
  COMPREPLY=($(compgen -W "$values" -- "$word"))
  if [ -n "$files" ]; then
    local IFS=$'\\n'
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen -f -- "$word"))
  fi
}
complete -F _conditional_requests conditional-requests
`;
}

function zshScript(): string {
  const described = completed.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const cases = completed.map((command) => {
    const specs = options(command).map((option) => {
      const names = typed(option);
      // With these marks, zsh also takes a value in the same word.
      const marked =
        option.value === undefined ? names : names.map((name) => name + (name.startsWith('--') ? '=' : '+'));
      const heads = names.length > 1 ? `'(${names.join(' ')})'{${marked.join(',')}}` : `'*'${marked[0]}`;
      const help = `[${option.help.replaceAll(/[[\]:\\]/g, String.raw`\$&`)}]`;
      return `${heads}${quoted(help + actionOf(option))}`;
    });
    const rest = command.values.length > 0 ? `:value:(${command.values.join(' ')})` : ':file:_files';
    return `    ${command.name})\n      _arguments -S \\\n${[...specs, quoted(`*${rest}`)].map((spec) => `        ${spec}`).join(' \\\n')}\n      ;;`;
  });
  return `#compdef conditional-requests
# Completes conditional-requests in zsh.
_conditional-requests() {
  local -a names
  names=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command names
    return
  fi
  local name=$words[2]
  shift words
  (( CURRENT-- ))
  case $name in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _conditional-requests ]; then
  _conditional-requests "$@"
else
  compdef _conditional-requests conditional-requests
fi
`;
}

/** What zsh offers as the value of an option. */
function actionOf({ value, values, takesFile }: CompletedOption): string {
  if (value === undefined) return '';
  const name = value.replaceAll(':', ' ');
  if (values.length === 0) return `:${name}:${takesFile ? '_files' : ' '}`;
  const list = `(${values.join(' ')})`;
  return takesFile ? `:${name}:{ compadd ${values.join(' ')}; _files }` : `:${name}:${list}`;
}

function fishScript(): string {
  const lines = completed.flatMap((command) => {
    const condition = `__fish_seen_subcommand_from ${command.name}`;
    const head = `complete -c conditional-requests -n ${quoted(condition)}`;
    return [
      `complete -c conditional-requests -n __fish_use_subcommand -f -a ${command.name} -d ${quoted(command.summary)}`,
      ...(command.values.length > 0 ? [`${head} -f -a ${quoted(command.values.join(' '))}`] : []),
      ...options(command).map((option) => {
        const { name, short, help, value, values, takesFile } = option;
        const parts = [
          ...(short === undefined ? [] : [`-s ${short}`]),
          `-l ${name}`,
          ...(value === undefined ? [] : [takesFile ? '-r -F' : '-x']),
          ...(values.length === 0 ? [] : [`-a ${quoted(values.join(' '))}`]),
          `-d ${quoted(help)}`,
        ];
        return `${head} ${parts.join(' ')}`;
      }),
    ];
  });
  return `# Completes conditional-requests in fish.\n${lines.join('\n')}\n`;
}

/** A text in single quotation marks, as all three shells read it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
