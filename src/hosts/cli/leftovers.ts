import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { reasonOf } from '../../files/reading.js';

/** The kind of a temporary file beside a file that is being replaced: the new text, or the old file. */
export type LeftoverKind = 'new' | 'old';

/** The names of this program's temporary files: the file that each is for, the machine, the process, and a random part. */
const pattern = /^\.(.*)\.conditional-requests-([\da-f]{8})-(\d+)-[\da-f]{8}\.(new|old)$/s;

/** The most bytes of the file's name in such a name: a name can have 255. */
const mostNamed = 180;

let machine: string | undefined;

/** Identifies this machine or container. Process ids of another one mean nothing here. */
function thisMachine(): string {
  return (machine ??= createHash('sha256').update(hostname()).digest('hex').slice(0, 8));
}

/** A new path beside a file, for a temporary file that exists only while the file is replaced. */
export function besideName(file: string, kind: LeftoverKind): string {
  let name = basename(file);
  while (Buffer.byteLength(name) > mostNamed) name = name.slice(0, -1);
  const random = randomBytes(4).toString('hex');
  return join(dirname(file), `.${name}.conditional-requests-${thisMachine()}-${process.pid}-${random}.${kind}`);
}

/**
 * Removes the temporary files that killed runs have left beside some files. It keeps what the user may need: the old text of a
 * file that has changed since, and the files of a run on another machine, which may not have ended.
 *
 * @param files absolute paths
 * @param nameOf the name of a file in messages
 * @returns a message for each temporary file that remains
 */
export function removeLeftovers(files: readonly string[], nameOf: (file: string) => string): string[] {
  const folders = new Set(files.flatMap(folderOf));
  return [...folders].flatMap((folder) => leftoversIn(folder).flatMap((one) => removed(one, nameOf)));
}

/** The folder that a file is in, with symbolic links resolved; none if it cannot be read. */
function folderOf(file: string): string[] {
  try {
    return [dirname(fs.realpathSync(file))];
  } catch {
    return [];
  }
}

interface Leftover {
  readonly path: string;
  /** The file that was being replaced. */
  readonly file: string;
  readonly machine: string;
  readonly pid: number;
  readonly kind: string;
}

function leftoversIn(folder: string): Leftover[] {
  return entriesOf(folder).flatMap((entry) => {
    const [, name, host, pid, kind] = pattern.exec(entry.name) ?? [];
    if (name === undefined || host === undefined || kind === undefined || !entry.isFile()) return [];
    return [{ path: join(folder, entry.name), file: join(folder, name), machine: host, pid: Number(pid), kind }];
  });
}

/** The entries of a folder; none if it cannot be read. Writing a file there reports the error later. */
function entriesOf(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function removed({ path, file, machine: host, pid, kind }: Leftover, nameOf: (file: string) => string): string[] {
  if (host !== thisMachine())
    return [`${nameOf(path)}: was left by a run on another machine: remove it once that run has ended`];
  if (isAlive(pid)) return [];
  if (kind === 'old' && !isSameFile(path, file))
    return [
      `${nameOf(path)}: holds ${nameOf(file)} as it was before a run that was killed changed it: remove it if you do not need it`,
    ];
  try {
    fs.rmSync(path, { force: true });
    return [];
  } catch (error) {
    return [`${nameOf(path)}: was left by a run that was killed, and cannot be removed: ${reasonOf(error)}`];
  }
}

/** Whether another process with this id is running. This process has no leftovers yet: an equal id is from an ended one. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Whether two paths are the same file, or two files with the same contents. */
function isSameFile(one: string, other: string): boolean {
  try {
    const [first, second] = [fs.statSync(one), fs.statSync(other)];
    if (first.ino === second.ino && first.dev === second.dev) return true;
    return first.size === second.size && fs.readFileSync(one).equals(fs.readFileSync(other));
  } catch {
    return false;
  }
}
