import { CST, Lexer } from 'yaml';
import { withoutLoneReturns } from '../../src/text-editor/line-breaks.js';

/** The comments of a YAML text, as written. The lexer finds them, since a parser may attach them to other nodes after a change. */
export function commentsIn(text: string): string[] {
  const tokens = [...new Lexer().lex(withoutLoneReturns(text))];
  return tokens.filter((token, index) => token.startsWith('#') && tokens[index - 1] !== CST.SCALAR);
}
