import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { shortName } from '../../files/discovery.js';
import type { NamedFiles } from './find-files.js';

/** Why a file must not be changed: the user has not named it or its folder, or replacing it would break hard links. */
export function whyNotChangeable(
  file: string,
  { named, folders }: NamedFiles,
  isTakenAway: (file: string) => boolean,
  cwd: string,
): string | undefined {
  const real = realpathSync(file);
  const isInside = folders.some(
    (folder) => real === folder || real.startsWith(folder.endsWith(sep) ? folder : folder + sep),
  );
  if (isTakenAway(file) || isTakenAway(real)) return `${shortName(real, cwd)} is excluded by a negated glob`;
  if (!named.has(file) && !isInside) return `it is in ${shortName(real, cwd)}, outside the folders that you named`;
  if (!named.has(file) && real.split(sep).includes('node_modules'))
    return `it is in ${shortName(real, cwd)}, inside node_modules`;
  const { nlink } = statSync(real);
  return nlink > 1 ? `${shortName(file, cwd)} has ${nlink} hard links, which replacing it would break` : undefined;
}

/** Why a file cannot be written: it or its folder is read-only. Its folder counts because the file is replaced by a new one. */
export function whyNotWritable(file: string, cwd: string): string | undefined {
  const real = realpathSync(file);
  const closed = [real, dirname(real)].find((path) => !isWritable(path));
  return closed === undefined ? undefined : `${shortName(closed, cwd)} is read-only`;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
