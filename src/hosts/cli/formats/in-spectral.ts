import type { Formatter } from '@stoplight/spectral-formatters';
import type { Result } from '../../../result.js';
import { visible } from '../../../visible-text.js';
import type { FormatContext } from './formats.js';
import { defusedJson } from './json-text.js';

/** The formats that Spectral's own formatters write. */
type SpectralFormat = 'json' | 'html' | 'pretty' | 'text';

/** The least width of a terminal, in characters, at which the columns of `pretty` have room for rule ids. */
const leastWidth = 160;

/** The output of a Spectral formatter. The formatters escape nothing, so control characters are escaped here. */
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

/** A text for a column. It can be broken anywhere, and no line may start with a `::command` that the GitHub Actions runner executes. */
function inColumn(text: string): string {
  return visible(text).replace(/:(?=:[a-z-]+[ :])/g, '\\u003A');
}

/** Runs the `pretty` formatter. On a narrow terminal it hides the terminal's width, so that the formatter makes columns of equal width. */
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
