import { stringify } from 'yaml';
import type { Branch, Node } from './parsed-document.js';
import type { DocumentStyle, Quotes } from './style.js';

/** Writes names and other scalars. */
export interface ScalarWriter {
  name(key: string): string;
  /**
   * @param value a scalar, or an empty object or array
   * @param name of the member whose value it is; absent for an item
   */
  scalar(value: unknown, name?: string): string;
  /**
   * A string of several lines as a block scalar, where it is written as one.
   *
   * @param step by how many columns its lines are indented further than what holds it
   */
  block(value: string, step: number): string[] | undefined;
}

/** How new text in brackets is laid out. */
export interface FlowLayout {
  /** Where each member stands on its own line: the indentation of the line around, and what each level adds. */
  readonly spread?: { readonly indentation: string; readonly unit: string };
  readonly colon: string;
  readonly comma: string;
  readonly padding: string;
}

/** Writes names and scalars as JSON. */
export const jsonScalars: ScalarWriter = {
  name: (key) => JSON.stringify(key),
  scalar: (value) => JSON.stringify(value),
  block: () => undefined,
};

/**
 * Writes names and scalars as YAML, in the style of the text around them.
 *
 * @param branch that they are written into
 * @param isInFlow whether they stand between brackets
 * @param replaced the node that a scalar replaces, whose quotation marks it keeps
 */
export function yamlScalars(branch: Branch, style: DocumentStyle, isInFlow: boolean, replaced?: Node): ScalarWriter {
  const quotes = style.quotes(branch);
  const { codes, others } = style.nameStyles(branch);
  const scalarStyle = replaced?.kind === 'leaf' ? replaced.style : 'empty';
  const texts = scalarStyle === 'empty' ? style.textStyle(branch) : scalarStyle === 'block' ? 'plain' : scalarStyle;
  const styleFor = (name?: string) =>
    (scalarStyle === 'empty' && name !== undefined ? style.textStyleOf(branch, name) : undefined) ?? texts;
  return {
    name(key) {
      if (codes === 'plain' && isIndex(key)) return key;
      return yamlText(key, isIndex(key) ? codes : others, quotes, isInFlow);
    },
    scalar: (value, name) =>
      typeof value === 'string' ? yamlText(value, styleFor(name), quotes, isInFlow) : JSON.stringify(value),
    block(value, step) {
      if (isInFlow) return undefined;
      return style.blockScalars.linesFor(value, step) ?? (texts === 'plain' ? literalLines(value, step) : undefined);
    },
  };
}

/**
 * A value in flow style.
 *
 * @param called the name of the member whose value it is; absent for an item
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

/** The layout of new text in YAML's block style. */
export interface BlockLayout {
  /** By how many columns members are indented further than the name of their object. */
  readonly step: number;
  /** By how many columns the dashes of a list are indented further than its name. */
  readonly dashes: number;
  /** The value of a member in brackets, where other values of that name are; otherwise `undefined`. */
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

/**
 * An item of an array as lines of YAML.
 *
 * @param dash with the blanks behind it
 */
export function itemLines(value: unknown, dash: string, layout: BlockLayout, scalars: ScalarWriter): string[] {
  const inline = inlineLines(value, layout, scalars);
  if (inline.length > 0) return inline.map((line, index) => (index === 0 ? dash + line : line));
  const [first = '', ...rest] = blockLines(value as object, layout, scalars);
  return [dash + first, ...indented(rest, dash.length)];
}

/**
 * A value that begins on the line of its name or dash: a scalar, an empty object or array, or one in brackets.
 *
 * @returns no lines for any other value
 */
export function inlineLines(value: unknown, layout: BlockLayout, scalars: ScalarWriter, name?: string): string[] {
  if (!isScalar(value)) {
    const inBrackets = name === undefined ? undefined : layout.inBrackets(value, name);
    return inBrackets === undefined ? [] : [inBrackets];
  }
  const block = typeof value === 'string' ? scalars.block(value, layout.step) : undefined;
  return block ?? [scalars.scalar(value, name)];
}

/** A string as a literal block scalar (`|`), where it can be one. */
function literalLines(value: string, step: number): string[] | undefined {
  if (!isLiteral(value)) return undefined;
  return [value.endsWith('\n') ? '|' : '|-', ...indented(value.replace(/\n$/, '').split('\n'), step)];
}

export function indented(lines: readonly string[], columns: number): string[] {
  return lines.map((line) => (line === '' ? line : ' '.repeat(columns) + line));
}

function isScalar(value: unknown): value is undefined | null | boolean | number | string {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

/** Whether a name is written like a number in YAML and JSON, as status codes are. */
function isIndex(name: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(name);
}

/** Whether a string can be a literal block scalar (`|`): several lines, the first of them not indented. */
function isLiteral(text: string): boolean {
  return /^[^\s][^\n]*\n(?:.*\n)*.*[^\n]\n?$|^[^\s][^\n]*\n$/.test(text) && isPrintable(text) && !/[ \t]$/m.test(text);
}

/** Whether all characters of a string may stand in YAML unescaped, and are visible. */
function isPrintable(text: string): boolean {
  return !/[^\n\t -~\u00A1-\u2027\u202F-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text);
}

/**
 * A string as YAML on one line, quoted where necessary.
 *
 * @param scalarStyle the preferred quotation marks, or none
 * @param quotes the quotation marks where some are necessary
 */
function yamlText(text: string, scalarStyle: Quotes, quotes: Quotes, isInFlow: boolean): string {
  if (scalarStyle === 'plain' && isPlain(text, isInFlow)) return text;
  const wanted = scalarStyle === 'plain' ? quotes : scalarStyle;
  const isSingle =
    wanted === 'single' ? !text.includes("'") || text.includes('"') : text.includes('"') && !text.includes("'");
  if (!isSingle || text.includes('\n') || text.includes('\t') || !isPrintable(text)) return JSON.stringify(text);
  return `'${text.replaceAll("'", "''")}'`;
}

/** Whether a string without quotation marks is read as the same string, also as YAML 1.1. */
function isPlain(text: string, isInFlow: boolean): boolean {
  if (text.includes('\n') || !isPrintable(text) || /^(?:---|\.\.\.|<<$)/.test(text)) return false;
  if (isInFlow && /[,[\]{}]|^[?:-]/.test(text)) return false;
  return stringify(text, { lineWidth: 0, compat: 'yaml-1.1' }) === `${text}\n`;
}
