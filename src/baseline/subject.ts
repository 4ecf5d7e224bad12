import type { Finding } from '../check.js';
import { isObject, memberOf, type Path, pointerOf, scalarText } from '../json.js';
import type { Operation } from '../model/operation.js';
import type { Place } from '../model/place.js';
import { placesOfObligation } from '../obligation.js';

/**
 * What a finding is about, in words that stay the same when the text around it changes: the operation, or the place of a component in its
 * file, and from there what must be present, must be absent or is malformed. Lines, the order of members, and the message play no part.
 *
 * @returns one subject for each member that is missing: `GET /orders/{id} responses/304`, `#/components/responses/Ok/headers/ETag/example`
 */
export function subjectsOf({ place, violations: [violation] }: Finding): string[] {
  if (violation === undefined) return [];
  const { operation, obligation } = violation;
  const pointed = subjectAt(place, operation, []);
  // Several things may be wrong behind the same place.
  if (obligation.pointsAt !== undefined)
    return [`${pointed} by ${subjectAt(obligation.place, operation, namedIn(obligation))}`];
  return placesOfObligation(obligation).map((member) => {
    const inside = keysOf(member).slice(keysOf(place).length);
    return subjectAt(place, operation, [...inside, ...namedIn(obligation)]);
  });
}

function namedIn({ named }: { readonly named?: string }): Path {
  return named === undefined ? [] : [named];
}

/** Names what is inside a place: from the operation if the place belongs to it, or else from the document. */
function subjectAt(place: Place, operation: Operation, inside: Path): string {
  if (!place.isWithin(operation.place)) return subjectAtPath(place.source.data, place.path, inside);
  const path = [...keysOf(place).slice(keysOf(operation.place).length), ...inside];
  return [`${operation.method} ${operation.template}`, ...(path.length > 0 ? [pointerOf(path)] : [])].join(' ');
}

/**
 * A place in a document, as a JSON Pointer (RFC 6901 §6) in which each item of a list has a name instead of its number.
 *
 * @param inside what is meant there
 */
export function subjectAtPath(data: unknown, path: Path, inside: Path = []): string {
  let holder = data;
  const keys = path.map((key) => {
    const value = memberOf(holder, key);
    const name = Array.isArray(holder) ? nameOfItem(value, key) : key;
    holder = value;
    return name;
  });
  return `#/${pointerOf([...keys, ...inside])}`;
}

/** The logical path of a place, with names for the items of lists. An item that is not there yet has none. */
function keysOf(place: Place): string[] {
  const keys: string[] = [];
  const { logical } = place;
  let depth = logical.length;
  for (let here: Place | undefined = place; here?.parent !== undefined; here = here.parent) {
    const key = logical[--depth] as string;
    if (!Array.isArray(here.parent.value)) keys.push(key);
    else if (here.exists) keys.push(nameOfItem(here.target.value, key));
  }
  return keys.toReversed();
}

/** How many characters of an item its name has at most. */
const longestName = 100;

/** The name of an item of a list: a parameter has one, a `$ref` is one, and so is a scalar. */
function nameOfItem(item: unknown, index: string): string {
  if (!isObject(item)) return typeof item === 'object' ? index : String(item).slice(0, longestName);
  const name = scalarText(item['name']);
  if (name !== '') return [scalarText(item['in']), name].filter(Boolean).join(' ');
  return scalarText(item['$ref']) || index;
}
