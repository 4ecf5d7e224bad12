import { isUtf8 } from 'node:buffer';
import { parseJson, type Path } from '../json.js';
import type { Source } from '../model/source.js';
import { applyPatch, canApply, changeAt, type PatchOperation } from '../patch.js';
import type { Problem } from '../problem.js';
import { LineIndex, type Position, type Range } from '../text-editor/line-index.js';
import { type Span, UnreadableText } from '../text-editor/parsed-document.js';
import { visible } from '../visible-text.js';
import { duplicateNamesIn } from './json-duplicates.js';
import { beginsAsJson, jsonFaultIn } from './json-error.js';
import { keyOrScalarAt, spansIn } from './json-positions.js';
import { contentsOf } from './regular-file.js';
import { type KeyOrScalar, type ParseError, YamlReader } from './yaml-reader.js';

/** A file of which nothing can be taken for a description or a part of one, and why. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly file: string;

  constructor(file: string, reason: string) {
    super(visible(reason));
    this.file = file;
  }
}

/** A file of a description. */
export class TextFile implements Source {
  /** Its absolute path. */
  readonly uri: string;
  /** What it holds, a byte order mark included. */
  readonly text: string;
  #data: unknown;
  readonly #yaml: YamlReader | undefined;
  #lines: LineIndex | undefined;
  #problems: readonly Problem[] | undefined;

  /**
   * Reads a text as JSON or YAML; which of the two is told by what is in it. Where it has a mistake, it is read as Spectral does,
   * and says {@link problems}.
   *
   * @param file its absolute path
   * @throws UnreadableFile where nothing of it can be read
   */
  constructor(file: string, text: string) {
    this.uri = file;
    this.text = text;
    const json = parseJson(text);
    this.#yaml = json === undefined ? yamlIn(file, this.#shown) : undefined;
    this.#data = json === undefined ? this.#yaml?.data : json.data;
  }

  /** What it says; of a file that is being fixed, what it is to say. */
  get data(): unknown {
    return this.#data;
  }

  /** Takes other data for what the file is to say. */
  replaceData(data: unknown): void {
    this.#data = data;
  }

  /**
   * Makes one change to the data, wherever it shows.
   *
   * @param places the paths at which it shows; one where it cannot be made, as the object there is shared with another path and has
   *   changed already, is left out
   */
  changeData(change: PatchOperation, places: readonly Path[]): void {
    for (const place of places) {
      const changeHere = changeAt(change, place);
      if (canApply(this.#data, changeHere)) this.#data = applyPatch(this.#data, [changeHere]);
    }
  }

  /** How long the text is, in UTF-16 code units. */
  get length(): number {
    return this.text.length;
  }

  /** Whether it is JSON, rather than YAML. */
  get isJson(): boolean {
    return this.#yaml === undefined;
  }

  /** What is wrong with the text, by its language, in the order of the text. */
  get problems(): readonly Problem[] {
    return (this.#problems ??= this.#faults
      .toSorted((one, other) => one.span.start - other.span.start)
      .map(({ span, ...fault }): Problem => {
        return { code: 'parser', file: this.uri, range: this.#linesShown.rangeOf(span), ...fault };
      }));
  }

  get #faults(): readonly ParseError[] {
    if (this.#yaml === undefined) return duplicateNamesIn(this.#shown);
    const { faults } = this.#yaml;
    if (!this.isBroken || !beginsAsJson(this.#shown)) return faults;
    return [jsonFaultIn(this.#shown), ...faults.filter(({ isDuplicate }) => isDuplicate === true)];
  }

  /** Whether what was meant cannot be told for sure: its text has a mistake other than a name that an object has twice. */
  get isBroken(): boolean {
    return (this.#yaml?.faults ?? []).some(({ isDuplicate }) => isDuplicate !== true);
  }

  /** The text as an editor shows it, and counts its lines and characters: without a byte order mark. */
  get #shown(): string {
    return this.text.startsWith('\uFEFF') ? this.text.slice(1) : this.text;
  }

  /** Where things stand in the text, as Spectral has it. */
  rangesOf(paths: readonly Path[]): Range[] {
    const spans = this.#yaml?.spansOf(paths) ?? spansIn(this.#shown, this.data, paths);
    return spans.map((span) => this.#linesShown.rangeOf(span));
  }

  /** The range of a stretch of {@link text}. */
  rangeOf({ start, end }: Span): Range {
    const before = this.text.length - this.#shown.length;
    return this.#linesShown.rangeOf({ start: Math.max(start - before, 0), end: Math.max(end - before, 0) });
  }

  /** What stands at a position: a name, or a value that is neither an object nor an array; `undefined` where neither does. */
  keyOrScalarAt(position: Position): KeyOrScalar | undefined {
    const offset = this.#linesShown.offsetAt(position);
    return this.#yaml === undefined ? keyOrScalarAt(this.#shown, offset) : this.#yaml.keyOrScalarAt(offset);
  }

  get #linesShown(): LineIndex {
    return (this.#lines ??= new LineIndex(this.#shown));
  }
}

/**
 * The file that a document of a description was read from.
 *
 * @throws TypeError where it was not read from a file
 */
export function textFileOf(source: Source): TextFile {
  if (source instanceof TextFile) return source;
  throw new TypeError('the document was not read from a file');
}

/**
 * Reads a file.
 *
 * @param file an absolute path
 * @throws UnreadableFile where it is missing, no regular file, not encoded in UTF-8, or neither JSON nor YAML
 */
export function readTextFile(file: string): TextFile {
  return new TextFile(file, textOrNothing(file));
}

function textOrNothing(file: string): string {
  try {
    const text = contentsOf(file, 'utf8');
    // What stands for bytes that are not UTF-8 may also have been written on purpose.
    return text.includes('\uFFFD') ? decoded(file, Buffer.from(contentsOf(file, 'latin1'), 'latin1')) : text;
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile(file, reasonOf(error));
  }
}

/**
 * The text that bytes stand for.
 *
 * @param file where they come from
 * @throws UnreadableFile where they are not encoded in UTF-8
 */
export function decoded(file: string, bytes: Buffer): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) throw new UnreadableFile(file, 'is encoded in UTF-16: save it in UTF-8');
  if (!isUtf8(bytes)) throw new UnreadableFile(file, 'is not encoded in UTF-8');
  return bytes.toString();
}

/** What goes wrong with files, by the names that the operating system has for it. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'is a folder',
  ENOTDIR: 'there is no such folder',
  ELOOP: 'links lead round in a circle',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'the file system is read-only',
  EIO: 'the disk fails',
  ERR_STRING_TOO_LONG: 'is too large',
  ERR_FS_FILE_TOO_LARGE: 'is too large',
};

/** What the operating system said, in a few words. */
export function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? message;
}

function yamlIn(file: string, text: string): YamlReader {
  try {
    return new YamlReader(text);
  } catch (error) {
    throw new UnreadableFile(file, whyUnreadable(error));
  }
}

function whyUnreadable(error: unknown): string {
  if (error instanceof UnreadableText) return error.message;
  // The parser takes some texts for its own mistake.
  return error instanceof RangeError ? 'is nested too deeply' : 'is neither JSON nor YAML: the parser fails at it';
}
