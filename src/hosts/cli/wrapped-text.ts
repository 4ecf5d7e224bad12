/**
 * A text broken into lines of at most `length` characters, between words. No further line begins with `::`, which CI services take for
 * a command.
 */
export function wrapped(text: string, length: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const isTooLong = last !== undefined && last.length + 1 + word.length > length && !word.startsWith('::');
    if (last === undefined || isTooLong) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
