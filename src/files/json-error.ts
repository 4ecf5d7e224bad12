import { type ParseError as JsonError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { unclosedIn } from './unclosed-brackets.js';
import { type ParseError, unclosedFault } from './parse-error.js';

/** Messages by the parser's names for errors. */
const messages: Readonly<Record<string, string>> = {
  InvalidSymbol: 'Expected a value: a string needs double quotation marks',
  InvalidNumberFormat: 'Malformed number',
  PropertyNameExpected: 'Expected a name in double quotation marks',
  ValueExpected: 'Expected a value',
  ColonExpected: 'Expected a colon between a name and its value',
  CommaExpected: 'Expected a comma before what comes next',
  CloseBraceExpected: 'Expected a }',
  CloseBracketExpected: 'Expected a ]',
  EndOfFileExpected: 'Expected the end of the file',
  InvalidCommentToken: 'Unexpected comment: JSON has none',
  UnexpectedEndOfComment: 'Unexpected comment: JSON has none',
  UnexpectedEndOfString: 'Unclosed string: its closing " is missing',
  UnexpectedEndOfNumber: 'Malformed number',
  InvalidUnicode: 'Malformed escape: \\u needs four hexadecimal digits',
  InvalidEscapeCharacter: 'Malformed escape: write a backslash as \\\\',
  InvalidCharacter: 'Unexpected control character: write it as an escape',
};

/** Whether a text begins as JSON does. */
export function beginsAsJson(text: string): boolean {
  return /^\s*[{[]\s*(?:["{[\]}]|$)/.test(text);
}

/**
 * The error in a text that begins as JSON but is not JSON: an unclosed bracket, or else the first error that the parser finds.
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
