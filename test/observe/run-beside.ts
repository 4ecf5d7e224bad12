import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { cli, type Run } from '../hosts/cli/run.js';

/** Runs the command line in a folder, while servers of this process go on. */
export async function runBeside(cwd: string, ...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, [cli, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: status as number | null, out, err };
}
