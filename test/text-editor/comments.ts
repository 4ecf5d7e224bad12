import { CST, Lexer } from 'yaml';
import { withoutLoneReturns } from '../../src/text-editor/line-breaks.js';

/** The comments of a YAML text, as they stand there: which node a parser takes one for, and which lines are empty, is left out. */
export function commentsIn(text: string): string[] {
  const tokens = [...new Lexer().lex(withoutLoneReturns(text))];
  return tokens.filter((token, index) => token.startsWith('#') && tokens[index - 1] !== CST.SCALAR);
}
