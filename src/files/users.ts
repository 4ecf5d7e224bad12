import { setImmediate } from 'node:timers/promises';
import { addToGroup } from '../grouping.js';
import { referredTo, textOrNothing } from './discovery.js';
import { mayBeDescription } from './recognition.js';

/** Which files may be descriptions, and which file refers to which, from a search of the texts without parsing them. */
export class Users {
  readonly #descriptions: ReadonlySet<string>;
  /** The files that refer to each file, even to one that does not exist. */
  readonly #users: ReadonlyMap<string, readonly string[]>;

  private constructor(descriptions: ReadonlySet<string>, users: ReadonlyMap<string, readonly string[]>) {
    this.#descriptions = descriptions;
    this.#users = users;
  }

  /**
   * Searches files, and the files that their `$ref`s lead to. Other work comes first.
   *
   * @param files absolute paths
   * @param textOf the text of a file; `undefined` if the one on disk counts
   */
  static async among(files: readonly string[], textOf: (file: string) => string | undefined = () => undefined) {
    const users = new Map<string, string[]>();
    const descriptions = new Set<string>();
    for (const file of files) {
      await setImmediate();
      if (mayBeDescription(textOf(file) ?? textOrNothing(file))) descriptions.add(file);
    }
    const reached = new Set(descriptions);
    for (const file of reached) {
      for (const part of referredTo(file, textOf(file))) {
        addToGroup(users, part, file);
        reached.add(part);
      }
    }
    return new Users(descriptions, users);
  }

  /** The files that may be descriptions, and the files that they seem to refer to, directly or not. */
  get known(): string[] {
    return [...new Set([...this.#descriptions, ...this.#users.keys()])];
  }

  /** The files that may be descriptions and are, or refer to, directly or not, one of some files. */
  of(names: readonly string[]): string[] {
    const reached = new Set(names);
    for (const file of reached) for (const user of this.#users.get(file) ?? []) reached.add(user);
    return [...reached].filter((file) => this.#descriptions.has(file));
  }
}
