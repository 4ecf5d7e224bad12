import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/**
 * Makes an empty file that belongs to whom another one belongs to, and has its mode, its extended attributes and its access
 * control list.
 *
 * @param path where nothing is yet
 * @returns what could not be kept, each as a noun with the reason
 * @throws Error of the file system
 */
export function emptyFileLike(file: string, path: string): string[] {
  if (process.platform === 'linux') fs.closeSync(fs.openSync(path, 'wx', 0o600));
  else {
    // There, a copy takes along all but the owner.
    fs.copyFileSync(file, path, fs.constants.COPYFILE_EXCL);
    fs.truncateSync(path);
  }
  return withAttributes(file, path);
}

/** Makes a copy of a file, as {@link emptyFileLike} makes an empty one. */
export function copyWithAttributes(file: string, path: string): string[] {
  fs.copyFileSync(file, path, fs.constants.COPYFILE_EXCL);
  return withAttributes(file, path);
}

function withAttributes(file: string, copy: string): string[] {
  const lost = process.platform === 'linux' ? extendedAttributesLost(file, copy) : [];
  return [...lost, ...ownerLost(fs.statSync(file), copy)];
}

/** Copies what Node has no means to copy. */
function extendedAttributesLost(file: string, copy: string): string[] {
  const env = { ...process.env, LC_ALL: 'C' };
  const args = ['--attributes-only', '--preserve=mode,xattr', '--', file, copy];
  const { status, stderr, error } = spawnSync('cp', args, { env, encoding: 'utf8' });
  if (status === 0) return [];
  const reason = error?.message ?? stderr.split('\n', 1)[0]?.replaceAll(copy, file);
  return [`its extended attributes and its access control list, if it has any (${reason})`];
}

function ownerLost({ uid, gid, mode }: fs.Stats, copy: string): string[] {
  const lost: string[] = [];
  const copied = fs.statSync(copy);
  let kept = mode & 0o7777;
  if (copied.gid !== gid && !isChanged(() => fs.chownSync(copy, copied.uid, gid))) {
    lost.push('its group');
    // What the group was allowed is not for another group.
    kept = (kept & ~0o2070) | ((kept & 0o007) << 3);
  }
  if (copied.uid !== uid && !isChanged(() => fs.chownSync(copy, uid, fs.statSync(copy).gid))) {
    lost.push('its owner');
    kept &= ~0o4000;
  }
  // A change of the owner may have taken away some of it.
  fs.chmodSync(copy, kept);
  return lost;
}

/** Whether the operating system permits a change. */
function isChanged(change: () => void): boolean {
  try {
    change();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return false;
    throw error;
  }
}
