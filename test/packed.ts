import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { folderWith, root } from './files.js';

/** Runs a program. If the program fails, rejects with an error that has its output. */
export const run = promisify(execFile);

/** Packs the built package as `npm publish` does, and returns the path of the tarball. */
export async function packed(): Promise<string> {
  const folder = folderWith({});
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: root,
  });
  return join(folder, JSON.parse(stdout)[0].filename);
}

/** Installs packages in a folder: by their names and versions, or by the paths of their tarballs. */
export async function install(folder: string, ...packages: readonly string[]): Promise<void> {
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], { cwd: folder });
}
