import { marked, type Token, type Tokens } from 'marked';
import stringWidth from 'string-width';
import { type Paint, plain } from './formats/paint.js';

/** How Markdown is shown on a terminal. */
export interface TerminalStyle {
  /** The width of the lines, in columns. */
  readonly width: number;
  readonly paint: Paint;
  /** Whether the terminal has links behind texts. Without them, addresses stand below the text, since they cannot be wrapped. */
  readonly hasLinks: boolean;
}

/** Markdown as it reads well on a terminal: wrapped between words, with bold headings. Code is indented, and not wrapped. */
export function terminalMarkdown(markdown: string, style: TerminalStyle): string {
  const blocks = marked.lexer(markdown).flatMap((token) => {
    const lines = blockLines(token, style);
    return lines.length === 0 ? [] : [lines.join('\n')];
  });
  return `${blocks.join('\n\n')}\n`;
}

function blockLines(token: Token, style: TerminalStyle): string[] {
  const { width, paint } = style;
  switch (token.type) {
    case 'space':
      return [];
    case 'heading':
      return wrappedLines(inline((token as Tokens.Heading).tokens, style, 'bold'), width);
    case 'code':
      return (token as Tokens.Code).text.split('\n').map((line) => (line === '' ? '' : `    ${line}`));
    case 'list':
      return (token as Tokens.List).items.flatMap((item) => {
        const lines = proseLines(item.tokens, { ...style, width: width - 2 });
        return lines.map((line, index) => (index === 0 ? `${paint('dim', '•')} ${line}` : `  ${line}`));
      });
    default:
      return proseLines('tokens' in token && token.tokens ? token.tokens : [token], style);
  }
}

/** Prose, and below it the addresses of its links if the terminal has none. */
function proseLines(tokens: readonly Token[], style: TerminalStyle): string[] {
  const text = wrappedLines(inline(tokens, style), style.width);
  return style.hasLinks ? text : [...text, ...addressesIn(tokens).map((address) => style.paint('dim', address))];
}

function addressesIn(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => {
    if (token.type === 'link') return [(token as Tokens.Link).href];
    return 'tokens' in token && token.tokens !== undefined ? addressesIn(token.tokens) : [];
  });
}

/** The text of inline elements. Each word has its style to itself, so that lines can be broken between any two. */
function inline(tokens: readonly Token[], style: TerminalStyle, outer?: string): string {
  const { paint, hasLinks } = style;
  const painted = (text: string, name: string | undefined) =>
    name === undefined
      ? text
      : text
          .split(' ')
          .map((word) => (word === '' ? '' : paint(name, word)))
          .join(' ');
  return tokens
    .map((token): string => {
      if (token.type === 'link') {
        const { href, text } = token as Tokens.Link;
        const label = text.replaceAll(/\s+/g, ' ');
        if (!hasLinks) return painted(label, outer);
        return label
          .split(' ')
          .map((word) => `\u001B]8;;${href}\u0007${paint('underline', word)}\u001B]8;;\u0007`)
          .join(' ');
      }
      if (token.type === 'codespan') {
        const { text, raw } = token as Tokens.Codespan;
        return paint === plain ? raw : painted(text, outer ?? 'cyan');
      }
      if (token.type === 'strong' || token.type === 'em') return inline((token as Tokens.Strong).tokens, style, 'bold');
      if ('tokens' in token && token.tokens !== undefined) return inline(token.tokens, style, outer);
      return painted((token as Tokens.Text).text.replaceAll(/\s+/g, ' '), outer);
    })
    .join('');
}

/** A text, with escape sequences within its words, broken into lines between words. */
function wrappedLines(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || stringWidth(last) + 1 + stringWidth(word) > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
