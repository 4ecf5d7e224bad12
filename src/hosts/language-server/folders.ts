import { isAbsolute, join, resolve, sep } from 'node:path';
import type { Baseline } from '../../baseline/baseline.js';
import { baselineAround, readBaseline, UnreadableBaseline } from '../../baseline/baseline-file.js';
import { filesIn } from '../../files/discovery.js';
import { Users } from '../../files/users.js';
import { isGuideline } from '../../user-ruleset/find-guideline.js';
import { withoutOurRules } from '../../user-ruleset/choose-ruleset.js';
import { isRulesetName } from '../../rulesets.js';
import { RulesetsByFolder } from '../../user-ruleset/rulesets-by-folder.js';
import { type Selection, shippedSelection, withRules } from '../../user-ruleset/selection.js';

/** Receives messages about rulesets. */
export interface User {
  /** Reports an error that the user must correct. */
  warn(message: string): void;
  /** Logs something that may be intended. */
  inform(message: string): void;
}

/** The folders of an editor: their rulesets, and the descriptions in them. */
export class Folders {
  /** The absolute paths of the folders. */
  paths: readonly string[] = [];
  /** The ruleset that the user has chosen: the same values as `--ruleset`. */
  ruleset: string | undefined;
  /** Whether code from the folders may run: that of a ruleset, and of the Spectral that is installed there and reads rulesets. */
  isTrusted = true;
  readonly #unsaved: (name: string) => string | undefined;
  readonly #user: User;
  readonly #rulesets = new Map<string, RulesetsByFolder>();
  /** The last selection that could be read, by its file or folder. It stays in force while the ruleset has an error. */
  readonly #lastGood = new Map<string, Selection>();
  readonly #told = new WeakSet<object>();
  #users: Promise<Users> | undefined;

  readonly #baselines = new Map<string, Baseline | undefined>();

  /** @param unsaved the text of an open document, by its name */
  constructor(unsaved: (name: string) => string | undefined, user: User) {
    this.#unsaved = unsaved;
    this.#user = user;
  }

  /** Clears the rulesets and the baselines, so that they are read again. */
  forgetRulesets(): void {
    this.#rulesets.clear();
    this.#baselines.clear();
  }

  /** Clears the list of descriptions, so that the folders are searched again. */
  forgetFiles(): void {
    this.#users = undefined;
  }

  /**
   * The rules for a document: those that the command line would use in the editor's folder that contains it. A document outside
   * all folders gets a shipped ruleset unless the user has named a file: a ruleset can be a script, and the user has not said
   * that the files beside the document can be trusted.
   */
  selectionFor(name: string): Promise<Selection> {
    const folder = this.#folderOf(name);
    if (folder === undefined && (this.ruleset === undefined || isRulesetName(this.ruleset)))
      return Promise.resolve(shippedSelection(this.ruleset ?? 'recommended'));
    const from = folder ?? process.cwd();
    const rulesets = this.#rulesets.get(from) ?? new RulesetsByFolder(this.ruleset, from);
    this.#rulesets.set(from, rulesets);
    return this.#read(rulesets, from, name);
  }

  async #read(rulesets: RulesetsByFolder, folder: string, name: string): Promise<Selection> {
    // A document that was never saved is in no folder of its own.
    const path = isAbsolute(name) ? name : join(folder, 'openapi.yaml');
    let file: string | undefined;
    try {
      file = rulesets.fileFor(path);
      const named = file ?? this.ruleset;
      if (!this.isTrusted && named !== undefined && !isRulesetName(named) && !isGuideline(resolve(folder, named))) {
        const why = `${named} is not read, because the folder is not trusted: its descriptions are checked by ‘recommended’.`;
        this.#tell(rulesets, () => this.#user.inform(why));
        return shippedSelection('recommended');
      }
      const selection = await rulesets.selectionFor(path);
      if (!selection.isOurs) this.#tell(selection, () => this.#user.inform(withoutOurRules(selection, folder)));
      this.#lastGood.set(file ?? folder, selection);
      return selection;
    } catch (error) {
      this.#tell(error as Error, () => this.#user.warn((error as Error).message));
      return (
        this.#lastGood.get(file ?? folder) ??
        this.#lastGood.get(folder) ??
        withRules(shippedSelection('recommended'), [])
      );
    }
  }

  /** Tells the user something about a ruleset once, whatever the number of documents that it counts for. */
  #tell(about: object, tell: () => void): void {
    if (!this.#told.has(about)) tell();
    this.#told.add(about);
  }

  /**
   * The baseline for a document: the one that the command line would use in the editor's folder that contains it.
   *
   * @returns `undefined` if there is none, or it cannot be read
   */
  baselineFor(name: string): Baseline | undefined {
    const folder = this.#folderOf(name);
    if (folder === undefined) return undefined;
    if (!this.#baselines.has(folder)) this.#baselines.set(folder, this.#baselineAround(folder));
    return this.#baselines.get(folder);
  }

  #baselineAround(folder: string): Baseline | undefined {
    const file = baselineAround(folder);
    try {
      return file === undefined ? undefined : readBaseline(file).baseline;
    } catch (error) {
      if (!(error instanceof UnreadableBaseline)) throw error;
      this.#user.warn(error.message);
      return undefined;
    }
  }

  #folderOf(name: string): string | undefined {
    const around = this.paths.filter((folder) => name.startsWith(folder.endsWith(sep) ? folder : folder + sep));
    const innermost = around.toSorted((one, other) => other.length - one.length)[0];
    return innermost ?? (isAbsolute(name) ? undefined : this.paths[0]);
  }

  /** The files in the folders that may be descriptions and refer, directly or not, to a file. */
  async usersOf(name: string): Promise<readonly string[]> {
    this.#users ??= this.#look();
    return (await this.#users).of([name]);
  }

  async #look(): Promise<Users> {
    const found = await Promise.all(this.paths.map((folder) => filesIn(folder)));
    return Users.among(
      found.flatMap(({ files }) => files),
      this.#unsaved,
    );
  }
}
