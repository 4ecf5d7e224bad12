import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../../files.js';
import { cli } from './run.js';

const needed = ['base.cjs', 'conditional-requests.cjs', 'lint.cjs', 'rolldown-runtime.cjs'];

/** The names of the files of the command line that a run of `lint` loads. */
function loadedBy(file: string, text: string): string[] {
  const script = `process.on('exit', () => {
    const names = Object.keys(require.cache).map((path) => require('node:path').basename(path));
    require('node:fs').writeFileSync('loaded.json', JSON.stringify(names.filter((name) => name.endsWith('.cjs')).sort()));
  });`;
  const folder = folderWith({ [file]: text, 'note.js': script });
  execFileSync(process.execPath, ['--require', './note.js', cli, 'lint', file], { cwd: folder });
  return JSON.parse(readFileSync(join(folder, 'loaded.json'), 'utf8')) as string[];
}

test('linting JSON loads neither the parts for YAML nor others that it does not need', () => {
  const text = '{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}}';
  expect(loadedBy('a.json', text)).toEqual(needed);
});

test('linting common YAML does not load the parser', () => {
  const text = 'openapi: 3.0.3\ninfo: {title: T, version: "1"}\npaths: {}\n';
  expect(loadedBy('a.yaml', text)).toEqual([...needed, 'yaml-directives.cjs', 'yaml-text.cjs']);
});
