import { CST, Lexer } from 'yaml';
import { withoutLoneReturns } from '../../src/text-editor/line-breaks.js';

/** The comments of a YAML text, as written, whichever node a parser attaches them to. */
export function commentsIn(text: string): string[] {
  const tokens = [...new Lexer().lex(withoutLoneReturns(text))];
  return tokens.filter((token, index) => token.startsWith('#') && tokens[index - 1] !== CST.SCALAR);
}
