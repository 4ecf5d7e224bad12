import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { reasonOf } from '../workspace/text-file.js';
import { Failure } from './failure.js';

/** A file, what was read from it, and what it is to hold. */
interface Replacement {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** A new file that waits beside the one that it takes the place of. */
interface Waiting {
  readonly replacement: Replacement;
  readonly target: string;
  readonly temporary: string;
}

/**
 * Replaces files, all or none. Each is whole at any moment, the old one or the new one, whatever happens to the process; links
 * to it, its mode and its owner stay.
 *
 * @throws Failure where one of them cannot be replaced, or was changed since it was read; all of them are as they were then
 */
export function replaceFiles(replacements: readonly Replacement[]): void {
  const waiting: Waiting[] = [];
  const done: Waiting[] = [];
  // What has begun is brought to its end before an interruption ends the process.
  const wait = () => {};
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, wait);
  try {
    for (const replacement of replacements) waiting.push(prepare(replacement));
    for (const next of waiting) {
      fs.renameSync(next.temporary, next.target);
      done.push(next);
    }
  } catch (error) {
    for (const { temporary } of waiting) fs.rmSync(temporary, { force: true });
    for (const {
      replacement: { file, before, after },
    } of done) {
      const back = prepare({ file, before: after, after: before });
      fs.renameSync(back.temporary, back.target);
    }
    if (error instanceof Failure) throw error;
    const { path } = error as NodeJS.ErrnoException;
    throw new Failure(`${path ?? ''}: ${reasonOf(error)}. No file was changed.`);
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, wait);
  }
}

/** Writes the new file beside the old one, in the same folder, so that one step puts it in its place. */
function prepare(replacement: Replacement): Waiting {
  const { file, before, after } = replacement;
  const target = fs.realpathSync(file);
  const { mode, uid, gid } = fs.statSync(target);
  if (!fs.readFileSync(target).equals(Buffer.from(before))) {
    throw new Failure(`${file}: was changed by somebody else meanwhile. No file was changed: run the command again.`);
  }
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  const descriptor = fs.openSync(temporary, 'wx', 0o600);
  try {
    fs.writeFileSync(descriptor, after);
    if (process.getuid?.() === 0) fs.fchownSync(descriptor, uid, gid);
    fs.fchmodSync(descriptor, mode & 0o7777);
    fs.fsyncSync(descriptor);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  } finally {
    fs.closeSync(descriptor);
  }
  return { replacement, target, temporary };
}
