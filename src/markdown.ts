/** A Markdown table, its first row the head. */
export function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A YAML document in a Markdown code block. */
export function fenced(document: string): string {
  return `\`\`\`yaml\n${document.trimEnd()}\n\`\`\``;
}
