import { isObject, pathOf } from '../json.js';
import { aKind, isSameKind, type Kind, kindOfDescription, kindOfKept, kindOfMember } from './kind.js';
import type { Location } from './location.js';
import { isProven, kindShownBy, misshapen } from './shape.js';

/**
 * The kind of what stands at a spot, by where it stands in its document; `undefined` where that does not tell. A document that
 * is no description is taken for what it shows itself to be, or for a place where parts of descriptions are kept.
 */
export function kindByLocation({ source, trail }: Location): Kind | undefined {
  const [first, ...others] = pathOf(trail);
  const root = kindOfDescription(source.data) ?? kindShownBy(source.data);
  if (first === undefined) return root;
  let kind = root === undefined ? kindOfKept(first) : kindOfMember(root, first);
  for (const key of others) kind = kind && kindOfMember(kind, key);
  return kind;
}

/**
 * What stands at a spot, where that is not what is wanted there: by where it stands, or else by its shape. What might be either
 * is taken for what is wanted.
 *
 * @param isOld whether the description that wants it is of version 2.0
 * @returns in words, with an article; `undefined` where it fits
 */
export function kindMismatch(location: Location, wanted: Kind, isOld: boolean): string | undefined {
  const { source, value } = location;
  if (wanted === 'Header Object' && isHeaderParameter(value)) return undefined;
  const standing = kindByLocation(location);
  if (standing !== undefined && isSameKind(standing, wanted)) return undefined;
  const isCertain = standing !== undefined && kindOfDescription(source.data) !== undefined;
  if (isCertain || (standing !== undefined && !isProven(value, wanted, isOld))) return aKind(standing);
  return misshapen(value, wanted, isOld);
}

/** Whether a parameter says the same as a header would: all but its name and where it goes is common to both. */
function isHeaderParameter(value: unknown): boolean {
  return isObject(value) && value['in'] === 'header' && typeof value['name'] === 'string';
}
