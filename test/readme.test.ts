import { spawnSync } from 'node:child_process';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { guidelines } from '../src/guidelines/guidelines.js';
import { formatNames, formats } from '../src/hosts/cli/formats/formats.js';
import { read, root } from './files.js';
import { tried } from './installed/versions.js';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'rulesets/README.md',
  'examples/api/README.md',
  'examples/ci/README.md',
  'examples/editors/README.md',
  'examples/generated/README.md',
  'examples/redocly/README.md',
  'examples/observe/README.md',
  'examples/old-descriptions/README.md',
  'examples/own-guideline/README.md',
  'examples/playground/README.md',
  'examples/versions/README.md',
];

/** A text in which several spaces in a row become one, since the width of columns depends on the longest path. */
function folded(text: string): string {
  return text.replace(/ +/g, ' ').trim();
}

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

describe('README.md', () => {
  const readme = read('README.md');
  const shown = [
    ...readme.matchAll(/```sh\n(?:npm ci && )?(npx conditional-requests .*)\n```\n\n```(?:text|diff)\n([^`]*)```/g),
  ];

  test.each(shown.map(([, command = '', output = '']) => [command, output]))(
    'shows the real output of %s',
    (command, output) => {
      const { stdout } = spawnSync(command, { cwd: root, shell: true, encoding: 'utf8' });
      expect(folded(stdout.replaceAll(`${root}/`, ''))).toBe(folded(output));
    },
  );

  test('shows the output of lint and of fix', () => {
    expect(shown.map(([, command = '']) => command.split(' ')[2])).toEqual(['lint', 'fix']);
  });

  test('names every ruleset of a guideline', () => {
    const [sentence = ''] = /Likewise [^]*?\. /.exec(readme) ?? [];
    expect([...sentence.matchAll(/`([\w-]+)`/g)].map(([, name]) => name)).toEqual(guidelines.map(({ name }) => name));
  });

  test('has at most 1,200 words', () => {
    expect(readme.split(/\s+/).length).toBeLessThanOrEqual(1200);
  });
});

test.each(['sh', 'lua'])('README.md and examples/editors/README.md have the same lines of %s', (language) => {
  const blocks = [read('README.md').split('## Use it in your editor')[1] ?? '', read('examples/editors/README.md')].map(
    (page) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(page)?.[1],
  );
  expect(blocks[0]).toBeDefined();
  expect(blocks[0]).toBe(blocks[1]);
});

test('examples/ci/README.md lists the formats that --help lists', () => {
  const rows = formatNames.map((name) => `| \`${name}\` | ${formats[name].description} |`);
  expect(read('examples/ci/README.md')).toContain(['| format | what it is |', '| --- | --- |', ...rows].join('\n'));
});

test('examples/versions/README.md lists the versions that the tests try', () => {
  const rows = tried.map(([name, versions]) => `| ${name} | ${versions} |`);
  expect(read('examples/versions/README.md')).toContain(['| with | versions |', '| --- | --- |', ...rows].join('\n'));
});

test.each(pages)('%s links to pages and headings that exist', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
  const missing = links.filter(([, path = '', anchor]) => {
    const target = read(path === '' ? page : posix.join(posix.dirname(page), path));
    const headings = [...target.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));
    return anchor !== undefined && !headings.includes(anchor);
  });
  expect(missing).toEqual([]);
});
