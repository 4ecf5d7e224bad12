import type { TextFile } from './text-file.js';
import { Workspace } from './workspace.js';

/** The most text to cache between files, in UTF-16 code units. A file that descriptions share is then read once. */
const mostText = 20e6;

/** A workspace for many descriptions, read one after the other: a new one whenever it holds much text. */
export class WorkspaceCache {
  readonly #make: () => Workspace;
  #workspace: Workspace;
  #text = 0;

  constructor(make: () => Workspace = () => new Workspace()) {
    this.#make = make;
    this.#workspace = make();
  }

  /** The workspace for the next description. */
  get current(): Workspace {
    if (this.#text > mostText) {
      this.#workspace = this.#make();
      this.#text = 0;
    }
    return this.#workspace;
  }

  /** The files that were read last. */
  get files(): readonly TextFile[] {
    return this.#workspace.files;
  }

  /** Counts a description that has been read. */
  note({ text }: { readonly text: string }): void {
    this.#text += text.length;
  }
}
