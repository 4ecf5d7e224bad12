import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { projectWith, read, root } from './files.js';
import { cli } from './hosts/cli/run.js';

const page = read('examples/own-guideline/README.md');
const blocks = [...page.matchAll(/```(yaml|sh|text)\n(.*?)```/gs)].map(([, language = '', text = '']) => ({
  language,
  text,
}));
const files = ['openapi.yaml', 'guideline.yaml'];

describe('examples/own-guideline/README.md', () => {
  let folder = '';
  let env: NodeJS.ProcessEnv;

  beforeAll(() => {
    folder = projectWith(Object.fromEntries(files.map((name) => [name, read(`examples/own-guideline/${name}`)])));
    // What npx runs in a project in which both are installed.
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const spectral = join(root, 'node_modules/.bin/spectral');
    const npx = `#!/bin/sh\ncase $1 in\nconditional-requests) shift; exec node ${cli} "$@";;\nspectral) shift; exec ${spectral} "$@";;\nesac\nexit 3\n`;
    writeFileSync(join(bin, 'npx'), npx);
    chmodSync(join(bin, 'npx'), 0o755);
    env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` };
  });

  test.each(files)('shows examples/own-guideline/%s', (name) => {
    expect(blocks.filter(({ language }) => language === 'yaml').map(({ text }) => text)).toContain(
      read(`examples/own-guideline/${name}`),
    );
  });

  test('shows what its commands print, one after the other', () => {
    const shown = blocks.flatMap(({ language, text }, index) => {
      const next = blocks[index + 1];
      return language === 'sh' ? [{ command: text, output: next?.language === 'text' ? next.text : undefined }] : [];
    });
    expect(shown.map(({ output }) => output !== undefined)).toEqual([false, true, true, false, true]);
    for (const { command, output } of shown) {
      const { stdout, stderr, status } = spawnSync('sh', ['-e', '-c', command], { cwd: folder, env, encoding: 'utf8' });
      const printed = (stdout + stderr).replaceAll(`${folder}/`, '');
      const isShown = output !== undefined;
      expect([command, isShown ? folded(printed) : status]).toEqual([command, isShown ? folded(output) : 0]);
    }
  });

  test('names a check for CI that fails if the module is old', () => {
    const [, command = ''] = /`(npx conditional-requests ruleset guideline.yaml \| diff [^`]*)`/.exec(page) ?? [];
    const statusOf = () => spawnSync('sh', ['-c', command], { cwd: folder, env }).status;
    expect(statusOf()).toBe(0);
    writeFileSync(join(folder, 'guideline.yaml'), read('examples/own-guideline/guideline.yaml').replace('MUST', 'MAY'));
    expect(statusOf()).toBe(1);
  });
});

/** The text with every run of spaces made one, so that columns need not be as wide as the terminal makes them. */
function folded(text: string): string {
  return text.replace(/ +/g, ' ').trim();
}
