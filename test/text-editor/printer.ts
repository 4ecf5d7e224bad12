import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json } from '../../src/json.js';

/** The style of a printed text. A number such as `comments` is the share of possible places that have the feature, from 0 to 1. */
export interface Style {
  readonly seed: number;
  readonly comments: number;
  readonly emptyLines: number;
  readonly flow: number;
  readonly quotes: number;
  readonly blockScalars: number;
  readonly folds: number;
  readonly anchors: number;
  readonly merges: number;
  /** Rare syntax: explicit keys, tags, unquoted `null`, tabs, lists in lists on one line, values left out. */
  readonly oddities: number;
  /** The line breaks to choose from. */
  readonly lineBreaks: readonly string[];
  readonly mark: boolean;
  readonly finalNewline: boolean;
  readonly documentMarkers: boolean;
  /** The indentation step; 0 for a random one in each object. */
  readonly step: number;
  readonly dashes: 'indented' | 'not' | 'mixed';
}

/** Random numbers between 0 and 1, always the same for the same seed (mulberry32). */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A text in which each line break is one of several kinds. */
function withLineBreaks(text: string, lineBreaks: readonly string[], random: () => number): string {
  let last = '';
  return text.replaceAll('\n', (_, offset: number) => {
    // A line feed after a carriage return would not be a line break of its own.
    const isEmptyLine = text[offset - 1] === '\n';
    const choices = lineBreaks.filter((one) => !(isEmptyLine && last === '\r' && one === '\n'));
    last = choices[Math.floor(random() * choices.length)] ?? '\r\n';
    return last;
  });
}

/** Prints JSON in a style, sometimes with white space wherever the grammar allows it. */
export function printJson(document: Json, { seed, flow, lineBreaks, mark, finalNewline, step }: Style): string {
  const random = stream(seed);
  const unit = step === 0 ? '\t' : ' '.repeat(step);
  const pick = <T>(...choices: T[]) => choices[Math.floor(random() * choices.length)] as T;
  const [colon, comma] = pick([': ', ', '], [':', ','], [' : ', ', ']);
  const isWild = random() < 0.1;
  const text = pick(true, true, false) ? print(document, '') : JSON.stringify(document, null, step);
  return (mark ? '\uFEFF' : '') + withLineBreaks(text + (finalNewline ? '\n' : ''), lineBreaks, random);

  function blank(): string {
    return isWild ? pick('', ' ', '\n', '\t', '  \n ') : '';
  }

  function print(value: Json, indent: string): string {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const members = Object.entries(value);
    const [open, close] = Array.isArray(value) ? '[]' : '{}';
    const inner = indent + unit;
    const isInline = random() < flow;
    const parts = members.map(([key, member]) => {
      const name = Array.isArray(value) ? '' : JSON.stringify(key) + blank() + colon;
      return `${name}${blank()}${print(member as Json, isInline ? indent : inner)}${blank()}`;
    });
    if (parts.length === 0) return `${open}${blank()}${close}`;
    const pad = pick('', ' ');
    if (isInline) return `${open}${pad}${parts.join(comma)}${pad}${close}`;
    return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
  }
}

/** Prints YAML in a style. */
export function printYaml(document: Json, style: Style): string {
  return new YamlPrinter(style).print(document);
}

class YamlPrinter {
  readonly #style: Style;
  readonly #random: () => number;
  #comments = 0;
  #names = 0;
  readonly #anchors: { readonly name: string; readonly value: Json }[] = [];
  /** How the block scalar that was printed last treats the line breaks at its end, if nothing else was printed since. */
  #chomping: '' | '-' | '+' | undefined;

  constructor(style: Style) {
    this.#style = style;
    this.#random = stream(style.seed);
  }

  print(document: Json): string {
    const { lineBreaks, mark, finalNewline, documentMarkers } = this.#style;
    let text = this.#between(0, 0);
    if (documentMarkers) {
      if (this.#chance(0.3)) text = `%YAML 1.2\n`;
      text += `---${this.#trailing()}\n`;
      text += this.#between(0, 0);
    }
    text += this.#root(document);
    if (!text.endsWith('\n')) text += '\n';
    text += this.#between(0, 0);
    if (documentMarkers && this.#chance(0.5)) text += `...${this.#trailing()}\n`;
    if (!finalNewline && (this.#chomping ?? '-') === '-') text = text.replace(/\n+$/, '');
    return (mark && !Array.isArray(document) ? '\uFEFF' : '') + withLineBreaks(text, lineBreaks, this.#random);
  }

  #root(document: Json): string {
    if (this.#isBlock(document)) return this.#block(document, 0);
    return this.#inline(document, 0, false) + this.#trailing();
  }

  #isBlock(value: Json): value is Json & object {
    return (
      typeof value === 'object' && value !== null && Object.keys(value).length > 0 && !this.#chance(this.#style.flow)
    );
  }

  /** The lines of an object or array whose members begin in a column, without the indentation of the first. */
  #block(value: Json & object, column: number): string {
    const indent = ' '.repeat(column);
    let text = '';
    const merged = Array.isArray(value) ? undefined : this.#mergeable(value);
    const entries: [string, Json][] = Object.entries(value).filter(
      ([key, member]) => !merged || !isDeepStrictEqual((merged.value as Record<string, Json>)[key], member),
    );
    const parts: (() => string)[] = entries.map(([key, member]) =>
      Array.isArray(value) ? () => this.#item(member, column) : () => this.#member(key, member, column),
    );
    if (merged) {
      parts.splice(this.#chance(0.8) ? 0 : Math.floor(this.#random() * parts.length), 0, () =>
        this.#merge(merged.name),
      );
    }
    for (const [index, part] of parts.entries()) {
      if (index > 0) text += this.#between(column, column) + indent;
      const line = part();
      text += line.endsWith('\n') ? line : `${line}\n`;
    }
    return text;
  }

  #merge(name: string): string {
    this.#chomping = undefined;
    return `<<: ${this.#chance(0.2) ? `[*${name}]` : `*${name}`}${this.#trailing()}`;
  }

  #member(key: string, value: Json, column: number): string {
    const name = this.#name(key, false);
    if (this.#chance(this.#style.oddities * 0.1) && !Array.isArray(value)) {
      return `? ${name}${this.#trailing()}\n${' '.repeat(column)}:${this.#value(value, column)}`;
    }
    return `${name}${this.#chance(this.#style.oddities * 0.3) ? ' ' : ''}:${this.#value(value, column)}`;
  }

  /** The text after a colon. */
  #value(value: Json, column: number): string {
    this.#chomping = undefined;
    return this.#anchored(value, (anchor) => {
      if (!this.#isBlock(value)) return this.#afterIndicator(value, anchor, column, '\t');
      const { dashes } = this.#style;
      const isFlat = Array.isArray(value) && (dashes === 'mixed' ? this.#chance(0.5) : dashes === 'not');
      return this.#below(value, anchor, isFlat ? column : column + this.#step(), column);
    });
  }

  #item(value: Json, column: number): string {
    this.#chomping = undefined;
    const text = this.#anchored(value, (anchor) => {
      if (!this.#isBlock(value)) return this.#afterIndicator(value, anchor, column, '   ');
      const isCompact = anchor === '' && (!Array.isArray(value) || this.#chance(0.3));
      if (!isCompact || this.#chance(0.2)) return this.#below(value, anchor, column + this.#step(), column);
      const gap = ' '.repeat(this.#chance(0.8) ? 1 : 1 + Math.floor(this.#random() * 3));
      return gap + this.#block(value, column + 1 + gap.length);
    });
    return `-${text}`;
  }

  /** A value on the line of its key or dash. */
  #afterIndicator(value: Json, anchor: string, column: number, oddGap: string): string {
    if (value === null && anchor === '' && this.#chance(this.#style.oddities)) return this.#trailing();
    const gap = this.#chance(this.#style.oddities * 0.3) ? oddGap : ' ';
    return gap + anchor + this.#inline(value, column + 1, true) + this.#trailing();
  }

  /** A value on the lines below its key or dash. */
  #below(value: Json & object, anchor: string, inner: number, column: number): string {
    const head = anchor === '' ? '' : ` ${anchor.trimEnd()}`;
    const lines = this.#between(inner, column + 1);
    return `${head}${this.#trailing()}\n${lines}${' '.repeat(inner)}${this.#block(value, inner)}`;
  }

  /** A value that begins on the line. It may be a block scalar. */
  #inline(value: Json, column: number, mayBeBlock: boolean): string {
    if (typeof value === 'string' && mayBeBlock && this.#chance(this.#style.blockScalars)) {
      const block = this.#blockScalar(value, column);
      if (block !== undefined) return block;
    }
    return this.#flow(value, column, false);
  }

  #flow(value: Json, column: number, isInFlow: boolean): string {
    if (typeof value === 'string') return this.#text(value, column, isInFlow);
    if (typeof value !== 'object' || value === null)
      return value === null && this.#chance(0.3) ? '~' : JSON.stringify(value);
    const isList = Array.isArray(value);
    const [open, close] = isList ? '[]' : '{}';
    const isSpread = this.#chance(0.3);
    const isJson = this.#chance(0.3);
    const pad = this.#chance(0.5) ? ' ' : '';
    const indent = ' '.repeat(column + (this.#chance(0.8) ? 1 : 3));
    const comma = this.#chance(0.2) ? ',' : ', ';
    const parts = Object.entries(value).map(([key, member]: [string, Json]) => {
      const name = isList ? '' : `${isJson ? JSON.stringify(key) : this.#name(key, true)}: `;
      return name + this.#anchored(member, (anchor) => anchor + this.#flow(member, indent.length, true), true);
    });
    if (parts.length === 0) return open + (this.#chance(0.1) ? ' ' : '') + close;
    if (!isSpread) {
      const trailing = this.#chance(this.#style.oddities) ? ',' : '';
      return `${open}${pad}${parts.join(comma)}${trailing}${pad}${close}`;
    }
    const last = parts.length - 1;
    const lines = parts.map((part, index) => {
      const end = index < last || this.#chance(this.#style.oddities) ? ',' : '';
      return `${this.#between(indent.length, Math.max(1, column))}${indent}${part}${end}${this.#trailing()}\n`;
    });
    return `${open}${this.#trailing()}\n${lines.join('')}${this.#between(indent.length, Math.max(1, column))}${' '.repeat(column)}${close}`;
  }

  #name(key: string, isInFlow: boolean): string {
    if (/^(?:0|[1-9]\d*)$/.test(key) && this.#chance(0.3)) return key;
    if (key === '' && this.#chance(this.#style.oddities)) return 'null';
    if (isPlain(key, isInFlow) && !this.#chance(this.#style.quotes)) return key;
    return this.#chance(0.5) && isSingle(key) ? `'${key.replaceAll("'", "''")}'` : JSON.stringify(key);
  }

  #text(value: string, column: number, isInFlow: boolean): string {
    this.#chomping = undefined;
    const fold = (text: string) =>
      this.#chance(this.#style.folds) ? text.replace(/(?<=[\w,]) (?=\w)/g, () => this.#lineFold(column)) : text;
    const tag = this.#chance(this.#style.oddities * 0.2) ? '!!str ' : '';
    if (isPlain(value, isInFlow) && !this.#chance(this.#style.quotes)) return tag + fold(value);
    if (this.#chance(0.5) && isSingle(value)) return `${tag}'${fold(value.replaceAll("'", "''"))}'`;
    return tag + (this.#chance(0.9) ? fold(JSON.stringify(value)) : JSON.stringify(value).replaceAll('/', '\\/'));
  }

  #lineFold(column: number): string {
    return this.#chance(0.4) ? `\n${' '.repeat(column + Math.floor(this.#random() * 3))}` : ' ';
  }

  #blockScalar(value: string, column: number): string | undefined {
    const content = value.replace(/\n+$/, '');
    const lines = content.split('\n');
    if (content === '' || /[^\n\u0020-\u007E\u00A1-\uD7FF]/.test(value) || lines.some((line) => line.endsWith(' ')))
      return undefined;
    const isFolded = this.#chance(0.5) && lines.every((line) => /^[^ ]/.test(line));
    const ends = value.length - content.length;
    const chomp = ends === 0 ? '-' : ends > 1 || this.#chance(0.2) ? '+' : '';
    const step = this.#step();
    const indicator = /^(?:\n)* /.test(content) ? String(step) : '';
    const indent = ' '.repeat(column - 1 + step);
    this.#chomping = undefined;
    const header = `${isFolded ? '>' : '|'}${indicator}${chomp}${this.#trailing()}`;
    const body = lines.map((line) => (line === '' ? '' : indent + line)).join(isFolded ? '\n\n' : '\n');
    this.#chomping = chomp;
    return `${header}\n${body}${'\n'.repeat(Math.max(1, ends))}`;
  }

  /** An alias of a value, or the value with or without an anchor. The anchor is remembered only after the value, so no value contains itself. */
  #anchored(value: Json, print: (anchor: string) => string, isInFlow = false): string {
    const { anchors } = this.#style;
    if (this.#chance(anchors)) {
      const alias = this.#anchors.find((anchored) => isDeepStrictEqual(anchored.value, value))?.name;
      if (alias !== undefined) return isInFlow ? `*${alias}` : ` *${alias}${this.#trailing()}`;
    }
    if (!this.#chance(typeof value === 'object' && value !== null ? anchors : anchors * 0.2)) return print('');
    const name = `a${this.#names++}`;
    const text = print(`&${name} `);
    this.#anchors.push({ name, value });
    return text;
  }

  #mergeable(value: Json): { readonly name: string; readonly value: Json } | undefined {
    if (!this.#chance(this.#style.merges) || !isObject(value) || '<<' in value) return undefined;
    return this.#anchors.find(
      (anchored) =>
        isObject(anchored.value) &&
        Object.keys(anchored.value).length > 0 &&
        Object.keys(anchored.value).every((key) => Object.hasOwn(value, key)),
    );
  }

  #step(): number {
    return this.#style.step === 0 ? 1 + Math.floor(this.#random() * 5) : this.#style.step;
  }

  /** Lines between members: empty ones and comments. */
  #between(column: number, least: number): string {
    let text = '';
    if (this.#chomping !== '+') {
      while (this.#chance(this.#style.emptyLines))
        text += this.#chomping === undefined && this.#chance(0.2) ? '  \n' : '\n';
    }
    while (this.#chance(this.#style.comments)) {
      const isElsewhere = this.#chomping === undefined && this.#chance(0.3);
      const indent = isElsewhere ? Math.max(least, column + Math.floor(this.#random() * 9) - 4) : column;
      text += `${' '.repeat(indent)}${this.#comment()}\n`;
      this.#chomping = undefined;
      while (this.#chance(this.#style.emptyLines)) text += '\n';
    }
    return text;
  }

  #trailing(): string {
    if (this.#chomping !== undefined) return '';
    if (this.#chance(0.05 * this.#style.oddities)) return '  ';
    return this.#chance(this.#style.comments) ? `${this.#chance(0.9) ? ' ' : '\t'}${this.#comment()}` : '';
  }

  #comment(): string {
    this.#comments++;
    const endings = ['', ' TODO: [a, {b: c', ` "it's`, ' # more', ': |', ' 😀 '];
    return `# ${this.#comments}${endings[Math.floor(this.#random() * endings.length)]}`;
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }
}

/** Whether a string stays a string without quotation marks. In doubt, the answer is no. */
function isPlain(text: string, isInFlow: boolean): boolean {
  if (/^(?:null|true|false|yes|no|on|off)$/i.test(text)) return false;
  if (isInFlow) return /^[A-Za-z/$_][\w /.$-]*(?<! )$/.test(text);
  return (
    /^[A-Za-z/$_😀][^#:\s"'`|>&*!%@\\]*(?:[ :#](?![ #:])[^#:\s"'`|>&*!%@\\]+)*$/u.test(text) &&
    !/[ ]#|: |:$/.test(text) &&
    isPrintable(text)
  );
}

function isSingle(text: string): boolean {
  return isPrintable(text);
}

function isPrintable(text: string): boolean {
  return /^(?:[\u0020-\u007E\u00A1-\uD7FF]|😀)*$/u.test(text);
}
