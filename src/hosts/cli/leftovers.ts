import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { reasonOf } from '../../files/text-file.js';

/** What a file holds that stands beside another one while that is replaced: its new text, or all that it was before. */
export type LeftoverKind = 'new' | 'old';

/** A name that only this program gives: the file that it is for, the machine, the process, and something that is nowhere else. */
const pattern = /^\.(.*)\.conditional-requests-([\da-f]{8})-(\d+)-[\da-f]{8}\.(new|old)$/s;

/** How many bytes of a file's name fit into a name that has all that and may have 255. */
const mostNamed = 180;

let machine: string | undefined;

/** The machine that this is, or the container: processes of another one have numbers of their own. */
function thisMachine(): string {
  return (machine ??= createHash('sha256').update(hostname()).digest('hex').slice(0, 8));
}

/** A path beside a file for what is there only while the file is replaced. */
export function besideName(file: string, kind: LeftoverKind): string {
  let name = basename(file);
  while (Buffer.byteLength(name) > mostNamed) name = name.slice(0, -1);
  const random = randomBytes(4).toString('hex');
  return join(dirname(file), `.${name}.conditional-requests-${thisMachine()}-${process.pid}-${random}.${kind}`);
}

/**
 * Removes what runs that were killed have left beside some files. What might still be wanted stays: the old text of a file that has another
 * one by now, and what was left by a run on another machine, of which nobody here knows whether it has ended.
 *
 * @param files absolute paths
 * @param nameOf what the user calls a file
 * @returns what has stayed, each in a sentence
 */
export function removeLeftovers(files: readonly string[], nameOf: (file: string) => string): string[] {
  const folders = new Set(files.flatMap(folderOf));
  return [...folders].flatMap((folder) => leftoversIn(folder).flatMap((one) => removed(one, nameOf)));
}

/** The folder that a file is in, links followed; nothing, where that cannot be seen. */
function folderOf(file: string): string[] {
  try {
    return [dirname(fs.realpathSync(file))];
  } catch {
    return [];
  }
}

interface Leftover {
  readonly path: string;
  /** The file that it was to take the place of, or has had the place of. */
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

/** What is in a folder; nothing, where that cannot be seen: whoever wants to write there will be told. */
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

/** Whether a process is at work that may have made something in the past: this one has not. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Whether two paths lead to one file, or to two that hold the same. */
function isSameFile(one: string, other: string): boolean {
  try {
    const [first, second] = [fs.statSync(one), fs.statSync(other)];
    if (first.ino === second.ino && first.dev === second.dev) return true;
    return first.size === second.size && fs.readFileSync(one).equals(fs.readFileSync(other));
  } catch {
    return false;
  }
}
