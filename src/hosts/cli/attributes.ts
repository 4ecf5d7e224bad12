import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/**
 * Creates an empty file with the owner, mode, extended attributes and access control list of another file.
 *
 * @param path the path of the new file; it must not exist
 * @returns the attributes that could not be kept, each as a noun with the reason
 * @throws Error from the file system
 */
export function emptyFileLike(file: string, path: string): string[] {
  if (process.platform === 'linux') fs.closeSync(fs.openSync(path, 'wx', 0o600));
  else {
    // Outside Linux, copying a file keeps all attributes but the owner.
    fs.copyFileSync(file, path, fs.constants.COPYFILE_EXCL);
    fs.truncateSync(path);
  }
  return withAttributes(file, path);
}

/** Copies a file with the attributes that {@link emptyFileLike} keeps, and returns those that could not be kept. */
export function copyWithAttributes(file: string, path: string): string[] {
  fs.copyFileSync(file, path, fs.constants.COPYFILE_EXCL);
  return withAttributes(file, path);
}

function withAttributes(file: string, copy: string): string[] {
  const lost = process.platform === 'linux' ? extendedAttributesLost(file, copy) : [];
  return [...lost, ...ownerLost(fs.statSync(file), copy)];
}

/** Copies extended attributes and the access control list with `cp`, because Node cannot. */
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
    // The old group's permissions must not apply to another group.
    kept = (kept & ~0o2070) | ((kept & 0o007) << 3);
  }
  if (copied.uid !== uid && !isChanged(() => fs.chownSync(copy, uid, fs.statSync(copy).gid))) {
    lost.push('its owner');
    kept &= ~0o4000;
  }
  // Changing the owner can clear bits of the mode.
  fs.chmodSync(copy, kept);
  return lost;
}

/** Makes a change and returns whether the operating system permits it. */
function isChanged(change: () => void): boolean {
  try {
    change();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return false;
    throw error;
  }
}
