import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { read, root } from '../../files.js';

const page = read('examples/api/README.md');
const shown = [
  ...page.matchAll(/## (.*)\n(?:(?!## )[^])*?```js\n([^`]*(?:`[^`]+`[^`]*)*?)```\n\n```text\n([^`]*)```/g),
];

test('the page of the API has a program for each part of it', () => {
  expect(shown.map(([, heading]) => heading)).toEqual(['Lint a text', 'Follow `$ref`s', 'Fix', 'The catalogue']);
});

test.each(shown.map(([, heading = '', program = '', output = '']) => [heading, program, output]))(
  'its program under “%s” prints what the page shows',
  (_, program, output) => {
    const args = ['--input-type=module', '-e', program];
    expect(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })).toBe(output);
  },
);

test.each([
  ['lint', 'LintSettings'],
  ['fix', 'FixSettings'],
])('it names every option of %s', (_, name) => {
  const types = read('src/hosts/api/types.ts');
  const own = (type: string) => {
    const [, body = ''] = new RegExp(`interface ${type}[^{]*\\{\n([^]*?)\n\\}`).exec(types) ?? [];
    return [...body.matchAll(/^ {2}readonly (\w+)\?/gm)].map(([, option]) => option);
  };
  const options = [...own(name), ...own('RulesetOptions')];
  expect(options.length).toBeGreaterThan(3);
  for (const option of options) expect(page).toContain(`\`${option}\``);
});
