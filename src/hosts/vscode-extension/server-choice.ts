import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** The name of the package that contains the server. */
export const packageName = 'spectral-conditional-requests';

/** The name of the command that starts it. */
const commandName = 'conditional-requests';

/** A server that can be started. */
export interface Server {
  /** The folder of the package that contains it. */
  readonly folder: string;
  readonly version: string;
  /** The module that runs as the server, if its first argument is `language-server`. */
  readonly module: string;
}

/** The server for a folder. */
export interface ServerChoice {
  readonly server: Server;
  /** Where it comes from. */
  readonly origin: 'the setting' | 'the workspace' | 'the extension';
  /** Why it is not the server that the folder has; absent if that one is used, or there is none. */
  readonly problem?: string;
}

/** What decides which server a folder gets. */
export interface ServerWishes {
  /** The folder of the package that the user has named, absolute or relative to the folder; empty if none is named. */
  readonly named: string;
  /** Whether the user trusts the workspace. If not, no code from it runs. */
  readonly isTrusted: boolean;
  /** The folder of the package that the extension brings along. */
  readonly broughtAlong: string;
}

/**
 * Chooses the server for a folder: the one that the user has named, or else the one that is installed there or in a folder above, as Node
 * looks for packages, or else the one that the extension brings along.
 *
 * @param folder an absolute path; `undefined` for documents that are in no folder on disk
 */
export async function chooseServer(folder: string | undefined, wishes: ServerWishes): Promise<ServerChoice> {
  const { named, isTrusted, broughtAlong } = wishes;
  const origin = named === '' ? 'the workspace' : 'the setting';
  const found = named === '' ? folder && installedAround(folder) : resolve(folder ?? '', named);
  if (!isTrusted || found === undefined || found === '') return broughtAlongServer(broughtAlong);
  try {
    return { server: await workingServerIn(found), origin };
  } catch (error) {
    return broughtAlongServer(broughtAlong, `${found} cannot be used: ${(error as Error).message}`);
  }
}

/** The choice of the server that the extension brings along. */
export function broughtAlongServer(folder: string, problem?: string): ServerChoice {
  return { server: serverIn(folder), origin: 'the extension', ...(problem !== undefined && { problem }) };
}

/** The folder of the package that is installed in a folder or one above. */
function installedAround(folder: string): string | undefined {
  const here = join(folder, 'node_modules', packageName);
  if (existsSync(here)) return here;
  const above = dirname(folder);
  return above === folder ? undefined : installedAround(above);
}

/**
 * The server of a package.
 *
 * @throws Error if the package is not there or has no such command
 */
function serverIn(folder: string): Server {
  const { name, version, bin } = manifestIn(folder);
  if (name !== packageName) throw new Error(`it is not the package ${packageName}`);
  const path: unknown = bin?.[commandName];
  if (typeof path !== 'string') throw new Error(`version ${version} has no command ${commandName}`);
  return { folder, version: String(version), module: join(folder, path) };
}

function manifestIn(folder: string): { name?: unknown; version?: unknown; bin?: Record<string, unknown> } {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) throw new Error('it has no package.json');
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * The server of a package, tried out: it may be of a version that has no server yet, half installed, or not run in this version of Node.
 *
 * @throws Error if it does not work
 */
async function workingServerIn(folder: string): Promise<Server> {
  const server = serverIn(folder);
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { stdout } = await promisify(execFile)(process.execPath, [server.module, 'language-server', '--help'], {
    env,
    timeout: 20_000,
  }).catch((error: Error & { stderr?: string }) => {
    const reason = /^\w*Error\b.*$/m.exec(error.stderr ?? '')?.[0] ?? error.stderr?.trim().split('\n')[0] ?? '';
    throw new Error(`version ${server.version} fails: ${reason === '' ? error.message : reason}`);
  });
  if (!stdout.includes('--stdio')) throw new Error(`version ${server.version} has no language server`);
  return server;
}
