import { catalogue } from '../../catalogue.js';
import type { TextFile } from '../../files/text-file.js';
import { addToGroup } from '../../grouping.js';
import type { Guideline } from '../../guidelines/guideline.js';
import { http } from '../../guidelines/guidelines.js';
import { isObject, type Path, scalarText } from '../../json.js';
import { isSameField } from '../../model/field-name.js';
import { citationsIn, citationsOf, sectionFor } from '../../sources.js';
import type { Position } from '../../text-editor/line-index.js';

/**
 * What the guidelines say about the status code, header or parameter at a position in a file.
 *
 * @param follows the guidelines that the user follows: what they and HTTP say is quoted, of the others there are links
 * @returns Markdown; `undefined` if no rule mentions what is there
 */
export function hoverAt(file: TextFile, position: Position, follows: readonly Guideline[]): string | undefined {
  const keyOrScalar = file.keyOrScalarAt(position);
  const term = keyOrScalar && termAt(file.data, keyOrScalar.path, keyOrScalar.isName);
  return term && aboutTerm(term, follows);
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

/** What HTTP and the guidelines say about a term, and the rules that follow from it. */
function aboutTerm(term: string, follows: readonly Guideline[]): string | undefined {
  const rules = catalogue.filter(({ summary }) => summary.split(/[^\w-]+/).some((word) => isSameField(word, term)));
  if (rules.length === 0) return undefined;
  const cites = rules.flatMap((rule) => citationsOf(rule, follows)).filter(({ bearing }) => bearing !== 'suggests');
  const near = new Set(
    [...follows, http].flatMap((guideline) => rules.flatMap((rule) => citationsIn(guideline, rule))),
  );
  const statements: string[] = [];
  const links = new Map<string, string[]>();
  for (const citation of cites) {
    const { publication, section } = citation;
    const link = `[${section.name}](${section.url})`;
    if (near.has(citation)) statements.push(`- ${publication.label}, ${link}: ${section.says}`);
    else addToGroup(links, publication.label, link);
  }
  const others = [...links].map(([label, sections]) => `- ${label}: ${[...new Set(sections)].join(', ')}`);
  const ruleLinks = rules.map((rule) => `- [${rule.id}](${sectionFor(rule, follows).url}): ${rule.summary}`);
  return [
    `**${term}**`,
    ...(statements.length > 0 ? [[...new Set(statements)].join('\n')] : []),
    ...(others.length > 0
      ? [statements.length > 0 ? 'Others speak of it, too:' : 'These speak of it:', others.join('\n')]
      : []),
    'The rules that rest on that:',
    ruleLinks.join('\n'),
  ].join('\n\n');
}
