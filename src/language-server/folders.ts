import { isAbsolute, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { append } from '../edit/append.js';
import { chooseRuleset, withoutOurRules } from '../workspace/choose-ruleset.js';
import { filesIn, referredTo, textIn } from '../workspace/folder.js';
import { mayBeDescription } from '../workspace/recognition.js';
import { isRulesetName, type Selection, shippedSelection, withRules } from '../workspace/selection.js';

/** Who has to know what becomes of rulesets. */
export interface User {
  /** Says what has to be put right. */
  warn(message: string): void;
  /** Notes what may well be meant so. */
  inform(message: string): void;
}

/** The folders of an editor: their rulesets, and the descriptions in them. */
export class Folders {
  /** The absolute paths of the folders. */
  paths: readonly string[] = [];
  /** The ruleset that the user has named, as after `--ruleset`. */
  ruleset: string | undefined;
  readonly #unsaved: (name: string) => string | undefined;
  readonly #user: User;
  readonly #selections = new Map<string, Promise<Selection>>();
  /** The selections that could be read last, by folder: what a faulty ruleset leaves in force. */
  readonly #lastGood = new Map<string, Selection>();
  #users: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

  /**
   * @param unsaved the texts of documents that are open
   */
  constructor(unsaved: (name: string) => string | undefined, user: User) {
    this.#unsaved = unsaved;
    this.#user = user;
  }

  /** Forgets the rulesets, so that they are read again. */
  forgetRulesets(): void {
    this.#selections.clear();
  }

  /** Forgets which descriptions there are. */
  forgetFiles(): void {
    this.#users = undefined;
  }

  /**
   * The rules for a document: those that the command line would go by in the folder of the editor that it is in. Of a document
   * that is in none, nobody has said that what stands beside it can be trusted, and a ruleset may be a script.
   */
  selectionFor(name: string): Promise<Selection> {
    const folder = this.#folderOf(name);
    if (folder === undefined && (this.ruleset === undefined || isRulesetName(this.ruleset)))
      return Promise.resolve(shippedSelection(this.ruleset ?? 'recommended'));
    const from = folder ?? process.cwd();
    const known = this.#selections.get(from) ?? this.#read(from);
    this.#selections.set(from, known);
    return known;
  }

  async #read(folder: string): Promise<Selection> {
    try {
      const selection = await chooseRuleset(this.ruleset, folder, 'recommended');
      if (!selection.isOurs) this.#user.inform(withoutOurRules(selection, folder));
      this.#lastGood.set(folder, selection);
      return selection;
    } catch (error) {
      this.#user.warn((error as Error).message);
      return this.#lastGood.get(folder) ?? withRules(shippedSelection('recommended'), []);
    }
  }

  #folderOf(name: string): string | undefined {
    const around = this.paths.filter((folder) => name.startsWith(folder.endsWith(sep) ? folder : folder + sep));
    const innermost = around.toSorted((one, other) => other.length - one.length)[0];
    return innermost ?? (isAbsolute(name) ? undefined : this.paths[0]);
  }

  /** The descriptions in the folders that a file is a part of, as far as a glance tells. */
  async usersOf(name: string): Promise<readonly string[]> {
    this.#users ??= this.#look();
    return (await this.#users).get(name) ?? [];
  }

  async #look(): Promise<Map<string, string[]>> {
    const users = new Map<string, string[]>();
    const parts = new Map<string, readonly string[]>();
    const partsOf = (file: string) => {
      const known = parts.get(file) ?? referredTo(file, this.#unsaved(file));
      parts.set(file, known);
      return known;
    };
    for (const folder of this.paths) {
      for (const file of await filesIn(folder)) {
        // Whatever else is asked of the server comes first.
        await setImmediate();
        if (!mayBeDescription(this.#unsaved(file) ?? textIn(file))) continue;
        const reached = new Set([file]);
        for (const part of reached) for (const next of partsOf(part)) reached.add(next);
        for (const part of reached) append(users, part, file);
      }
    }
    return users;
  }
}
