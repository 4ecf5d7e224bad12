import type { Span } from '../text-editor/parsed-document.js';

/**
 * What an editor underlines of a value in common YAML: what `YamlReader.markOf` says, without that reader.
 *
 * @param name the last key of its path; `undefined` for the document
 * @param span of the value, with Spectral's bounds
 * @returns `undefined` if the name is not written as it is read, or there is none to begin with
 */
export function markInCommonYaml(text: string, value: unknown, name: string | undefined, span: Span): Span | undefined {
  // An absent value is written nowhere.
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object') return span;
  // The bounds of a member that is an object or array begin behind the colon.
  const end = span.start - 1;
  if (name !== undefined && isColonAt(text, end))
    return [
      { start: end - name.length - 2, end },
      { start: end - name.length, end },
    ].find((place) => isNameAt(text, place, name));
  const [first] = Object.keys(value);
  if (Array.isArray(value) || first === undefined) return undefined;
  const { start } = span;
  const places = [2, 0].map((quotes) => ({ start, end: start + first.length + quotes }));
  return places.find((place) => isNameAt(text, place, first) && isColonAt(text, place.end));
}

function isColonAt(text: string, offset: number): boolean {
  let at = offset;
  while (text[at] === ' ') at++;
  return text[at] === ':';
}

/** Whether a name is written at a place, in quotation marks if the place has room for them. */
function isNameAt(text: string, { start, end }: Span, name: string): boolean {
  // What is before it may belong to a name that is written otherwise: `''''` or `0x10`.
  if (!/^[\s{[,]?$/.test(text.slice(Math.max(start - 1, 0), Math.max(start, 0)))) return false;
  const written = text.slice(Math.max(start, 0), end);
  return end - start === name.length ? written === name : written === `'${name}'` || written === `"${name}"`;
}
