import { isObject, memberOf, type Path } from '../json.js';

/**
 * Whether every implementation of JSONPath reads a text from a string literal: lone surrogates have none (RFC 9535 §2.1), and not all
 * know the numbers of control characters.
 */
function isQuotable(text: string): boolean {
  return !/(?<!\\)(?:\\\\)*\\u/.test(JSON.stringify(text));
}

/**
 * A text as a string literal of JSONPath (RFC 9535 §2.3.1.1), with the escapes of JSON. It has single quotation marks, or double ones if
 * it then needs no escapes: some programs do not decode them.
 */
function quoted(text: string): string {
  const double = JSON.stringify(text);
  if (text.includes("'") && !text.includes('"')) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A name as a segment: a plain word in the shorthand, any other name in brackets and quotation marks. */
function segment(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `.${name}` : `[${quoted(name)}]`;
}

/**
 * The JSONPath query (RFC 9535) that selects the value at a path of a document, and nothing else. An item of an array is selected
 * by what only this item has, since its position changes when an item before it is added or removed.
 *
 * @returns `undefined` if no query is certain to select it
 */
export function queryFor(document: unknown, path: Path): string | undefined {
  let query = '$';
  let here = document;
  for (const key of path) {
    if (Array.isArray(here)) {
      const filter = filterFor(here, Number(key));
      if (filter === undefined) return undefined;
      // RFC 9535 allows the parentheses, and older implementations ask for them.
      query += `[?(${filter})]`;
    } else {
      if (!isQuotable(key)) return undefined;
      query += segment(key);
    }
    here = memberOf(here, key);
  }
  return query;
}

/** Which members of an item are compared, in the order of preference: those that identify a parameter, then any other. */
const identifying: readonly (readonly string[])[] = [['$ref'], ['name', 'in'], ['name']];

/** The condition that holds for one item of an array and for no other; `undefined` if there is none. */
function filterFor(items: readonly unknown[], index: number): string | undefined {
  const item = items[index];
  if (!isObject(item)) {
    const literal = literalOf(item);
    const isOnlyOne = literal !== undefined && items.filter((other) => Object.is(other, item)).length === 1;
    return isOnlyOne ? `@ == ${literal}` : undefined;
  }
  for (const names of [...identifying, ...Object.keys(item).map((name) => [name])]) {
    const texts = names.map((name) => item[name]);
    if (!texts.every((text) => typeof text === 'string' && isQuotable(text))) continue;
    if (!names.every((name) => isQuotable(name))) continue;
    const alike = items.filter((other) =>
      names.every((name, at) => isObject(other) && memberOf(other, name) === texts[at]),
    );
    if (alike.length !== 1) continue;
    return names.map((name, at) => `@${segment(name)} == ${quoted(texts[at] as string)}`).join(' && ');
  }
  return undefined;
}

/** A scalar as a literal of JSONPath; `undefined` if implementations would compare it differently. */
function literalOf(value: unknown): string | undefined {
  if (typeof value === 'string') return isQuotable(value) ? quoted(value) : undefined;
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : undefined;
  return typeof value === 'boolean' || value === null ? String(value) : undefined;
}
