import { inspect } from 'node:util';

/** Gives a text a colour or another style, by Node's name for it. */
export type Paint = (style: string, text: string) => string;

export const plain: Paint = (_, text) => text;

export const coloured: Paint = (style, text) => {
  const [on, off] = inspect.colors[style] ?? [];
  return `\u001B[${on}m${text}\u001B[${off}m`;
};
