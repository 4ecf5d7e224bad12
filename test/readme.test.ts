import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { formatNames, formats } from '../src/hosts/cli/formats/formats.js';
import { read, root } from './files.js';

const readme = read('README.md');

/** The text with every run of spaces made one, so that columns need not be as wide as the terminal makes them. */
function folded(text: string): string {
  return text.replace(/ +/g, ' ').trim();
}

test('the first run prints what the README shows', () => {
  const [, command = '', output = ''] = /```sh\nnpm ci && (npx .*?)\n```\n\n```text\n(.*?)```/s.exec(readme) ?? [];
  const { stdout } = spawnSync(command, { cwd: root, shell: true, encoding: 'utf8' });
  expect(folded(stdout.replaceAll(`${root}/`, ''))).toBe(folded(output));
});

test('the formats are listed as the command line has them', () => {
  const rows = formatNames.map((name) => `| \`${name}\` | ${formats[name].description} |`);
  expect(readme).toContain(['| format | what it is |', '| --- | --- |', ...rows].join('\n'));
});

test.each(['README.md', 'rulesets/README.md'])('%s links to what exists', (file) => {
  const links = [...read(file).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
  for (const [, path = '', anchor = ''] of links) {
    const target = read(path === '' ? file : new URL(path, `file:///${file}`).pathname.slice(1));
    expect(target).toContain(anchor && `## ${anchor}`);
  }
});
