import { catalogue } from '../../catalogue.js';
import type { TextFile } from '../../files/text-file.js';
import { isObject, type Path, scalarText } from '../../json.js';
import { isSameField } from '../../model/field-name.js';
import type { Position } from '../../text-editor/line-index.js';

/**
 * What the guidelines say about the status code, header or parameter at a position in a file.
 *
 * @returns Markdown; `undefined` if no rule mentions what is there
 */
export function hoverAt(file: TextFile, position: Position): string | undefined {
  const keyOrScalar = file.keyOrScalarAt(position);
  const term = keyOrScalar && termAt(file.data, keyOrScalar.path, keyOrScalar.isName);
  return term && aboutTerm(term);
}

/** The status code or field name at a path, such as `304` or `ETag`. */
function termAt(data: unknown, path: Path, isName: boolean): string | undefined {
  const [holder, last = ''] = path.slice(-2);
  // Rules mention a success response because of its header fields, not its status code.
  if (isName && holder === 'responses') return last.startsWith('2') ? undefined : last;
  if (isName) return holder === 'headers' ? last : undefined;
  const parameter = path.slice(0, -1).reduce(memberOf, data);
  const isParameter = last === 'name' && isObject(parameter) && parameter['in'] === 'header';
  return isParameter ? scalarText(parameter['name']) : undefined;
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** The guidelines about a term, and the rules that cite them. */
function aboutTerm(term: string): string | undefined {
  const rules = catalogue.filter(({ summary }) => summary.split(/[^\w-]+/).some((word) => isSameField(word, term)));
  if (rules.length === 0) return undefined;
  const cites = rules.flatMap((rule) => rule.cites).filter(({ bearing }) => bearing !== 'suggests');
  const statements = cites.map(
    ({ publication: source, section }) => `- ${source.label}, [${section.name}](${section.url}): ${section.says}`,
  );
  const ruleLinks = rules.map(({ id, summary, cites: [{ section }] }) => `- [${id}](${section.url}): ${summary}`);
  return [
    `**${term}**`,
    [...new Set(statements)].join('\n'),
    'The rules that rest on that:',
    ruleLinks.join('\n'),
  ].join('\n\n');
}
