import { closestMatch } from 'leven';

/** The name that somebody probably meant; `undefined` if none is near. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const begun = names.find(
    (name) => Math.min(name.length, written.length) > 2 && (written.startsWith(name) || name.startsWith(written)),
  );
  return begun ?? closestMatch(written, names, { maxDistance: Math.max(2, Math.floor(written.length / 3)) });
}
