import { isObject, type Path, pathOf } from '../json.js';
import { aKind, isSameKind, type Kind, kindOfDescription, kindOfKept, kindOfMember } from './kind.js';
import type { Location } from './location.js';
import { isProven, kindShownBy, misshapen } from './shape.js';
import type { Source } from './source.js';

/**
 * The kind of the value at a location, derived from its path in the document; `undefined` if the path does not tell. A document that
 * is not a description counts as the kind of object that its members show, or else as a collection of components.
 */
export function kindByLocation({ source, linkedPath }: Location): Kind | undefined {
  return kindByPath(source, pathOf(linkedPath));
}

/** The kind of the value at a path of a document: see {@link kindByLocation}. */
export function kindByPath(source: Source, [first, ...others]: Path): Kind | undefined {
  const root = kindOfDescription(source.data) ?? kindShownBy(source.data);
  if (first === undefined) return root;
  let kind = root === undefined ? kindOfKept(first) : kindOfMember(root, first);
  for (const key of others) kind = kind && kindOfMember(kind, key);
  return kind;
}

/**
 * The kind of the value at a location, if it is not the wanted kind. The path decides, or else the members of the value. In doubt,
 * the value is of the wanted kind.
 *
 * @param isOld whether the description with the `$ref` is of version 2.0
 * @returns the kind in words, with an article; `undefined` if it fits
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

/** A value at a path of a document. */
interface Standing {
  readonly source: Source;
  readonly path: Path;
  readonly value: unknown;
}

/**
 * Whether the value at a path is certainly of a kind: by where it stands in a description, or by its members. A value of which only
 * the `$ref`s to it say what it is may be of another kind.
 */
export function isCertainly({ source, path, value }: Standing, kind: Kind, isOld: boolean): boolean {
  const standing = kindOfDescription(source.data) === undefined ? undefined : kindByPath(source, path);
  return standing === undefined ? isProven(value, kind, isOld) : isSameKind(standing, kind);
}

/** Whether a value is a header parameter. Apart from `name` and `in`, it has the fields of a Header Object. */
function isHeaderParameter(value: unknown): boolean {
  return isObject(value) && value['in'] === 'header' && typeof value['name'] === 'string';
}
