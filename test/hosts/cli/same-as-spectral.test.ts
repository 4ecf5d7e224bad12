import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../files.js';
import { run } from './run.js';

describe('lint prints the same as spectral lint', () => {
  const spectral = join(root, 'node_modules/.bin/spectral');

  test.each([
    ['as a table', ['--format', 'stylish']],
    ['as JSON', ['--format', 'json']],
    ['as text, and fails on warnings', ['-f', 'text', '-F', 'warn']],
    ['with only the findings that fail', ['-D', '-F', 'error', '-f', 'json']],
    ['with the documentation addresses of the rules', ['--show-documentation-url', '-f', 'json']],
  ])('%s', (_, options) => {
    const args = ['lint', '--quiet', '-r', 'rulesets/all.yaml', ...options, 'examples/orders.yaml'];
    const theirs = spawnSync(spectral, args, { cwd: root, encoding: 'utf8' });
    const ours = run(root, ...args);
    expect(ours).toEqual({ status: theirs.status, out: theirs.stdout, err: '' });
    expect(ours.out).toContain('not-modified-no-content');
  });
});
