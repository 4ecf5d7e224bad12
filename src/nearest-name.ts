import { closestMatch } from 'leven';

/**
 * What to suggest to somebody who wrote a name that is none of some names.
 *
 * @param otherwise what to say if none is near; all names unless given
 */
export function suggestion(written: string, names: readonly string[], otherwise = `use ${names.join(', ')}`): string {
  const nearest = nearestName(written, names);
  return nearest === undefined ? otherwise : `did you mean ${nearest}?`;
}

/** The name that somebody probably meant; `undefined` if none is near. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const isLong = (name: string) => Math.min(name.length, written.length) > 2;
  const begun =
    names.find((name) => isLong(name) && name.startsWith(written)) ??
    names.find((name) => isLong(name) && written.startsWith(name));
  return begun ?? closestMatch(written, names, { maxDistance: Math.max(2, Math.floor(written.length / 3)) });
}
