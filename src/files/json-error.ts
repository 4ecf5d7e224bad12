import { type ParseError as JsonError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { unclosedIn } from './unclosed-brackets.js';
import { type ParseError, unclosedFault } from './yaml-reader.js';

/** What is wrong at a place of a JSON text, by the names that its parser has for that. */
const messages: Readonly<Record<string, string>> = {
  InvalidSymbol: 'Expected a value: a text stands between double quotation marks',
  InvalidNumberFormat: 'Malformed number',
  PropertyNameExpected: 'Expected a name between double quotation marks',
  ValueExpected: 'Expected a value',
  ColonExpected: 'Expected a colon between a name and its value',
  CommaExpected: 'Expected a comma before what comes next',
  CloseBraceExpected: 'Expected a }',
  CloseBracketExpected: 'Expected a ]',
  EndOfFileExpected: 'Expected nothing more: what the text says has ended',
  InvalidCommentToken: 'Unexpected comment, which JSON does not have',
  UnexpectedEndOfComment: 'Unexpected comment, which JSON does not have',
  UnexpectedEndOfString: 'Unclosed text: its closing " is missing in this line',
  UnexpectedEndOfNumber: 'Malformed number',
  InvalidUnicode: 'Malformed escape: \\u comes before four hexadecimal digits',
  InvalidEscapeCharacter: 'Malformed escape: a \\ itself is written \\\\',
  InvalidCharacter: 'Unexpected control character, which is written as an escape',
};

/** Whether a text begins as JSON does. */
export function beginsAsJson(text: string): boolean {
  return /^\s*[{[]\s*(?:["{[\]}]|$)/.test(text);
}

/**
 * What keeps a text that begins as JSON from being JSON: a bracket that nothing closes, where that stands; or else the first
 * mistake.
 *
 * @param text without a byte order mark, which `JSON.parse` cannot read
 */
export function jsonFaultIn(text: string): ParseError {
  const unclosed = unclosedIn(text).at(-1);
  if (unclosed !== undefined && '{['.includes(unclosed.opening)) return unclosedFault(unclosed);
  const errors: JsonError[] = [];
  parseTree(text, errors, { disallowComments: true });
  const { error, offset = 0, length = 0 } = errors[0] ?? {};
  const name = error === undefined ? 'ValueExpected' : printParseErrorCode(error);
  const start = Math.min(offset, text.length);
  return { message: messages[name] ?? name, path: [], span: { start, end: Math.min(start + length, text.length) } };
}
