import { isAbsolute, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { filesIn, referredTo, textOrNothing } from '../../files/discovery.js';
import { mayBeDescription } from '../../files/recognition.js';
import { addToGroup } from '../../grouping.js';
import { chooseRuleset, withoutOurRules } from '../../user-ruleset/choose-ruleset.js';
import { isRulesetName, type Selection, shippedSelection, withRules } from '../../user-ruleset/selection.js';

/** Who has to know what becomes of rulesets. */
export interface User {
  /** Says what has to be put right. */
  warn(message: string): void;
  /** Notes what may well be meant so. */
  inform(message: string): void;
}

/** Which files are descriptions, and which refer to which, as far as a glance tells. */
interface References {
  readonly descriptions: ReadonlySet<string>;
  /** The files that refer to each file. */
  readonly users: ReadonlyMap<string, readonly string[]>;
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
  #references: Promise<References> | undefined;

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
    this.#references = undefined;
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
    this.#references ??= this.#look();
    const { descriptions, users } = await this.#references;
    const reached = new Set([name]);
    for (const file of reached) for (const user of users.get(file) ?? []) reached.add(user);
    return [...reached].filter((file) => descriptions.has(file));
  }

  async #look(): Promise<References> {
    const users = new Map<string, string[]>();
    const descriptions = new Set<string>();
    for (const folder of this.paths) {
      for (const file of (await filesIn(folder)).files) {
        // Whatever else is asked of the server comes first.
        await setImmediate();
        if (mayBeDescription(this.#unsaved(file) ?? textOrNothing(file))) descriptions.add(file);
      }
    }
    const reached = new Set(descriptions);
    for (const file of reached) {
      for (const part of referredTo(file, this.#unsaved(file))) {
        addToGroup(users, part, file);
        reached.add(part);
      }
    }
    return { descriptions, users };
  }
}
