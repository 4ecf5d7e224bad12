import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { contentsOf, readInPieces } from '../../files/regular-file.js';
import { reasonOf } from '../../files/reading.js';
import { shortName } from '../../files/discovery.js';
import type { Guideline } from '../../guidelines/guideline.js';
import { hashOf, newHash, type LintReport, type LintTask } from './lint-file.js';
import { version } from './version.js';

/** The name of the cache in its folder. */
const usualName = '.conditional-requests-cache';

/** How the first line of a cache begins; after it comes the hash of all other lines. */
const heading = 'conditional-requests lint cache 1 ';

/** The report on a file, as the cache keeps it: with the hash of what was asked, and those of all files that it depends on. */
type Entry = readonly [file: string, task: string, parts: Readonly<Record<string, string>>, report: LintReport];

/**
 * The reports of earlier runs. A report counts as long as the version of this package, the options, the rules and the contents of every
 * file that it depends on are the same.
 */
export class LintCache {
  readonly file: string;
  /** What is wrong with the file of the cache, if anything. */
  readonly fault: string | undefined;
  readonly #cwd: string;
  readonly #version = version();
  readonly #entries = new Map<string, { readonly line: string; readonly entry: () => Entry }>();
  readonly #hashes = new Map<string, string>();
  readonly #follows = new Map<Guideline, string>();
  #isChanged = false;
  readonly #isForeign: boolean;

  /**
   * Reads a cache. A damaged one counts as empty. So does a file that is no cache, which is then left as it is.
   *
   * @param location the file, or a folder for it; in the working folder if absent
   */
  constructor(location: string | undefined, cwd: string) {
    const named = resolve(cwd, location ?? usualName);
    const isFolder = /[\\/]$/.test(location ?? '') || (existsSync(named) && statSync(named).isDirectory());
    this.file = isFolder ? join(named, usualName) : named;
    this.#cwd = cwd;
    const { lines, fault, isForeign } = linesOf(this.file);
    this.fault = fault === undefined ? undefined : `${shortName(this.file, cwd)}: ${fault}`;
    this.#isForeign = isForeign === true;
    for (const line of lines) {
      let read: Entry | undefined;
      const entry = () => (read ??= JSON.parse(line) as Entry);
      // The line begins with the path, so that the whole of it is read only when it is needed.
      const file = JSON.parse(/^\["(?:[^"\\]|\\.)*"/.exec(line)?.[0].slice(1) ?? '""') as string;
      this.#entries.set(file, { line, entry });
    }
  }

  /** The report of an earlier run, if nothing that it depends on has changed. */
  reportFor(task: LintTask): LintReport | undefined {
    const kept = task.isCached ? this.#entries.get(task.file)?.entry() : undefined;
    if (kept === undefined) return undefined;
    const [, asked, parts, report] = kept;
    const isSame =
      asked === this.#hashOf(task) && Object.entries(parts).every(([part, hash]) => this.#contents(part) === hash);
    return isSame ? report : undefined;
  }

  /** Keeps the report of a task, unless it depends on more than files that can be read. */
  keep(task: LintTask, { parts, ...report }: LintReport): void {
    if (!task.isCached || parts === undefined) return;
    const entry: Entry = [task.file, this.#hashOf(task), parts, report];
    this.#entries.set(task.file, { line: JSON.stringify(entry), entry: () => entry });
    this.#isChanged = true;
  }

  /**
   * Writes the cache if there is anything new, without the files that are gone. Other runs see the old cache or the new one, never a part.
   *
   * @returns why it cannot be written, if it cannot
   */
  save(): string | undefined {
    if (!this.#isChanged || this.#isForeign) return undefined;
    const lines = [...this.#entries].filter(([file]) => existsSync(file)).map(([, { line }]) => line);
    const text = lines.join('\n');
    const unfinished = `${this.file}.${process.getBuiltinModule('node:crypto').randomUUID()}`;
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      writeFileSync(unfinished, `${heading}${hashOf(text)}\n${text}`);
      renameSync(unfinished, this.file);
      return undefined;
    } catch (error) {
      if (existsSync(unfinished)) rmSync(unfinished);
      return `${shortName(this.file, this.#cwd)}: the cache cannot be written: ${reasonOf(error)}`;
    }
  }

  /** The hash of all that a task asks for, besides the contents of files. */
  #hashOf(task: LintTask): string {
    const { follows } = task;
    const guidelines = follows.map((guideline) => {
      const known = this.#follows.get(guideline) ?? hashOf(JSON.stringify(guideline));
      this.#follows.set(guideline, known);
      return known;
    });
    return hashOf(JSON.stringify([this.#version, guidelines, { ...task, file: '', follows: [] }]));
  }

  /** The hash of the contents of a file; or why there are none. */
  #contents(file: string): string {
    let hash = this.#hashes.get(file);
    if (hash === undefined) this.#hashes.set(file, (hash = contentsHash(file)));
    return hash;
  }
}

/** The lines of a cache after the first; or what is wrong with it, and whether it is something else. */
function linesOf(file: string): { lines: string[]; fault?: string; isForeign?: true } {
  let text: string;
  try {
    text = contentsOf(file).toString('utf8');
  } catch (error) {
    if (!existsSync(file)) return { lines: [] };
    return { lines: [], fault: `the cache cannot be read, and was not used: ${reasonOf(error)}` };
  }
  if (!text.startsWith(heading))
    return {
      lines: [],
      fault: 'is not a cache, and was left as it is: name another --cache-location',
      isForeign: true,
    };
  const end = text.indexOf('\n');
  const rest = text.slice(end + 1);
  if (text.slice(heading.length, end) !== hashOf(rest))
    return { lines: [], fault: 'the cache is damaged, and was made again' };
  return { lines: rest === '' ? [] : rest.split('\n') };
}

function contentsHash(file: string): string {
  try {
    const hash = newHash();
    readInPieces(file, (piece) => hash.update(piece));
    return hash.digest('base64url');
  } catch (error) {
    return reasonOf(error);
  }
}
