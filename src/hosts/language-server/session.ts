import { setImmediate } from 'node:timers/promises';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver/node';
import type { Baseline } from '../../baseline/baseline.js';
import { type ExceptionProblems, neededByNone } from '../../exception-problems.js';
import { isDescription, mayBeDescription, recognised, whyNoDescription } from '../../files/recognition.js';
import { TextFile, UnreadableFile } from '../../files/text-file.js';
import type { Files } from '../../files/documents.js';
import { addressesOfReference, Workspace } from '../../files/workspace.js';
import { lint } from '../../lint.js';
import type { Problem } from '../../problem.js';
import type { Selection } from '../../user-ruleset/selection.js';
import {
  faultsIn,
  type PublishedFinding,
  publishedFindings,
  type PublishedProblem,
  publishedProblems,
  shiftBetween,
} from './diagnostics.js';
import type { Folders } from './folders.js';
import { uriFor } from './names.js';

/** The result of the last lint of a description. */
export interface LintedDescription extends Pick<ExceptionProblems, 'unused' | 'used'> {
  readonly entry: TextFile;
  readonly selection: Selection;
  readonly baseline: Baseline | undefined;
  readonly published: readonly PublishedFinding[];
  /** The errors in its documents that do not depend on the rules. */
  readonly problems: readonly PublishedProblem[];
  /** The names of all its documents: its own, and those that its `$ref`s name, even if they do not exist. */
  readonly parts: ReadonlySet<string>;
}

/** The notifications that the server sends to the editor. */
export interface EditorClient {
  publish(params: PublishDiagnosticsParams): void;
  /** Reports an error in the server. */
  report(error: unknown): void;
}

/**
 * The documents that are open in an editor, and the findings in the descriptions that contain them.
 *
 * Documents are identified by their names. While a document has a syntax error, because the user is still typing, its last
 * readable text is used.
 */
export class Session {
  readonly workspace = new Workspace((name) => this.textOf(name));
  readonly #folders: Folders;
  readonly #editor: EditorClient;
  readonly #open = new Map<string, TextDocument>();
  /** The URIs as the editor writes them. One file can have several. */
  readonly #uris = new Map<string, string>();
  /** The open documents that have a syntax error or cannot be read. */
  readonly #faults = new Map<string, readonly Problem[] | UnreadableFile>();
  /** The open documents that look like descriptions but are not, and why. */
  readonly #mistaken = new Map<string, readonly Problem[]>();
  /** The open descriptions, and the descriptions that an open document is a part of. */
  readonly #descriptions = new Map<string, LintedDescription>();
  /** The open documents for which the folders have been searched for descriptions that refer to them. */
  readonly #placed = new Set<string>();
  /** The documents whose text has changed since the last refresh. */
  readonly #changed = new Set<string>();
  /** The descriptions to lint again. */
  readonly #stale = new Set<string>();
  readonly #published = new Map<string, string>();
  #refreshing = Promise.resolve();

  constructor(folders: Folders, editor: EditorClient) {
    this.#folders = folders;
    this.#editor = editor;
  }

  /** The text of an open document. */
  textOf(name: string): string | undefined {
    return this.#open.get(name)?.getText();
  }

  /** The version of an open document. */
  versionOf(name: string): number | undefined {
    return this.#open.get(name)?.version;
  }

  /** The URI of a document, as the editor writes it. */
  uriOf(name: string): string {
    return this.#uris.get(name) ?? uriFor(name);
  }

  /** Whether the text in use is the text that the editor shows, and not an earlier one. */
  isCurrent(name: string): boolean {
    return !this.#faults.has(name);
  }

  /** The open descriptions, and those that an open document is a part of, as last linted. */
  get descriptions(): LintedDescription[] {
    return [...this.#descriptions.values()];
  }

  /** The descriptions that a document is a part of. */
  descriptionsWith(name: string): LintedDescription[] {
    return this.descriptions.filter(({ parts }) => parts.has(name));
  }

  /** Records that a document has been opened or changed. */
  change(name: string, document: TextDocument): void {
    this.#open.set(name, document);
    this.#uris.set(name, document.uri);
    this.#changed.add(name);
  }

  /** Records that a document has been closed. From now on the file on disk is used. */
  close(name: string): void {
    this.#open.delete(name);
    this.#placed.delete(name);
    this.#changed.add(name);
  }

  /** Records that files have been changed, created or deleted on disk. Open documents are ignored: the editor's text is used. */
  changeOnDisk(names: readonly string[]): void {
    const closed = names.filter((name) => !this.#open.has(name));
    if (closed.length === 0) return;
    for (const name of closed) this.#changed.add(name);
    // The `$ref`s between files can have changed.
    this.#placed.clear();
    for (const name of this.#open.keys()) if (!this.#descriptions.has(name)) this.#changed.add(name);
  }

  /** Records that rulesets or folders have changed. */
  changeRules(): void {
    for (const name of this.#descriptions.keys()) this.#stale.add(name);
  }

  /**
   * Lints the descriptions that have changed, and publishes new diagnostics. If a document changes meanwhile, it stops, and the
   * next refresh continues.
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

  /** Searches the folders for the descriptions that an open document is a part of. */
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
    const { located, problems, unused, used } = lint(
      entry,
      files,
      selection.rulesFor(name),
      selection.followedFor(name),
    );
    // All its open documents can have been closed since.
    if (![...parts].some((part) => this.#open.has(part))) return;
    const baseline = this.#folders.baselineFor(name);
    const published = publishedFindings(located, name, selection, (file) => this.uriOf(file), baseline);
    this.#descriptions.set(name, {
      entry,
      selection,
      published,
      problems: publishedProblems(problems, name, selection, baseline),
      baseline,
      unused,
      used,
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

  /** Publishes the diagnostics that have changed. A finding that several descriptions share is published once. */
  #publishAll(): void {
    const found = new Map<string, Map<string, Diagnostic>>();
    const foundIn = (name: string) => {
      const here = found.get(name) ?? new Map<string, Diagnostic>();
      found.set(name, here);
      return here;
    };
    for (const [name, { published, problems }] of this.#descriptions) {
      if (this.#open.has(name)) foundIn(name);
      for (const { file, diagnostic, key, isHeldBack } of [...published, ...problems]) {
        if (isHeldBack) continue;
        // In a description that is not open, only findings in open documents are published.
        if (!this.#open.has(name) && !this.#open.has(file)) continue;
        foundIn(file).set(key, diagnostic);
      }
    }
    for (const { file, diagnostic, key, isHeldBack } of this.#unusedExceptions())
      if (this.#open.has(file) && !isHeldBack) foundIn(file).set(key, diagnostic);
    const unreadable = new Map(this.workspace.unreadable.map((fault) => [fault.file, fault]));
    const names = [found, this.#faults, this.#mistaken, this.#published].flatMap((map) => [...map.keys()]);
    for (const name of new Set(names)) {
      const diagnostics = [...foundIn(name).values(), ...faultsIn(this.#mistaken.get(name) ?? [])];
      const fault = this.#faults.get(name) ?? (this.#open.has(name) ? unreadable.get(name) : undefined);
      this.#publish(
        name,
        fault === undefined ? diagnostics : [...faultsIn(fault), ...this.#shifted(name, diagnostics)],
      );
    }
  }

  /** The exceptions that no description needs. */
  #unusedExceptions(): PublishedProblem[] {
    const unused = neededByNone(this.descriptions);
    return this.descriptions.flatMap(({ entry, selection, baseline, parts }) => {
      const here = unused.filter(({ file }) => parts.has(file));
      return publishedProblems(here, entry.uri, selection, baseline);
    });
  }

  /** The diagnostics of the last readable text of a document, moved to their lines in the current text. */
  #shifted(name: string, diagnostics: readonly Diagnostic[]): Diagnostic[] {
    const shift = shiftBetween(this.#readable(name)?.text ?? '', this.textOf(name) ?? '');
    return diagnostics.map((diagnostic) => ({ ...diagnostic, range: shift(diagnostic.range) }));
  }

  #publish(name: string, diagnostics: Diagnostic[]): void {
    const version = this.versionOf(name);
    const params = { uri: this.uriOf(name), diagnostics, ...(version !== undefined && { version }) };
    const text = JSON.stringify(params);
    if (this.#published.get(name) === text) return;
    this.#editor.publish(params);
    if (diagnostics.length === 0 && version === undefined) this.#published.delete(name);
    else this.#published.set(name, text);
  }
}
