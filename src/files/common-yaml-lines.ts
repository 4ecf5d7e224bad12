import { mergeKey, type Span } from '../text-editor/parsed-document.js';

/** Thrown where a text is not common YAML. */
export const notCommon = Symbol('not common YAML');

const [tab, lineFeed, carriageReturn, space, hash] = [0x09, 0x0a, 0x0d, 0x20, 0x23];

/** What Spectral's parser reports in most places. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const unprintable = /[\0-\u0008\v\f\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFFFE\uFFFF]/;

/** Half of a pair of surrogates that stands alone. */
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|[\uDC00-\uDFFF](?<![\uD800-\uDBFF][\uDC00-\uDFFF])/;

/** A place to find: the value itself, if it is wanted, and members of it. */
export interface WantedPlace {
  isWanted: boolean;
  span: Span | undefined;
  readonly members: Map<string, WantedPlace>;
}

/** The deepest nesting of common YAML. */
const deepest = 100;

/** Moves from line to line in common YAML. The text ends with a line break, so that nothing is read behind it. */
export class LineReading {
  protected readonly text: string;
  /** Where the next character to read is. */
  protected at = 0;
  /** The column of the content that {@link toContent} has found; -1 at the end of the text. */
  protected indent = -1;
  /** Where the innermost last value read so far ends, as Spectral counts it. */
  protected end = 0;
  /**
   * Whether lines in brackets or quotation marks begin where names around them do, or to the left of that. Otherwise all lines of a member
   * are to the right of its name.
   */
  isRagged = false;
  #depth = 0;

  /**
   * @param text without a byte order mark
   * @param isKnown whether it is known to be common YAML
   */
  constructor(text: string, isKnown: boolean) {
    this.text = text.endsWith('\n') ? text : `${text}\n`;
    if (isKnown) return;
    if (unprintable.test(text) || loneSurrogate.test(text) || text.startsWith('\uFEFF')) throw notCommon;
    if (text.includes('\r') && /\r(?!\n)/.test(text)) throw notCommon;
  }

  /**
   * Moves from the beginning of a line to the next character that is not white space.
   *
   * @param overComments whether to move over comments, too
   */
  protected toContent(lineStart: number, overComments = true): void {
    const { text } = this;
    for (let [at, start] = [lineStart, lineStart]; ; start = at) {
      let code = text.charCodeAt(at);
      while (code === space) code = text.charCodeAt(++at);
      if (code === lineFeed) at++;
      else if (code === carriageReturn) at += 2;
      else if (code === hash && overComments) at = text.indexOf('\n', at) + 1;
      else if (code === tab) throw notCommon;
      else {
        this.at = at;
        this.indent = at < text.length ? at - start : -1;
        return;
      }
    }
  }

  /** Moves on to the next line in brackets or quotation marks. @param parent the column that it should be to the right of */
  protected toEnclosedLine(parent: number): void {
    const { text } = this;
    this.toContent(text.indexOf('\n', this.at) + 1, false);
    const { at, indent } = this;
    if (indent < 0 || (indent === 0 && /^(?:---|\.\.\.)/.test(text.slice(at, at + 3)))) throw notCommon;
    if (indent <= parent) this.isRagged = true;
  }

  /** Moves on to the next content, from the end of a value after which the line may only hold a comment. */
  protected toNextContent(): void {
    this.checkLineEnd();
    this.toContent(this.text.indexOf('\n', this.at) + 1);
  }

  /** Moves to the end of the line, or to the comment there. */
  protected checkLineEnd(): void {
    const { text } = this;
    this.skipSpaces();
    const code = text.charCodeAt(this.at);
    if (code !== lineFeed && code !== carriageReturn && (code !== hash || text.charCodeAt(this.at - 1) !== space))
      throw notCommon;
  }

  protected skipSpaces(): void {
    while (this.text.charCodeAt(this.at) === space) this.at++;
  }

  /** Whether a space or the end of the line is at an offset. */
  protected isBlankAt(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return code === space || code === lineFeed || code === carriageReturn;
  }

  /** Counts the levels around what a function reads. */
  protected deeper(): void {
    if (++this.#depth > deepest) throw notCommon;
  }

  protected higher(): void {
    this.#depth--;
  }

  /** Adds a member to an object. */
  protected add(members: Record<string, unknown>, key: string, value: unknown): void {
    // Duplicate names are reported. An own member is never `undefined`.
    if (members[key] !== undefined && (Object.hasOwn(members, key) || key === '__proto__')) throw notCommon;
    if (key === mergeKey) throw notCommon;
    members[key] = value;
  }

  /**
   * Notes the span of a wanted place, the value of which has just been read.
   *
   * @param start where it begins, unless it is an object or array
   * @param branchStart where it begins as an object or array
   */
  protected note(place: WantedPlace | undefined, value: unknown, start: number, branchStart: number): void {
    if (place === undefined) return;
    const from = typeof value === 'object' && value !== null ? branchStart : start;
    place.span = { start: from, end: Math.max(from, this.end) };
  }
}
