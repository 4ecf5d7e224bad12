import { jsonFaultIn } from '../files/json-error.js';
import { TextFile } from '../files/text-file.js';
import { comparedByCodeUnits, isObject, type Path, parseJson } from '../json.js';
import type { BaselineEntry } from './baseline.js';

/** The version of the format. */
const version = 1;

/** What stands at the end of the list, so that every entry is followed by a comma, also after two lists have been merged. */
const end = 'end';

/** What is wrong in the text of a baseline. */
export class BaselineMistake extends Error {
  override readonly name = 'BaselineMistake';
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;

  constructor(what: string, line: number, column: number) {
    super(what);
    this.line = line;
    this.column = column;
  }
}

/** Writes a baseline: sorted, one line for each entry. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const lines = entries
    .toSorted(
      (one, other) =>
        comparedByCodeUnits(one.file, other.file) ||
        comparedByCodeUnits(one.about, other.about) ||
        comparedByCodeUnits(one.rule, other.rule),
    )
    .map(({ file, about, rule }) => `    ${JSON.stringify({ file, about, rule })},\n`);
  return `{\n  "conditional-requests-baseline": ${version},\n  "entries": [\n${lines.join('')}    "${end}"\n  ]\n}\n`;
}

/**
 * Reads a baseline.
 *
 * @param file its path, which is not looked at
 * @throws BaselineMistake
 */
export function baselineEntriesIn(text: string, file: string): BaselineEntry[] {
  const parsed = parseJson(text);
  if (parsed === undefined) throw notJson(text, file);
  const { data } = parsed;
  const found = isObject(data) ? data['conditional-requests-baseline'] : undefined;
  const fail = (what: string, path: Path) => {
    const [range] = new TextFile(file, text).rangesOf([path]);
    const { line = 0, character = 0 } = range?.start ?? {};
    return new BaselineMistake(what, line + 1, character + 1);
  };
  if (!isObject(data) || found === undefined)
    throw fail('this is no baseline: it does not say `"conditional-requests-baseline": 1`', []);
  if (typeof found === 'number' && found > version)
    throw fail(`a newer version of this package wrote it, in format ${found}; this one reads ${version}`, [
      'conditional-requests-baseline',
    ]);
  if (found !== version)
    throw fail(`expected ${version} instead of ${JSON.stringify(found)}`, ['conditional-requests-baseline']);
  const { entries } = data;
  if (!Array.isArray(entries)) throw fail('expected a list of entries', 'entries' in data ? ['entries'] : []);
  return (entries as unknown[]).flatMap((entry, index): BaselineEntry[] => {
    if (entry === end) return [];
    const [rule, named, about] = isObject(entry) ? [entry['rule'], entry['file'], entry['about']] : [];
    if (typeof rule !== 'string' || typeof named !== 'string' || typeof about !== 'string')
      throw fail('expected an entry with file, about and rule, each a text', ['entries', String(index)]);
    return [{ rule, file: named, about }];
  });
}

function notJson(text: string, file: string): BaselineMistake {
  const conflict = /^(?:<{7}|={7}|>{7})(?: |$)/m.exec(text);
  if (conflict !== null) {
    const line = text.slice(0, conflict.index).split('\n').length;
    return new BaselineMistake('a merge has left a conflict here: keep the entries of both sides', line, 1);
  }
  const { message, span } = jsonFaultIn(text);
  const { line, character } = new TextFile(file, text).rangeOf(span).start;
  return new BaselineMistake(`not JSON: ${message}`, line + 1, character + 1);
}
