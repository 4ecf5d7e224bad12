import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { catalogue, ruleCalled } from '../catalogue.js';
import { severities } from '../guidelines/citation.js';
import { type OwnGuidelineText, ownWords } from '../guidelines/own-guideline.js';
import { isObject, type Path } from '../json.js';
import { suggestion } from '../nearest-name.js';
import { isRulesetName, rulesetNames } from '../rulesets.js';

/** What is wrong in the text of a guideline, and where. */
export interface GuidelineMistake {
  /** The line and the column, both counted from 1; columns are UTF-16 code units. */
  readonly line: number;
  readonly column: number;
  /** The path of the member; empty for an error of syntax. */
  readonly path: Path;
  /** What is wrong, with the remedy. */
  readonly what: string;
}

/** A {@link GuidelineMistake} by its offset in the text. */
interface Mistake {
  readonly offset: number;
  readonly path: Path;
  readonly what: string;
}

/**
 * What the text of a team's own guideline says.
 *
 * @param source YAML or JSON
 * @returns every mistake, in the order of the text, if there is one
 */
export function parseGuideline(source: string): OwnGuidelineText | readonly GuidelineMistake[] {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors.map(({ message, pos }) => ({ offset: pos[0], path: [], what: message }));
  const found = syntax.length > 0 ? syntax : mistakesIn(document);
  if (found.length === 0) return textOf(document);
  return found
    .toSorted((one, other) => one.offset - other.offset)
    .map(({ offset, path, what }) => {
      const { line, col } = lines.linePos(offset);
      return { line, column: col, path, what };
    });
}

/** The members of each object in the file of a guideline. */
const members = {
  guideline: ['$schema', 'who', 'title', 'url', 'basedOn', 'words', 'rules'],
  statement: ['level', 'section', 'anchor', 'says'],
};

/** Collects the mistakes in a file, each where it stands. */
class Mistakes {
  readonly found: Mistake[] = [];
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
  }

  /** @param isKey whether the name at the path is wrong, rather than the value */
  add(path: Path, what: string, isKey = false): void {
    let node: unknown = this.#document.contents;
    let offset = rangeStart(node);
    for (const [index, key] of path.entries()) {
      const pair = isMap(node)
        ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
        : undefined;
      const next: unknown = pair === undefined ? this.#document.getIn(path.slice(0, index + 1), true) : pair.value;
      const isLast = index === path.length - 1;
      offset = rangeStart(isKey && isLast ? pair?.key : next) ?? rangeStart(pair?.key) ?? offset;
      node = next;
    }
    this.found.push({ offset: offset ?? 0, path, what });
  }

  unknown(path: Path, noun: string, name: string, names: readonly string[], otherwise?: string, isKey = false): void {
    this.add(path, `unknown ${noun} '${name}': ${suggestion(name, names, otherwise)}`, isKey);
  }
}

function rangeStart(node: unknown): number | undefined {
  const range = (node as Node | null | undefined)?.range;
  // An empty value stands nowhere: its name is what can be pointed at.
  return range && range[0] !== range[1] ? range[0] : undefined;
}

function mistakesIn(document: Document): Mistake[] {
  const mistakes = new Mistakes(document);
  const data = dataOf(document);
  if (data === undefined)
    return [{ offset: 0, path: [], what: 'its aliases make it too large: write out what they stand for' }];
  if (!isObject(data)) {
    mistakes.add([], `expected an object with ${members.guideline.slice(1).join(', ')}`);
    return mistakes.found;
  }
  checkMembers(mistakes, [], data, members.guideline);
  for (const name of ['who', 'title']) checkText(mistakes, [name], data[name], `${name} is missing: give it a text`);
  checkText(mistakes, ['url'], data['url'], 'url is missing: give the address of the guideline');
  if (isText(data['url'])) checkAddress(mistakes, ['url'], data['url']);
  for (const [path, name] of namesOf(data['basedOn'])) {
    if (typeof name === 'string' && isRulesetName(name)) continue;
    mistakes.unknown(path, 'ruleset', String(name), rulesetNames);
  }
  checkWords(mistakes, data['words']);
  checkRules(mistakes, data);
  return mistakes.found;
}

/** The data of a document; `undefined` if aliases make it huge. */
function dataOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

function namesOf(basedOn: unknown): [Path, unknown][] {
  if (basedOn === undefined) return [];
  return Array.isArray(basedOn)
    ? basedOn.map((name: unknown, index) => [['basedOn', String(index)], name])
    : [[['basedOn'], basedOn]];
}

function checkMembers(mistakes: Mistakes, path: Path, data: object, names: readonly string[]): void {
  for (const name of Object.keys(data)) {
    if (names.includes(name)) continue;
    mistakes.unknown([...path, name], 'member', name, names, undefined, true);
  }
}

function isText(value: unknown): value is string | number {
  return (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
}

function checkText(mistakes: Mistakes, path: Path, value: unknown, missing: string): void {
  if (isText(value)) return;
  const isMissing = value === undefined || value === null || value === '';
  mistakes.add(path, isMissing ? missing : `expected a text, not ${JSON.stringify(value)}`);
}

/** Checks an address that findings link to. Spectral refuses a whole ruleset if the host of one has no dot. */
function checkAddress(mistakes: Mistakes, path: Path, value: string | number): void {
  const address = String(value);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.hostname.includes('.')) return;
  mistakes.add(
    path,
    `Spectral does not accept the address '${address}': begin it with https://, and name a host with a dot`,
  );
}

function checkWords(mistakes: Mistakes, words: unknown): void {
  if (words === undefined) return;
  if (!isObject(words))
    return mistakes.add(['words'], 'expected your words and their severities, such as PREFER: warn');
  for (const [word, severity] of Object.entries(words)) {
    if ((severities as readonly unknown[]).includes(severity)) continue;
    mistakes.unknown(['words', word], 'severity', String(severity), severities);
  }
}

function checkRules(mistakes: Mistakes, data: Readonly<Record<string, unknown>>): void {
  const { rules, words } = data;
  if (rules === undefined && data['basedOn'] !== undefined) return;
  if (!isObject(rules)) {
    mistakes.add(['rules'], 'expected rules by their ids: `conditional-requests rules` lists them');
    return;
  }
  const known = Object.keys(ownWords(isObject(words) ? { words: words as OwnGuidelineText['words'] & object } : {}));
  for (const [id, asked] of Object.entries(rules)) {
    const path = ['rules', id];
    if (ruleCalled(id) === undefined) {
      const ids = catalogue.map((rule) => rule.id);
      mistakes.unknown(path, 'rule', id, ids, '`conditional-requests rules` lists them', true);
    }
    if (asked === 'off') continue;
    if (!isObject(asked)) {
      mistakes.add(path, 'expected `off`, or an object with level, section, anchor, says');
      continue;
    }
    checkMembers(mistakes, path, asked, members.statement);
    const { level } = asked;
    checkText(mistakes, [...path, 'level'], level, `level is missing: use ${known.join(', ')}`);
    if (isText(level) && !known.includes(String(level)))
      mistakes.unknown([...path, 'level'], 'level', String(level), known, 'give its severity under `words`');
    for (const name of ['section', 'anchor', 'says']) {
      if (!(name in asked)) continue;
      const hint = name === 'anchor' ? ' (in YAML, `#` begins a comment: leave it out, or use quotation marks)' : '';
      checkText(mistakes, [...path, name], asked[name], `${name} is empty${hint}`);
    }
    const { anchor } = asked;
    if (isText(anchor) && /:\/\//.test(String(anchor))) checkAddress(mistakes, [...path, 'anchor'], anchor);
  }
}

/** What a file without mistakes says. A number is given as it is written: `4.10` is another section than `4.1`. */
function textOf(document: Document): OwnGuidelineText {
  const data = dataOf(document) as Record<string, unknown>;
  const written = (path: Path, value: unknown): unknown => {
    if (typeof value === 'number') {
      const node: unknown = document.getIn(path, true);
      return isScalar(node) && node.source !== undefined ? node.source : String(value);
    }
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, written([...path, key], member)]));
  };
  const { $schema: _, ...text } = written([], data) as Record<string, unknown>;
  return text as unknown as OwnGuidelineText;
}
