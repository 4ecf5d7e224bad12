import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, read } from './files.js';
import { cli } from './hosts/cli/run.js';

const page = read('examples/old-descriptions/README.md');
const blocks = [...page.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, language = '', text = '']) => ({ language, text }));

test('examples/old-descriptions/README.md shows what its commands print, one after the other', () => {
  const [description] = blocks.filter(({ language }) => language === 'yaml');
  const npx = `#!/bin/sh\n[ "$1" = conditional-requests ] || exit 3\nshift\nexec node ${cli} "$@"\n`;
  const folder = folderWith({ 'apis/orders.yaml': description?.text ?? '', '.bin/npx': npx, '.gitignore': '.bin\n' });
  chmodSync(join(folder, '.bin/npx'), 0o755);
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'init.defaultBranch=main', ...args],
      {
        cwd: folder,
      },
    );
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'old');
  const env = { ...process.env, PATH: `${join(folder, '.bin')}${delimiter}${process.env['PATH']}` };
  const commands = blocks.flatMap(({ language, text }, index) => {
    return language === 'sh' ? [{ command: text, output: blocks[index + 1]?.text ?? '' }] : [];
  });
  expect(commands.length).toBeGreaterThan(5);
  for (const [index, { command, output }] of commands.entries()) {
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, env, encoding: 'utf8' });
    const printed = stdout + (stdout === '' || stdout.endsWith('\n') ? '' : '\n') + stderr;
    expect([command, printed.replaceAll(`${folder}/`, '').trim()]).toEqual([command, output.trim()]);
    if (index > 0) continue;
    const [entries] = blocks.filter(({ language }) => language === 'json');
    const baseline = readFileSync(join(folder, '.conditional-requests-baseline.json'), 'utf8');
    expect(baseline.replaceAll(/^ +/gm, '')).toContain(entries?.text);
    git('add', '.conditional-requests-baseline.json');
    git('commit', '-q', '-m', 'baseline');
  }
});
