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

/**
 * Packs the extension for VS Code, and returns the path of the file; `undefined`, with a warning, if the program that packs it cannot be
 * had. The same file serves all tests of a process.
 */
export function packedExtension(): Promise<string | undefined> {
  return (extension ??= packExtension());
}

let extension: Promise<string | undefined> | undefined;

async function packExtension(): Promise<string | undefined> {
  const file = join(folderWith({}), 'extension.vsix');
  try {
    await run('npm', ['run', 'package:vscode', '--', '--out', file], { cwd: root });
    return file;
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    // What npm says if it cannot reach its registry, or the registry does not have the package.
    if (!/npm error (?:code )?(?:E404|E403|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENOTCACHED)/.test(stderr))
      throw error;
    console.warn('Skipped: the extension for VS Code is packed by vsce, which npm cannot fetch here.');
    return undefined;
  }
}

/** Installs packages in a folder: by their names and versions, or by the paths of their tarballs. */
export async function install(folder: string, ...packages: readonly string[]): Promise<void> {
  // What npm has in its cache needs no network: the tests install the same packages in many folders.
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  await run('npm', ['install', ...options, ...packages], { cwd: folder });
}

/**
 * Gets a program of others, such as a package that a registry has.
 *
 * @returns the program, or why it cannot be had: the reason to skip a test
 */
export async function orWhyNot<T>(name: string, get: () => Promise<T>): Promise<T | string> {
  try {
    return await get();
  } catch (error) {
    return `${name} cannot be installed: ${String((error as Error).message).split('\n', 1)[0]}`;
  }
}

/** What a program prints, and its exit code, whatever that is. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a program to its end, whatever its exit code. */
export async function outcomeOf(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv; readonly uid?: number; readonly gid?: number },
): Promise<Outcome> {
  try {
    const { stdout, stderr } = await run(program, args, { ...options, maxBuffer: 1e9 });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number | string; stdout: string; stderr: string };
    if (typeof code !== 'number') throw error;
    return { code, out: stdout, err: stderr };
  }
}
