import { existsSync } from 'node:fs';
import { dirname, extname, relative, resolve, sep } from 'node:path';
import { isRemote } from '../files/address.js';
import { addToGroup } from '../grouping.js';
import type { Result } from '../result.js';

/** What a baseline holds back: what a rule reports about one thing in one file. */
export interface BaselineEntry {
  /** The id of a rule; or the code of a problem, such as `invalid-ref`. */
  readonly rule: string;
  /** The path of the file from the folder of the baseline, with `/`; or an address on the network. */
  readonly file: string;
  /** What it is about: see `subject.ts`. */
  readonly about: string;
}

/** The findings that were there when it was written, which are held back. */
export class Baseline {
  /** The absolute path of its file. */
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
  readonly #byKey = new Map<string, BaselineEntry[]>();
  readonly #met = new Set<BaselineEntry>();
  readonly #files = new Map<string, string>();

  /**
   * @param file its absolute path
   * @param entries in any order; each counts once
   */
  constructor(file: string, entries: readonly BaselineEntry[]) {
    this.file = file;
    this.entries = [...new Map(entries.map((entry) => [keyOf(entry.rule, entry.file, entry.about), entry])).values()];
    for (const entry of this.entries)
      addToGroup(this.#byKey, keyOf(entry.rule, this.fileOf(entry), entry.about), entry);
  }

  /**
   * The file that an entry is about, as an absolute path. If it is gone and the same description stands beside it in another format, that
   * one is meant: it was converted. While both are there, one is a copy of the other.
   */
  fileOf({ file }: BaselineEntry): string {
    const path = this.#files.get(file) ?? this.#find(file);
    this.#files.set(file, path);
    return path;
  }

  #find(file: string): string {
    if (isRemote(file)) return file;
    const path = resolve(dirname(this.file), file);
    const extension = extname(path);
    if (!extensions.includes(extension) || existsSync(path)) return path;
    const stem = path.slice(0, -extension.length);
    return extensions.map((other) => stem + other).find((converted) => existsSync(converted)) ?? path;
  }

  /** Whether it holds a result back: it does if it lists everything that the result is about. */
  holds({ code, subject }: Pick<Result, 'code' | 'subject'>): boolean {
    if (subject === undefined) return false;
    const met = subject.about.map((about) => this.#byKey.get(keyOf(code, subject.file, about)) ?? []);
    for (const entry of met.flat()) this.#met.add(entry);
    return met.length > 0 && met.every((entries) => entries.length > 0);
  }

  /** Whether a result so far was what an entry lists. */
  isMet(entry: BaselineEntry): boolean {
    return this.#met.has(entry);
  }

  /** The entries for a result. */
  entriesFor({ code, subject }: Pick<Result, 'code' | 'subject'>): BaselineEntry[] {
    if (subject === undefined) return [];
    const { file } = subject;
    const name = isRemote(file) ? file : relative(dirname(this.file), file).split(sep).join('/');
    return subject.about.map((about) => ({ rule: code, file: name, about }));
  }
}

/** The extensions of the formats of descriptions. */
const extensions = ['.yaml', '.yml', '.json'];

function keyOf(rule: string, path: string, about: string): string {
  return [rule, path, about].join('\n');
}
