import { parseJson, type Path } from '../json.js';
import type { Source } from '../model/source.js';
import { applyPatch, canApply, changeAt, type PatchOperation } from '../patch.js';
import type { Problem } from '../problem.js';
import { LineIndex, type Position, type Range } from '../text-editor/line-index.js';
import { type Span, UnreadableText } from '../text-editor/parsed-document.js';
import { visible } from '../visible-text.js';
import { duplicateNamesIn } from './json-duplicates.js';
import { type CommentException, commentExceptionsIn } from './ignore-comments.js';
import { beginsAsJson, jsonFaultIn } from './json-error.js';
import { keyOrScalarAt, markIn, spansIn } from './json-positions.js';
import { type ParseError } from './parse-error.js';
import type { KeyOrScalar } from './yaml-reader.js';
import { YamlText } from './yaml-text.js';

/** A file that cannot be read at all, and why. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly file: string;

  constructor(file: string, reason: string) {
    super(visible(reason));
    this.file = file;
  }
}

/** Where a value is written. */
export interface TextLocation {
  readonly file: TextFile;
  /** In the data of the file as it was read. */
  readonly path: Path;
}

/** A file of a description. */
export class TextFile implements Source {
  /** Its absolute path. */
  readonly uri: string;
  /** Its contents, with the byte order mark if there is one. */
  readonly text: string;
  #data: unknown;
  /** What the text says, if it is JSON. */
  readonly #read: unknown;
  readonly #yaml: YamlText | undefined;
  #lines: LineIndex | undefined;
  #problems: readonly Problem[] | undefined;
  #commentExceptions: readonly CommentException[] | undefined;
  #originOf: ((path: Path) => TextLocation) | undefined;

  /**
   * Parses a text as JSON, or else as YAML. If it has errors, it is read as far as Spectral reads it, and {@link problems} lists them.
   *
   * @param file its absolute path
   * @throws UnreadableFile if it cannot be read at all
   */
  constructor(file: string, text: string) {
    this.uri = file;
    this.text = text;
    const json = parseJson(text);
    this.#yaml = json === undefined ? yamlIn(file, this.#shown) : undefined;
    this.#data = json === undefined ? this.#yaml?.data : json.data;
    this.#read = this.#data;
  }

  /** What the text says; while the file is being fixed, what the new text is going to say. */
  get data(): unknown {
    return this.#data;
  }

  /** Sets what the new text is going to say. */
  replaceData(data: unknown): void {
    this.#data = data;
  }

  /**
   * Makes one change to the data, at every path that shows it. Two paths can share an object: once it has changed for one of them, the
   * other is skipped.
   *
   * @param places the paths
   */
  changeData(change: PatchOperation, places: readonly Path[]): void {
    for (const place of places) {
      const changeHere = changeAt(change, place);
      if (canApply(this.#data, changeHere)) this.#data = applyPatch(this.#data, [changeHere]);
    }
  }

  /**
   * Takes the data that overlays make of the file.
   *
   * @param originOf where the value at a path of that data is written: in this file or in an overlay
   */
  overlay(data: unknown, originOf: (path: Path) => TextLocation): void {
    this.#data = data;
    this.#originOf = originOf;
  }

  /** Where the value at a path is written: in this file, unless an overlay has put it there. */
  originOf(path: Path): TextLocation {
    return this.#originOf?.(path) ?? { file: this, path };
  }

  /** Whether overlays have changed the data. */
  get isOverlaid(): boolean {
    return this.#originOf !== undefined;
  }

  /** The exceptions from rules that its comments make. */
  get commentExceptions(): readonly CommentException[] {
    return (this.#commentExceptions ??=
      this.#yaml === undefined ? [] : commentExceptionsIn(this.#shown, () => this.#yaml?.scalars ?? []));
  }

  exceptionsAt(path: Path): readonly CommentException[] {
    const { file, path: written } = this.originOf(path);
    if (file.commentExceptions.length === 0) return [];
    const [range] = file.rangesOf([written]);
    return file.commentExceptions.filter(({ about }) => about.line === range?.start.line);
  }

  /** The length of the text, in UTF-16 code units. */
  get length(): number {
    return this.text.length;
  }

  get isJson(): boolean {
    return this.#yaml === undefined;
  }

  /** Whether it is YAML that Spectral's parser had to read so far, which takes longer. */
  get isReadBySpectral(): boolean {
    return this.#yaml?.isReadBySpectral === true;
  }

  /** The errors of syntax and the duplicate names, in the order of the text. */
  get problems(): readonly Problem[] {
    return (this.#problems ??= this.#faults
      .toSorted((one, other) => one.span.start - other.span.start)
      .map(({ span, ...fault }): Problem => {
        return { code: 'parser', file: this.uri, range: this.#linesShown.rangeOf(span), ...fault };
      }));
  }

  get #faults(): readonly ParseError[] {
    if (this.#yaml === undefined) return duplicateNamesIn(this.#shown, this.#read);
    const { faults } = this.#yaml;
    if (!this.isBroken || !beginsAsJson(this.#shown)) return faults;
    return [jsonFaultIn(this.#shown), ...faults.filter(({ isDuplicate }) => isDuplicate === true)];
  }

  /** Whether the text has an error other than a duplicate name, so that its meaning is uncertain. */
  get isBroken(): boolean {
    return (this.#yaml?.faults ?? []).some(({ isDuplicate }) => isDuplicate !== true);
  }

  /** The text as editors show and count it: without a byte order mark. */
  get #shown(): string {
    return this.text.startsWith('\uFEFF') ? this.text.slice(1) : this.text;
  }

  /** The ranges of values in the text, with Spectral's bounds. */
  rangesOf(paths: readonly Path[]): Range[] {
    const spans = this.#yaml?.spansOf(paths) ?? spansIn(this.#shown, this.#read, paths);
    return spans.map((span) => this.#linesShown.rangeOf(span));
  }

  /**
   * What an editor underlines of values: of an object or array its name; the first name in it if it has none, as an item of an array; of a
   * scalar all of it.
   *
   * @param ranges of the values at the paths, as {@link rangesOf} finds them
   */
  marksOf(paths: readonly Path[], ranges: readonly Range[]): Range[] {
    const offsetAt = (position: Position) => this.#linesShown.offsetAt(position);
    const marks = ranges.map(({ start, end }, index) => {
      const span = { start: offsetAt(start), end: offsetAt(end) };
      return this.#yaml?.markOf(paths[index] ?? [], span) ?? markIn(this.#shown, span);
    });
    return marks.map((mark) => this.#linesShown.rangeOf(mark));
  }

  /** The range of a span of {@link text}. */
  rangeOf({ start, end }: Span): Range {
    const before = this.text.length - this.#shown.length;
    return this.#linesShown.rangeOf({ start: Math.max(start - before, 0), end: Math.max(end - before, 0) });
  }

  /** The name or scalar at a position; `undefined` if there is none. */
  keyOrScalarAt(position: Position): KeyOrScalar | undefined {
    const offset = this.#linesShown.offsetAt(position);
    return this.#yaml === undefined ? keyOrScalarAt(this.#shown, offset) : this.#yaml.keyOrScalarAt(offset);
  }

  /** The text of a line, counted from 0, without its line break. */
  lineAt(line: number): string {
    return this.#linesShown.lineAt(line);
  }

  get #linesShown(): LineIndex {
    return (this.#lines ??= new LineIndex(this.#shown));
  }
}

/**
 * The file that a document of a description was read from.
 *
 * @throws TypeError if it was not read from a file
 */
export function textFileOf(source: Source): TextFile {
  if (source instanceof TextFile) return source;
  throw new TypeError('the document was not read from a file');
}

function yamlIn(file: string, text: string): YamlText {
  try {
    return new YamlText(text);
  } catch (error) {
    throw new UnreadableFile(file, whyUnreadable(error));
  }
}

function whyUnreadable(error: unknown): string {
  if (error instanceof UnreadableText) return error.message;
  // Some texts make the parser throw errors of its own.
  return error instanceof RangeError ? 'is nested too deeply' : 'is neither JSON nor YAML: the parser fails at it';
}
