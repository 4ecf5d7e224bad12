// Most YAML is written in a few ways. This reader knows those, and gives up at everything else, so that Spectral's parser reads it
// (`yaml-reader.ts`). What it does read, it reads as that parser does, at the same places, and in a fourth of the time or less: it builds
// no tree, only data, and it looks up places by reading the text again, over the members that nobody asked for.
import type { Path } from '../json.js';
import type { Span } from '../text-editor/parsed-document.js';
import { FlowReading } from './common-yaml-flow.js';
import { notCommon, type WantedPlace } from './common-yaml-lines.js';

const [lineFeed, carriageReturn, space, doubleQuote, hash, singleQuote] = [0x0a, 0x0d, 0x20, 0x22, 0x23, 0x27];
const [dash, colon, above, openBracket, openBrace, bar] = [0x2d, 0x3a, 0x3e, 0x5b, 0x7b, 0x7c];

/**
 * Reads common YAML, which has no errors and no duplicate names.
 *
 * @param text without a byte order mark
 * @returns `undefined` if the text is not common YAML, or is empty
 */
export function commonYamlIn(text: string): CommonYaml | undefined {
  return attempt(() => {
    const reading = new Reading(text);
    const data = reading.document(undefined);
    return { data, isRagged: reading.isRagged };
  });
}

/** What common YAML says. */
export interface CommonYaml {
  readonly data: unknown;
  /** Whether the members of its objects cannot be told by their indentation. */
  readonly isRagged: boolean;
}

/**
 * Finds the spans of values in common YAML.
 *
 * @param text common YAML
 * @param isRagged what {@link commonYamlIn} says of it
 * @param paths paths that exist in the data
 * @returns a span for each path, with Spectral's bounds; `undefined` if there is nothing at one of the paths
 */
export function spansInCommonYaml(
  text: string,
  isRagged: boolean,
  paths: readonly Path[],
): readonly Span[] | undefined {
  const root = newPlace();
  const found = paths.map((path) => {
    let here = root;
    for (const key of path) {
      const member = here.members.get(key) ?? newPlace();
      here.members.set(key, member);
      here = member;
    }
    here.isWanted = true;
    return here;
  });
  attempt(() => new Reading(text, { isRagged }).document(root));
  const spans = found.flatMap(({ span }) => span ?? []);
  return spans.length === paths.length ? spans : undefined;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error === notCommon) return undefined;
    throw error;
  }
}

function newPlace(): WantedPlace {
  return { isWanted: false, span: undefined, members: new Map() };
}

/** Reads objects and arrays in block style. */
class Reading extends FlowReading {
  /** How many wanted places are around what is read: all of that is read, so that it is known where it ends. */
  #wanted: number;

  /** @param known what is known of the text; `undefined` if it may not be common YAML */
  constructor(text: string, known?: { readonly isRagged: boolean }) {
    super(text, known !== undefined);
    this.#wanted = known?.isRagged === true ? 1 : 0;
  }

  /**
   * Reads the text.
   *
   * @param root the places to find; members beside them are skipped. Without any, everything is read
   */
  document(root: WantedPlace | undefined): unknown {
    this.toContent(0);
    if (this.indent === 0 && this.text.startsWith('---', this.at)) {
      this.at += 3;
      this.toNextContent();
    }
    const { at: start, indent: column } = this;
    if (column < 0) throw notCommon;
    this.#enter(root);
    const value = this.#isDashAt(start) ? this.#sequence(column, root) : this.#mapping(column, undefined, root);
    if (this.indent >= 0) throw notCommon;
    // Spectral counts the first line to what begins with the second.
    const branchStart = start === this.text.indexOf('\n') + 1 ? 0 : start;
    this.#leave(root, value, start, branchStart);
    return value;
  }

  #enter(place: WantedPlace | undefined): void {
    if (place?.isWanted === true) this.#wanted++;
  }

  #leave(place: WantedPlace | undefined, value: unknown, start: number, branchStart: number): void {
    if (place?.isWanted !== true) return;
    this.#wanted--;
    this.note(place, value, start, branchStart);
  }

  /** Whether a member at a place is to be read: unless nobody wants it or anything in it. */
  #isToRead(around: WantedPlace | undefined, wanted: WantedPlace | undefined): boolean {
    return around === undefined || wanted !== undefined || this.#wanted > 0;
  }

  /** Whether an item of an array begins at an offset. */
  #isDashAt(at: number): boolean {
    return this.text.charCodeAt(at) === dash && this.isBlankAt(at + 1);
  }

  /**
   * Reads an object, and moves on to the next content.
   *
   * @param column where its names begin
   * @param firstName its first name, if that is read already, up to the colon
   */
  #mapping(column: number, firstName: string | undefined, place: WantedPlace | undefined): Record<string, unknown> {
    this.deeper();
    const members: Record<string, unknown> = {};
    let name = firstName;
    do {
      name ??= this.#name();
      const wanted = place?.members.get(name);
      if (this.#isToRead(place, wanted)) this.add(members, name, this.#memberValue(column, wanted));
      else this.#skip(column, true);
      name = undefined;
    } while (this.indent === column);
    if (this.indent > column) throw notCommon;
    this.higher();
    return members;
  }

  /** Reads a name up to its colon. */
  #name(): string {
    const { text, at } = this;
    const code = text.charCodeAt(at);
    let name: string;
    if (code === doubleQuote || code === singleQuote) name = this.quotedName();
    else {
      this.checkPlainStart();
      if (/^(?:---|\.\.\.)/.test(text.slice(at, at + 3))) throw notCommon;
      this.end = this.endOfPlain();
      name = this.nameAt(at, this.end);
    }
    if (!this.#isColonAfterName()) throw notCommon;
    return name;
  }

  /** Whether the colon of a name follows. */
  #isColonAfterName(): boolean {
    this.skipSpaces();
    return this.text.charCodeAt(this.at) === colon && this.isBlankAt(this.at + 1);
  }

  /** Whether the line holds nothing more, but for a comment. */
  #isAtLineEnd(): boolean {
    const code = this.text.charCodeAt(this.at);
    return code === lineFeed || code === carriageReturn || code === hash;
  }

  /** Reads the value of a member, from its colon on, and moves on to the next content. @param column that of its name */
  #memberValue(column: number, place: WantedPlace | undefined): unknown {
    // Spectral expects the colon behind the name at once.
    const branchStart = this.end + 1;
    this.at++;
    this.#enter(place);
    this.skipSpaces();
    let start = this.at;
    let value: unknown = null;
    if (!this.#isAtLineEnd()) value = this.#inline(column, place);
    else {
      this.toNextContent();
      start = this.at;
      if (this.indent > column) value = this.#node(column, this.indent, place);
      else if (this.indent === column && this.#isDashAt(start)) value = this.#sequence(column, place);
      else {
        start = branchStart;
        this.end = branchStart;
      }
    }
    this.#leave(place, value, start, branchStart);
    return value;
  }

  /** Reads an array, and moves on to the next content. @param column where its dashes are */
  #sequence(column: number, place: WantedPlace | undefined): unknown[] {
    this.deeper();
    const items: unknown[] = [];
    do {
      const wanted = place?.members.get(String(items.length));
      if (this.#isToRead(place, wanted)) items.push(this.#item(column, wanted));
      else {
        items.push(undefined);
        this.#skip(column, false);
      }
    } while (this.indent === column && this.#isDashAt(this.at));
    if (this.indent > column) throw notCommon;
    this.higher();
    return items;
  }

  /** Reads an item of an array, from its dash on, and moves on to the next content. */
  #item(column: number, place: WantedPlace | undefined): unknown {
    const dashAt = this.at++;
    this.#enter(place);
    this.skipSpaces();
    let itsColumn = column + this.at - dashAt;
    if (this.#isAtLineEnd()) {
      this.toNextContent();
      itsColumn = this.indent;
      if (itsColumn <= column) throw notCommon;
    }
    const start = this.at;
    const value = this.#node(column, itsColumn, place);
    this.#leave(place, value, start, start);
    return value;
  }

  /**
   * Reads a value that begins a line or follows a dash, and moves on to the next content.
   *
   * @param parent the column that its lines are to the right of
   * @param column where it begins
   */
  #node(parent: number, column: number, place: WantedPlace | undefined): unknown {
    const { text, at } = this;
    if (this.#isDashAt(at)) return this.#sequence(column, place);
    const code = text.charCodeAt(at);
    if (code === doubleQuote || code === singleQuote) {
      const value = this.quoted(parent);
      if (this.#isColonAfterName()) {
        if (text.slice(at, this.end).includes('\n')) throw notCommon;
        return this.#mapping(column, value, place);
      }
      this.toNextContent();
      return value;
    }
    if (code === openBracket || code === openBrace || code === bar || code === above)
      return this.#inline(parent, place);
    this.checkPlainStart();
    this.end = this.endOfPlain();
    if (this.#isColonAfterName()) return this.#mapping(column, this.nameAt(at, this.end), place);
    return this.plain(parent, at, this.end);
  }

  /** Reads a value that follows a colon, and moves on to the next content. @param parent the column that its lines are to the right of */
  #inline(parent: number, place: WantedPlace | undefined): unknown {
    const { at } = this;
    const code = this.text.charCodeAt(at);
    if (code === bar || code === above) return this.blockScalar(parent);
    const isQuoted = code === doubleQuote || code === singleQuote;
    if (!isQuoted && code !== openBracket && code !== openBrace) {
      this.checkPlainStart();
      return this.plain(parent, at, this.endOfPlain());
    }
    const value = isQuoted ? this.quoted(parent) : this.flow(parent, place);
    this.toNextContent();
    return value;
  }

  /**
   * Moves on to the next content behind a member or an item, which has been read before, so that all its lines are known to be to the right.
   *
   * @param column where its name or its dash is
   * @param isMember whether dashes in that column belong to it
   */
  #skip(column: number, isMember: boolean): void {
    const { text } = this;
    let at = this.at;
    for (;;) {
      const start = text.indexOf('\n', at) + 1;
      at = start;
      let code = text.charCodeAt(at);
      while (code === space) code = text.charCodeAt(++at);
      if (at - start > column || code === lineFeed || code === carriageReturn || code === hash) continue;
      if (at - start === column && isMember && this.#isDashAt(at)) continue;
      this.at = at;
      this.indent = at < text.length ? at - start : -1;
      return;
    }
  }
}
