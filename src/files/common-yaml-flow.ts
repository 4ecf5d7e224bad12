import { notCommon, type WantedPlace } from './common-yaml-lines.js';
import { ScalarReading } from './common-yaml-scalars.js';
import { valueOfPlain } from './yaml-scalars.js';

const [tab, lineFeed, carriageReturn, space, doubleQuote, hash] = [0x09, 0x0a, 0x0d, 0x20, 0x22, 0x23];
const [singleQuote, comma, dash, colon, question] = [0x27, 0x2c, 0x2d, 0x3a, 0x3f];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Reads the objects and arrays in brackets of common YAML. */
export class FlowReading extends ScalarReading {
  /** Reads an object or array in brackets. @param parent the column that its lines are to the right of */
  protected flow(parent: number, place: WantedPlace | undefined): unknown {
    this.deeper();
    const isMap = this.text.charCodeAt(this.at++) === openBrace;
    const close = isMap ? closeBrace : closeBracket;
    const members: Record<string, unknown> = {};
    const items: unknown[] = [];
    let isEmpty = true;
    this.#skipFlowSpace(parent);
    while (this.text.charCodeAt(this.at) !== close) {
      isEmpty = false;
      if (isMap) this.#flowMember(parent, members, place);
      else {
        const start = this.at;
        const wanted = place?.members.get(String(items.length));
        const item = this.#flowValue(parent, wanted);
        this.note(wanted, item, start, start);
        items.push(item);
      }
      this.#skipFlowSpace(parent);
      const code = this.text.charCodeAt(this.at);
      if (code === comma) {
        this.at++;
        this.#skipFlowSpace(parent);
      } else if (code !== close) throw notCommon;
    }
    this.at++;
    if (isEmpty) this.end = this.at;
    this.higher();
    return isMap ? members : items;
  }

  #flowMember(parent: number, members: Record<string, unknown>, place: WantedPlace | undefined): void {
    const { text, at } = this;
    const code = text.charCodeAt(at);
    let key: string;
    let keyEnd: number;
    if (code === doubleQuote || code === singleQuote) {
      key = this.quotedName();
      keyEnd = this.end;
    } else {
      keyEnd = this.#endOfFlowPlain();
      key = this.nameAt(at, keyEnd);
    }
    this.skipSpaces();
    if (text.charCodeAt(this.at) !== colon) throw notCommon;
    this.at++;
    this.#skipFlowSpace(parent);
    const start = this.at;
    const wanted = place?.members.get(key);
    const value = this.#flowValue(parent, wanted);
    this.note(wanted, value, start, keyEnd + 1);
    this.add(members, key, value);
  }

  #flowValue(parent: number, place: WantedPlace | undefined): unknown {
    const { text, at } = this;
    const code = text.charCodeAt(at);
    if (code === openBrace || code === openBracket) return this.flow(parent, place);
    if (code === doubleQuote || code === singleQuote) return this.quoted(parent);
    const end = this.#endOfFlowPlain();
    this.end = end;
    this.#skipFlowSpace(parent);
    // Otherwise it goes on in the next line, or is the name of a member.
    if (!this.#isFlowIndicator(text.charCodeAt(this.at))) throw notCommon;
    return valueOfPlain(text.slice(at, end));
  }

  /** Reads a plain text in brackets as far as it goes in a line. @returns where it ends */
  #endOfFlowPlain(): number {
    const { text, at: start } = this;
    this.checkPlainStart();
    const first = text.charCodeAt(start);
    if (first === colon || first === question) throw notCommon;
    if (first === dash && this.#isFlowIndicator(text.charCodeAt(start + 1))) throw notCommon;
    let at = start;
    for (let code = first; ; code = text.charCodeAt(++at)) {
      if (code === lineFeed || code === carriageReturn || this.#isFlowIndicator(code)) break;
      if (code === tab || (code === hash && text.charCodeAt(at - 1) === space)) throw notCommon;
      if (code === colon && (this.isBlankAt(at + 1) || this.#isFlowIndicator(text.charCodeAt(at + 1)))) break;
    }
    this.at = at;
    while (text.charCodeAt(at - 1) === space) at--;
    return at;
  }

  #isFlowIndicator(code: number): boolean {
    return code === comma || code === openBracket || code === closeBracket || code === openBrace || code === closeBrace;
  }

  /** Moves over white space in brackets. */
  #skipFlowSpace(parent: number): void {
    this.skipSpaces();
    const code = this.text.charCodeAt(this.at);
    if (code === hash || code === tab) throw notCommon;
    if (code !== lineFeed && code !== carriageReturn) return;
    this.toEnclosedLine(parent);
    if (this.text.charCodeAt(this.at) === hash) throw notCommon;
  }
}
