import fs from 'node:fs';
import { reasonOf } from '../../files/reading.js';
import { copyWithAttributes, emptyFileLike } from './attributes.js';
import { Failure } from './failure.js';
import { besideName } from './leftovers.js';

/** A file, the text that was read from it, and its new text. */
export interface TextChange {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Replaces a file in one step: every reader gets either the old file or the new one. Until {@link finish}, the old file is kept
 * beside it under another name.
 */
export class Replacement {
  /** The name of the file in messages. */
  readonly name: string;
  readonly #file: string;
  readonly #before: Buffer;
  readonly #after: Buffer;
  /** The path of the file itself if {@link #file} is a symbolic link. */
  readonly #target: string;
  /** The file's device and inode. The new file has another inode. */
  readonly #identity: string;
  /** The number of hard links. Replacing the file would break a link that was added since. */
  readonly #links: number;
  #new: string | undefined;
  #old: string | undefined;
  /** The device and inode of the new file, once it is in place. */
  #successor: string | undefined;
  /** The attributes of the file that could not be kept, each as a noun with the reason. */
  readonly #lost: readonly string[];

  /**
   * Writes the new file beside the old one.
   *
   * @throws Failure if that is not possible, or the file has changed since it was read; then nothing is left behind
   */
  constructor({ file, before, after }: TextChange, name: string) {
    this.name = name;
    this.#file = file;
    this.#before = Buffer.from(before);
    this.#after = Buffer.from(after);
    try {
      this.#target = fs.realpathSync(file);
      this.#identity = identityOf(this.#target);
      this.#links = fs.statSync(this.#target).nlink;
      this.#check();
      this.#new = besideName(this.#target, 'new');
      this.#lost = emptyFileLike(this.#target, this.#new);
      written(this.#new, this.#after);
    } catch (error) {
      this.#discard();
      throw this.#failure(error);
    }
  }

  /** @throws Failure if the file has changed since it was read, or cannot be replaced; then it stays as it is */
  replace(): void {
    const successor = this.#new;
    if (successor === undefined) return;
    try {
      this.#check();
      this.#old = besideName(this.#target, 'old');
      const isLinked = keep(this.#target, this.#old);
      if (isLinked && identityOf(this.#old) !== this.#identity) throw this.#changed();
      const identity = identityOf(successor);
      fs.renameSync(successor, this.#target);
      this.#successor = identity;
      this.#new = undefined;
    } catch (error) {
      throw this.#failure(error);
    }
  }

  /**
   * Reads the old file again: a program that opened it before it was replaced may have written to it since.
   *
   * @throws Failure if one has
   */
  confirm(): void {
    if (this.#old !== undefined && !fs.readFileSync(this.#old).equals(this.#before)) throw this.#changed();
  }

  /**
   * Removes the old file. After that it cannot be put back.
   *
   * @returns a message for what could not be kept, and for each file that could not be removed
   */
  finish(): string[] {
    const [lost, name] = [this.#lost, this.name];
    const left = this.#discard();
    return [
      ...(lost.length > 0 ? [`${name}: replaced, but could not keep ${lost.join(', nor ')}`] : []),
      ...left.map((path) => `${name}: replaced, but the old file cannot be removed: ${path}`),
    ];
  }

  /**
   * Puts the old file back if it has been replaced. If another program has changed the new file, the new file stays.
   *
   * @returns why the old file could not be put back, and its path
   */
  putBack(): string | undefined {
    const old = this.#old;
    if (this.#successor === undefined || old === undefined) {
      this.#discard();
      return undefined;
    }
    const where = `the old file is ${old}`;
    try {
      const isOurs = identityOf(this.#target) === this.#successor && holds(this.#target, this.#after);
      if (!isOurs) return `${this.name} (another program changed it; ${where})`;
      fs.renameSync(old, this.#target);
      return undefined;
    } catch (error) {
      return `${this.name} (${reasonOf(error)}; ${where})`;
    }
  }

  /** @throws Failure if the file is another one, or its text has changed since it was read */
  #check(): void {
    const isAsRead =
      fs.realpathSync(this.#file) === this.#target &&
      identityOf(this.#target) === this.#identity &&
      fs.statSync(this.#target).nlink === this.#links &&
      holds(this.#target, this.#before);
    if (!isAsRead) throw this.#changed();
  }

  #changed(): Failure {
    return new Failure(`${this.name}: was changed by another program in the meantime`);
  }

  #failure(error: unknown): Failure {
    return error instanceof Failure ? error : new Failure(`${this.name}: cannot be replaced: ${reasonOf(error)}`);
  }

  /**
   * Removes the temporary files.
   *
   * @returns the paths of those that cannot be removed; the next run tries again
   */
  #discard(): string[] {
    return [this.#new, this.#old].flatMap((path) => {
      try {
        if (path !== undefined) fs.rmSync(path, { force: true });
        return [];
      } catch {
        return path ?? [];
      }
    });
  }
}

/** The device and inode of a file, which are the same for all its hard links. */
function identityOf(path: string): string {
  const { dev, ino } = fs.statSync(path, { bigint: true });
  return `${dev}:${ino}`;
}

function holds(path: string, bytes: Buffer): boolean {
  return fs.readFileSync(path).equals(bytes);
}

/** Makes a hard link to a file, or a copy if the file system has no hard links. Returns whether it is a link. */
function keep(file: string, name: string): boolean {
  try {
    fs.linkSync(file, name);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw error;
    copyWithAttributes(file, name);
    return false;
  }
}

/** Writes into an empty file and flushes it to disk. */
function written(file: string, bytes: Buffer): void {
  const descriptor = fs.openSync(file, 'r+');
  try {
    fs.writeFileSync(descriptor, bytes);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}
