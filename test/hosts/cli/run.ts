import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../files.js';

/** The built command line. */
export const cli = join(root, 'dist/bin/conditional-requests.cjs');

/** The result of a run of the command line. */
export interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in a folder. */
export function run(cwd: string, ...args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}
