import stringWidth from 'string-width';
import { createSupportsHyperlinks } from 'supports-hyperlinks';
import { counted } from '../../../counted.js';
import { withoutPasswords } from '../../../files/address.js';
import { shortName } from '../../../files/discovery.js';
import { addToGroup } from '../../../grouping.js';
import type { FixKind } from '../../../obligation.js';
import { exchangeInWords } from '../../../observe/redaction.js';
import type { Result, SeverityNumber } from '../../../result.js';
import { visible } from '../../../visible-text.js';
import { wrapped } from '../wrapped-text.js';
import { type FormatContext, sectionUrls } from './formats.js';
import { coloured, type Paint, plain } from './paint.js';

/** The names of the severities, and the colours that Spectral gives them, most severe first. */
const severities = [
  { name: 'error', colour: 'red' },
  { name: 'warning', colour: 'yellow' },
  { name: 'info', colour: 'blue' },
  { name: 'hint', colour: 'white' },
] as const;

/** The narrowest and the widest that the output becomes, in columns. Longer lines of prose are hard to read. */
const [narrowest, widest] = [60, 120];

/**
 * Results for people: each with the line that it is about, the place marked in it, who asks for it and what fixes it; then a summary
 * by rule. Empty if there are no results.
 *
 * @param columns the width of the terminal
 */
export function codeFrame(
  results: readonly Result[],
  context: FormatContext,
  columns: number,
  hasColours: boolean,
): string {
  if (results.length === 0) return '';
  const paint = hasColours ? coloured : plain;
  const width = Math.max(narrowest, Math.min(columns, widest));
  const bySource = new Map<string, Result[]>();
  for (const result of results) addToGroup(bySource, result.source, result);
  const hasLinks = hasColours && createSupportsHyperlinks(process.stdout);
  const urls = sectionUrls(context.rules);
  const files = [...bySource].map(([source, here]) => {
    const findings = here.map((result) => finding(result, context, urls.get(result.code), width, paint, hasLinks));
    return `${paint('underline', shortName(source, context.cwd))}\n\n${findings.join('\n')}`;
  });
  return `${files.join('\n')}\n${summary(results, bySource.size, width, paint)}`;
}

function finding(
  result: Result,
  { lineOf }: FormatContext,
  url: string | undefined,
  width: number,
  paint: Paint,
  hasLinks: boolean,
): string {
  const { code, severity, range, message, statement } = result;
  const remedy = remedyFor(result);
  const { name, colour } = severities[severity];
  const line = lineOf(result.source, range.start.line);
  const mark = line === undefined || line.trim() === '' ? undefined : { line, span: marked(result, line) };
  const position = `${range.start.line + 1}:${(mark?.span[0] ?? range.start.character) + 1}`;
  const parts = [
    `  ${position}  ${paint(colour, name)}  ${paint('bold', visible(code))}`,
    ...wrapped(statement === undefined ? visible(message) : `${statement}.`, width - 2).map((part) => `  ${part}`),
    ...(mark === undefined ? [] : frame(result, mark, width, paint)),
    ...seenIn(result, width, paint),
    ...askedBy(result, url, width, paint, hasLinks),
    ...(remedy === undefined ? [] : [`  ${paint('dim', 'fixable with')} conditional-requests ${remedy}`]),
  ];
  return `${parts.join('\n')}\n`;
}

/** The command that fixes a finding. */
function remedyFor({ code, fixKind = 'none', exchange }: Result): string | undefined {
  if (exchange !== undefined) return fixKind === 'safe' ? 'fix --observed observations.json' : undefined;
  const options: Readonly<Partial<Record<FixKind, string>>> = {
    safe: 'fix',
    suggested: 'fix --suggested',
    removal: 'fix --remove',
    partial: `fix --rule ${code}`,
  };
  return options[fixKind];
}

/** The request and the answer that show what a server did. */
function seenIn({ exchange }: Result, width: number, paint: Paint): string[] {
  if (exchange === undefined) return [];
  return wrapped(`seen in ${visible(exchangeInWords(exchange))}`, width - 2).map((part) => `  ${paint('dim', part)}`);
}

/** Who asks for it, with the address of the section: as a link behind the names where the terminal has links, or else beside them. */
function askedBy(
  { sources }: Result,
  url: string | undefined,
  width: number,
  paint: Paint,
  hasLinks: boolean,
): string[] {
  if (sources === undefined || url === undefined) return [];
  const who = `asked for by ${sources.join(', ')}`;
  if (hasLinks) return [`  ${paint('dim', `\u001B]8;;${visible(url)}\u0007${who}\u001B]8;;\u0007`)}`];
  const line = `${who}: ${url}`;
  // An address that is broken into lines can no longer be clicked or copied.
  const rows = line.length + 2 <= width ? [line] : [`${who}:`, url];
  return rows.map((text) => `  ${paint('dim', visible(text))}`);
}

/** A line, and the part of it to mark. */
interface Mark {
  readonly line: string;
  readonly span: readonly [from: number, to: number];
}

/** How much of a line is looked at before a place and from it on, in UTF-16 code units: more than a terminal shows. */
const mostLooked = 4096;

/** The line that a result is about, and under it a mark below the place. */
function frame(result: Result, { line, span: [from, to] }: Mark, width: number, paint: Paint): string[] {
  const number = String(result.range.start.line + 1).padStart(6);
  const room = width - number.length - 3;
  const indent = line.length - line.trimStart().length;
  const isLong = to - Math.min(indent, from) > room;
  const before = isLong
    ? endOf(line.slice(0, from), indent)
    : shown(line.slice(Math.max(0, Math.min(indent - 4, from)), from));
  const place = cut(line.slice(from, to), room - widthOf(before));
  const after = cut(line.slice(to), room - widthOf(before + place));
  const margin = ' '.repeat(number.length);
  const mark = `${' '.repeat(widthOf(before))}${'^'.repeat(Math.max(1, widthOf(place)))}`;
  const { colour } = severities[result.severity];
  return [
    `${paint('dim', `${number} │`)} ${before}${place}${after}`.trimEnd(),
    `${paint('dim', `${margin} │`)} ${paint(colour, mark)}`,
  ];
}

/** A part of a line as it is printed: without what a terminal would obey, and without passwords in URLs. */
function shown(text: string): string {
  return visible(withoutPasswords(text).replaceAll('\t', ' '));
}

/** How many characters a long line, such as that of JSON without line breaks, shows in front of the place. */
const mostBefore = 10;

/** The end of what stands in front of a place in a long line. */
function endOf(text: string, indent: number): string {
  // A password is hidden in all that is looked at, since the part that is shown may begin within it.
  const end = [...shown(text.slice(-mostLooked))].slice(-mostBefore).join('');
  return text.length - mostBefore > indent ? `…${end}` : end;
}

/** The beginning of a part of a line, as far as it fits into a number of columns. */
function cut(text: string, columns: number): string {
  const near = shown(text.slice(0, mostLooked));
  if (text.length <= mostLooked && widthOf(near) <= columns) return near;
  if (isNarrow(near)) return `${near.slice(0, Math.max(0, columns - 1))}…`;
  let beginning = '';
  for (const character of near) {
    if (stringWidth(beginning + character) >= columns) break;
    beginning += character;
  }
  return `${beginning}…`;
}

/** The number of columns that a text takes on a terminal. */
function widthOf(text: string): number {
  return isNarrow(text) ? text.length : stringWidth(text);
}

/** Whether each character of a text takes one column. Measuring others takes longer than all else that is done to a line. */
function isNarrow(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/** A name at the end of a text. */
const nameAtEnd = /(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'{}[\],:][^"'{}[\],]*)$/u;

/** The key at the end of a text: of a member whose value begins in the next line, or right after. */
function keyAtEnd(text: string): string | undefined {
  const upToColon = text.trimEnd();
  return upToColon.endsWith(':') ? nameAtEnd.exec(upToColon.slice(0, -1).trimEnd())?.[0] : undefined;
}

/** How far before a value its key is looked for, in characters. */
const longestKey = 200;

/** The part of the first line to mark: the value, if it is a text or number, or else the name of the object. */
function marked({ range: { start, end } }: Result, line: string): [from: number, to: number] {
  const isShort =
    end.line === start.line && end.character > start.character && !/[[{]/.test(line[start.character] ?? '');
  if (isShort) return [start.character, end.character];
  const before = line.slice(0, start.character);
  const key = keyAtEnd(before.slice(-longestKey));
  if (key !== undefined) {
    const from = before.lastIndexOf(key);
    return [from, from + key.length];
  }
  const rest = line.slice(start.character);
  const [offset, text] = rest.trim() === '' ? [0, line] : [start.character, rest];
  const from = offset + text.length - text.trimStart().length;
  return [from, from + text.trim().length];
}

/** How many findings each rule has and what fixes them, and what to do next. */
function summary(results: readonly Result[], fileCount: number, width: number, paint: Paint): string {
  const byRule = new Map<string, Result[]>();
  for (const result of results) addToGroup(byRule, result.code, result);
  const rows = [...byRule].toSorted(([, one], [, other]) => other.length - one.length);
  const widthOfCount = Math.max(...rows.map(([, here]) => String(here.length).length));
  const widthOfName = Math.max(...rows.map(([code]) => code.length));
  const lines = rows.map(([code, here]) => {
    // The rule has just been named, and the line is short of room.
    const remedies = [...new Set(here.flatMap((result) => remedyFor({ ...result, code: 'ID' }) ?? []))].join(' or ');
    return `  ${String(here.length).padStart(widthOfCount)}  ${visible(code).padEnd(widthOfName)}  ${paint('dim', remedies)}`.trimEnd();
  });
  const worst = results.reduce<SeverityNumber>((least, { severity }) => (severity < least ? severity : least), 3);
  const counts = severities.flatMap(({ name }, index) => {
    const count = results.filter(({ severity }) => severity === index).length;
    if (count === 0) return [];
    return name === 'info' ? `${count} info` : counted(count, name);
  });
  const title = `✖ ${counted(results.length, 'finding')} in ${counted(fileCount, 'file')}: ${counts.join(', ')}`;
  const example = rows.find(([, here]) => here.some(({ sources }) => sources !== undefined))?.[0];
  const next = [
    ...howToFix(results),
    ...(example === undefined
      ? []
      : [`conditional-requests explain ${example} says why, and when to turn a rule off.`]),
  ];
  const parts = [
    paint(severities[worst].colour, paint('bold', title)),
    // A single rule has just been named.
    ...(rows.length > 1 ? [lines.join('\n')] : []),
    ...(next.length > 0 ? [next.flatMap((line) => wrapped(line, width)).join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** How many of the findings are fixed by which command; nothing if none is. */
function howToFix(results: readonly Result[]): string[] {
  const count = (kind: FixKind, isObserved: boolean) =>
    results.filter(({ fixKind, exchange }) => fixKind === kind && (exchange !== undefined) === isObserved).length;
  const [safe, suggested, observed] = [count('safe', false), count('suggested', false), count('safe', true)];
  const lines = observed ? [`conditional-requests fix --observed observations.json fixes ${observed} of them.`] : [];
  if (safe)
    return [
      ...lines,
      `conditional-requests fix FILE… fixes ${safe} of them${suggested ? `, with --suggested ${suggested} more` : ''}.`,
    ];
  return suggested ? [...lines, `conditional-requests fix --suggested FILE… fixes ${suggested} of them.`] : lines;
}
