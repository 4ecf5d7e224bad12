/** The fields that conditional requests are made of (RFC 9110 §8.8 and §13.1), in their usual spelling. */
const fieldNames = [
  'ETag',
  'Last-Modified',
  'If-Match',
  'If-None-Match',
  'If-Modified-Since',
  'If-Unmodified-Since',
] as const;

/** Whether two names are those of the same field: case does not matter (RFC 9110 §5.1). */
export function isSameField(one: string, other: string): boolean {
  return one.length === other.length && one.toLowerCase() === other.toLowerCase();
}

/** A field name with the usual letters in upper case, if it is one of conditional requests; any other as it is. */
export function usualSpelling(name: string): string {
  return fieldNames.find((field) => isSameField(field, name)) ?? name;
}

/** Whether a list has a field name, case aside (RFC 9110 §5.1). */
export function isOneOfFields(names: readonly string[], name: string): boolean {
  return names.some((field) => isSameField(field, name));
}

/**
 * The field of conditional requests that a misspelt name stands for. A name is misspelt if it has the right letters with other
 * separators (`If_None_Match`, `E-Tag`, `LastModified`), or the right first letters and one or two wrong ones (`If-Not-Match`).
 *
 * @returns `undefined` for a name that is right, that merely contains a right one, or that resembles none, such as those that
 *   begin with `x-`
 */
export function intendedField(name: string): string | undefined {
  // This rules nearly all headers out at once.
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

/** The edit distance: how many letters have to be added, dropped or changed to turn one word into the other. */
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
