import { stringify } from 'yaml';
import type { Branch, Node } from './parsed-document.js';
import type { DocumentStyle, Quotes } from './style.js';

/** How names and other scalars are written. */
export interface ScalarWriter {
  name(key: string): string;
  /**
   * @param value no object and no array, unless it is empty
   * @param name the name whose value it is, if it has one
   */
  scalar(value: unknown, name?: string): string;
  /** Whether a text of several lines is written as such. */
  readonly hasLiterals: boolean;
}

/** How new text in brackets is laid out. */
export interface FlowLayout {
  /** How the enclosing line is indented, and by how much more each is inside it, where members stand on lines of their own. */
  readonly spread?: { readonly indentation: string; readonly unit: string };
  readonly colon: string;
  readonly comma: string;
  readonly padding: string;
}

/** How names and scalars are written in JSON. */
export const jsonScalars: ScalarWriter = {
  name: (key) => JSON.stringify(key),
  scalar: (value) => JSON.stringify(value),
  hasLiterals: false,
};

/**
 * How names and scalars are written in YAML, in the manners of their neighbours.
 *
 * @param beside the branch that they are for
 * @param isInFlow whether they are to stand between brackets
 * @param instead what a scalar takes the place of, so that it is quoted as that was
 */
export function yamlScalars(beside: Branch, style: DocumentStyle, isInFlow: boolean, instead?: Node): ScalarWriter {
  const quotes = style.quotes(beside);
  const { codes, others } = style.nameStyles(beside);
  const scalarStyle = instead?.kind === 'leaf' ? instead.style : 'empty';
  const texts = scalarStyle === 'empty' ? style.textStyle(beside) : scalarStyle === 'block' ? 'plain' : scalarStyle;
  const styleFor = (name?: string) =>
    (scalarStyle === 'empty' && name !== undefined ? style.textStyleOf(beside, name) : undefined) ?? texts;
  return {
    name(key) {
      if (codes === 'plain' && isIndex(key)) return key;
      return yamlText(key, isIndex(key) ? codes : others, quotes, isInFlow);
    },
    scalar: (value, name) =>
      typeof value === 'string' ? yamlText(value, styleFor(name), quotes, isInFlow) : JSON.stringify(value),
    hasLiterals: texts === 'plain' && !isInFlow,
  };
}

/**
 * A value in brackets, or a scalar.
 *
 * @param called the name whose value it is, if it has one
 */
export function flowText(value: unknown, layout: FlowLayout, scalars: ScalarWriter, called?: string): string {
  if (isScalar(value)) return scalars.scalar(value, called);
  const isList = Array.isArray(value);
  const [open, close] = isList ? '[]' : '{}';
  const { spread, colon, comma, padding } = layout;
  const inner = spread && { ...spread, indentation: spread.indentation + spread.unit };
  const members = Object.entries(value).map(([name, member]) => {
    const text = flowText(member, inner ? { ...layout, spread: inner } : layout, scalars, isList ? undefined : name);
    return isList ? text : `${scalars.name(name)}${colon}${text}`;
  });
  const pad = isList ? '' : padding;
  if (spread === undefined || inner === undefined) return `${open}${pad}${members.join(comma)}${pad}${close}`;
  const start = `\n${inner.indentation}`;
  return `${open}${start}${members.join(`,${start}`)}\n${spread.indentation}${close}`;
}

/** How many columns things are further in than what they are in, in YAML's block style. */
export interface BlockLayout {
  readonly step: number;
  /** By how much the dashes of a list are further in than its name. */
  readonly dashes: number;
  /** The value of a name in brackets, where values of that name have some. */
  inBrackets(value: unknown, name: string): string | undefined;
}

/** The members of an object, or the items of an array, as lines of YAML. */
export function blockLines(value: object, layout: BlockLayout, scalars: ScalarWriter): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => itemLines(item, '- ', layout, scalars));
  return Object.entries(value).flatMap(([name, member]) => memberLines(name, member, layout, scalars));
}

/** A member of an object as lines of YAML. */
export function memberLines(name: string, value: unknown, layout: BlockLayout, scalars: ScalarWriter): string[] {
  const key = `${scalars.name(name)}:`;
  const [text, ...more] = inlineLines(value, layout, scalars, name);
  if (text !== undefined) return [`${key} ${text}`, ...more];
  const lines = blockLines(value as object, layout, scalars);
  return [key, ...indented(lines, Array.isArray(value) ? layout.dashes : layout.step)];
}

/** @param dash with the blanks behind it */
export function itemLines(value: unknown, dash: string, layout: BlockLayout, scalars: ScalarWriter): string[] {
  const inline = inlineLines(value, layout, scalars);
  if (inline.length > 0) return inline.map((line, index) => (index === 0 ? dash + line : line));
  const [first = '', ...rest] = blockLines(value as object, layout, scalars);
  return [dash + first, ...indented(rest, dash.length)];
}

/**
 * What begins on the line of its name or dash: a scalar, an empty object or array, or one in brackets.
 *
 * @returns nothing for anything else
 */
export function inlineLines(value: unknown, layout: BlockLayout, scalars: ScalarWriter, name?: string): string[] {
  if (!isScalar(value)) {
    const inBrackets = name === undefined ? undefined : layout.inBrackets(value, name);
    return inBrackets === undefined ? [] : [inBrackets];
  }
  if (typeof value !== 'string' || !scalars.hasLiterals || !isLiteral(value)) return [scalars.scalar(value, name)];
  return [value.endsWith('\n') ? '|' : '|-', ...indented(value.replace(/\n$/, '').split('\n'), layout.step)];
}

export function indented(lines: readonly string[], columns: number): string[] {
  return lines.map((line) => (line === '' ? line : ' '.repeat(columns) + line));
}

function isScalar(value: unknown): value is undefined | null | boolean | number | string {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

/** Whether a name looks like a number as YAML and JSON both write it, as status codes do. */
function isIndex(name: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(name);
}

/** Whether a text can be written below a `|` as it is: several lines, of which the first is not indented. */
function isLiteral(text: string): boolean {
  return /^[^\s][^\n]*\n(?:.*\n)*.*[^\n]\n?$|^[^\s][^\n]*\n$/.test(text) && isPrintable(text) && !/[ \t]$/m.test(text);
}

/** Whether all of a text's characters may stand in YAML as they are, and are seen. */
function isPrintable(text: string): boolean {
  return !/[^\n\t -~\u00A1-\u2027\u202F-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text);
}

/**
 * A text as YAML on one line, quoted where it has to be.
 *
 * @param style the quotation marks that it should have in any case
 * @param quotes the ones that it has where it needs some
 */
function yamlText(text: string, scalarStyle: Quotes, quotes: Quotes, isInFlow: boolean): string {
  if (scalarStyle === 'plain' && isPlain(text, isInFlow)) return text;
  const wanted = scalarStyle === 'plain' ? quotes : scalarStyle;
  const isSingle =
    wanted === 'single' ? !text.includes("'") || text.includes('"') : text.includes('"') && !text.includes("'");
  if (!isSingle || text.includes('\n') || text.includes('\t') || !isPrintable(text)) return JSON.stringify(text);
  return `'${text.replaceAll("'", "''")}'`;
}

/** Whether a text stays what it is without quotation marks, for readers of YAML 1.1 too. */
function isPlain(text: string, isInFlow: boolean): boolean {
  if (text.includes('\n') || !isPrintable(text) || /^(?:---|\.\.\.|<<$)/.test(text)) return false;
  if (isInFlow && /[,[\]{}]|^[?:-]/.test(text)) return false;
  return stringify(text, { lineWidth: 0, compat: 'yaml-1.1' }) === `${text}\n`;
}
