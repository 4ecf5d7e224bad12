import type { Span } from '../text-editor/parsed-document.js';

/** An unclosed bracket or quotation mark. */
export interface Unclosed {
  readonly offset: number;
  readonly opening: string;
  readonly closing: string;
}

const closings: Readonly<Record<string, string>> = { '{': '}', '[': ']', '"': '"', "'": "'" };

/**
 * Finds the unclosed brackets of a JSON or YAML text, outermost first; or else its unclosed quotation mark.
 *
 * @param known the scalars whose spans are known, in the order of the text: brackets in them do not count
 */
export function unclosedIn(text: string, known: readonly Span[] = []): readonly Unclosed[] {
  const open: Unclosed[] = [];
  let next = 0;
  for (let at = 0; at < text.length; at++) {
    while ((known[next]?.end ?? Infinity) <= at) next++;
    const scalar = known[next];
    if (scalar !== undefined && scalar.start <= at) {
      at = scalar.end - 1;
      continue;
    }
    const character = text.charAt(at);
    const closing = closings[character];
    if (character === '#' && /\s/.test(text.charAt(at - 1) || ' ')) at = endOfLine(text, at);
    else if (closing !== undefined && (character === closing || open.length > 0 || beginsNode(text, at))) {
      const here = { offset: at, opening: character, closing };
      if (character !== closing) open.push(here);
      else if (beginsNode(text, at)) {
        const end = endOfQuoted(text, at);
        if (end < 0) return [here];
        at = end;
      }
    } else if (character === '}' || character === ']') {
      const top = open.pop();
      if (top !== undefined && top.closing !== character) {
        // A closing bracket without an opening one may be the error itself.
        return open.some((one) => one.closing === character) ? [top] : [];
      }
    }
  }
  return open;
}

/** Whether a value or a name can begin at an offset, rather than go on there. */
function beginsNode(text: string, at: number): boolean {
  let before = at - 1;
  while (text[before] === ' ' || text[before] === '\t') before--;
  return before < 0 || '\n\r\uFEFF[{,:?-'.includes(text.charAt(before));
}

/** The offset of the line break at the end of a line; the length of the text if there is none. */
export function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** The offset of the quotation mark that closes the one at an offset; -1 if there is none. */
function endOfQuoted(text: string, start: number): number {
  const mark = text.charAt(start);
  for (let at = start + 1; at < text.length; at++) {
    if (mark === '"' && text[at] === '\\') at++;
    else if (text[at] === mark && mark === "'" && text[at + 1] === "'") at++;
    else if (text[at] === mark) return at;
  }
  return -1;
}
