import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { formatNames } from '../../../src/hosts/cli/formats/formats.js';
import { catalogue } from '../../../src/catalogue.js';
import { rulesetNames } from '../../../src/rulesets.js';
import { folderWith } from '../../files.js';
import { cli, run } from './run.js';

const folder = folderWith({
  'openapi.yaml': '',
  'my ruleset.yaml': '',
  '_conditional-requests': run('.', 'completion', 'zsh').out,
});

/** Whether a program is installed, with what makes a terminal for it. */
function isInstalled(program: string): boolean {
  const has = [program, 'script'].every((name) => spawnSync('which', [name]).status === 0);
  if (!has) console.warn(`Skipped: ${program}, or \`script\` of util-linux, is not installed.`);
  return has;
}

/** What is typed, with a tab where it is completed, and the arguments that the command then gets. */
const typed: readonly (readonly [text: string, args: readonly string[]])[] = [
  ['expl\t not-modified-documented-\t', ['explain', 'not-modified-documented-on-head']],
  ['lint --format sar\t', ['lint', '--format', 'sarif']],
  ['lint -f sar\t', ['lint', '-f', 'sarif']],
  ['lint -r zala\t', ['lint', '-r', 'zalando']],
  ['lint -r my\t', ['lint', '-r', 'my ruleset.yaml']],
  ['lint --chang\t HEAD op\t', ['lint', '--changed-since', 'HEAD', 'openapi.yaml']],
  ['lint --fail-severity=wa\t', ['lint', '--fail-severity=warn']],
  ['lint --skip-rule head-no-c\t', ['lint', '--skip-rule', 'head-no-content']],
  ['fix --rule entity-tag-ex\t', ['fix', '--rule', 'entity-tag-example']],
  ['report -f mark\t', ['report', '-f', 'markdown']],
  ['comp\t fi\t', ['completion', 'fish']],
];

/** Types lines in a shell on a terminal. @returns the arguments that the command gets in each */
function typedIn(shell: string, setUp: string): string[][] {
  const lines = [setUp, ...typed.map(([text]) => `conditional-requests ${text}`), 'exit', ''];
  const { stdout } = spawnSync('script', ['-qec', shell, '/dev/null'], {
    cwd: folder,
    encoding: 'utf8',
    input: lines.join('\n'),
    env: { ...process.env, TERM: 'dumb', HISTFILE: '/dev/null', CLI: cli, PS1: '' },
  });
  return stdout.split(/\r?\n/).flatMap((line) => {
    const [, args] = /ARGUMENTS<(.*)>$/.exec(line) ?? [];
    return args === undefined || args.includes('%s') ? [] : [args.split('|').slice(0, -1)];
  });
}

const define = `conditional-requests() { printf 'ARGUMENTS<'; printf '%s|' "$@"; printf '>\\n'; }`;
const expected = typed.map(([, args]) => args);

describe('a tab completes commands, options and their values in', () => {
  test.skipIf(!isInstalled('bash'))('bash', () => {
    const setUp = `source <('${process.execPath}' "$CLI" completion bash); ${define}`;
    expect(typedIn('bash --norc --noprofile -i', setUp)).toEqual(expected);
  });

  const hasZsh = isInstalled('zsh');
  test.skipIf(!hasZsh)('zsh, from a script that is read', () => {
    const setUp = `autoload -Uz compinit; compinit -u -D; source <('${process.execPath}' "$CLI" completion zsh); ${define}`;
    expect(typedIn('zsh -f -i', setUp)).toEqual(expected);
  });

  test.skipIf(!hasZsh)('zsh, from a file among its functions', () => {
    const setUp = `fpath=("$PWD" $fpath); autoload -Uz compinit; compinit -u -D; ${define}`;
    expect(typedIn('zsh -f -i', setUp)).toEqual(expected);
  });

  test.skipIf(!isInstalled('fish'))('fish', () => {
    const script = run(folder, 'completion', 'fish').out;
    const complete = (text: string) => {
      const { stdout } = spawnSync('fish', ['--no-config', '-c', `${script}\ncomplete -C '${text}'`], {
        cwd: folder,
        encoding: 'utf8',
      });
      return stdout.split('\n').flatMap((line) => line.split('\t', 1)[0] || []);
    };
    expect(complete('conditional-requests expl')).toEqual(['explain']);
    expect(complete('conditional-requests lint --format ').toSorted()).toEqual(formatNames.toSorted());
    expect(complete('conditional-requests lint --ruleset ')).toEqual(
      expect.arrayContaining([...rulesetNames, 'openapi.yaml']),
    );
    expect(complete('conditional-requests fix --rule ').toSorted()).toEqual(catalogue.map(({ id }) => id).toSorted());
    expect(complete('conditional-requests lint --changed-')).toEqual(['--changed-since']);
    expect(complete('conditional-requests lint op')).toEqual(['openapi.yaml']);
    expect(complete('conditional-requests completion ').toSorted()).toEqual(['bash', 'fish', 'zsh']);
  });
});

test('completion names one shell', () => {
  expect(run(folder, 'completion')).toEqual({ status: 2, out: '', err: 'Name one shell: bash, zsh, fish.\n' });
  expect(run(folder, 'completion', 'fishh').err).toBe(
    "unknown shell 'fishh'; did you mean fish? use one of: bash, zsh, fish\n",
  );
});
