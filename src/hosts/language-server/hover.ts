import { catalogue } from '../../catalogue.js';
import type { TextFile } from '../../files/text-file.js';
import { isObject, type Path, scalarText } from '../../json.js';
import { isSameField } from '../../model/field-name.js';
import type { Position } from '../../text-editor/line-index.js';

/**
 * What the guidelines say about the thing at a position of a part of a description: the code of a response, a header or a
 * parameter that rules speak of.
 *
 * @returns Markdown; `undefined` where no rule speaks of what is there
 */
export function hoverAt(file: TextFile, position: Position): string | undefined {
  const spot = file.keyOrScalarAt(position);
  const term = spot && termAt(file.data, spot.path, spot.isName);
  return term && aboutTerm(term);
}

/** What stands at a place, in the words of the rules: `304`, `ETag`. */
function termAt(data: unknown, path: Path, isName: boolean): string | undefined {
  const [holder, last = ''] = path.slice(-2);
  // Rules speak of success responses for what those have in their header.
  if (isName && holder === 'responses') return last.startsWith('2') ? undefined : last;
  if (isName) return holder === 'headers' ? last : undefined;
  const parameter = path.slice(0, -1).reduce(memberOf, data);
  const isParameter = last === 'name' && isObject(parameter) && parameter['in'] === 'header';
  return isParameter ? scalarText(parameter['name']) : undefined;
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** What the rules that speak of a term rest on, and the rules. */
function aboutTerm(term: string): string | undefined {
  const rules = catalogue.filter(({ summary }) => summary.split(/[^\w-]+/).some((word) => isSameField(word, term)));
  if (rules.length === 0) return undefined;
  const cites = rules.flatMap((rule) => rule.cites).filter(({ bearing }) => bearing !== 'suggests');
  const said = cites.map(
    ({ publication: source, section }) => `- ${source.label}, [${section.name}](${section.url}): ${section.says}`,
  );
  const asked = rules.map(({ id, summary, cites: [{ section }] }) => `- [${id}](${section.url}): ${summary}`);
  return [`**${term}**`, [...new Set(said)].join('\n'), 'The rules that rest on that:', asked.join('\n')].join('\n\n');
}
