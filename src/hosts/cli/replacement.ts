import fs from 'node:fs';
import { reasonOf } from '../../files/text-file.js';
import { copyWithAttributes, emptyFileLike } from './attributes.js';
import { Failure } from './failure.js';
import { besideName } from './leftovers.js';

/** A file, what was read from it, and what it is to hold. */
export interface TextChange {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/**
 * A file that is replaced in one step, so that whoever reads it has the old one or the new one. Until {@link finish}, all that it
 * was stands beside it, under another name.
 */
export class Replacement {
  /** What the user calls the file. */
  readonly name: string;
  readonly #file: string;
  readonly #before: Buffer;
  readonly #after: Buffer;
  /** The file itself, where {@link #file} is a link. */
  readonly #target: string;
  /** The file, as the file system knows it: the new one has another number. */
  readonly #identity: string;
  /** How many names the file has: replacing it would part it from a new one. */
  readonly #links: number;
  #new: string | undefined;
  #old: string | undefined;
  /** The file that has taken the place. */
  #successor: string | undefined;
  /** What could not be kept of the file, each as a noun with the reason. */
  readonly #lost: readonly string[];

  /**
   * Writes the new file beside the old one.
   *
   * @throws Failure where that is not possible, or the file does not hold what was read from it; nothing is left behind then
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

  /** @throws Failure where the file is not as it was read, or cannot be replaced; it is as it was then */
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
   * Looks at the old file once more: who had opened it before it was replaced may have written to it since.
   *
   * @throws Failure where somebody has
   */
  confirm(): void {
    if (this.#old !== undefined && !fs.readFileSync(this.#old).equals(this.#before)) throw this.#changed();
  }

  /**
   * Removes the old file, for good.
   *
   * @returns what could not be kept of it, or remains of it
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
   * Puts the old file back, if it has been replaced. What somebody has written to the new one is not lost thereby.
   *
   * @returns why it could not be put back, and where it is
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

  /** @throws Failure where the file is not the one that was read, with what was read */
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

  /** @returns what of it cannot be removed: the next run will try again */
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

/** What a file system knows a file by, whatever names it has. */
function identityOf(path: string): string {
  const { dev, ino } = fs.statSync(path, { bigint: true });
  return `${dev}:${ino}`;
}

function holds(path: string, bytes: Buffer): boolean {
  return fs.readFileSync(path).equals(bytes);
}

/** Gives a file a second name; where the file system has no such thing, makes a copy. */
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

/** Writes into an empty file, and sees to it that the disk has it. */
function written(file: string, bytes: Buffer): void {
  const descriptor = fs.openSync(file, 'r+');
  try {
    fs.writeFileSync(descriptor, bytes);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}
