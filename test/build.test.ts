import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from './files.js';
import { cli } from './hosts/cli/run.js';

test('a build leaves the command line whole at every moment, for whoever runs it meanwhile', async () => {
  const { size } = statSync(cli);
  const build = spawn('npm', ['run', 'build'], { cwd: root });
  const sizes: (number | undefined)[] = [];
  const watch = setInterval(() => sizes.push(statSync(cli, { throwIfNoEntry: false })?.size), 1);
  const [status] = await once(build, 'exit');
  clearInterval(watch);
  expect(status).toBe(0);
  expect(sizes.length).toBeGreaterThan(100);
  expect(new Set(sizes)).toEqual(new Set([size]));
});
