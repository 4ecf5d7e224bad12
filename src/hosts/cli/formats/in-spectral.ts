import type { Formatter } from '@stoplight/spectral-formatters';
import type { Result } from '../../../result.js';
import { visible } from '../../../visible-text.js';
import type { FormatContext } from './formats.js';
import { defusedJson } from './json-text.js';

/** The formats that Spectral's formatters are taken for. */
type SpectralFormat = 'json' | 'html' | 'pretty' | 'text';

/** The width, in characters, from which on the columns of `pretty` leave room for the ids of rules. */
const leastWidth = 160;

/** What a formatter of Spectral's writes. They hand on whatever they are given: what is for people is given to them as people see it. */
export async function inSpectral(
  results: readonly Result[],
  format: SpectralFormat,
  context: FormatContext,
): Promise<string> {
  const { [format]: formatter } = await import('@stoplight/spectral-formatters');
  const write = (given: readonly Result[]) => written(formatter, given, context);
  switch (format) {
    case 'json':
      return defusedJson(write(results));
    case 'pretty':
      return inPlainWidth(() => write(results.map((result) => withTexts(result, inColumn))));
    default:
      return write(results.map((result) => withTexts(result, visible)));
  }
}

function written(formatter: Formatter, results: readonly Result[], { failSeverity }: FormatContext): string {
  type Arguments = Parameters<Formatter>;
  return formatter(results as unknown as Arguments[0], { failSeverity }, {} as Arguments[2]);
}

function withTexts(result: Result, text: (raw: string) => string): Result {
  const { message, path, source } = result;
  return { ...result, message: text(message), path: path.map(text), source: text(source) };
}

/** A text for a column, which is broken anywhere: what comes to stand first in a line is to be no command to the runner of GitHub Actions. */
function inColumn(text: string): string {
  return visible(text).replace(/:(?=:[a-z-]+[ :])/g, '\\u003A');
}

/** Runs the formatter that lays its columns out for the terminal as if there were none, where it is too narrow: then they are equal. */
function inPlainWidth(write: () => string): string {
  const { stdout } = process;
  const { columns } = stdout;
  if (columns === undefined || columns >= leastWidth) return write();
  try {
    Object.assign(stdout, { columns: undefined });
    return write();
  } finally {
    Object.assign(stdout, { columns });
  }
}
