/** The fields that conditional requests are made of (RFC 9110 §8.8 and §13.1), in their usual spelling. */
const fieldNames = [
  'ETag',
  'Last-Modified',
  'If-Match',
  'If-None-Match',
  'If-Modified-Since',
  'If-Unmodified-Since',
] as const;

/** Whether two field names are the same one: case does not matter (RFC 9110 §5.1). */
export function isSameField(one: string, other: string): boolean {
  return one.length === other.length && one.toLowerCase() === other.toLowerCase();
}

/**
 * The field that a name was meant to be, if it is a near miss: the right letters with other separators (`If_None_Match`,
 * `E-Tag`, `LastModified`), or the right first word and one or two letters amiss (`If-Not-Match`).
 *
 * @returns `undefined` for a name that is right, that only contains a right one, or that has nothing to do with any of them,
 *   such as all that begin with `x-`
 */
export function intendedField(name: string): string | undefined {
  // Nearly every header of nearly every description is done with here.
  if (!/^(?:if|la|e)/i.test(name) || name.length > 40) return undefined;
  if (fieldNames.some((field) => isSameField(field, name))) return undefined;
  const letters = lettersOf(name);
  const same = fieldNames.find((field) => lettersOf(field) === letters);
  if (same !== undefined) return same;
  if (fieldNames.some((field) => letters.includes(lettersOf(field)))) return undefined;
  return fieldNames.find((field) => {
    const intended = lettersOf(field);
    const tolerated = intended.length < 10 ? 1 : 2;
    return field !== 'ETag' && letters.slice(0, 2) === intended.slice(0, 2) && distance(letters, intended) <= tolerated;
  });
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[-_. ]/g, '');
}

/** How many letters have to be added, dropped or changed to make one word the other. */
function distance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const [changed, dropped, added] = [previous[column - 1], previous[column], current[column - 1]] as [
        number,
        number,
        number,
      ];
      current.push(Math.min(changed + (one[row - 1] === other[column - 1] ? 0 : 1), dropped + 1, added + 1));
    }
    previous = current;
  }
  return previous[other.length] as number;
}
