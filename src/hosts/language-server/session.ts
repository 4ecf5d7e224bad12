import { setImmediate } from 'node:timers/promises';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { isDescription, mayBeDescription, recognised, whyNoDescription } from '../../files/recognition.js';
import { TextFile, UnreadableFile } from '../../files/text-file.js';
import { addressesOfReference, type Files, Workspace } from '../../files/workspace.js';
import { lint } from '../../lint.js';
import type { Problem } from '../../problem.js';
import type { Selection } from '../../user-ruleset/selection.js';
import {
  faultsIn,
  type PublishedFinding,
  publishedFindings,
  shiftBetween,
  toldOfProblems,
  type ToldProblem,
} from './diagnostics.js';
import type { Folders } from './folders.js';
import { uriFor } from './names.js';

/** A description, as it was linted last. */
export interface LintedDescription {
  readonly entry: TextFile;
  readonly selection: Selection;
  readonly published: readonly PublishedFinding[];
  /** What is wrong with its documents, whatever the rules say. */
  readonly problems: readonly ToldProblem[];
  /** The names of all documents that it is made of, itself among them, be they missing. */
  readonly parts: ReadonlySet<string>;
}

/** The editor, as far as it is told things without asking. */
export interface EditorClient {
  publish(params: PublishDiagnosticsParams): void;
  /** Says that something has gone wrong in the server. */
  report(error: unknown): void;
}

/**
 * The documents that are open in an editor, and what is found in the descriptions that they are, or are parts of.
 *
 * Documents go by their names. One that cannot be read as it stands, since somebody is in the middle of typing, counts as it was
 * before.
 */
export class Session {
  readonly workspace = new Workspace((name) => this.textOf(name));
  readonly #folders: Folders;
  readonly #editor: EditorClient;
  readonly #open = new Map<string, TextDocument>();
  /** As the editor writes them: a file has more than one. */
  readonly #uris = new Map<string, string>();
  /** The open documents that cannot be read for sure as they stand, or not at all. */
  readonly #faults = new Map<string, readonly Problem[] | UnreadableFile>();
  /** Why open documents are no descriptions that were meant to be. */
  readonly #mistaken = new Map<string, readonly Problem[]>();
  /** The descriptions that are looked after: those that are open, and those that an open document is a part of. */
  readonly #descriptions = new Map<string, LintedDescription>();
  /** The open documents whose users have been looked for in the folders. */
  readonly #placed = new Set<string>();
  /** The documents whose text has changed since the last refresh. */
  readonly #changed = new Set<string>();
  /** The descriptions that have to be linted again. */
  readonly #stale = new Set<string>();
  readonly #published = new Map<string, string>();
  #refreshing = Promise.resolve();

  constructor(folders: Folders, editor: EditorClient) {
    this.#folders = folders;
    this.#editor = editor;
  }

  /** The text of a document that is open. */
  textOf(name: string): string | undefined {
    return this.#open.get(name)?.getText();
  }

  /** The version of a document that is open. */
  versionOf(name: string): number | undefined {
    return this.#open.get(name)?.version;
  }

  /** The URI of a document, as the editor writes it. */
  uriOf(name: string): string {
    return this.#uris.get(name) ?? uriFor(name);
  }

  /** Whether a document says what the editor shows, and not what it did before somebody began to type. */
  isCurrent(name: string): boolean {
    return !this.#faults.has(name);
  }

  /** The descriptions that are looked after. */
  get descriptions(): LintedDescription[] {
    return [...this.#descriptions.values()];
  }

  /** The descriptions that a document is a part of. */
  descriptionsWith(name: string): LintedDescription[] {
    return this.descriptions.filter(({ parts }) => parts.has(name));
  }

  /** Takes notice of a document that has been opened or changed. */
  change(name: string, document: TextDocument): void {
    this.#open.set(name, document);
    this.#uris.set(name, document.uri);
    this.#changed.add(name);
  }

  /** Takes notice of a document that has been closed: what is on disk counts again. */
  close(name: string): void {
    this.#open.delete(name);
    this.#placed.delete(name);
    this.#changed.add(name);
  }

  /** Takes notice of files that have changed on disk, been created or deleted. Of an open one, what the editor shows counts. */
  changeOnDisk(names: readonly string[]): void {
    const closed = names.filter((name) => !this.#open.has(name));
    if (closed.length === 0) return;
    for (const name of closed) this.#changed.add(name);
    // Who uses what may be different now.
    this.#placed.clear();
    for (const name of this.#open.keys()) if (!this.#descriptions.has(name)) this.#changed.add(name);
  }

  /** Takes notice of rulesets, or folders, that have changed. */
  changeRules(): void {
    for (const name of this.#descriptions.keys()) this.#stale.add(name);
  }

  /**
   * Lints what has to be linted, and publishes what is new. Where a document changes meanwhile, that is left to the next
   * refresh.
   */
  refresh(): Promise<void> {
    this.#refreshing = this.#refreshing.then(() => this.#refresh()).catch((error) => this.#editor.report(error));
    return this.#refreshing;
  }

  async #refresh(): Promise<void> {
    for (const name of this.#changed) this.#take(name);
    this.#changed.clear();
    for (const name of this.#stale) {
      const selection = await this.#folders.selectionFor(name);
      await setImmediate();
      if (this.#changed.size > 0) return;
      this.#stale.delete(name);
      this.#lint(name, selection);
    }
    this.#publishAll();
  }

  /** Reads a document that has changed. */
  #take(name: string): void {
    const users = this.descriptionsWith(name);
    for (const { entry } of users) this.#stale.add(entry.uri);
    this.#faults.delete(name);
    this.#mistaken.delete(name);
    const text = this.textOf(name);
    if (text === undefined) this.workspace.forget(name);
    else if (users.length === 0 && !mayBeDescription(text)) {
      this.workspace.forget(name);
      this.#place(name);
    } else this.#write(name, text, users.length > 0);
  }

  #write(name: string, text: string, isPart: boolean): void {
    try {
      const file = new TextFile(name, text);
      if (file.isBroken && this.workspace.isKnown(name)) {
        this.#faults.set(name, file.problems);
        return;
      }
      this.workspace.take(file);
      const standing = recognised(file);
      if (standing === 'description') this.#stale.add(name);
      else this.#place(name);
      if (standing === 'mistaken' && !isPart) this.#mistaken.set(name, whyNoDescription(file));
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      this.#faults.set(name, error);
    }
  }

  /** Looks for the descriptions in the folders that an open document is a part of. */
  #place(name: string): void {
    if (this.#placed.has(name)) return;
    this.#placed.add(name);
    const found = this.#folders.usersOf(name).then((users) => {
      const fresh = users.filter((user) => !this.#descriptions.has(user));
      for (const user of fresh) this.#stale.add(user);
      return fresh.length > 0 ? this.refresh() : undefined;
    });
    found.catch((error) => this.#editor.report(error));
  }

  #lint(name: string, selection: Selection): void {
    this.#descriptions.delete(name);
    const entry = this.#readable(name);
    if (entry === undefined || !isDescription(entry)) return;
    const parts = new Set([name]);
    const files: Files = {
      open: (reference, from) => {
        for (const address of addressesOfReference(reference, from.uri)) parts.add(address);
        return this.workspace.open(reference, from);
      },
      whyNot: (reference, from) => this.workspace.whyNot(reference, from),
    };
    const { located, problems } = lint(entry, files, selection.rulesFor(name));
    // What only is a part of it may have been closed since.
    if (![...parts].some((part) => this.#open.has(part))) return;
    const published = publishedFindings(located, name, selection, (file) => this.uriOf(file));
    this.#descriptions.set(name, {
      entry,
      selection,
      published,
      problems: toldOfProblems(problems, name, selection),
      parts,
    });
  }

  #readable(name: string): TextFile | undefined {
    try {
      return this.workspace.read(name);
    } catch (error) {
      if (error instanceof UnreadableFile) return undefined;
      throw error;
    }
  }

  /** Publishes what has changed: of each document what is found in it, be it in several descriptions, once. */
  #publishAll(): void {
    const found = new Map<string, Map<string, Diagnostic>>();
    const foundIn = (name: string) => {
      const here = found.get(name) ?? new Map<string, Diagnostic>();
      found.set(name, here);
      return here;
    };
    for (const [name, { published, problems }] of this.#descriptions) {
      if (this.#open.has(name)) foundIn(name);
      for (const { file, diagnostic, key } of [...published, ...problems]) {
        // Of a description that nobody has opened, nobody wants to hear but for what is open.
        if (!this.#open.has(name) && !this.#open.has(file)) continue;
        foundIn(file).set(key, diagnostic);
      }
    }
    const unreadable = new Map(this.workspace.unreadable.map((fault) => [fault.file, fault]));
    const names = [found, this.#faults, this.#mistaken, this.#published].flatMap((map) => [...map.keys()]);
    for (const name of new Set(names)) {
      const diagnostics = [...foundIn(name).values(), ...faultsIn(this.#mistaken.get(name) ?? [])];
      const fault = this.#faults.get(name) ?? (this.#open.has(name) ? unreadable.get(name) : undefined);
      this.#tell(name, fault === undefined ? diagnostics : [...faultsIn(fault), ...this.#shifted(name, diagnostics)]);
    }
  }

  /** What was found in a document before it became unreadable, where it is now. */
  #shifted(name: string, diagnostics: readonly Diagnostic[]): Diagnostic[] {
    const shift = shiftBetween(this.#readable(name)?.text ?? '', this.textOf(name) ?? '');
    return diagnostics.map((diagnostic) => ({ ...diagnostic, range: shift(diagnostic.range) }));
  }

  #tell(name: string, diagnostics: Diagnostic[]): void {
    const version = this.versionOf(name);
    const params = { uri: this.uriOf(name), diagnostics, ...(version !== undefined && { version }) };
    const text = JSON.stringify(params);
    if (this.#published.get(name) === text) return;
    this.#editor.publish(params);
    if (diagnostics.length === 0 && version === undefined) this.#published.delete(name);
    else this.#published.set(name, text);
  }
}
