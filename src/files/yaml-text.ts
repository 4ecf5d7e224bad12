import { type Path, valueAt } from '../json.js';
import type { Span } from '../text-editor/parsed-document.js';
import { commonYamlIn, spansInCommonYaml } from './common-yaml.js';
import { markInCommonYaml } from './common-yaml-marks.js';
import type { ParseError } from './parse-error.js';
import { type KeyOrScalar, YamlReader } from './yaml-reader.js';

/** A YAML text. It says what Spectral's parser says it does; that parser reads it only where it has to. */
export class YamlText {
  /** The parsed text; `undefined` if it is empty. */
  readonly data: unknown;
  /** Whether it is common YAML, for which Spectral's parser is not needed. */
  readonly isCommon: boolean;
  readonly #text: string;
  readonly #isRagged: boolean;
  #reader: YamlReader | undefined;

  /**
   * @param text without a byte order mark
   * @throws Error if it cannot be read
   */
  constructor(text: string) {
    this.#text = text;
    const common = commonYamlIn(text);
    this.#isRagged = common?.isRagged ?? false;
    this.isCommon = common !== undefined;
    this.data = common === undefined ? this.#bySpectral.data : common.data;
  }

  /** Whether Spectral's parser had to read it so far. */
  get isReadBySpectral(): boolean {
    return this.#reader !== undefined;
  }

  /** The errors of syntax and the duplicate names, in no order. Common YAML has none. */
  get faults(): readonly ParseError[] {
    return this.isCommon ? [] : this.#bySpectral.faults;
  }

  /**
   * Finds the spans of values.
   *
   * @param paths paths that exist in the data. Behind an alias, the span is that of the alias
   * @returns a span for each path, with Spectral's bounds: an object or array that is a member begins after the colon, and ends
   *   where its innermost last value ends
   */
  spansOf(paths: readonly Path[]): readonly Span[] {
    // If Spectral's parser has read the text already, it is faster to ask.
    const spans = this.#reader === undefined ? spansInCommonYaml(this.#text, this.#isRagged, paths) : undefined;
    return spans ?? this.#bySpectral.spansOf(paths);
  }

  /** The spans of the names and scalars, in the order of the text. */
  get scalars(): readonly Span[] {
    return this.#bySpectral.scalars;
  }

  /** The name or scalar at an offset; `undefined` if there is none. */
  keyOrScalarAt(offset: number): KeyOrScalar | undefined {
    return this.#bySpectral.keyOrScalarAt(offset);
  }

  /** What an editor underlines of a value: see {@link YamlReader.markOf}. @param span as {@link spansOf} finds it */
  markOf(path: Path, span: Span): Span {
    const isKnown = this.isCommon && this.#reader === undefined;
    const mark = isKnown ? markInCommonYaml(this.#text, valueAt(this.data, path), path.at(-1), span) : undefined;
    return mark ?? this.#bySpectral.markOf(path);
  }

  get #bySpectral(): YamlReader {
    return (this.#reader ??= new YamlReader(this.#text));
  }
}
